/**
 * Moves jobs on: in bounded steps, a few of them in each transaction, until their work is done and their
 * pace allows the end. What a job does is its work's business (`Work`); here it is begun, gone on with,
 * also after a restart, ended, given up. A job that ends badly leaves nothing of what it made.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { JobStart } from '../src/array/jobs.ts';
import type { Job, JobResult } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { JobId } from '../src/model/ids.ts';
import { epochMs } from '../src/model/units.ts';
import { toArrayError } from './commit.ts';
import type { Content } from './content/content.ts';
import { type JobRow, type OpenJob, openJob } from './job-rows.ts';
import { CANCELABLE, type Jobs, type Request } from './jobs.ts';
import type { Db } from './open.ts';
import { type JobKind, type Pacing, pacedFraction } from './pacing.ts';

/** What a new job is about. Contents named are references that become the job's. */
export interface Beginning
  extends Partial<
    Pick<OpenJob, 'subjectNo' | 'madeNo' | 'sourceRoot' | 'baseRoot' | 'targetRoot' | 'intent'>
  > {
  readonly arrayNo: bigint;
  /** Whether there is no work but the end. */
  readonly isWorked: boolean;
  /** There is nothing to change at all: the job has succeeded, whatever the pace. */
  readonly isDone?: boolean;
}

/** A call that starts a job. `begin` runs inside the transaction; what it throws leaves no job. */
export interface Plan {
  readonly kind: JobKind;
  readonly request: Request;
  readonly begin: () => Beginning;
}

/** What a kind of job does; everything inside a transaction. */
export interface Work {
  /** One step of bounded work; absent where there is none but the end. */
  readonly step?: (job: OpenJob) => { readonly job: OpenJob; readonly percent: number };
  /** Makes the result visible. Uses up the reference to the job's target root. */
  readonly finish: (job: OpenJob) => JobResult;
  /** Undoes what the beginning and the steps have changed beside contents and a volume being made. */
  readonly undo?: (job: OpenJob) => void;
}

interface RunnerParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly pacing: Pacing;
  readonly content: Content;
  readonly works: Readonly<Record<JobKind, Work>>;
  /** Ends a volume that a job was making. */
  readonly discard: (volumeNo: bigint) => void;
  /** Runs work in the next transaction. */
  readonly submit: (work: () => void) => Promise<void>;
}

/** Jobs that get a step in one transaction; others come in the next. */
const STEPS_PER_COMMIT = 4;
/** How long until the next look, when time may have been moved or the disk was full. */
const LOOK_AGAIN_MS = 1_000;

export class JobRunner {
  readonly #parts: RunnerParts;
  #last = 0n;
  #isScheduled = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Begins a job, or gives the one of an earlier call; call it inside a transaction. */
  start(start: JobStart, plan: Plan): Job {
    const { jobs, pacing, works } = this.#parts;
    const repeated = jobs.repeated(start, plan.kind, plan.request);
    if (repeated !== undefined) return repeated;
    const { isDone = false, ...beginning } = plan.begin();
    const job: OpenJob = {
      jobNo: 0n,
      kind: plan.kind,
      subjectNo: undefined,
      madeNo: undefined,
      sourceRoot: 0,
      baseRoot: 0,
      targetRoot: 0,
      nextChunk: 0,
      intent: {},
      ...beginning,
    };
    if (isDone) return jobs.insert(start, plan.request, job, { kind: 'none' });
    const isInstant = pacing.of(plan.kind) === 'instant';
    if (isInstant && job.isWorked) {
      const result = works[plan.kind].finish(job);
      this.#letGo(job);
      return jobs.insert(start, plan.request, job, result);
    }
    const opened = jobs.insert(start, plan.request, job, undefined);
    const row = jobs.row(start.jobId);
    if (!isInstant || row === undefined) return opened;
    this.#move(row);
    return jobs.get(start.jobId);
  }

  /** Whether asking after this job moves it on. */
  minds(jobId: JobId): boolean {
    const row = this.#parts.jobs.row(jobId);
    if (row === undefined || row.ended_at_ms !== null) return false;
    const pace = this.#parts.pacing.of(row.kind);
    const isCounted = pace !== 'instant' && 'polls' in pace;
    return isCounted || row.state === 'queued' || this.#mayEnd(row);
  }

  /** Counts a question after the job and moves it on; call it inside a transaction. */
  poll(jobId: JobId): void {
    const row = this.#parts.jobs.row(jobId);
    if (row === undefined || row.ended_at_ms !== null) return;
    this.#advance({ ...row, polls: row.polls + 1n });
  }

