/**
 * What has been counted of one thing: its IOs, by kind, as they are now and as they were when the present
 * interval began. Clients see the latter, so that all they ask for within an interval belongs together.
 */
import type { Counter } from '../../src/model/statistics.ts';

/** IOs of one kind that have been done. `ms` is the time they took, added up. */
export interface Done {
  readonly ios: number;
  readonly hits: number;
  readonly bytes: number;
  readonly ms: number;
  readonly hitMs: number;
}

/** All that a thing has done. Other IOs are those that move no data: trim, flush, questions about extents. */
export interface Work {
  readonly reads: Done;
  readonly writes: Done;
  readonly others: number;
}

const NOTHING: Done = Object.freeze({ ios: 0, hits: 0, bytes: 0, ms: 0, hitMs: 0 });
export const NO_WORK: Work = Object.freeze({ reads: NOTHING, writes: NOTHING, others: 0 });

function addDone(a: Done, b: Done): Done {
  return {
    ios: a.ios + b.ios,
    hits: a.hits + b.hits,
    bytes: a.bytes + b.bytes,
    ms: a.ms + b.ms,
    hitMs: a.hitMs + b.hitMs,
  };
}

export function addWork(a: Work, b: Work): Work {
  return {
    reads: addDone(a.reads, b.reads),
    writes: addDone(a.writes, b.writes),
    others: a.others + b.others,
  };
}

/** Work done up to now and up to the beginning of the interval in which it was last added to. */
export class Tally {
  #interval = 0;
  #before: Work = NO_WORK;
  #now: Work = NO_WORK;

  add(work: Work, interval: number): void {
    if (interval > this.#interval) {
      this.#before = this.#now;
      this.#interval = interval;
    }
    this.#now = addWork(this.#now, work);
  }

  /** What had been done when `interval` began. */
  before(interval: number): Work {
    return interval > this.#interval ? this.#now : this.#before;
  }
}

/** The protocol's counters of some work done in `elapsedMs`; fractions of a unit are cut off. */
export function countersOf({ reads, writes, others }: Work, elapsedMs: number) {
  const whole = (value: number) => BigInt(Math.floor(value));
  const readKB = whole(reads.bytes / 1024);
  const writtenKB = whole(writes.bytes / 1024);
  const [readIOs, writeIOs, otherIOs] = [whole(reads.ios), whole(writes.ios), whole(others)];
  const [readMs, writeMs] = [whole(reads.ms), whole(writes.ms)];
  const idle = whole(elapsedMs) - readMs - writeMs;
  return {
    TotalIOs: readIOs + writeIOs + otherIOs,
    KBytesTransfered: readKB + writtenKB,
    IOTimeCounter: readMs + writeMs,
    ReadIOs: readIOs,
    ReadHitIOs: whole(reads.hits),
    ReadIOTimeCounter: readMs,
    ReadHitIOTimeCounter: whole(reads.hitMs),
    KBytesRead: readKB,
    WriteIOs: writeIOs,
    WriteHitIOs: whole(writes.hits),
    WriteIOTimeCounter: writeMs,
    WriteHitIOTimeCounter: whole(writes.hitMs),
    KBytesWritten: writtenKB,
    OtherIOs: otherIOs,
    // IOs side by side take more time together than has passed.
    IdleTimeCounter: idle > 0n ? idle : 0n,
  } satisfies Record<Counter, bigint>;
}
