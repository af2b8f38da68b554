/**
 * The rows of jobs: work asked for under an id that the caller chose. Its request is kept with a job, to
 * tell a repeated call from another one under the same id; its intent, to end it after a restart. What
 * moves jobs on is in job-runner.ts.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { JobStart } from '../src/array/jobs.ts';
import type { Job, JobResult } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { ArrayId, JobId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { epochMs } from '../src/model/units.ts';
import { decodeResult, encodeResult } from './job-result.ts';
import { estimatedEnd, type JobRow, type OpenJob } from './job-rows.ts';
import type { Db } from './open.ts';
import { type JobKind, type Pacing, pacedFraction } from './pacing.ts';

/** The arguments of a call, each as text, by name. */
export type Request = Readonly<Record<string, string>>;

/** How a job has ended. */
export type Ending =
  | { readonly result: JobResult }
  | { readonly error: ArrayError; readonly cancelled: boolean };

interface JobParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly pacing: Pacing;
  /** How many ended jobs stay readable. */
  readonly kept: number;
}

const SELECT = 'SELECT job.*, array_id FROM job JOIN array USING (array_no)';

/** Kinds that can be stopped: those whose work takes time of its own. */
export const CANCELABLE: readonly JobKind[] = ['applyProfile', 'cloneVolume', 'copyDiffs'];

export class Jobs {
  readonly #parts: JobParts;
  readonly #insert;
  readonly #find;
  readonly #open;
  readonly #openCount;
  readonly #worksOn;
  readonly #openOn;
  readonly #save;
  readonly #end;
  readonly #pruneOld;
  readonly #pruneMany;

