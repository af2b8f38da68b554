/**
 * Load that nobody makes: reads and writes at a steady rate of LUNs, file systems and containers, so that
 * there is something to see where no data path leads. Its work follows from the time alone.
 */
import { z } from 'zod';
import type { Work } from './tally.ts';

const rate = z.number().min(0).max(1_000_000).default(0);
const kilobytes = z.number().min(0.5).max(16_384).default(8);
const percent = z.number().min(0).max(100);
const milliseconds = z.number().min(0).max(60_000);

/** One entry of the option `load`. */
export const loadSchema = z.strictObject({
  of: z.enum(['StorageLun', 'StorageFileSystem', 'StorageContainer']),
  /** Of the thing; left out: each of the kind. */
  name: z.string().min(1).max(256).optional(),
  readsPerSecond: rate,
  writesPerSecond: rate,
  readKB: kilobytes,
  writeKB: kilobytes,
  readHitPercent: percent.default(60),
  writeHitPercent: percent.default(100),
  /** What an IO takes that finds its data in the cache, and one that does not. */
  hitMilliseconds: milliseconds.default(0.2),
  missMilliseconds: milliseconds.default(5),
});

export type Load = z.infer<typeof loadSchema>;

/** What a load has done after so many milliseconds. */
export function workOf(load: Load, elapsedMs: number): Work {
  const done = (perSecond: number, kb: number, hitPercent: number) => {
    const ios = Math.floor((perSecond * elapsedMs) / 1000);
    const hits = Math.floor((ios * hitPercent) / 100);
    const hitMs = hits * load.hitMilliseconds;
    return {
      ios,
      hits,
      bytes: ios * kb * 1024,
      ms: hitMs + (ios - hits) * load.missMilliseconds,
      hitMs,
    };
  };
  return {
    reads: done(load.readsPerSecond, load.readKB, load.readHitPercent),
    writes: done(load.writesPerSecond, load.writeKB, load.writeHitPercent),
    others: 0,
  };
}

/** Work of a thing spread evenly over `ways`, as that of a LUN over its ports. */
export function shareOf({ reads, writes, others }: Work, ways: number): Work {
  const part = (done: Work['reads']) => ({
    ios: done.ios / ways,
    hits: done.hits / ways,
    bytes: done.bytes / ways,
    ms: done.ms / ways,
    hitMs: done.hitMs / ways,
  });
  return { reads: part(reads), writes: part(writes), others: others / ways };
}
