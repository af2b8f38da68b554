/**
 * docs/reliability.md: written by hand but for what stands between its marks: the table of broken ground, from the
 * rows that the tests declare, and how many crashes the last whole run tried, from what that run kept.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GROUND_ROWS } from '../../test/crash/ground/rows.ts';
import { filled } from './filled.ts';

const DOCS = join(import.meta.dirname, '../../docs');

interface Tried {
  readonly date: string;
  readonly release: string;
  /** Crashes tried, by operation. */
  readonly crashes: Readonly<Record<string, number>>;
}

function groundTable(): string {
  const rows = GROUND_ROWS.map(({ breaks, during, sees, lost, back, proof }) => {
    const name = proof.file.replace(/^test\//, '');
    return `| ${[breaks, during, sees, lost, back, `[${name}](../${proof.file})`].join(' | ')} |`;
  });
  return [
    '| what breaks | under way | what the operator sees | what is lost | way back | proof |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function crashTable(): string {
  const tried: Tried = JSON.parse(readFileSync(join(DOCS, 'pictures/crashes.json'), 'utf8'));
  const all = Object.entries(tried.crashes).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = all.reduce((total, [, count]) => total + count, 0);
  return [
    `${tried.date}, ${tried.release}: ${sum} crashes, each opened, compared and checked; nothing was lost or half done.`,
    '',
    '| while it was under way | crashes tried |',
    '|---|---|',
    ...all.map(([name, count]) => `| ${name === 'upgrade' ? 'an upgrade' : name} | ${count} |`),
  ].join('\n');
}

/** The page. */
export function reliabilityPage(): string {
  return filled('reliability.md', { ground: groundTable(), crashes: crashTable() });
}
