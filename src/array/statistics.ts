/**
 * The part of the array port about statistics. An array that counts nothing says so in `ArrayFeatures`, and
 * answers empty lists.
 */
import type { CountedEntity, EntityStatistics, StatisticsOffer } from '../model/statistics.ts';

export interface StatisticsPort {
  /** What can be counted, by array and kind of thing, in a stable order. From memory. */
  statisticsOffers(): Promise<readonly StatisticsOffer[]>;

  /**
   * Counters of these things as they were at the end of the last interval, in the order asked; unknown ones
   * are left out. They only rise while the array runs, and may begin anew when it is started.
   */
  statistics(
    entity: CountedEntity,
    entityIds: readonly string[],
  ): Promise<readonly EntityStatistics[]>;
}
