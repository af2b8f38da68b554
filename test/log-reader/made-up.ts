/** Lines made up for tests of rules, and what is found in them. */
import { allRules } from '../../src/log-reader/findings/all.ts';
import type { Finding } from '../../src/log-reader/findings/finding.ts';
import { entryOf } from '../../src/log-reader/lines/recognise.ts';
import { Names } from '../../src/log-reader/names.ts';

export const START = Date.parse('2026-05-01T09:00:00.000Z');

export interface MadeUp {
  /** Seconds after the start. */
  readonly at: number;
  readonly file?: string;
  /** Fields of a line of the provider, or a whole line of another log; a poll of host `h` unless given. */
  readonly line?: Readonly<Record<string, unknown>> | ((time: string) => string);
}

const POLL = { event: 'request', operation: 'getEvents', outcome: 'ok', host_id: 'h' };

/** The text of a line. */
export function textOf({ at, line = POLL }: MadeUp): string {
  const time = new Date(START + at * 1_000).toISOString();
  if (typeof line === 'function') return line(time);
  return JSON.stringify({
    level: 'info',
    time,
    event: 'request',
    msg: `${line['event']}`,
    ...line,
  });
}

/** What all rules find in these lines, worst first. */
export function findingsIn(lines: readonly MadeUp[]): readonly Finding[] {
  const rules = allRules();
  const names = new Names();
  for (const [index, made] of lines.entries()) {
    const entry = entryOf(textOf(made), { file: made.file ?? 'keelson.log', line: index + 1 });
    if (entry === undefined) throw new Error(`not read: ${textOf(made)}`);
    names.see(entry);
    rules.see(entry, names);
  }
  return rules.findings(names);
}

/** Their ids. */
export function foundIn(lines: readonly MadeUp[]): readonly string[] {
  return findingsIn(lines).map(({ id }) => id);
}

/** Polls of host `h` every ten seconds. */
export function polls(from: number, to: number): MadeUp[] {
  return Array.from({ length: (to - from) / 10 }, (_, index) => ({ at: from + index * 10 }));
}
