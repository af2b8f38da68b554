/**
 * The moments at which an array may be made to lose its process: a fault rule names one, and the array
 * tells when it gets there (`ArrayEnvironment.reach`). An adapter tells of those that it has; one that
 * lives in another process has none. Source: docs/fault-rules.md.
 */

/** In the order in which a change passes them. */
export const CRASH_POINTS = [
  /** The work is done in memory and in the open transaction; neither content nor records are on disk. */
  'array:before-flush',
  /** Content is on disk; the records that make it count are not. */
  'array:before-commit',
  /** All is on disk; nobody has been told. */
  'array:after-commit',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];
