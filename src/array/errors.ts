/**
 * The ways in which an array says no, and what each becomes for a VASA client. A vendor's adapter throws
 * `ArrayError` and need not know VASA's two dozen faults; anything else it throws is a StorageFault.
 */
import type { ArrayErrorKind } from '../model/array.ts';
import type { FaultName } from '../model/faults.ts';

/** Kind to fault; the comment says when an array uses the kind. */
export const FAULT_OF_ARRAY_ERROR: Readonly<Record<ArrayErrorKind, FaultName>> = {
  /** The thing named does not exist, or its deletion has begun. */
  notFound: 'NotFound',
  /** An id chosen by the caller is taken by something that differs from what is asked for. */
  alreadyExists: 'StorageFault',
  /** The volume is bound, or other work holds it. */
  inUse: 'ResourceInUse',
  /** Two volumes are not related, or do not lie where the work needs them. */
  incompatible: 'IncompatibleVolume',
  /** An argument that only the array can judge is out of its range. */
  invalid: 'InvalidArgument',
  /** No space, quota, endpoint address or object is left. */
  noSpace: 'OutOfResource',
  /** The limit of snapshots of the volume is reached. */
  tooManySnapshots: 'SnapshotTooMany',
  /** The job has ended or cannot be stopped. */
  notCancelable: 'NotCancellable',
  /** Too much work under way; the same call may succeed after a pause. */
  busy: 'VasaProviderBusy',
  /** The array cannot do this to this thing. */
  unsupported: 'NotSupported',
  /** Not done in the time allowed, and taken back. */
  timedOut: 'Timeout',
  /** Anything else: the array is ill. */
  failed: 'StorageFault',
};

/**
 * Thrown by every method of the port. `message` may reach a vSphere administrator: it says what is
 * wrong in the array's terms, without internals. `cause` goes to the log alone.
 */
export class ArrayError extends Error {
  override readonly name = 'ArrayError';
  readonly kind: ArrayErrorKind;

  constructor(kind: ArrayErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}
