/** The queue that is fair between those who wait in it, held against what fairness means. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FairQueue } from '../../src/model/fair-queue.ts';

interface Asked {
  readonly key: string;
  readonly number: number;
}

const key = fc.constantFrom('a', 'b', 'c', 'd');

/** Adds as those do who use it: whoever crowds a full queue loses its newest. */
function join(queue: FairQueue<Asked>, asked: Asked): Asked | undefined {
  if (!queue.isFull) {
    queue.add(asked.key, asked);
    return undefined;
  }
  const payer = queue.payer(asked.key);
  if (payer === asked.key) return asked;
  const gone = queue.takeOf(payer, 'newest');
  queue.add(asked.key, asked);
  return gone;
}

describe('turns', () => {
  test('nobody is served twice while another waits, and each in the order of coming', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
        const queue = new FairQueue<Asked>(1_000);
        for (const [number, each] of keys.entries()) queue.add(each, { key: each, number });
        const served: Asked[] = [];
        for (let item = queue.next(); item !== undefined; item = queue.next()) served.push(item);
        expect(served).toHaveLength(keys.length);
        for (const one of new Set(keys)) {
          const own = served.filter((item) => item.key === one).map(({ number }) => number);
          expect(own).toEqual([...own].sort((a, b) => a - b));
          // Between two of its turns everybody else has at most one.
          const at = served.flatMap((item, index) => (item.key === one ? [index] : []));
          for (const [turn, index] of at.entries()) {
            const others = served.slice((at[turn - 1] ?? -1) + 1, index).map((item) => item.key);
            expect(new Set(others).size).toBe(others.length);
          }
        }
      }),
    );
  });

  test('with people coming and going: who is alone waits no more turns than there are others', () => {
    fc.assert(
      fc.property(fc.array(fc.option(key), { maxLength: 100 }), (steps) => {
        const queue = new FairQueue<Asked>(10);
        for (const [number, each] of steps.entries()) {
          if (each === null) queue.next();
          else join(queue, { key: each, number });
        }
        join(queue, { key: 'e', number: -1 });
        fc.pre(queue.sizeOf('e') === 1);
        const others = queue.keys - 1;
        let turns = 0;
        while (queue.next()?.key !== 'e') turns += 1;
        expect(turns).toBeLessThanOrEqual(others);
      }),
    );
  });

  test('a line whose items are not ready keeps its turn', () => {
    const queue = new FairQueue<string>(10);
    for (const item of ['a1', 'a2', 'b1']) queue.add(item.slice(0, 1), item);
    expect(queue.next((item) => !item.startsWith('a'))).toBe('b1');
    expect(queue.next((item) => item !== 'a1')).toBe('a2');
    expect(queue.next((item) => item !== 'a1')).toBeUndefined();
    expect(queue.next()).toBe('a1');
  });
});

describe('a full queue', () => {
  test('never turns away one with less than its share, and never holds more than it may', () => {
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 200 }),
        fc.integer({ min: 1, max: 20 }),
        (keys, most) => {
          const queue = new FairQueue<Asked>(most);
          for (const [number, each] of keys.entries()) {
            const had = queue.sizeOf(each);
            const share = queue.size / (queue.keys + (had === 0 ? 1 : 0));
            const gone = join(queue, { key: each, number });
            expect(queue.size).toBeLessThanOrEqual(most);
            if (gone?.number === number) expect(had + 1).toBeGreaterThan(share);
          }
        },
      ),
    );
  });

  test('one who floods it takes no place from one who does not', () => {
    const queue = new FairQueue<Asked>(10);
    for (let number = 0; number < 100; number += 1) join(queue, { key: 'flood', number });
    expect(join(queue, { key: 'quiet', number: 0 })?.key).toBe('flood');
    for (let number = 0; number < 100; number += 1) join(queue, { key: 'flood', number });
    expect(queue.sizeOf('quiet')).toBe(1);
    queue.next();
    expect(queue.next()?.key).toBe('quiet');
  });

  test('says so when it is not heeded', () => {
    const queue = new FairQueue<number>(1);
    queue.add('a', 1);
    expect(() => queue.add('b', 2)).toThrow(RangeError);
  });
});

test('what is taken out is counted out', () => {
  const queue = new FairQueue<number>(10);
  const places = [1, 2, 3].map((item) => queue.add('a', item));
  const [first] = places;
  expect(first && queue.remove(first)).toBe(true);
  expect(first && queue.remove(first)).toBe(false);
  expect(queue.takeAll((item) => item === 3)).toEqual([3]);
  expect(queue.takeOf('a', 'newest')).toBe(2);
  expect(queue.takeOf('a', 'oldest')).toBeUndefined();
  expect({ size: queue.size, keys: queue.keys }).toEqual({ size: 0, keys: 0 });
});
