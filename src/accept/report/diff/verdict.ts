/** Whether a comparison shows what somebody waits for, as an exit code is: times, which a busy machine changes, never count. */
import { type Comparison, type OperationComparison, QUESTIONS } from './compare.ts';

/** What a comparison can be told to fail on. */
export const VERDICTS = ['changes', 'regressions'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * `regressions`: a scenario that passed in A failed in B. `changes`: that, and anything else that the text names
 * before the times and after them.
 */
export function isFound(verdict: Verdict, { claims, scenarios, operations }: Comparison): boolean {
  if (verdict === 'regressions')
    return scenarios.some(({ a, b }) => a === 'passed' && b === 'failed');
  return claims.length + scenarios.length > 0 || operations.some(isChanged);
}

function isChanged({ a, b, answers }: OperationComparison): boolean {
  if (QUESTIONS.some((question) => answers[question] === 'yes')) return true;
  if (a.calls === 0 || b.calls === 0) return a.calls !== b.calls;
  const [one, other] = [a, b].map(({ faults }) => Object.keys(faults).sort().join());
  return one !== other;
}
