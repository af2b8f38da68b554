/**
 * Lanes: which calls go first when not all can be under way at once. Each lane has a share of the room, and
 * the ones before it find room left when it has taken its own. Which operation is in which lane is not
 * decided here (`laneOf` is handed in).
 */

import type { Lane } from '../call.ts';

/** First to last. */
export const LANES = ['session', 'urgent', 'normal', 'bulk'] as const satisfies readonly Lane[];

/** Parts of the calls that may be under way. */
interface Share {
  /** The lane starts no more when so many are under way in all. */
  readonly inAll: number;
  /** Nor when so many of its own are. */
  readonly own: number;
}

const SHARES: Readonly<Record<Lane, Share>> = {
  session: { inAll: 15 / 16, own: 1 },
  urgent: { inAll: 7 / 8, own: 1 },
  normal: { inAll: 3 / 4, own: 1 },
  bulk: { inAll: 1 / 2, own: 1 / 8 },
};

/** So much each lane may have under way whatever the others have: none stands still for ever. */
const LEAST = 1 / 64;

/** Whether one more call of `lane` may start, when `own` of it and `inAll` of all are under way. */
export function isOpen(lane: Lane, own: number, inAll: number, most: number): boolean {
  if (inAll >= most) return false;
  if (own < Math.max(1, most * LEAST)) return true;
  const share = SHARES[lane];
  return inAll < most * share.inAll && own < most * share.own;
}
