/**
 * How the provider's own memory fails. One class with kinds, so that `main` can print one clear line and
 * the fault funnel can tell a full disk from everything else. Knows nothing of VASA.
 */

export type StoreErrorKind =
  /** Written by a later release of this program. */
  | 'newerDatabase'
  /** A database, but not this program's. */
  | 'foreign'
  /** Another process has the data folder open. */
  | 'inUse'
  /** The folder or file cannot be opened, or not be written. */
  | 'unreadable'
  /** The file's content is broken. */
  | 'damaged'
  /** No space left for the file; the same call may succeed later. */
  | 'full'
  /** Asked after close. */
  | 'closed'
  /** Anything else, such as an I/O error of the disk. */
  | 'failed';

/** `message` is written for the operator: what is wrong, where, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}
