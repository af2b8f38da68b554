/** A comparison for people: what changed first, the answers for each operation last, each with its evidence. */
import {
  ABSENT,
  type Answer,
  type Comparison,
  type OperationComparison,
  QUESTIONS,
  type ScenarioChange,
} from './compare.ts';

/** What counts as another time: twice as long, and by more than a busy machine adds. */
const SLOWER_TIMES = 2;
const SLOWER_MS = 50;
/** Of fewer calls a median says little. */
const TIMED_CALLS = 3;

const SHORT: Readonly<Record<Answer, string>> = { yes: 'yes', no: 'no', 'not shown': '-' };

const LEGEND =
  'Did they change? yes, no, or - where one of the runs did not show it. What two runs can show: see docs/acceptance.md.';

export function comparisonText(comparison: Comparison): string {
  const { a, b, claims, scenarios, operations } = comparison;
  const run = (
    name: string,
    { url, startedAt, servers, passed, failed, known, skipped }: typeof a,
  ) =>
    `${name}  ${url}, ${startedAt}, ${servers.join('; ') || 'no release signature'}: ${passed} passed, ${failed} failed, ${known} known, ${skipped} skipped`;
  const used = operations.filter(
    ({ a: one, b: other }) => (one.calls === 0) !== (other.calls === 0),
  );
  return [
    ...[run('A', a), run('B', b)],
    ...part(
      'Claims that changed',
      claims.map(({ what, a: one, b: other }) => `${what}: ${one || 'none'} -> ${other || 'none'}`),
    ),
    ...part('Scenarios that ended otherwise', scenarios.filter(isInBoth).flatMap(scenarioLines)),
    ...part(
      'Scenarios that only one run has',
      scenarios
        .filter((each) => !isInBoth(each))
        .map(({ id, a: one }) => `${id}: only ${one === ABSENT ? 'B' : 'A'}`),
    ),
    ...part(
      'Operations that only one run called',
      used.map((each) => `${nameOf(each)}: only ${each.a.calls > 0 ? 'A' : 'B'}`),
    ),
    ...part('Faults that only one run saw', operations.flatMap(faultLines)),
    ...part('Times that changed (median of all calls, ms)', operations.flatMap(timeLines)),
    ...part('Does the provider have to be certified again?', [LEGEND, '', ...answers(operations)]),
    ...part('Evidence', operations.flatMap(evidenceLines)),
    '',
  ].join('\n');
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? ['', `${title}: none`]
    : ['', title, ...lines.map((each) => `  ${each}`)];
}

function nameOf({ api, operation }: OperationComparison): string {
  return api === '2.0' ? operation : `${operation} (${api})`;
}

function isInBoth({ a, b }: ScenarioChange): boolean {
  return a !== ABSENT && b !== ABSENT;
}

function scenarioLines({ id, a, b, reasons }: ScenarioChange): readonly string[] {
  return [`${id}: ${a} -> ${b}`, ...reasons.map((each) => `  ${each}`)];
}

function faultLines(each: OperationComparison): readonly string[] {
  if (each.a.calls === 0 || each.b.calls === 0) return [];
  const only = (one: object, other: object, name: string) =>
    Object.keys(one)
      .filter((fault) => !Object.hasOwn(other, fault))
      .map((fault) => `${nameOf(each)}: ${fault} only in ${name}`);
  return [...only(each.a.faults, each.b.faults, 'A'), ...only(each.b.faults, each.a.faults, 'B')];
}

function timeLines(each: OperationComparison): readonly string[] {
  const [less, more] = [each.a.median, each.b.median].sort((one, other) => one - other);
  if (less === undefined || more === undefined) return [];
  if (each.a.calls < TIMED_CALLS || each.b.calls < TIMED_CALLS) return [];
  if (more < less * SLOWER_TIMES || more - less < SLOWER_MS) return [];
  return [`${nameOf(each)}: ${each.a.median} -> ${each.b.median}`];
}

function answers(operations: readonly OperationComparison[]): readonly string[] {
  const width = Math.max(0, ...operations.map((each) => nameOf(each).length));
  const row = (name: string, cells: readonly string[]) =>
    [name.padEnd(width), ...cells.map((cell, at) => cell.padEnd(QUESTIONS[at]?.length ?? 0))]
      .join('  ')
      .trimEnd();
  return [
    row('', QUESTIONS),
    ...operations.map((each) =>
      row(
        nameOf(each),
        QUESTIONS.map((question) => SHORT[each.answers[question]]),
      ),
    ),
  ];
}

function evidenceLines(each: OperationComparison): readonly string[] {
  const lines = QUESTIONS.flatMap((question) =>
    each.evidence[question].map((words) => `  ${question}: ${words}`),
  );
  return lines.length === 0 ? [] : [nameOf(each), ...lines];
}
