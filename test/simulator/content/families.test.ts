/** Long chains of snapshots and trees of clones, given up in any order. */
import { expect, test } from 'vitest';
import { EMPTY } from '../../../simulator/content/content.ts';
import { capacityOf } from '../../../simulator/content/geometry.ts';
import { type Harness, openHarness, SMALL } from './harness.ts';
import { LossyFile } from './lossy-file.ts';

const CAPACITY = capacityOf(SMALL);
const SEEDS = [1, 2, 3];

interface Member {
  readonly root: number;
  readonly bytes: Buffer;
}

/** Numbers from 0 to below 1, the same ones for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ item }) => item);
}

/** `parent` as it is from now on, with some bytes of its own. */
function written({ content }: Harness, parent: Member, random: () => number): Member {
  const data = Buffer.alloc(1 + Math.floor(random() * 40), Math.floor(random() * 256));
  const offset = Math.floor(random() * (CAPACITY - data.length));
  const bytes = Buffer.from(parent.bytes);
  data.copy(bytes, offset);
  return { root: content.write(parent.root, offset, data, 1), bytes };
}

function expectGoneInAnyOrder(
  harness: Harness,
  members: readonly Member[],
  random: () => number,
): void {
  const { content } = harness;
  let living = shuffled(members, random);
  while (living.length > 0) {
    const gone = living[0];
    living = living.slice(1);
    harness.commit(() => content.release(gone?.root ?? EMPTY));
    for (const { root, bytes } of living.slice(0, 10)) {
      expect(content.read(root, 0, CAPACITY).equals(bytes)).toBe(true);
    }
    if (living.length % 50 === 0) {
      expect(content.check(living.map(({ root }) => root))).toEqual([]);
      for (const { root, bytes } of living) {
        expect(content.read(root, 0, CAPACITY).equals(bytes)).toBe(true);
      }
    }
  }
  expect(harness.count()).toEqual({ nodes: 0, chunks: 0, blocks: 0 });
  expect(content.used(1)).toBe(0);
}

test.each(SEEDS)('A chain of 300 snapshots is given up in any order (seed %i).', (seed) => {
  const random = randomFrom(seed);
  const harness = openHarness({ geometry: SMALL, file: new LossyFile() });
  const members: Member[] = [];
  let active: Member = { root: EMPTY, bytes: Buffer.alloc(CAPACITY) };
  for (let depth = 0; depth < 300; depth += 1) {
    active = harness.commit(() => written(harness, active, random));
    members.push({ root: harness.content.fork(active.root), bytes: active.bytes });
  }
  expectGoneInAnyOrder(harness, [...members, active], random);
  harness.close();
});

test.each(SEEDS)('A tree of 200 clones of clones is given up in any order (seed %i).', (seed) => {
  const random = randomFrom(seed);
  const harness = openHarness({ geometry: SMALL, file: new LossyFile() });
  const first = { root: EMPTY, bytes: Buffer.alloc(CAPACITY) };
  const members: Member[] = [harness.commit(() => written(harness, first, random))];
  while (members.length < 200) {
    const parent = members[Math.floor(random() * members.length)] ?? first;
    const clone = { root: harness.content.fork(parent.root), bytes: parent.bytes };
    members.push(harness.commit(() => written(harness, clone, random)));
  }
  expectGoneInAnyOrder(harness, members, random);
  harness.close();
});
