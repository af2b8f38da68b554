/** How calls get at the array: reads at once, changes in the next transaction, nobody after it is closed. */
import { ArrayError } from '../src/array/errors.ts';
import { type CommitQueue, toArrayError } from './commit.ts';
import type { Db } from './open.ts';

/** Errors: those of the work; failed (the array is closed). */
export interface Access {
  /** Runs work at once, on what is committed. */
  read<Result>(work: () => Result): Promise<Result>;
  /** Runs work in the next transaction. */
  write<Result>(work: () => Result): Promise<Result>;
  refuseWhenClosed(): void;
}

/** Access to the array that these belong to. */
export function accessTo({ db, queue }: { readonly db: Db; readonly queue: CommitQueue }): Access {
  const refuseWhenClosed = () => {
    if (!db.open) throw new ArrayError('failed', 'the array is closed');
  };
  return {
    refuseWhenClosed,
    read: async (work) => {
      refuseWhenClosed();
      try {
        return work();
      } catch (error) {
        throw toArrayError(error);
      }
    },
    write: async (work) => {
      refuseWhenClosed();
      return queue.submit(work);
    },
  };
}
