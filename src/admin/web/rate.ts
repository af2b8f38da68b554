/** How often one caller may ask: so many at once, and from then on so many in a second. */
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';

/** Takes one from the caller's allowance; false: it is used up. */
export type Rate = (caller: string) => boolean;

interface Allowance {
  left: number;
  at: number;
}

/** Callers that have not been seen for long are forgotten first, which gives them nothing they had not. */
export function createRate(clock: Clock): Rate {
  const callers = new Map<string, Allowance>();
  const { consoleBurst: most, consoleRequestsPerSecond: perSecond } = LIMITS;
  return (caller) => {
    const now = clock.now();
    const { left, at } = callers.get(caller) ?? { left: most, at: now };
    const full = Math.min(most, left + (Math.max(0, now - at) / 1_000) * perSecond);
    const isAllowed = full >= 1;
    callers.delete(caller);
    callers.set(caller, { left: isAllowed ? full - 1 : full, at: now });
    const [oldest] = callers.keys();
    if (callers.size > LIMITS.consoleCallers && oldest !== undefined) callers.delete(oldest);
    return isAllowed;
  };
}
