/**
 * The part of the array port about jobs: work that may take longer than a call. Ended ones are kept for
 * a stated time (a day is usual).
 */
import type { Job } from '../model/array.ts';
import type { ArrayId, JobId } from '../model/ids.ts';

/** Reference to the job that a caller starts: see `Job`. */
export interface JobStart {
  /** Chosen by the caller. A repeat with the same id gives the same job. */
  readonly jobId: JobId;
  /** The VASA operation, kept with the job for its name. */
  readonly operation: string;
}

export interface JobPort {
  /** Undefined: unknown, or no longer kept. */
  job(jobId: JobId): Promise<Job | undefined>;

  /** Queued and running jobs, oldest first; of one array, or of all. */
  openJobs(arrayId: ArrayId | undefined): Promise<readonly Job[]>;

  /** Stops a job and undoes what it made. Errors: notFound, notCancelable. */
  cancelJob(jobId: JobId): Promise<Job>;
}
