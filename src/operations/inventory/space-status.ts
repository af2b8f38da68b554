/**
 * How full a pool is, as a colour: the one place of the thresholds, which LUNs and file systems show as
 * `thinProvisioningStatus` and alarms of type SpaceCapacity raise. Knows neither of them.
 * Source: VASA `AlarmStatusEnum`; the thresholds are those of a known provider (docs/protocol-choices.md,
 * "Colours of space").
 */
import type { Pool } from '../../model/discovery.ts';

export type SpaceStatus = 'Green' | 'Yellow' | 'Red';

/** Percent of a pool's capacity. */
const SPACE_THRESHOLDS = {
  /** Less promised than this: whatever is promised can be kept with room to spare, and the pool is Green however full. */
  promised: 100,
  /** More used than this: Yellow. */
  yellow: 50,
  /** More used than this: Red. */
  red: 80,
} as const;

/** The colour of a pool: Green as long as less is promised than it holds. */
export function spaceStatus({
  capacity,
  promised,
  used,
}: Pick<Pool, 'capacity' | 'promised' | 'used'>): SpaceStatus {
  const percentOf = (percent: number) => capacity * BigInt(percent);
  if (promised * 100n < percentOf(SPACE_THRESHOLDS.promised)) return 'Green';
  if (used * 100n > percentOf(SPACE_THRESHOLDS.red)) return 'Red';
  return used * 100n > percentOf(SPACE_THRESHOLDS.yellow) ? 'Yellow' : 'Green';
}