  constructor(parts: JobParts) {
    const { db } = parts;
    this.#parts = parts;
    this.#insert = db.prepare(
      `INSERT INTO job (job_id, array_no, operation, kind, request, state, subject_no, made_no,
         source_root, base_root, target_root, intent, is_worked, progress_percent, result,
         started_at_ms, ended_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#find = db.prepare<[JobId], JobRow>(`${SELECT} WHERE job_id = ?`);
    this.#open = db.prepare<[], JobRow>(`${SELECT} WHERE ended_at_ms IS NULL ORDER BY job_no`);
    this.#openCount = db
      .prepare<[], bigint>('SELECT count(*) FROM job WHERE ended_at_ms IS NULL')
      .pluck();
    this.#worksOn = db
      .prepare<[bigint], JobKind>(
        'SELECT kind FROM job WHERE subject_no = ? AND ended_at_ms IS NULL',
      )
      .pluck();
    this.#openOn = db.prepare<[bigint, JobKind], JobRow>(
      `${SELECT} WHERE subject_no = ? AND kind = ? AND ended_at_ms IS NULL`,
    );
    this.#save = db.prepare(
      `UPDATE job SET state = ?, target_root = ?, next_chunk = ?, is_worked = ?,
         progress_percent = ?, polls = ? WHERE job_no = ?`,
    );
    this.#end = db.prepare(
      `UPDATE job SET state = ?, source_root = 0, base_root = 0, target_root = 0, is_worked = 1,
         progress_percent = ?, is_cancelled = ?, result = ?, error_kind = ?, error_message = ?,
         ended_at_ms = ? WHERE job_no = ?`,
    );
    this.#pruneOld = db.prepare<[number]>('DELETE FROM job WHERE ended_at_ms < ?');
    this.#pruneMany = db.prepare<[number]>(
      `DELETE FROM job WHERE ended_at_ms IS NOT NULL
         AND job_no <= (SELECT max(job_no) FROM job) - ?`,
    );
  }

  /**
   * The job of an earlier call with the same id and arguments; undefined when the id is new.
   * Throws alreadyExists, naming the difference, when the id stands for another call.
   */
  repeated(start: JobStart, kind: JobKind, request: Request): Job | undefined {
    const row = this.row(start.jobId);
    if (row === undefined) return undefined;
    const earlier: Request = {
      method: row.kind,
      operation: row.operation,
      ...JSON.parse(row.request),
    };
    const asked: Request = { method: kind, operation: start.operation, ...request };
    const differing = Object.keys({ ...earlier, ...asked }).filter((k) => earlier[k] !== asked[k]);
    if (differing.length > 0) {
      const names = differing.join(', ');
      throw new ArrayError('alreadyExists', `job ${start.jobId} was started with other ${names}`);
    }
    return this.#fromRow(row);
  }

  /** Writes a new job, ended with `result` or open; call it in the transaction of its work. */
  insert(start: JobStart, request: Request, job: OpenJob, result: JobResult | undefined): Job {
    const { jobId, operation } = start;
    if (result === undefined && (this.#openCount.get() ?? 0n) >= LIMITS.jobsOpen) {
      throw new ArrayError('busy', 'the array has too many jobs under way');
    }
    const now = this.#parts.clock.now();
    const isEnded = result !== undefined;
    this.#insert.run(
      jobId,
      job.arrayNo,
      operation,
      job.kind,
      JSON.stringify(request),
      isEnded ? 'succeeded' : 'queued',
      job.subjectNo ?? null,
      job.madeNo ?? null,
      isEnded ? 0 : job.sourceRoot,
      isEnded ? 0 : job.baseRoot,
      isEnded ? 0 : job.targetRoot,
      isEnded ? '{}' : JSON.stringify(job.intent),
      isEnded || job.isWorked ? 1 : 0,
      isEnded || job.isWorked ? 100 : 0,
      isEnded ? encodeResult(result) : null,
      now,
      isEnded ? now : null,
    );
    return this.get(jobId);
  }

  /** Keeps how far an open job has come. */
  save(job: OpenJob, at: { readonly percent: number; readonly polls: bigint }): void {
    const { targetRoot, nextChunk, isWorked, jobNo } = job;
    const worked = isWorked ? 1 : 0;
    this.#save.run('running', targetRoot, nextChunk, worked, at.percent, at.polls, jobNo);
  }

  /** Ends an open job; it holds nothing any more. */
  end(jobNo: bigint, ending: Ending): void {
    const now = this.#parts.clock.now();
    if ('result' in ending) {
      this.#end.run('succeeded', 100, 0, encodeResult(ending.result), null, null, now, jobNo);
      return;
    }
    const { error, cancelled } = ending;
    this.#end.run('failed', 0, cancelled ? 1 : 0, null, error.kind, error.message, now, jobNo);
  }

  row(jobId: JobId): JobRow | undefined {
    return this.#find.get(jobId);
  }

  openRows(): readonly JobRow[] {
    return this.#open.all();
  }

  /** Errors: notFound. */
  get(jobId: JobId): Job {
    const job = this.find(jobId);
    if (job === undefined) throw new ArrayError('notFound', `no job ${jobId}`);
    return job;
  }

  find(jobId: JobId): Job | undefined {
    const row = this.row(jobId);
    return row === undefined ? undefined : this.#fromRow(row);
  }

  /** Queued and running jobs, oldest first. */
  open(arrayId: ArrayId | undefined): readonly Job[] {
    return this.openRows()
      .filter((row) => arrayId === undefined || row.array_id === arrayId)
      .map((row) => this.#fromRow(row));
  }

  /** The job of this kind that works on the volume. */
  openOn(volumeNo: bigint, kind: JobKind): Job | undefined {
    const row = this.#openOn.get(volumeNo, kind);
    return row === undefined ? undefined : this.#fromRow(row);
  }

  /** Throws inUse when a job works on the volume; of these kinds only, where any are named. */
  refuseWorkOn(volumeNo: bigint, kinds?: readonly JobKind[]): void {
    if (this.isAtWorkOn(volumeNo, kinds)) {
      throw new ArrayError('inUse', 'a job works on the volume');
    }
  }

  /** Whether a job works on the volume; one of these kinds, where any are named. */
  isAtWorkOn(volumeNo: bigint, kinds?: readonly JobKind[]): boolean {
    const open = this.#worksOn.all(volumeNo);
    return open.some((kind) => kinds === undefined || kinds.includes(kind));
  }

  /** Cuts away jobs that ended long ago, and what is more than is kept; call it inside a transaction. */
  prune(): void {
    this.#pruneOld.run(this.#parts.clock.now() - LIMITS.jobKeptMs);
    this.#pruneMany.run(this.#parts.kept);
  }

  #fromRow(row: JobRow): Job {
    const { clock, pacing } = this.#parts;
    const startedAt = epochMs(Number(row.started_at_ms));
    const isOpen = row.ended_at_ms === null;
    const now = clock.now();
    const pace = pacing.of(row.kind);
    const fraction = pacedFraction(pace, { startedAt, polls: Number(row.polls) }, now);
    const percent = Math.min(Number(row.progress_percent), Math.floor(fraction * 100));
    return {
      jobId: row.job_id,
      arrayId: row.array_id,
      operation: row.operation,
      state: row.state,
      startedAt,
      endedAt: row.ended_at_ms === null ? undefined : epochMs(Number(row.ended_at_ms)),
      estimatedEndAt: isOpen ? estimatedEnd(pace, startedAt, now, percent) : undefined,
      progressPercent: isOpen ? Math.min(99, percent) : Number(row.progress_percent),
      cancelable: isOpen && CANCELABLE.includes(row.kind),
      cancelled: row.is_cancelled === 1n,
      result: row.result === null ? undefined : decodeResult(row.result),
      error:
        row.error_kind === null
          ? undefined
          : { kind: row.error_kind, message: row.error_message ?? '' },
    };
  }
}
