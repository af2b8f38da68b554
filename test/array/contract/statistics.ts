/** Sentences of the array contract about statistics. */
import { expect, it } from 'vitest';
import { COUNTERS } from '../../../src/model/statistics.ts';
import type { Harness } from './harness.ts';

export function statisticsSentences(harness: Harness): void {
  it('offers statistics of the arrays that say they keep them, and of no others', async () => {
    const { array } = harness;
    const arrays = await array.arrays();
    const offers = await array.statisticsOffers();
    const offering = new Set(offers.map((each) => each.arrayId));
    for (const { arrayId, features } of arrays) {
      expect(offering.has(arrayId)).toBe(features.statistics);
    }
    for (const { intervalSeconds } of offers) expect(intervalSeconds).toBeGreaterThan(0);
  });

  it('gives the counters that it offers, in the order asked, and leaves out what it does not know', async () => {
    const { array } = harness;
    const arrayIds = (await array.arrays()).map((each) => each.arrayId);
    const offers = await array.statisticsOffers();
    const asked = ['no such thing', ...arrayIds].reverse();
    const rows = await array.statistics('StorageArray', asked);
    const offered = offers.filter((each) => each.entity === 'StorageArray');
    const known = asked.filter((id) => offered.some(({ arrayId }) => arrayId === id));
    expect(rows.map((each) => each.entityId)).toEqual(known);
    for (const { arrayId, counters } of rows) {
      const own = offered.find((each) => each.arrayId === arrayId);
      const given = COUNTERS.filter((each) => counters[each] !== undefined);
      expect(given).toEqual(COUNTERS.filter((each) => own?.counters.includes(each)));
    }
  });
}
