/**
 * The part of the array port about snapshots and copies of volumes.
 */
import type { AppliedProfile, Job, MetadataPair } from '../model/array.ts';
import type { ContainerId, VvolId } from '../model/ids.ts';
import type { JobStart } from './jobs.ts';

export interface NewCopy {
  readonly vvolId: VvolId;
  readonly source: VvolId;
  /** Undefined: the source's container. */
  readonly containerId: ContainerId | undefined;
  readonly metadata: readonly MetadataPair[];
  /**
   * Undefined: nothing is asked, as in `NewVolume`; the source's profile is not copied. Where it does not ask
   * for thin or thick, a full copy is as its source, and what shares content is thin.
   */
  readonly profile: AppliedProfile | undefined;
}

export interface SnapshotRefusal {
  readonly kind: 'notFound' | 'timedOut' | 'failed';
  readonly message: string;
}

export interface CopyPort {
  /**
   * Does the slow part of a snapshot: reserves what it needs and fixes its id, while the volume is in
   * use. Result `preparedSnapshot`. One that is never taken is dropped by the array after a stated
   * time. `profile` undefined: the volume's own. Errors: notFound, tooManySnapshots, noSpace, unsupported, inUse.
   */
  prepareSnapshot(
    job: JobStart,
    request: {
      readonly vvolId: VvolId;
      readonly snapshotId: VvolId;
      readonly readOnly: boolean;
      readonly profile: AppliedProfile | undefined;
    },
  ): Promise<Job>;

  /**
   * Takes the prepared snapshots, all at one point in time, within `timeoutMs` of the call. One answer
   * per entry, in order: undefined when taken, else why not; one that fails is not taken, and what
   * would come too late (timedOut) is taken back. A call that takes nothing anew is a repeat: what was
   * taken earlier with the same metadata is answered as taken, and stays of its moment. In a call that takes
   * anything it is notFound, being of another moment. Errors of entries: notFound, timedOut, failed.
   */
  takeSnapshots(
    snapshots: readonly {
      readonly snapshotId: VvolId;
      readonly metadata: readonly MetadataPair[];
    }[],
    timeoutMs: number,
  ): Promise<readonly (SnapshotRefusal | undefined)[]>;

  /**
   * Starts putting the volume's content and size back to the snapshot's. Id, metadata and later
   * snapshots stay. Errors: notFound, incompatible (not a snapshot of it), inUse (bound).
   */
  revertVolume(job: JobStart, vvolId: VvolId, snapshotId: VvolId): Promise<Job>;

  /**
   * Starts a full copy that shares nothing with its source; the content is that of the moment the job
   * starts. Cancelable. Result `volume`. Errors: notFound, unsupported (container of another array), noSpace.
   */
  cloneVolume(job: JobStart, copy: NewCopy): Promise<Job>;

  /**
   * Starts a writable copy in the source's container that shares its content. It counts among the source's
   * snapshots (`ArrayLimits.snapshotsPerVolume`) for as long as both exist. Errors as clone, tooManySnapshots.
   */
  fastCloneVolume(job: JobStart, copy: NewCopy): Promise<Job>;

  /**
   * Starts writing onto `target` every chunk that differs between `source` and `base`. Cancelable.
   * Errors: notFound, incompatible (source and base unrelated), inUse, noSpace.
   */
  copyDiffs(
    job: JobStart,
    volumes: { readonly source: VvolId; readonly base: VvolId; readonly target: VvolId },
  ): Promise<Job>;
}