  /** Stops a job and undoes it; call it inside a transaction. Errors: notFound, notCancelable. */
  cancel(jobId: JobId): Job {
    const { jobs } = this.#parts;
    const { endedAt } = jobs.get(jobId);
    const row = jobs.row(jobId);
    // One whose time has come is at its end, though nobody may have looked since.
    if (row === undefined || endedAt !== undefined || this.#mayEnd(row)) {
      throw new ArrayError('notCancelable', `job ${jobId} has ended`);
    }
    if (!CANCELABLE.includes(row.kind)) {
      throw new ArrayError('notCancelable', `job ${jobId} cannot be stopped`);
    }
    this.#giveUp(row, new ArrayError('failed', 'the job was cancelled'), true);
    return jobs.get(jobId);
  }

  /** After every transaction, and at first: sees to it that open jobs go on. */
  wake(): void {
    if (this.#isScheduled || this.#isClosed) return;
    const open = this.#parts.jobs.openRows();
    if (open.some((row) => this.#canGoOn(row))) this.#schedule();
    else if (open.length > 0) this.#lookAgain();
  }

  /** No job is moved on any more; the next opening goes on with them. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#isScheduled = true;
    const work = () => this.#round();
    this.#parts.submit(work).then(
      () => {
        this.#isScheduled = false;
        this.wake();
      },
      () => {
        this.#isScheduled = false;
        this.#lookAgain();
      },
    );
  }

  #lookAgain(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    const { clock } = this.#parts;
    const due = this.#parts.jobs.openRows().map((row) => this.#dueAt(row) - clock.now());
    const wait = Math.max(1, Math.min(LOOK_AGAIN_MS, ...due.filter((ms) => ms > 0)));
    this.#timer = setTimeout(() => this.wake(), wait);
    this.#timer.unref();
  }

  /** One step for a few jobs, each in its turn. */
  #round(): void {
    if (this.#isClosed) return;
    const ready = this.#parts.jobs.openRows().filter((row) => this.#canGoOn(row));
    const later = ready.filter((row) => row.job_no > this.#last);
    const turn = [...later, ...ready.filter((row) => row.job_no <= this.#last)];
    for (const row of turn.slice(0, STEPS_PER_COMMIT)) {
      this.#last = row.job_no;
      this.#advance(row);
    }
  }

  /** Moves on in a savepoint of its own; what goes wrong ends the job. */
  #advance(row: JobRow): void {
    const { db } = this.#parts;
    try {
      db.transaction(() => this.#move(row))();
    } catch (error) {
      // SQLite itself has given up the whole transaction: the job is as before, and is tried again.
      if (!db.inTransaction) throw error;
      this.#giveUp(row, toArrayError(error), false);
    }
  }

  #move(row: JobRow): void {
    const { jobs, works } = this.#parts;
    const work = works[row.kind];
    const before = openJob(row);
    const worked = { job: before, percent: 100 };
    const { job, percent } = before.isWorked ? worked : (work.step?.(before) ?? worked);
    const now = { ...row, is_worked: job.isWorked ? 1n : 0n };
    if (this.#mayEnd(now)) {
      const result = work.finish(job);
      this.#letGo(job);
      jobs.end(job.jobNo, { result });
    } else {
      jobs.save(job, { percent, polls: row.polls });
    }
  }

  /** Whether there is something to do for it unasked. */
  #canGoOn(row: JobRow): boolean {
    const pace = this.#parts.pacing.of(row.kind);
    if (pace !== 'instant' && 'polls' in pace && row.polls === 0n) return false;
    return row.state === 'queued' || row.is_worked === 0n || this.#mayEnd(row);
  }

  #mayEnd(row: JobRow): boolean {
    const { pacing, clock } = this.#parts;
    const startedAt = epochMs(Number(row.started_at_ms));
    const progress = { startedAt, polls: Number(row.polls) };
    return row.is_worked === 1n && pacedFraction(pacing.of(row.kind), progress, clock.now()) >= 1;
  }

  #dueAt(row: JobRow): number {
    const pace = this.#parts.pacing.of(row.kind);
    const wait = pace !== 'instant' && 'milliseconds' in pace ? pace.milliseconds : 0;
    return Number(row.started_at_ms) + wait;
  }

  #giveUp(row: JobRow, error: ArrayError, cancelled: boolean): void {
    const { content, jobs, works, discard } = this.#parts;
    const job = openJob(row);
    works[row.kind].undo?.(job);
    this.#letGo(job);
    content.release(job.targetRoot);
    if (job.madeNo !== undefined) discard(job.madeNo);
    jobs.end(job.jobNo, { error, cancelled });
  }

  #letGo({ sourceRoot, baseRoot }: OpenJob): void {
    this.#parts.content.release(sourceRoot);
    this.#parts.content.release(baseRoot);
  }
}
