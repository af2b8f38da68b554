/** Percentiles of measured times. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf, percentile } from '../../src/load/figures.ts';

describe('percentile', () => {
  it('is one of the values, with at most so many below it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const sorted = [...values].sort((a, b) => a - b);
          const found = percentile(sorted, share);
          expect(values).toContain(found);
          const below = sorted.filter((each) => each < found).length;
          expect(below).toBeLessThanOrEqual(values.length * share);
        },
      ),
    );
  });

  it('of a hundred values is the one that people expect', () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(values, 0.5)).toBe(51);
    expect(percentile(values, 0.99)).toBe(100);
    expect(percentile(values, 0)).toBe(1);
    expect(percentile(values, 1)).toBe(100);
  });

  it('of nothing is no number', () => {
    expect(percentile([], 0.5)).toBeNaN();
    expect(medianOf([])).toBeNaN();
  });
});

describe('medianOf', () => {
  it('does not want the values in order, and leaves them as they are', () => {
    const values = [5, 1, 3];
    expect(medianOf(values)).toBe(3);
    expect(values).toEqual([5, 1, 3]);
  });
});
