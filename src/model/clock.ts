/**
 * The one source of time. Nothing else in the product asks the operating system for the time of day,
 * so that tests can move expiry, time-outs and retention without waiting.
 */
import { type EpochMs, epochMs } from './units.ts';

export interface Clock {
  /** The present time of day. */
  now(): EpochMs;
}

export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
};

/** A clock that runs with the system's, plus whatever it has been moved by. */
export interface MovableClock extends Clock {
  /** Move by this many milliseconds; negative moves back. */
  moveBy(milliseconds: number): void;
  /** How far it has been moved in all. */
  offsetMs(): number;
}

export function movableClock(base: Clock = systemClock): MovableClock {
  let offset = 0;
  return {
    now: () => epochMs(base.now() + offset),
    moveBy: (milliseconds) => {
      offset += milliseconds;
    },
    offsetMs: () => offset,
  };
}
