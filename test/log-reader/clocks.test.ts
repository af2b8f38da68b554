/** Offsets between clocks: found from calls that stand in both logs, and not where nothing proves them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { offsetOf } from '../../src/log-reader/clocks.ts';

const OPERATIONS = [
  'bindVirtualVolume',
  'createVirtualVolume',
  'setContext',
  'unbindVirtualVolume',
];
const example = { file: 'f', line: 1, at: 0, text: '' };
const sample = (operation: string, at: number) => ({ operation, at, client: 'h', example });

it('is found whatever it is, among calls of others, from lines that are some milliseconds late', () => {
  const calls = fc.array(
    fc.record({
      operation: fc.constantFrom(...OPERATIONS),
      at: fc.integer({ min: 0, max: 3_600_000 }),
    }),
    { minLength: 8, maxLength: 60 },
  );
  const offset = fc.integer({ min: -90 * 86_400_000, max: 90 * 86_400_000 });
  fc.assert(
    fc.property(calls, offset, fc.integer({ min: 0, max: 20 }), (made, apart, late) => {
      const ours = made.map(({ operation, at }) => sample(operation, at));
      const theirs = ours.map(({ operation, at }) => sample(operation, at + apart + late));
      const others = ours.map(({ operation }, index) =>
        sample(operation, 5_000_000 + index * 7_919),
      );
      const found = offsetOf([...ours, ...others], theirs);
      // A day of few calls may fit in two ways; the true one always has all calls in it.
      expect(found?.matched).toBe(theirs.length);
    }),
  );
});

it('is the middle of what the pairs say', () => {
  const ours = [0, 10_000, 31_000, 47_000].map((at) => sample('bindVirtualVolume', at));
  const theirs = ours.map(({ at }, index) => sample('bindVirtualVolume', at + 90_000 + index));
  expect(offsetOf(ours, theirs)).toMatchObject({ offsetMs: 90_002, matched: 4, client: 'h' });
});

it('is not known from two calls, or when most calls are in one log alone', () => {
  const ours = [0, 10_000, 31_000].map((at) => sample('bindVirtualVolume', at));
  expect(offsetOf(ours, ours.slice(0, 2))).toBeUndefined();
  const foreign = Array.from({ length: 9 }, (_, index) =>
    sample('deleteVirtualVolume', index * 777),
  );
  expect(offsetOf(ours, [...ours, ...foreign])).toBeUndefined();
  expect(offsetOf([], ours)).toBeUndefined();
});
