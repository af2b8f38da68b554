/**
 * Jobs. In memory everything is done at once, so each has ended when its call returns; a real array
 * answers with a job that runs. What matters here is the repeat: same id and same call, same job.
 */
import { isDeepStrictEqual } from 'node:util';
import { ArrayError } from '../../../src/array/errors.ts';
import type { JobStart } from '../../../src/array/jobs.ts';
import type { Job, JobResult } from '../../../src/model/array.ts';
import type { JobId } from '../../../src/model/ids.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Opened } from './memory.ts';

/**
 * Does the work of a call once. `call` is the method's name and all its arguments. What the work throws
 * leaves no job. Errors: alreadyExists (the id stands for another call), and the work's.
 */
export function once(
  { memory, clock }: Opened,
  { jobId, operation }: JobStart,
  call: readonly unknown[],
  work: () => JobResult | undefined,
): Job {
  forgetOld({ memory, clock });
  const kept = memory.jobs.get(jobId);
  if (kept !== undefined) {
    const isSame = kept.job.operation === operation && isDeepStrictEqual(kept.call, call);
    if (isSame) return kept.job;
    throw new ArrayError('alreadyExists', `job ${jobId} was started by another call`);
  }
  const startedAt = clock.now();
  const job: Job = {
    jobId,
    arrayId: memory.description.arrayId,
    operation,
    state: 'succeeded',
    startedAt,
    result: work() ?? { kind: 'none' },
    endedAt: clock.now(),
    estimatedEndAt: undefined,
    progressPercent: 100,
    cancelable: false,
    cancelled: false,
    error: undefined,
  };
  memory.jobs.set(jobId, { job, call });
  return job;
}

/** See `cancelJob` of the port: here every job has ended. */
export function cancelJob({ memory }: Opened, jobId: JobId): never {
  if (!memory.jobs.has(jobId)) throw new ArrayError('notFound', `no job ${jobId}`);
  throw new ArrayError('notCancelable', `job ${jobId} has ended`);
}

/** Jobs are in the order of their making, so the old ones come first. */
function forgetOld({ memory, clock }: Opened): void {
  for (const [jobId, { job }] of memory.jobs) {
    const isOld = (job.endedAt ?? 0) < clock.now() - LIMITS.jobKeptMs;
    if (!isOld && memory.jobs.size <= LIMITS.jobsKept) return;
    memory.jobs.delete(jobId);
  }
}
