/**
 * How long jobs take. Real work has its own time; a pace makes a job last longer, so that people see
 * progress and tests can hold a task in any state. Set by options and, while the array runs, by its
 * operator; a job under way follows what is set now.
 */
import type { EpochMs } from '../src/model/units.ts';

/** Kinds of jobs: the methods of the port that begin them. */
export const JOB_KINDS = [
  'createVolume',
  'resizeVolume',
  'applyProfile',
  'prepareSnapshot',
  'revertVolume',
  'cloneVolume',
  'fastCloneVolume',
  'copyDiffs',
  'prepareBindingChange',
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** `instant`: as fast as the work goes; else not before this time, or before it was asked after so often. */
export type Pace =
  | 'instant'
  | { readonly milliseconds: number }
  | {
      /** A job is queued until the first of them, and ends with the last. */
      readonly polls: number;
    };

/** What a pace is held against. */
interface Progress {
  readonly startedAt: EpochMs;
  readonly polls: number;
}

export class Pacing {
  readonly #paces: Map<JobKind, Pace>;

  constructor(paces: Readonly<Partial<Record<JobKind, Pace>>>) {
    const given = JOB_KINDS.map((kind) => [kind, paces[kind] ?? 'instant'] as const);
    this.#paces = new Map(given);
  }

  of(kind: JobKind): Pace {
    return this.#paces.get(kind) ?? 'instant';
  }

  set(kind: JobKind, pace: Pace): void {
    this.#paces.set(kind, pace);
  }
}

/** How far a job may have come, 0 to 1; at 1 it may end. */
export function pacedFraction(pace: Pace, { startedAt, polls }: Progress, now: EpochMs): number {
  if (pace === 'instant') return 1;
  const part =
    'polls' in pace ? polls / pace.polls : Math.max(0, now - startedAt) / pace.milliseconds;
  return Math.min(1, part);
}
