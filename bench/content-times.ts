/**
 * The content of one volume at growing depth of snapshots, without the rest of the array: in alternating
 * rounds, so that a busy machine hurts all depths alike. Takes a minute and two gigabytes in the folder of
 * temporary files. Figures that decisions rest on are in docs/adr/0010-copy-on-write-content.md; that
 * depth costs nothing is held, in statements, by test/simulator/content/cost.test.ts.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY } from '../simulator/content/content.ts';
import { type Harness, openHarness } from '../test/simulator/content/harness.ts';
import { medianOf } from './figures.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const SIZE = 64 * MIB;
const WRITES_PER_SNAPSHOT = 4;
const DIFFERENCES = 64;

/** How much is measured. */
interface Extent {
  readonly depths: readonly number[];
  readonly rounds: number;
  readonly fillMiB: number;
}

const FULL: Extent = { depths: [1, 10, 100, 1000], rounds: 50, fillMiB: 1024 };
const SHORT: Extent = { depths: [1, 5], rounds: 4, fillMiB: 16 };

/** A volume with so many snapshots behind it, and a base from which it differs in 64 chunks. */
interface Subject {
  readonly depth: number;
  readonly harness: Harness;
  readonly base: number;
  root: number;
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const anywhere = () => randomInt(SIZE / (64 * KIB)) * 64 * KIB;

/** Makes every chunk of these bytes one that was never written before. */
type Renumber = (data: Buffer) => Buffer;

export function contentTimes(short: boolean): void {
  const extent = short ? SHORT : FULL;
  const folder = mkdtempSync(join(tmpdir(), 'keelson-content-'));
  let written = 0;
  const renumber = (data: Buffer) => {
    for (let at = 0; at < data.length; at += 64 * KIB) {
      written += 1;
      data.writeUInt32LE(written, at);
    }
    return data;
  };
  try {
    timesByDepth(folder, extent, renumber);
    fill(folder, extent.fillMiB, renumber);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timesByDepth(folder: string, { depths, rounds }: Extent, renumber: Renumber): void {
  const subjects = depths.map((depth) => made(folder, depth, renumber));
  const times = new Map<string, Map<number, number[]>>();
  const timed = (depth: number, what: string, work: () => void) => {
    const start = performance.now();
    work();
    const byDepth = times.get(what) ?? new Map<number, number[]>();
    times.set(what, byDepth);
    byDepth.set(depth, [...(byDepth.get(depth) ?? []), (performance.now() - start) * 1000]);
  };
  for (const { harness } of subjects) harness.db.exec('BEGIN IMMEDIATE');
  for (let round = 0; round < rounds; round += 1) for (const one of subjects) compare(one, timed);
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of subjects) change(subject, renumber, timed);
  }
  for (const { harness } of subjects) {
    harness.db.exec('ROLLBACK');
    harness.close();
  }
  say('\n#### Content: median µs by snapshots behind it, and its ratio to the fewest\n');
  say(`| | ${depths.join(' | ')} |\n|---|${depths.map(() => '---|').join('')}`);
  for (const [what, byDepth] of times) {
    const medians = depths.map((depth) => medianOf(byDepth.get(depth) ?? []));
    const [first = Number.NaN] = medians;
    const cells = medians.map((time) => `${time.toFixed(0)} (${(time / first).toFixed(2)})`);
    say(`| ${what} | ${cells.join(' | ')} |`);
  }
}

function made(folder: string, depth: number, renumber: Renumber): Subject {
  const harness = openHarness({ directory: mkdtempSync(join(folder, 'depth-')) });
  const { content } = harness;
  const fresh = (length: number) => renumber(Buffer.alloc(length, 'measured'));
  let root = EMPTY;
  harness.commit(() => {
    for (let at = 0; at < SIZE; at += MIB) root = content.write(root, at, fresh(MIB), 1);
  });
  for (let taken = 0; taken < depth; taken += 1) {
    harness.commit(() => {
      content.fork(root);
      for (let write = 0; write < WRITES_PER_SNAPSHOT; write += 1) {
        root = content.write(root, anywhere(), fresh(64 * KIB), 1);
      }
    });
  }
  const base = content.fork(root);
  harness.commit(() => {
    for (let place = 0; place < DIFFERENCES; place += 1) {
      root = content.write(root, (place * SIZE) / DIFFERENCES, fresh(64 * KIB), 1);
    }
  });
  return { depth, harness, base, root };
}

type Timed = (depth: number, what: string, work: () => void) => void;

function compare({ depth, harness, base, root }: Subject, timed: Timed): void {
  const { content } = harness;
  const range = { start: 0, length: SIZE, chunkBytes: 64 * KIB };
  timed(depth, 'fork', () => content.fork(root));
  timed(depth, 'difference of 64 strewn chunks', () => content.differing([base, root], range));
}

function change(subject: Subject, renumber: Renumber, timed: Timed): void {
  const { depth, harness } = subject;
  const { content } = harness;
  const at = anywhere();
  const fresh = (length: number) => renumber(Buffer.alloc(length, 'measured'));
  const [one, two, small] = [fresh(64 * KIB), fresh(64 * KIB), fresh(4 * KIB)];
  const write = (data: Buffer) => {
    subject.root = content.write(subject.root, at, data, 1);
  };
  content.fork(subject.root);
  timed(depth, 'first 64 KiB after a fork', () => write(one));
  timed(depth, 'second 64 KiB', () => write(two));
  timed(depth, '4 KiB', () => write(small));
  timed(depth, 'read 64 KiB', () => content.read(subject.root, at, 64 * KIB));
}

/** In order, durable every 16 MiB. */
function fill(folder: string, mebibytes: number, renumber: Renumber): void {
  const harness = openHarness({ directory: mkdtempSync(join(folder, 'fill-')) });
  let root = EMPTY;
  const noise = randomBytes(MIB);
  const start = performance.now();
  for (let at = 0; at < mebibytes * MIB; at += 16 * MIB) {
    harness.commit(() => {
      for (let each = 0; each < 16 * MIB; each += MIB) {
        root = harness.content.write(root, at + each, renumber(noise), 1);
      }
    });
  }
  const seconds = (performance.now() - start) / 1000;
  say(`\nFilling ${mebibytes} MiB in order: ${(mebibytes / seconds).toFixed(0)} MiB/s`);
  const committed = harness.content.committed(root);
  harness.close();
  if (committed !== mebibytes * MIB) throw new Error(`${committed} bytes are there`);
}
