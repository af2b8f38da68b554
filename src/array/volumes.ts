/**
 * The part of the array port about volumes themselves: making, changing, finding and ending them, and
 * the metadata, profile and space that each has.
 */
import type { AppliedProfile, Job, MetadataPair, Volume, VolumeSpace } from '../model/array.ts';
import type { ContainerId, VvolId } from '../model/ids.ts';
import type { Bytes } from '../model/units.ts';
import type { VolumeType } from '../model/volume-type.ts';
import type { JobStart } from './jobs.ts';
import type { Page } from './page.ts';

export interface NewVolume {
  readonly vvolId: VvolId;
  readonly containerId: ContainerId;
  readonly type: VolumeType;
  readonly size: Bytes;
  /** Undefined: as the profile asks, else the array decides by the volume's type. */
  readonly thin: boolean | undefined;
  /** Of a key that is given twice (ignoring case) the last pair stands. */
  readonly metadata: readonly MetadataPair[];
  /**
   * Undefined: nothing is asked. A client that named no profile has been given the container's default
   * profile for the type by the provider already, where there is one.
   */
  readonly profile: AppliedProfile | undefined;
}

/** All must hold. `value` undefined: the key exists. Keys are compared ignoring case, values exactly. */
export interface MetadataConstraint {
  readonly key: string;
  readonly value: string | undefined;
}

export interface VolumePort {
  /**
   * Starts making a volume, passive until bound. Usually the returned job has already succeeded; its
   * result is `volume`. Until it succeeds the volume is invisible to every other method.
   * Errors, thrown or in the job: notFound (container), invalid (size 0 or above the container's
   * maximum; metadata that does not fit), noSpace (of what the profile asks, too), alreadyExists.
   */
  createVolume(job: JobStart, volume: NewVolume): Promise<Job>;

  /**
   * Ends a volume at once; giving its space back may take longer. Others that share content with it
   * keep theirs. A snapshot is deleted the same way. Not idempotent: what is gone is notFound.
   * Errors: notFound, inUse (bound by any host; a job works on it; or something depends on it that
   * this array cannot untangle: a copy-on-write array can, and does not refuse for that).
   */
  deleteVolume(vvolId: VvolId): Promise<void>;

  /**
   * Starts enlarging. Equal size: a job that has succeeded. Errors: notFound, unsupported (smaller; a
   * snapshot), invalid (above the container's maximum), noSpace, inUse.
   */
  resizeVolume(job: JobStart, vvolId: VvolId, size: Bytes): Promise<Job>;

  /** The volumes of these ids, in the order asked; unknown ones are left out. Never fails for an id. */
  volumes(vvolIds: readonly VvolId[]): Promise<readonly Volume[]>;

  /**
   * Ids of the volumes that meet all constraints (at least one), at most `limit`, continuing after the
   * `next` of an earlier page. A volume that exists throughout is in exactly one of the pages. Indexed
   * by key and value: cost grows with the rarest constraint, not with the array. Errors: invalid (no
   * constraint, too many of them, a limit below 1, an `after` that no page gave).
   */
  findVolumes(
    constraints: readonly MetadataConstraint[],
    page: { readonly after: string | undefined; readonly limit: number },
  ): Promise<Page<VvolId>>;

  /** Space of these volumes, in the order asked; unknown ones are left out. */
  volumeSpace(vvolIds: readonly VvolId[]): Promise<readonly VolumeSpace[]>;

  /**
   * Removes keys and sets pairs in one step; a key in both ends up set. A key that exists (ignoring
   * case) is replaced, in its spelling too; removing one that does not exist does nothing. Idempotent:
   * what changes nothing is not in the feed. Errors: notFound, invalid (a pair that does not fit,
   * or one too many).
   */
  updateMetadata(
    vvolId: VvolId,
    change: { readonly set: readonly MetadataPair[]; readonly remove: readonly string[] },
  ): Promise<void>;

  /**
   * Starts applying a profile; data may move while the volume is used. The volume has the profile at once,
   * and in the same step its metadata pair `VMW_VvolProfile` becomes `<profile id>:<generation>`, whatever
   * its spelling or value was. One of the id and generation that the volume has: a job that has succeeded,
   * and nothing changes. What is asked it gets when the job succeeds; thick is held from the start on.
   * Cancelable: then, as when it fails, it has the profile, the pair and the space that it had before.
   * Errors: notFound, noSpace, inUse.
   */
  applyProfile(job: JobStart, vvolId: VvolId, profile: AppliedProfile): Promise<Job>;
}
