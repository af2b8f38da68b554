/**
 * Counts failed logins by key (a user, a network, both together). In memory and bounded; a restart forgets
 * them, which a guesser cannot bring about.
 */
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';

export interface Lockout {
  /** Failures of the key's present series; 0 when it has none. */
  failures(key: string): number;
  /** Counts a failure; gives the number with it. */
  fail(key: string): number;
  /** Forgets the failures of the key. */
  succeed(key: string): void;
}

interface Failures {
  readonly count: number;
  readonly at: number;
}

/** Failures count as one series while not more than `LIMITS.lockoutMs` lie between them. */
export function createLockout(clock: Clock, entries: number = LIMITS.lockoutEntries): Lockout {
  // Insertion order is order of the last failure, so the first entry is the one to forget.
  const failures = new Map<string, Failures>();
  const recent = (key: string): number => {
    const found = failures.get(key);
    return found !== undefined && clock.now() < found.at + LIMITS.lockoutMs ? found.count : 0;
  };
  return {
    failures: recent,
    fail: (key) => {
      const count = recent(key) + 1;
      failures.delete(key);
      failures.set(key, { count, at: clock.now() });
      const [oldest] = failures.keys();
      if (failures.size > entries && oldest !== undefined) failures.delete(oldest);
      return count;
    },
    succeed: (key) => void failures.delete(key),
  };
}
