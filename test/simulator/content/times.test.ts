/**
 * Times at growing depth, in alternating rounds, so that a busy machine hurts all depths alike. Takes a
 * minute and half a gigabyte in the folder of temporary files, so it runs only when asked for. The
 * figures that decisions rest on are in docs/adr/0010-copy-on-write-content.md.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMPTY } from '../../../simulator/content/content.ts';
import { type Harness, openHarness } from './harness.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const SIZE = 64 * MIB;
const DEPTHS = [1, 10, 100, 1000];
const ROUNDS = 100;
const WRITES_PER_SNAPSHOT = 4;
const DIFFERENCES = 64;

/** A volume with so many snapshots behind it, and a base from which it differs in 64 chunks. */
interface Subject {
  readonly depth: number;
  readonly harness: Harness;
  readonly base: number;
  root: number;
}

type Measure = 'fork' | 'first 64 KiB' | 'second 64 KiB' | '4 KiB' | 'read 64 KiB' | 'difference';

const isAsked = process.env['KEELSON_TIMES'] !== undefined;

describe.runIf(isAsked)('Times (measured only when KEELSON_TIMES is set)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-times-'));
  const subjects: Subject[] = [];
  let written = 0;

  /** Makes every chunk of these bytes one that was never written before. */
  const renumber = (data: Buffer) => {
    for (let at = 0; at < data.length; at += 64 * KIB) {
      written += 1;
      data.writeUInt32LE(written, at);
    }
  };
  /** Bytes that were never written before. */
  const fresh = (length: number) => {
    const data = Buffer.alloc(length, 'measured');
    renumber(data);
    return data;
  };
  const anywhere = (unit: number) => Math.floor(Math.random() * (SIZE / unit)) * unit;

  beforeAll(() => {
    for (const depth of DEPTHS) subjects.push(made(depth));
  }, 300_000);

  afterAll(() => {
    for (const { harness } of subjects) harness.close();
    rmSync(folder, { recursive: true });
  });

  function made(depth: number): Subject {
    const directory = mkdtempSync(join(folder, 'depth-'));
    const harness = openHarness({ directory });
    const { content } = harness;
    let root = EMPTY;
    harness.commit(() => {
      for (let at = 0; at < SIZE; at += MIB) root = content.write(root, at, fresh(MIB), 1);
    });
    for (let taken = 0; taken < depth; taken += 50) {
      harness.commit(() => {
        for (let each = taken; each < Math.min(depth, taken + 50); each += 1) {
          content.fork(root);
          for (let write = 0; write < WRITES_PER_SNAPSHOT; write += 1) {
            root = content.write(root, anywhere(64 * KIB), fresh(64 * KIB), 1);
          }
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

  test('At depth 10, 100 and 1000 nothing takes more than 1.5 times as long as at 1.', () => {
    const times = new Map<string, number[]>();
    const timed = (depth: number, measure: Measure, work: () => void) => {
      const start = performance.now();
      work();
      const key = `${measure} ${depth}`;
      times.set(key, [...(times.get(key) ?? []), (performance.now() - start) * 1000]);
    };
    for (const { harness } of subjects) harness.db.exec('BEGIN IMMEDIATE');
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const subject of subjects) {
        const { depth, base, harness } = subject;
        const { content } = harness;
        const at = anywhere(64 * KIB);
        const [one, two, small] = [fresh(64 * KIB), fresh(64 * KIB), fresh(4 * KIB)];
        const write = (data: Buffer) => {
          subject.root = content.write(subject.root, at, data, 1);
        };
        const before = content.fork(subject.root);
        const range = { start: 0, length: SIZE, chunkBytes: 64 * KIB };
        if (round < ROUNDS / 2) {
          timed(depth, 'difference', () => content.differing(base, before, range));
          timed(depth, 'fork', () => content.fork(before));
          continue;
        }
        timed(depth, 'first 64 KiB', () => write(one));
        timed(depth, 'second 64 KiB', () => write(two));
        timed(depth, '4 KiB', () => write(small));
        timed(depth, 'read 64 KiB', () => content.read(subject.root, at, 64 * KIB));
      }
    }
    for (const { harness } of subjects) harness.db.exec('ROLLBACK');
    const medianOf = (measure: Measure, depth: number) =>
      (times.get(`${measure} ${depth}`) ?? []).toSorted((a, b) => a - b)[ROUNDS / 4] ?? 0;
    const measures: Measure[] = [
      'fork',
      'first 64 KiB',
      'second 64 KiB',
      '4 KiB',
      'read 64 KiB',
      'difference',
    ];
    for (const measure of measures) {
      const medians = DEPTHS.map((depth) => medianOf(measure, depth));
      process.stdout.write(
        `${measure.padEnd(14)} ${medians.map((one) => `${one.toFixed(1)} µs`.padStart(12)).join('')}\n`,
      );
      for (const median of medians) expect(median).toBeLessThan(1.5 * (medians[0] ?? 0) + 2);
    }
  }, 300_000);

  test('Filling 1 GiB in order, with a commit for each 16 MiB.', () => {
    const harness = openHarness({ directory: mkdtempSync(join(folder, 'fill-')) });
    let root = EMPTY;
    const noise = randomBytes(MIB);
    const start = performance.now();
    for (let at = 0; at < 1024 * MIB; at += 16 * MIB) {
      harness.commit(() => {
        for (let each = 0; each < 16 * MIB; each += MIB) {
          renumber(noise);
          root = harness.content.write(root, at + each, noise, 1);
        }
      });
    }
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(`fill           ${(1024 / seconds).toFixed(0)} MiB/s\n`);
    expect(harness.content.committed(root)).toBe(1024 * MIB);
    harness.close();
  }, 300_000);
});
