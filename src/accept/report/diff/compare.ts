/**
 * Compares two runs, of two providers or of two releases of one, and answers for each operation the questions that
 * decide whether a provider must be certified again. An answer is as good as what the runs have shown: an operation
 * that one of them did not call is `not shown`.
 */
import type { ReportDocument, ReportedScenario, Summary } from '../document.ts';
import { type Claim, claimsOf } from '../provider.ts';
import { type OperationStatistics, statisticsOf } from '../statistics.ts';
import { type PairedCalls, pairedCalls } from './calls.ts';
import { endingDifferences, endingOf } from './endings.ts';
import { outcomeDifferences } from './outcomes.ts';
import { shapeDifferences, shapeOf } from './shape.ts';

/** What may have changed about an operation. */
export const QUESTIONS = [
  'parameters',
  'outputs',
  'behaviour',
  'preconditions',
  'postconditions',
  'privileges',
] as const;
export type Question = (typeof QUESTIONS)[number];

export type Answer = 'yes' | 'no' | 'not shown';

export interface OperationComparison {
  readonly api: string;
  readonly operation: string;
  readonly a: OperationStatistics;
  readonly b: OperationStatistics;
  /** Whether each has changed. */
  readonly answers: Readonly<Record<Question, Answer>>;
  /** Why it changed, by question; empty where nothing has. */
  readonly evidence: Readonly<Record<Question, readonly string[]>>;
}

/** The outcome of a scenario that a run does not have. */
export const ABSENT = 'not there';

export interface ScenarioChange {
  readonly id: string;
  /** Outcomes. */
  readonly a: string;
  readonly b: string;
  readonly reasons: readonly string[];
}

export interface Comparison {
  readonly a: Summary;
  readonly b: Summary;
  /** Claims that differ, as A and B make them. */
  readonly claims: readonly { readonly what: string; readonly a: string; readonly b: string }[];
  readonly scenarios: readonly ScenarioChange[];
  readonly operations: readonly OperationComparison[];
}

/** Sentences kept for one question about one operation. */
const EVIDENCE = 20;

/** Compares. The same runs give the same answers. */
export function compareReports(a: ReportDocument, b: ReportDocument): Comparison {
  return {
    a: a.summary,
    b: b.summary,
    claims: changedClaims(claimsOf(a), claimsOf(b)),
    scenarios: changedScenarios(a.scenarios, b.scenarios),
    operations: comparedOperations(a, b),
  };
}

function changedClaims(a: readonly Claim[], b: readonly Claim[]): Comparison['claims'] {
  return a.flatMap(({ what, values }, index) => {
    const [one, other] = [values.join(', '), b[index]?.values.join(', ') ?? ''];
    return one === other ? [] : [{ what, a: one, b: other }];
  });
}

function changedScenarios(
  a: readonly ReportedScenario[],
  b: readonly ReportedScenario[],
): readonly ScenarioChange[] {
  const [ofA, ofB] = [a, b].map((each) => new Map(each.map((one) => [one.id, one])));
  const ids = new Set([...a, ...b].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const [one, other] = [ofA?.get(id), ofB?.get(id)];
    if (one?.outcome === other?.outcome) return [];
    const reasons = [...(one?.reasons ?? []), ...(other?.reasons ?? [])];
    return [{ id, a: one?.outcome ?? ABSENT, b: other?.outcome ?? ABSENT, reasons }];
  });
}

function comparedOperations(a: ReportDocument, b: ReportDocument): readonly OperationComparison[] {
  const [ofA, ofB] = [a, b].map(
    (each) => new Map(statisticsOf(each).map((row) => [`${row.api} ${row.operation}`, row])),
  );
  const paired = pairedCalls(a, b);
  const outcomes = outcomeDifferences(a, b);
  const keys = [...new Set([...(ofA?.keys() ?? []), ...(ofB?.keys() ?? [])])];
  return keys.map((key) => {
    const [api = '', operation = ''] = key.split(' ');
    const isOwn = (each: { readonly api: string; readonly operation: string }) =>
      each.api === api && each.operation === operation;
    const own = paired.filter(isOwn);
    const statistics = {
      a: ofA?.get(key) ?? notCalled(api, operation),
      b: ofB?.get(key) ?? notCalled(api, operation),
    };
    const isShown = own.some((each) => each.a.length > 0) && own.some((each) => each.b.length > 0);
    const evidence = evidenceIn(own, outcomes.filter(isOwn));
    return { api, operation, ...statistics, answers: answersBy(evidence, isShown), evidence };
  });
}

function answersBy(
  evidence: OperationComparison['evidence'],
  isShown: boolean,
): OperationComparison['answers'] {
  const answer = (question: Question): Answer => {
    if (evidence[question].length > 0) return 'yes';
    return isShown ? 'no' : 'not shown';
  };
  return {
    parameters: answer('parameters'),
    outputs: answer('outputs'),
    behaviour: answer('behaviour'),
    preconditions: answer('preconditions'),
    postconditions: answer('postconditions'),
    privileges: answer('privileges'),
  };
}

function evidenceIn(
  paired: readonly PairedCalls[],
  outcomes: readonly { readonly question: Question; readonly evidence: string }[],
): OperationComparison['evidence'] {
  const both = paired.filter(({ a, b }) => a.length > 0 && b.length > 0);
  const [a, b] = [both.flatMap((each) => each.a), both.flatMap((each) => each.b)];
  const answered = (calls: typeof a) => calls.filter((each) => endingOf(each) === 'answered');
  const found: Record<Question, string[]> = {
    parameters: [...shapeDifferences(shapeOf(a, 'request'), shapeOf(b, 'request'))],
    outputs: [
      ...shapeDifferences(shapeOf(answered(a), 'answer'), shapeOf(answered(b), 'answer')),
      ...complaintDifferences(a, b),
    ],
    ...{ behaviour: [], preconditions: [], postconditions: [], privileges: [] },
  };
  for (const each of [...both.flatMap(endingDifferences), ...outcomes])
    found[each.question].push(each.evidence);
  for (const question of QUESTIONS) found[question].splice(EVIDENCE);
  return found;
}

function complaintDifferences(a: PairedCalls['a'], b: PairedCalls['b']): readonly string[] {
  const first = (calls: PairedCalls['a']) => calls.find(({ complaints }) => complaints.length > 0);
  const [one, other] = [first(a), first(b)];
  if ((one === undefined) === (other === undefined)) return [];
  const words = (one ?? other)?.complaints[0];
  return [`answers are wrong in themselves only in ${one === undefined ? 'B' : 'A'}: ${words}`];
}

function notCalled(api: string, operation: string): OperationStatistics {
  return { api, operation, calls: 0, answered: 0, faults: {}, median: 0, p95: 0, most: 0 };
}
