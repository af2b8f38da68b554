/**
 * How the provider's own memory fails. One class with kinds, so that `main` can print one clear line and
 * the fault funnel can tell "try again" from "somebody must act". Knows nothing of VASA.
 */

export const STORE_ERRORS = {
  /** Written by a later release of this program. */
  newerDatabase: { retry: false },
  /** A database, but not this program's. */
  foreign: { retry: false },
  /** Another process has the data folder open. */
  inUse: { retry: false },
  /** The folder or file cannot be opened, or not be written. */
  unreadable: { retry: false },
  /** The file's content is broken. */
  damaged: { retry: false },
  /** No space left for the file. */
  full: { retry: true },
  /** Asked after close. */
  closed: { retry: false },
  /** Anything else, such as an I/O error of the disk. */
  failed: { retry: true },
} as const satisfies Record<string, { readonly retry: boolean }>;

export type StoreErrorKind = keyof typeof STORE_ERRORS;

/** `message` is written for the operator: what is wrong, where, and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }

  /** May the same call succeed later without a change of program or data folder? */
  get retry(): boolean {
    return STORE_ERRORS[this.kind].retry;
  }
}
