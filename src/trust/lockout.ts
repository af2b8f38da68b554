/**
 * Counts failed logins per user name and per address and locks them out for a while. In memory and
 * bounded; a restart forgets it, which a guesser cannot bring about.
 */
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';

interface Lockout {
  /** Is this key locked out now? */
  isLocked(key: string): boolean;
  /** Counts a failure; true when this one locks the key out. */
  fail(key: string): boolean;
  /** Forgets the failures of the key. */
  succeed(key: string): void;
}

interface Failures {
  readonly count: number;
  readonly at: number;
}

/**
 * Failures count as one series while not more than `LIMITS.lockoutMs` lie between them; the last of
 * `LIMITS.loginFailures` locks for as long.
 */
export function createLockout(clock: Clock, entries: number = LIMITS.lockoutEntries): Lockout {
  // Insertion order is order of the last failure, so the first entry is the one to forget.
  const failures = new Map<string, Failures>();
  const recent = (key: string): Failures | undefined => {
    const found = failures.get(key);
    return found !== undefined && clock.now() < found.at + LIMITS.lockoutMs ? found : undefined;
  };
  return {
    isLocked: (key) => (recent(key)?.count ?? 0) >= LIMITS.loginFailures,
    fail: (key) => {
      const count = (recent(key)?.count ?? 0) + 1;
      failures.delete(key);
      failures.set(key, { count, at: clock.now() });
      const [oldest] = failures.keys();
      if (failures.size > entries && oldest !== undefined) failures.delete(oldest);
      return count === LIMITS.loginFailures;
    },
    succeed: (key) => void failures.delete(key),
  };
}
