/**
 * What a soak leaves: CSV, chart, and a dated section in docs/reliability.md between two marks, which the next
 * soak replaces. Knows nothing of how it was run.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { medianOf } from '../../src/load/figures.ts';
import { chartOf, type Mark } from './chart.ts';
import { csvOf, type Sample } from './sample.ts';
import type { Judgement } from './verdict.ts';

export interface Outcome {
  readonly samples: readonly Sample[];
  readonly restarts: readonly Mark[];
  readonly rulePeriods: number;
  readonly judgements: readonly Judgement[];
  readonly findings: readonly string[];
  readonly seconds: number;
  readonly release: string;
  /** ISO 8601, the day. */
  readonly date: string;
}

const BEGIN = '<!-- soak: written by npm run soak -->';
const END = '<!-- soak: end -->';

/** The section, marks included. */
function sectionOf(outcome: Outcome): string {
  const { samples, restarts, judgements, findings, seconds } = outcome;
  const calls = samples.reduce((sum, each) => sum + each.calls, 0);
  const faults = samples.reduce((sum, each) => sum + each.faults, 0);
  const killed = restarts.filter(({ what }) => what === 'kill -9').length;
  const cpu = medianOf(samples.map(({ cpuPercent }) => cpuPercent).filter((each) => each > 0));
  const length = seconds >= 3_600 ? `${(seconds / 3_600).toFixed(1)} hours` : `${seconds} s`;
  const rows = judgements.map(
    ({ what, measured, bound, holds }) =>
      `| ${what} | ${measured} | ${bound} | ${holds ? 'yes' : '**no**'} |`,
  );
  return [
    BEGIN,
    '',
    `${outcome.date}, ${outcome.release}, Node ${process.versions.node}, ${cpus().length} processors shared with the load: ${length}, ${calls} calls (${Math.round(calls / seconds)} a second, ${cpu.toFixed(0)} % of a core), ${killed} times \`kill -9\` and ${restarts.length - killed} restarts in order, ${outcome.rulePeriods} times fault rules, which ${faults} answers met.`,
    '',
    '![memory, open files, latency, event loop delay and sizes over the time of the soak](pictures/soak.svg)',
    '',
    '| what | measured | bound | holds |',
    '|---|---|---|---|',
    ...rows,
    ...(findings.length === 0 ? [] : ['', ...findings.slice(0, 10).map((each) => `- ${each}`)]),
    '',
    END,
  ].join('\n');
}

/** Writes CSV and chart to `folder`, and gives the section. */
export function keep(outcome: Outcome, folder: string): string {
  const { samples, restarts } = outcome;
  const title = `Soak of ${outcome.date}, ${outcome.release}; dotted: the provider was restarted`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'soak.csv'), csvOf(samples));
  writeFileSync(join(folder, 'soak.svg'), chartOf(samples, restarts, title));
  return sectionOf(outcome);
}

/** Puts the section in the page in place of the last one. Throws when the page has no place for it. */
export function insert(page: string, section: string): void {
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${page} has no marks of a soak`);
  writeFileSync(page, text.slice(0, from) + section + text.slice(to + END.length));
}
