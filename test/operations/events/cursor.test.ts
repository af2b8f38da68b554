import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeAfter } from '../../../src/operations/events/cursor.ts';

const KEPT = { oldest: 100n, newest: 120n };

const refusal = (after: bigint, fault: string, range = KEPT) =>
  expect(() => placeAfter(range, after, 'LostEvent')).toThrow(expect.objectContaining({ fault }));

describe('a client’s place in a numbered list', () => {
  it('is the start of what is kept without an id, or with -1', () => {
    expect(placeAfter(KEPT, undefined, 'LostEvent')).toBe(99n);
    expect(placeAfter(KEPT, -1n, 'LostEvent')).toBe(99n);
  });

  it('is the id itself while what follows it is kept', () => {
    expect(placeAfter(KEPT, 120n, 'LostEvent')).toBe(120n);
    expect(placeAfter(KEPT, 110n, 'LostEvent')).toBe(110n);
    expect(placeAfter(KEPT, 99n, 'LostEvent')).toBe(99n);
  });

  it('is lost when what follows is not kept, or the id is of a lost numbering', () => {
    refusal(98n, 'LostEvent');
    refusal(0n, 'LostEvent');
    expect(() => placeAfter(KEPT, 5n, 'LostAlarm')).toThrow(
      expect.objectContaining({ fault: 'LostAlarm' }),
    );
  });

  it('is an InvalidArgument below -1 or above every id given out', () => {
    refusal(-2n, 'InvalidArgument');
    refusal(121n, 'InvalidArgument');
  });

  it('exists also while nothing is kept', () => {
    const empty = { oldest: 100n, newest: 99n };
    expect(placeAfter(empty, -1n, 'LostEvent')).toBe(99n);
    expect(placeAfter(empty, 99n, 'LostEvent')).toBe(99n);
    refusal(100n, 'InvalidArgument', empty);
    refusal(98n, 'LostEvent', empty);
  });

  it('never skips anything that is kept', () => {
    const ids = fc.bigInt({ min: 0n, max: 200n });
    fc.assert(
      fc.property(ids, ids, fc.bigInt({ min: -3n, max: 250n }), (oldest, count, after) => {
        const range = { oldest, newest: oldest + count - 1n };
        const place = (() => {
          try {
            return placeAfter(range, after, 'LostEvent');
          } catch {
            return undefined;
          }
        })();
        if (place === undefined) return;
        expect(place).toBeGreaterThanOrEqual(oldest - 1n);
        expect(place).toBeLessThanOrEqual(range.newest > after ? range.newest : after);
        if (after >= 0n) expect(place).toBe(after);
      }),
    );
  });
});
