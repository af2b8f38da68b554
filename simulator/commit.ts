/**
 * Group commit: calls that change something and arrive together share one transaction, and so one
 * flush to disk. Each runs in a savepoint of its own, so that one that fails takes nothing from the
 * others. Nothing is acknowledged before COMMIT has returned. Knows nothing of what the calls do.
 * Source: ADR 0004.
 */
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ArrayError } from '../src/array/errors.ts';
import { LIMITS } from '../src/model/limits.ts';
import type { Db } from './open.ts';

/** Until what must be done is tried again: a full disk is not empty sooner. */
const TRY_AGAIN_MS = 50;

interface Call {
  readonly weight: number;
  /** Does the work inside the open transaction; returns what to tell the caller after COMMIT. */
  readonly attempt: () => () => void;
  readonly fail: (error: ArrayError) => void;
}

/** What happens around each transaction. */
interface CommitHooks {
  /** Inside it, after the last call. */
  readonly beforeCommit: () => void;
  /** After it; the callers have not been told yet. */
  readonly committed?: () => void;
  /** After the callers have been told. */
  readonly afterCommit: () => void;
}

export class CommitQueue {
  readonly #db: Db;
  readonly #hooks: CommitHooks;
  readonly #savepoint;
  readonly #release;
  readonly #rollbackTo;
  #waiting: Call[] = [];
  #scheduled = false;

  constructor(db: Db, hooks: CommitHooks) {
    this.#db = db;
    this.#hooks = hooks;
    this.#savepoint = db.prepare('SAVEPOINT one_call');
    this.#release = db.prepare('RELEASE one_call');
    this.#rollbackTo = db.prepare('ROLLBACK TO one_call');
  }

  /**
   * Runs `work` (synchronous) in the next transaction; resolves with its result once that is on disk.
   * Rejects with what `work` threw, undone; with the transaction's error, when all of it was undone;
   * with `busy` when too many calls wait. `weight`: what it costs, in small calls.
   */
  submit<Result>(work: () => Result, weight = 1): Promise<Result> {
    if (this.#waiting.length >= LIMITS.arrayCallsWaiting) {
      return Promise.reject(new ArrayError('busy', 'too many calls wait for the array'));
    }
    return this.#enqueue(work, weight);
  }

  /**
   * The same for what must be done because something else was: let in however many calls wait, and done
   * again when its transaction fails, until it is committed. Rejects when the database is closed.
   */
  async insist<Result>(work: () => Result): Promise<Result> {
    for (;;) {
      try {
        return await this.#enqueue(work, 1);
      } catch (error) {
        if (!this.#db.open) throw error;
        await pause(TRY_AGAIN_MS);
      }
    }
  }

  #enqueue<Result>(work: () => Result, weight: number): Promise<Result> {
    return new Promise((resolve, reject) => {
      const attempt = () => {
        try {
          const result = this.#inSavepoint(work);
          return () => resolve(result);
        } catch (error) {
          // On a full disk SQLite may have rolled back everything: then no call of this batch stands.
          if (!this.#db.inTransaction) throw error;
          return () => reject(toArrayError(error));
        }
      };
      this.#waiting.push({ weight, attempt, fail: reject });
      this.#schedule();
    });
  }

  /** Commits all that waits, now. */
  drain(): void {
    while (this.#waiting.length > 0) this.#flush();
  }

  /** After the callbacks of the present turn, so that all calls they bring are in the batch. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #flush(): void {
    const batch = this.#waiting.slice(0, this.#batchLength());
    this.#waiting = this.#waiting.slice(batch.length);
    if (batch.length === 0) return;
    const outcomes: (() => void)[] = [];
    try {
      this.#db
        .transaction(() => {
          for (const call of batch) outcomes.push(call.attempt());
          this.#hooks.beforeCommit();
        })
        .immediate();
    } catch (error) {
      const reason = toArrayError(error);
      for (const call of batch) call.fail(reason);
      return;
    }
    this.#hooks.committed?.();
    for (const tell of outcomes) tell();
    this.#hooks.afterCommit();
  }

  /** As many calls as one transaction takes, at least one where any wait. */
  #batchLength(): number {
    let weight = 0;
    const over = this.#waiting.findIndex((call) => {
      weight += call.weight;
      return weight > LIMITS.arrayCallsPerCommit;
    });
    return over === -1 ? this.#waiting.length : Math.max(1, over);
  }

  #inSavepoint<Result>(work: () => Result): Result {
    this.#savepoint.run();
    try {
      const result = work();
      this.#release.run();
      return result;
    } catch (error) {
      if (this.#db.inTransaction) {
        this.#rollbackTo.run();
        this.#release.run();
      }
      throw error;
    }
  }
}

/** What went wrong, in the words of the port; SQLite's own go to the cause. */
export function toArrayError(error: unknown): ArrayError {
  if (error instanceof ArrayError) return error;
  const code = error instanceof Database.SqliteError ? error.code : '';
  if (code.startsWith('SQLITE_FULL')) {
    return new ArrayError('noSpace', 'the array has no space left for its own records', error);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ArrayError('busy', 'the array is busy', error);
  }
  return new ArrayError('failed', 'the array could not do its work', error);
}
