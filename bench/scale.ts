/**
 * What the simulated array's size costs, and the depth of its snapshots: the same questions to arrays of
 * different size, all open in one process and asked in turn, so that a busy machine hurts all alike. Each
 * median as a ratio to the smallest array's. Then group commit, and start-up and memory, each array in a
 * process of its own. Fails only on wrong answers.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { medianOf } from './figures.ts';
import { openSubject, type Shape, type Subject } from './scale-arrays.ts';
import { commitRates } from './scale-commit.ts';
import { QUESTIONS, type Question } from './scale-questions.ts';

/** How much is measured. */
interface Extent {
  readonly sizes: readonly number[];
  readonly depths: readonly number[];
  readonly rounds: number;
  readonly commitMs: number;
  readonly openings: number;
}

const FULL: Extent = {
  sizes: [1_000, 10_000, 100_000, 1_000_000],
  depths: [1, 10, 100],
  rounds: 400,
  commitMs: 1_000,
  openings: 7,
};
const SHORT: Extent = {
  sizes: [1_000, 5_000],
  depths: [1, 5],
  rounds: 3,
  commitMs: 20,
  openings: 1,
};
/** Changes that are asked for at once, so that the disk's part is shared and the work shows. */
const AT_ONCE = 32;
const OPENING = resolve(import.meta.dirname, 'scale-opening.ts');

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Runs it all. `kept`: a folder whose arrays are used again, and left; undefined: a new one. */
export async function scale(short: boolean, kept: string | undefined): Promise<void> {
  const extent = short ? SHORT : FULL;
  const parent = kept ?? mkdtempSync(join(tmpdir(), 'keelson-scale-'));
  const bySize = extent.sizes.map((volumes) => ({ volumes, depth: 1 }));
  const byDepth = extent.depths.map((depth) => ({ volumes: extent.sizes[0] ?? 1_000, depth }));
  try {
    const names = (shapes: readonly Shape[], key: keyof Shape) =>
      shapes.map((shape) => shape[key].toLocaleString('en'));
    await compare(parent, bySize, extent.rounds, 'number of volumes', names(bySize, 'volumes'));
    await compare(parent, byDepth, extent.rounds, 'snapshots behind it', names(byDepth, 'depth'));
    await commits(parent, bySize, extent.commitMs);
    await openings(parent, bySize, extent.openings);
  } finally {
    if (kept === undefined) rmSync(parent, { recursive: true });
  }
}

async function opened<Result>(
  parent: string,
  shapes: readonly Shape[],
  work: (subjects: readonly Subject[]) => Promise<Result>,
): Promise<Result> {
  const subjects: Subject[] = [];
  try {
    for (const shape of shapes) subjects.push(await openSubject(parent, shape));
    return await work(subjects);
  } finally {
    for (const { array } of subjects) await array.close();
  }
}

/** One table: a row for each question, a column for each array. */
async function compare(
  parent: string,
  shapes: readonly Shape[],
  rounds: number,
  what: string,
  columns: readonly string[],
): Promise<void> {
  await opened(parent, shapes, async (subjects) => {
    heading(`Median µs by ${what}, and its ratio to the smallest`, ['question', ...columns]);
    for (const question of QUESTIONS) {
      row(question.name, await timed(subjects, question, rounds, 1));
      if (!question.changes) continue;
      const each = `${question.name}: each of ${AT_ONCE} at once`;
      row(each, await timed(subjects, question, Math.ceil(rounds / 4), AT_ONCE));
    }
  });
}

/** Medians in microseconds of one question, one for each array. */
async function timed(
  subjects: readonly Subject[],
  question: Question,
  rounds: number,
  atOnce: number,
): Promise<number[]> {
  const times = subjects.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const askings = await Promise.all(
        Array.from({ length: atOnce }, () => question.about(subject)),
      );
      const start = performance.now();
      const answers = await Promise.all(askings.map(({ ask }) => ask()));
      times[index]?.push(((performance.now() - start) * 1000) / atOnce);
      await Promise.all(askings.map(({ after }, turn) => after(answers[turn])));
    }
  }
  return times.map(medianOf);
}

async function commits(parent: string, shapes: readonly Shape[], milliseconds: number) {
  await opened(parent, shapes, async (subjects) => {
    heading('Durable operations per second by the number in flight', [
      'volumes, operation',
      ...['1', '8', '64'],
    ]);
    for (const { name, rates } of await commitRates(subjects, [1, 8, 64], milliseconds)) {
      say(`| ${name} | ${rates.map((rate) => Math.round(rate)).join(' | ')} |`);
    }
  });
}

/** What a process of its own says of opening one array. */
interface Opening {
  readonly milliseconds: number;
  readonly emptyMB: number;
  readonly openMB: number;
  readonly usedMB: number;
  readonly filesMB: number;
  readonly fileMB: number;
}

async function openings(parent: string, shapes: readonly Shape[], rounds: number) {
  heading('Start-up and memory, each array in a process of its own', [
    'volumes',
    'first answer ms',
    'resident MB before opening',
    'after the first answer',
    'after 1,000 calls of volumes(100)',
    'of these mapped files',
    'array.db MB',
  ]);
  const found = new Map<Shape, Opening[]>(shapes.map((shape) => [shape, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [shape, kept] of found) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', OPENING, parent, String(shape.volumes)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      kept.push((await json(child.stdout)) as Opening);
    }
  }
  for (const [{ volumes }, kept] of found) {
    const median = (key: keyof Opening) => medianOf(kept.map((one) => one[key])).toFixed(0);
    const keys = ['milliseconds', 'emptyMB', 'openMB', 'usedMB', 'filesMB', 'fileMB'] as const;
    const cells = keys.map(median);
    say(`| ${volumes.toLocaleString('en')} | ${cells.join(' | ')} |`);
  }
}

function heading(title: string, columns: readonly string[]): void {
  say(`\n#### ${title}\n\n| ${columns.join(' | ')} |\n|${columns.map(() => '---|').join('')}`);
}

/** Times, each with its ratio to the first. */
function row(name: string, times: readonly number[]): void {
  const [first = Number.NaN] = times;
  const cells = times.map((time) => `${time.toFixed(0)} (${(time / first).toFixed(2)})`);
  say(`| ${name} | ${cells.join(' | ')} |`);
}
