/** Compares how a call ended with how it ended in the recording: as a whole first, then what was answered. */

import { LIMITS } from '../../model/limits.ts';
import type { Exchange } from '../client/exchange.ts';
import { payloadOf, type XmlNode } from '../report/tree.ts';
import { compareNodes, type Difference, noteIds } from './compare.ts';
import type { RecordedCall } from './format.ts';
import type { Mapping } from './mapping.ts';

/** How the call ended in the replay; `answer` without credentials. */
export type NewAnswer = Pick<Exchange, 'status' | 'fault' | 'answer' | 'complaints'>;

export interface AnswersOptions {
  readonly mapping: Mapping;
  /** A task that it tells of is under way in one of the two. */
  readonly isUnderWay: boolean;
}

/** The differences, up to a bound. The ids in the recorded answer are noted, and bound where something came in their place. */
export function compareAnswers(
  call: RecordedCall,
  sent: NewAnswer,
  { mapping, isUnderWay }: AnswersOptions,
): readonly Difference[] {
  const found: Difference[] = [];
  const tell = (difference: Difference) => found.push(difference);
  const ending = endingDifference(call, sent);
  const before = comparedPart(call.answer);
  if (ending !== undefined) {
    tell(ending);
    if (before !== undefined) noteIds(before, mapping);
  } else {
    const after = comparedPart(sent.answer);
    if (call.status !== sent.status) tell(whole('another HTTP status', call.status, sent.status));
    if (before !== undefined && after !== undefined)
      compareNodes(before, after, { mapping, tell, isUnderWay });
    else if (before !== undefined) noteIds(before, mapping);
  }
  const known = new Set(call.complaints.map(plainWords));
  for (const words of sent.complaints)
    if (!known.has(plainWords(words))) tell(whole('wrong in itself', '', words));
  return found.slice(0, LIMITS.replayDifferencesOfCall);
}

/** A difference that is about the call as a whole. */
export function whole(
  what: Difference['what'],
  before: string | number,
  after: string | number,
): Difference {
  return { what, path: '', before: String(before), after: String(after) };
}

function endingDifference(call: RecordedCall, sent: NewAnswer): Difference | undefined {
  const [before, after] = [endingOf(call), endingOf(sent)];
  if (before === after) return undefined;
  if (after === NO_ANSWER) return whole('no answer', before, sent.complaints[0] ?? after);
  if (before === NO_ANSWER) return whole('an answer where there was none', before, after);
  if (before === ANSWERED) return whole('refused, not answered', before, after);
  if (after === ANSWERED) return whole('answered, not refused', before, after);
  return whole('another fault', before, after);
}

const NO_ANSWER = 'no answer';
const ANSWERED = 'answered';

function endingOf({
  status,
  fault,
}: {
  readonly status: number;
  readonly fault?: string | undefined;
}): string {
  return status === 0 ? NO_ANSWER : (fault ?? ANSWERED);
}

/** What was answered, or the detail of a fault: the rest of a fault is each SOAP library's own. */
function comparedPart(xml: string): XmlNode | undefined {
  const payload = xml === '' ? undefined : payloadOf(xml);
  if (payload?.name !== 'Fault') return payload;
  return payload.children.find(({ name }) => /^detail$/i.test(name));
}

/** Complaints have ids and places in them. */
function plainWords(words: string): string {
  return words.replace(/[\w.:-]*\d[\w.:-]*/g, '#');
}
