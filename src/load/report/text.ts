/** A load run as text: tables that are Markdown and can be read as they are. Pure. */
import type { LoadResult } from '../load.ts';
import type { Fact, PartResult } from '../parts/part.ts';

/** All of it, with a heading for each result. */
export function textOf(result: LoadResult, machine: string): string {
  const { startedAt, provider, results, left } = result;
  const day = new Date(startedAt).toISOString().slice(0, 10);
  const head = `### ${day}, ${provider}\n\n${machine}\n`;
  const notTaken = left.map((each) => `- not taken back: ${each}\n`).join('');
  return [head, ...results.map(partText), notTaken].filter((each) => each !== '').join('\n');
}

function partText({ part, what, facts, timings, failures }: PartResult): string {
  const pieces = [`#### ${part}\n\n${what}.\n`];
  if (facts.length > 0) pieces.push(table(['', 'figure', 'goal'], facts.map(factRow)));
  if (timings.length > 0)
    pieces.push(
      table(
        ['call', 'answered', 'p50 ms', 'p99 ms', 'most ms'],
        timings.map(({ operation, calls, p50, p99, most }) => [
          ...[operation, `${calls}`],
          ...[p50, p99, most].map((each) => each.toFixed(2)),
        ]),
      ),
    );
  const kinds = failures.map(({ operation, what: kind, count, example }) => [
    ...[operation, kind, `${count}`, example.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')],
  ]);
  pieces.push(
    kinds.length === 0
      ? 'No failure.\n'
      : table(['failed call', 'how', 'times', 'the first one'], kinds),
  );
  return pieces.join('\n');
}

function factRow({ name, value, unit, goal = '' }: Fact): readonly string[] {
  const isBare = unit === '' || value === undefined;
  return [name, `${figure(value)}${isBare ? '' : ` ${unit}`}`, goal];
}

function figure(value: Fact['value']): string {
  if (typeof value !== 'number') return value ?? 'not known';
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? `${Math.round(value)}`
    : value.toFixed(2);
}

/** A Markdown table. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return `${line(columns)}|${columns.map(() => '---|').join('')}\n${rows.map(line).join('')}`;
}

/** The same for machines. */
export function jsonOf(result: LoadResult, machine: string): string {
  return `${JSON.stringify({ machine, ...result }, null, 2)}\n`;
}
