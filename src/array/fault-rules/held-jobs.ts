/**
 * Jobs that a rule holds: the array has done their work, but whoever asks sees them run until the time
 * has come, and what they made is not there yet. Kept in memory; a new process knows of none.
 */
import type { Job } from '../../model/array.ts';
import type { Clock } from '../../model/clock.ts';
import type { JobId, VvolId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';

interface Held {
  readonly since: EpochMs;
  readonly until: EpochMs;
  readonly makes: VvolId | undefined;
}

export class HeldJobs {
  readonly #clock: Clock;
  readonly #held = new Map<JobId, Held>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Those that are still held. */
  ids(): readonly JobId[] {
    const now = this.#clock.now();
    for (const [jobId, { until }] of this.#held) if (until <= now) this.#held.delete(jobId);
    return [...this.#held.keys()];
  }

  get size(): number {
    return this.#held.size === 0 ? 0 : this.ids().length;
  }

  /** Holds a job for so long, unless it is held already; the oldest goes when there are too many. */
  hold(jobId: JobId, ms: number, makes: VvolId | undefined): void {
    if (this.#held.has(jobId)) return;
    const [oldest] = this.#held.keys();
    if (this.#held.size >= LIMITS.faultHeldJobs && oldest !== undefined) this.#held.delete(oldest);
    const since = this.#clock.now();
    this.#held.set(jobId, { since, until: epochMs(since + ms), makes });
  }

  /** The job as it is to be seen. */
  seen(job: Job): Job {
    const held = this.#held.get(job.jobId);
    const now = this.#clock.now();
    if (held === undefined || held.until <= now) return job;
    const share = Math.max(0, now - held.since) / (held.until - held.since);
    return Object.freeze({
      ...job,
      state: 'running',
      endedAt: undefined,
      estimatedEndAt: held.until,
      progressPercent: Math.min(job.progressPercent, Math.floor(share * 100)),
      cancelable: false,
      result: undefined,
      error: undefined,
    });
  }

  /** Whether the volume is being made by a job that is held. */
  hides(vvolId: VvolId): boolean {
    return this.ids().some((jobId) => this.#held.get(jobId)?.makes === vvolId);
  }
}
