/**
 * The part of the array port that tells what has changed: a durable feed, read from a place in it.
 */
import type { Change } from '../model/array.ts';

export interface ChangePage {
  /**
   * Which feed this is: not empty, the same for as long as sequences go on from one another, another one
   * after the array's data was exchanged as a whole (emptied, a state loaded, another array's taken over).
   */
  readonly feedId: string;
  readonly changes: readonly Change[];
  readonly oldestKept: bigint;
  readonly newest: bigint;
}

export interface ChangePort {
  /**
   * The feed after `after` (0 from the oldest kept), at most `limit`, in order. `oldestKept` and
   * `newest` bound what there is, so that a reader knows what it has missed: something, when `after + 1`
   * is below `oldestKept`. Nothing ever: 1 and 0. Making, changing and deleting a volume is in the
   * feed; what leaves it as it was (an equal size, profile or pair) is not, and binding is not, since it
   * concerns nobody but the host that did it.
   */
  changes(after: bigint, limit: number): Promise<ChangePage>;

  /**
   * Calls `listener` soon after there is something new in the feed; may call too often, and may join
   * several changes into one call. Only a hint: what it is about is read by `changes`.
   * Returns a function that ends it. An adapter without a cheap signal may poll.
   */
  watch(listener: () => void): () => void;
}
