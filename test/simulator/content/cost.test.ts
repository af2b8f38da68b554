/**
 * What things cost, counted in SQL statements: the same on every machine. Time is measured by hand, see
 * docs/adr/0010-copy-on-write-content.md.
 */
import { expect, test } from 'vitest';
import { type Content, EMPTY } from '../../../simulator/content/content.ts';
import { openHarness } from './harness.ts';
import { LossyFile } from './lossy-file.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const SIZE = 64 * MIB;

interface Costs {
  readonly fork: number;
  readonly write: number;
  readonly difference: number;
  readonly read: number;
}

/** Costs of a volume with `depth` snapshots behind it, each with writes of its own. */
function costsAt(depth: number): Costs {
  let statements = 0;
  const verbose = () => {
    statements += 1;
  };
  const harness = openHarness({ file: new LossyFile(), verbose });
  const { content } = harness;
  let active = harness.commit(() => written(content, EMPTY, 0));
  for (let taken = 0; taken < depth; taken += 1) {
    content.fork(active);
    active = harness.commit(() => written(content, active, taken + 1));
  }
  const counted = <Result>(work: () => Result): { cost: number; result: Result } => {
    const before = statements;
    const result = work();
    return { cost: statements - before, result };
  };
  const forked = counted(() => content.fork(active));
  const written64 = counted(() => content.write(active, 7 * MIB, Buffer.alloc(64 * KIB, 'w'), 1));
  const range = { start: 0, length: SIZE, chunkBytes: 64 * KIB };
  const different = counted(() => content.differing([forked.result, written64.result], range));
  const read = counted(() => content.read(written64.result, 7 * MIB, 64 * KIB));
  harness.close();
  return {
    fork: forked.cost,
    write: written64.cost,
    difference: different.cost,
    read: read.cost,
  };
}

/** Sixteen chunks all over the volume, of bytes that no other round writes. */
function written(content: Content, root: number, round: number): number {
  let now = root;
  for (let place = 0; place < 16; place += 1) {
    const data = Buffer.alloc(64 * KIB, `round ${round}, place ${place}`);
    now = content.write(now, (place * 4 + (round % 4)) * MIB, data, 1);
  }
  return now;
}

test('Fork, write, difference and read cost the same at depth 4, 40 and 400.', () => {
  const shallow = costsAt(4);
  expect(shallow.fork).toBe(1);
  expect(costsAt(40)).toEqual(shallow);
  expect(costsAt(400)).toEqual(shallow);
});

test('A difference costs by what differs, not by what there is.', () => {
  const costOf = (mebibytes: number) => {
    let statements = 0;
    const verbose = () => {
      statements += 1;
    };
    const harness = openHarness({ file: new LossyFile(), verbose });
    const { content } = harness;
    const base = harness.commit(() => {
      let now = EMPTY;
      for (let at = 0; at < mebibytes; at += 1) now = content.write(now, at * MIB, fill(at), 1);
      return now;
    });
    content.fork(base);
    const changed = harness.commit(() => content.write(base, 5 * MIB, Buffer.from('new'), 1));
    const before = statements;
    const range = { start: 0, length: content.capacity, chunkBytes: MIB };
    expect(content.differing([base, changed], range).bits[0]).toBe(0b100000);
    harness.close();
    return statements - before;
  };
  expect(costOf(64)).toBe(costOf(8));
});

test('A step of extents costs by its budget, however long the run is that it is in the middle of.', () => {
  let statements = 0;
  const verbose = () => {
    statements += 1;
  };
  const harness = openHarness({ file: new LossyFile(), verbose });
  const { content } = harness;
  const zeros = Buffer.alloc(MIB);
  const root = harness.commit(() => {
    let now = EMPTY;
    for (let at = 0; at < 256; at += 1) now = content.write(now, at * MIB, zeros, 1);
    return now;
  });
  const steps: number[] = [];
  let at = 0;
  while (at < 256 * MIB) {
    const before = statements;
    const rest = { start: at, length: 256 * MIB - at };
    const [found] = content.extents(root, rest, 4_096, 16);
    steps.push(statements - before);
    expect(found).toMatchObject({ offset: at, kind: 'zero' });
    at += found?.length ?? 0;
  }
  harness.close();
  expect(steps.length).toBeGreaterThan(8);
  // A node and, at the lowest level, its 32 chunks; the way down may be a little over the budget.
  expect(Math.max(...steps)).toBeLessThanOrEqual(22 * 33);
});

test('Giving up a volume costs one statement, whatever is in it.', () => {
  let statements = 0;
  const verbose = () => {
    statements += 1;
  };
  const harness = openHarness({ file: new LossyFile(), verbose });
  const { content } = harness;
  const root = harness.commit(() => written(content, EMPTY, 0));
  const before = statements;
  content.release(root);
  expect(statements - before).toBe(1);
  harness.close();
});

function fill(at: number): Buffer {
  return Buffer.alloc(MIB, `mebibyte ${at}`);
}
