import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TouchedChunks } from '../../simulator/statistics/cache.ts';
import { loadSchema, shareOf, workOf } from '../../simulator/statistics/load.ts';
import {
  addWork,
  countersOf,
  NO_WORK,
  Tally,
  type Work,
} from '../../simulator/statistics/tally.ts';
import { COUNTERS } from '../../src/model/statistics.ts';

const load = fc
  .record({
    readsPerSecond: fc.integer({ min: 0, max: 10_000 }),
    writesPerSecond: fc.integer({ min: 0, max: 10_000 }),
    readHitPercent: fc.integer({ min: 0, max: 100 }),
    missMilliseconds: fc.integer({ min: 0, max: 100 }),
  })
  .map((given) => loadSchema.parse({ of: 'StorageLun', ...given }));
const elapsed = fc.integer({ min: 0, max: 1_000_000 });

function reads(ios: number): Work {
  return { ...NO_WORK, reads: { ios, hits: 0, bytes: ios * 1024, ms: ios, hitMs: 0 } };
}

describe('the work of a synthetic load', () => {
  it('follows from its rates', () => {
    const given = { of: 'StorageLun', readsPerSecond: 100, readKB: 4, readHitPercent: 50 };
    const counters = countersOf(workOf(loadSchema.parse(given), 60_000), 60_000);
    expect(counters).toMatchObject({
      TotalIOs: 6_000n,
      ReadIOs: 6_000n,
      ReadHitIOs: 3_000n,
      KBytesRead: 24_000n,
      // 3,000 hits of 0.2 ms and 3,000 misses of 5 ms.
      ReadIOTimeCounter: 15_600n,
      ReadHitIOTimeCounter: 600n,
      IdleTimeCounter: 44_400n,
      WriteIOs: 0n,
    });
  });

  it('never falls, and its parts never exceed the whole', () => {
    fc.assert(
      fc.property(load, elapsed, elapsed, (each, a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const before = countersOf(workOf(each, first), first);
        const after = countersOf(workOf(each, second), second);
        for (const name of COUNTERS) {
          if (name !== 'IdleTimeCounter') expect(after[name]).toBeGreaterThanOrEqual(before[name]);
        }
        expect(after.ReadHitIOs).toBeLessThanOrEqual(after.ReadIOs);
        expect(after.ReadHitIOTimeCounter).toBeLessThanOrEqual(after.ReadIOTimeCounter);
        expect(after.TotalIOs).toBe(after.ReadIOs + after.WriteIOs + after.OtherIOs);
        expect(after.KBytesTransfered).toBe(after.KBytesRead + after.KBytesWritten);
      }),
    );
  });

  it('is all there again when the shares of all ways are added up', () => {
    fc.assert(
      fc.property(load, elapsed, fc.constantFrom(1, 2, 4, 8), (each, ms, ways) => {
        const work = workOf(each, ms);
        const parts = Array.from({ length: ways }, () => shareOf(work, ways));
        const sum = parts.reduce(addWork, NO_WORK);
        expect(sum.reads.ios).toBeCloseTo(work.reads.ios, 5);
        expect(sum.writes.ms).toBeCloseTo(work.writes.ms, 3);
      }),
    );
  });
});

describe('a tally', () => {
  it('tells what had been done when an interval began, as a list of all additions would', () => {
    const additions = fc.array(
      fc.record({ ios: fc.integer({ min: 1, max: 9 }), skip: fc.integer({ min: 0, max: 2 }) }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(additions, (steps) => {
        const tally = new Tally();
        let interval = 0;
        const done: { readonly ios: number; readonly interval: number }[] = [];
        for (const { ios, skip } of steps) {
          interval += skip;
          tally.add(reads(ios), interval);
          done.push({ ios, interval });
          for (const asked of [interval, interval + 1]) {
            const expected = done.filter((each) => each.interval < asked);
            const sum = expected.reduce((total, each) => total + each.ios, 0);
            expect(tally.before(asked).reads.ios).toBe(sum);
          }
        }
      }),
    );
  });
});

describe('the simulated cache', () => {
  it('hits what was touched lately, and forgets what was touched longest ago', () => {
    const cache = new TouchedChunks(3);
    expect(cache.touch('a', 0, 1)).toBe(false);
    expect(cache.touch('a', 0, 0)).toBe(true);
    expect(cache.touch('b', 0, 0)).toBe(false);
    expect(cache.touch('a', 0, 1)).toBe(true);
    expect(cache.touch('b', 1, 1)).toBe(false);
    expect(cache.touch('b', 0, 0)).toBe(false);
    expect(cache.touch('a', 1, 1)).toBe(true);
  });
});
