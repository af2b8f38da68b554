/**
 * Jobs: work asked for under an id that the caller chose. Everything the simulated array does so far is
 * done within the call, so a job is written as succeeded in the transaction of its work. Its request is
 * kept with it, to tell a repeated call from another one under the same id.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { JobStart } from '../src/array/port.ts';
import type { Job } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { ArrayId, JobId, VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { epochMs } from '../src/model/units.ts';
import type { Db } from './open.ts';

/** The arguments of a call, each as text, by name. */
export type Request = Readonly<Record<string, string>>;

interface JobRow {
  readonly job_id: JobId;
  readonly array_id: ArrayId;
  readonly operation: string;
  readonly request: string;
  readonly result_vvol_id: VvolId | null;
  readonly started_at_ms: bigint;
  readonly ended_at_ms: bigint;
}

const SELECT = `SELECT job_id, array_id, operation, request, result_vvol_id, started_at_ms,
  ended_at_ms FROM job JOIN array USING (array_no)`;

export class Jobs {
  readonly #clock: Clock;
  readonly #kept: bigint;
  readonly #insert;
  readonly #find;
  readonly #pruneOld;
  readonly #pruneMany;

  /** `kept`: how many jobs stay readable. */
  constructor(db: Db, clock: Clock, kept: number) {
    this.#clock = clock;
    this.#kept = BigInt(kept);
    this.#insert = db.prepare<[JobId, bigint, string, string, VvolId | null, number, number]>(
      `INSERT INTO job (job_id, array_no, operation, request, result_vvol_id, started_at_ms, ended_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#find = db.prepare<[JobId], JobRow>(`${SELECT} WHERE job_id = ?`);
    this.#pruneOld = db.prepare<[number]>('DELETE FROM job WHERE ended_at_ms < ?');
    this.#pruneMany = db.prepare<[bigint]>(
      'DELETE FROM job WHERE job_no <= (SELECT max(job_no) FROM job) - ?',
    );
  }

  /**
   * The job of an earlier call with the same id and arguments; undefined when the id is new.
   * Throws alreadyExists, naming the difference, when the id stands for another call.
   */
  repeated(start: JobStart, request: Request): Job | undefined {
    const row = this.#find.get(start.jobId);
    if (row === undefined) return undefined;
    const earlier: Request = { operation: row.operation, ...JSON.parse(row.request) };
    const asked: Request = { operation: start.operation, ...request };
    const differing = Object.keys({ ...earlier, ...asked }).filter((k) => earlier[k] !== asked[k]);
    if (differing.length > 0) {
      const names = differing.join(', ');
      throw new ArrayError('alreadyExists', `job ${start.jobId} was started with other ${names}`);
    }
    return fromRow(row);
  }

  /** Writes the job as done; call it in the transaction of its work. */
  done(start: JobStart, arrayNo: bigint, request: Request, result: VvolId | undefined): Job {
    const { jobId, operation } = start;
    const now = this.#clock.now();
    const text = JSON.stringify(request);
    this.#insert.run(jobId, arrayNo, operation, text, result ?? null, now, now);
    return this.#get(jobId);
  }

  find(jobId: JobId): Job | undefined {
    const row = this.#find.get(jobId);
    return row === undefined ? undefined : fromRow(row);
  }

  /** Queued and running jobs: none, as each job ends within the call that starts it. */
  open(): readonly Job[] {
    return [];
  }

  /** Errors: notFound, notCancelable (always, as each job ends within the call that starts it). */
  cancel(jobId: JobId): Job {
    const job = this.#get(jobId);
    throw new ArrayError('notCancelable', `job ${job.jobId} has ended`);
  }

  /** Cuts away jobs that ended long ago, and what is more than is kept; call it inside a transaction. */
  prune(): void {
    this.#pruneOld.run(this.#clock.now() - LIMITS.jobKeptMs);
    this.#pruneMany.run(this.#kept);
  }

  #get(jobId: JobId): Job {
    const job = this.find(jobId);
    if (job === undefined) throw new ArrayError('notFound', `no job ${jobId}`);
    return job;
  }
}

function fromRow(row: JobRow): Job {
  return {
    jobId: row.job_id,
    arrayId: row.array_id,
    operation: row.operation,
    state: 'succeeded',
    startedAt: epochMs(Number(row.started_at_ms)),
    endedAt: epochMs(Number(row.ended_at_ms)),
    estimatedEndAt: undefined,
    progressPercent: 100,
    cancelable: false,
    cancelled: false,
    result:
      row.result_vvol_id === null
        ? { kind: 'none' }
        : { kind: 'volume', vvolId: row.result_vvol_id },
    error: undefined,
  };
}
