/** How calls ended in two runs: who was refused where the other was not, and in what other way. */
import type { ReportedExchange } from '../document.ts';
import type { PairedCalls } from './calls.ts';

/** What a changed ending speaks about. */
export type EndingQuestion = 'behaviour' | 'preconditions' | 'privileges';

export interface EndingDifference {
  readonly question: EndingQuestion;
  readonly evidence: string;
}

/** Faults that say who may ask, not what or when. */
const PRIVILEGE_FAULTS: ReadonlySet<string> = new Set([
  'InvalidCertificate',
  'InvalidLogin',
  'InvalidSession',
  'PermissionDenied',
]);

/** Calls of one scenario that are told, at most; the others are like them. */
const TOLD = 3;

/** How the calls of one operation in one scenario ended otherwise. Calls side by side may end in any order. */
export function endingDifferences({ scenario, a, b }: PairedCalls): readonly EndingDifference[] {
  if (a.length === 0 || b.length === 0) return [];
  const where = scenario ?? 'outside of scenarios';
  const [endingsOfA, endingsOfB] = [a.map(endingOf), b.map(endingOf)];
  if (a.length !== b.length) {
    // Questions that are repeated until something has happened are asked more or less often each time.
    const [one, other] = [shortened(endingsOfA), shortened(endingsOfB)];
    if (sameInAnyOrder(one, other)) return [];
    const evidence = `${where}: ended ${one.join(', ')} in A, ${other.join(', ')} in B`;
    return [{ question: questionOf(symmetricDifference(one, other)), evidence }];
  }
  if (sameInAnyOrder(endingsOfA, endingsOfB)) return [];
  const found = a.flatMap((one, index): readonly EndingDifference[] => {
    const other = b[index];
    if (other === undefined || endingOf(one) === endingOf(other)) return [];
    const ends = [endingOf(one), endingOf(other)];
    const evidence = `${where}: asked by ${one.client}, ${ends[0]} in A (exchange ${one.number}), ${ends[1]} in B (${other.number})`;
    return [{ question: questionOf(ends), evidence }];
  });
  return found.slice(0, TOLD);
}

/** How a call ended, in a word. */
export function endingOf({ fault, status }: ReportedExchange): string {
  return status === 0 ? 'no answer' : (fault ?? 'answered');
}

function questionOf(endings: readonly string[]): EndingQuestion {
  if (endings.some((each) => PRIVILEGE_FAULTS.has(each))) return 'privileges';
  return endings.includes('answered') ? 'preconditions' : 'behaviour';
}

function shortened(endings: readonly string[]): readonly string[] {
  return endings.filter((each, index) => each !== endings[index - 1]);
}

function sameInAnyOrder(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join('\n') === [...other].sort().join('\n');
}

function symmetricDifference(one: readonly string[], other: readonly string[]): readonly string[] {
  return [
    ...one.filter((each) => !other.includes(each)),
    ...other.filter((each) => !one.includes(each)),
  ];
}
