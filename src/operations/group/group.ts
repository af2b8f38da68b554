/**
 * What a provider is within the group of those over one array: whether it must be activated, under which
 * address it is known there, and the tasks of its own activations, which the array knows nothing of.
 */
import type { Job } from '../../model/array.ts';
import type { JobId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';

export interface ProviderGroup {
  /** Active/passive. False: every provider of the array serves it, without being activated. */
  readonly needsExplicitActivation: boolean;
  /** 0 to 255, instead of what the array says of itself; undefined: the array's. */
  readonly priority: number | undefined;
  /** Where clients reach this provider: the URL of version.xml, known once it listens. */
  readonly url: () => string;
  readonly activations: Activations;
}

/** Tasks that have ended: being activated is done at once. */
export interface Activations {
  add(job: Job): void;
  find(jobId: JobId): Job | undefined;
}

/** Remembers the latest activations until the process ends. */
export function rememberActivations(): Activations {
  const jobs = new Map<JobId, Job>();
  return {
    add: (job) => {
      jobs.set(job.jobId, job);
      const [oldest] = jobs.keys();
      if (jobs.size > LIMITS.activationsKept && oldest !== undefined) jobs.delete(oldest);
    },
    find: (jobId) => jobs.get(jobId),
  };
}
