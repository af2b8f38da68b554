/** Jobs that mutants give back: of work that has not been done, or that was done to something else. */
import type { JobStart } from '../../../src/array/jobs.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { Job, JobResult } from '../../../src/model/array.ts';
import type { VvolId } from '../../../src/model/ids.ts';
import { epochMs } from '../../../src/model/units.ts';

/** A job that says that it has succeeded. */
export async function pretended(
  array: StorageArrayPort,
  { jobId, operation }: JobStart,
  result: JobResult = { kind: 'none' },
): Promise<Job> {
  const [first] = await array.arrays();
  if (first === undefined) throw new Error('there is no array');
  const at = epochMs(Date.now());
  return {
    ...{ jobId, operation, result, arrayId: first.arrayId, state: 'succeeded' },
    ...{ startedAt: at, endedAt: at, estimatedEndAt: undefined, progressPercent: 100 },
    ...{ cancelable: false, cancelled: false, error: undefined },
  };
}

/** The job, saying that it made that volume. */
export function saying(job: Job, vvolId: VvolId): Job {
  return { ...job, result: { kind: 'volume', vvolId } };
}
