/**
 * What a scenario that ended otherwise says about operations. When it stopped after a question, what the last
 * changing operation left behind is in doubt (a postcondition); else what the last operation itself did.
 */
import type { ReportDocument, ReportedScenario } from '../document.ts';
import { pairedScenarios } from './calls.ts';
import { endingOf } from './endings.ts';

export interface OutcomeDifference {
  readonly api: string;
  readonly operation: string;
  readonly question: 'behaviour' | 'postconditions';
  readonly evidence: string;
}

/** Names of operations that change nothing. */
const QUESTIONS = /^(query|get|spaceStats|allocatedBitmap|unshared)/;

/** One for each scenario that failed in one run and passed in the other. */
export function outcomeDifferences(
  a: ReportDocument,
  b: ReportDocument,
): readonly OutcomeDifference[] {
  return pairedScenarios(a, b).flatMap((pair) => {
    const [hasFailedA, hasFailedB] = [hasFailed(pair.a), hasFailed(pair.b)];
    if (hasFailedA === hasFailedB) return [];
    const [run, scenario] = hasFailedA ? [a, pair.a] : [b, pair.b];
    const about = operationInDoubt(run, scenario);
    if (about === undefined) return [];
    const why = scenario.reasons[0] ?? 'no reason';
    const evidence = `${scenario.id}: ${pair.a.outcome} in A, ${pair.b.outcome} in B: ${why}`;
    return [{ ...about, evidence }];
  });
}

function hasFailed({ outcome }: ReportedScenario): boolean {
  return outcome === 'failed' || outcome === 'known';
}

function operationInDoubt({ exchanges }: ReportDocument, scenario: ReportedScenario) {
  const own = new Set(scenario.exchanges.slice(0, scenario.steps));
  const calls = exchanges.filter(({ number }) => own.has(number));
  // A reason that begins with an operation is about a call of it: a fault, or an answer that is wrong in itself.
  const named = calls.findLast(({ operation }) => scenario.reasons[0]?.startsWith(`${operation} `));
  const stopped = named ?? calls.at(-1);
  if (stopped === undefined) return undefined;
  const changing = calls.findLast(
    (each) =>
      each.number < stopped.number &&
      !QUESTIONS.test(each.operation) &&
      endingOf(each) === 'answered',
  );
  const isAsked =
    named === undefined && QUESTIONS.test(stopped.operation) && changing !== undefined;
  const { api, operation } = isAsked ? changing : stopped;
  return { api, operation, question: isAsked ? 'postconditions' : 'behaviour' } as const;
}
