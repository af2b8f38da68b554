/**
 * The contract between the provider and the storage behind it. A vendor replaces the simulator by one
 * folder whose `index.ts` exports `openArray: OpenArray`; the provider loads it by the name in its
 * configuration and knows nothing else of it.
 *
 * Who owns what (ADR 0002): the array owns volumes with their metadata and profile, snapshots, bindings,
 * space, jobs, and a durable feed of changes. The provider owns trust, users, sessions, and the
 * numbering of events. Losing the provider's data loses no volume, binding or task.
 *
 * Rules for every method:
 * - It is asynchronous and may live in another process; several providers may call one array at once.
 * - Arguments and results are plain records of `model/array.ts`, never changed after they are handed over.
 * - What a method that changes something has resolved is durable: it survives the loss of power.
 * - It happens wholly or not at all, also when the process dies in the middle.
 * - Ids of new things are chosen by the caller. Repeating a call with the same id and the same arguments
 *   succeeds and changes nothing; with other arguments it fails with `alreadyExists`. So a provider that
 *   lost the answer simply asks again. A repeated job is known for as long as the job is kept; a call
 *   that threw has left no job, and its repeat tries anew.
 * - Reads see every change that was acknowledged before (to any provider).
 * - Failure is an `ArrayError`; the kinds each method uses are listed. `busy` and `failed` always may be.
 * - A call answers within seconds. What may take longer is a job.
 * - A volume exists for all methods from the moment its making succeeds until its deletion begins.
 */
import type {
  AppliedProfile,
  ArrayDescription,
  Binding,
  Change,
  Container,
  ContainerSpace,
  Endpoint,
  Job,
  MetadataPair,
  Volume,
  VolumeSpace,
} from '../model/array.ts';
import type { Clock } from '../model/clock.ts';
import type { ArrayId, ContainerId, EndpointId, HostId, JobId, VvolId } from '../model/ids.ts';
import type { Bytes } from '../model/units.ts';
import type { VolumeType } from '../model/volume-type.ts';
import type { ActivationPort } from './activation.ts';
import type { ArrayAdministration, RepairReport } from './administration.ts';
import type { CrashPoint } from './crash-points.ts';
import type { DiscoveryPort } from './discovery.ts';
import type { Page } from './page.ts';
import type { PolicyPort } from './policies.ts';
import type { StatisticsPort } from './statistics.ts';

/** How the provider hands an adapter what it needs. `options` is the configuration's `array.options`. */
export interface ArrayEnvironment {
  /** A folder of the adapter's own, made by the provider with mode 0700. */
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly options: Readonly<Record<string, unknown>>;
  /** To be called at each of these points that the adapter has; the process may end in the call. */
  readonly reach?: (point: CrashPoint) => void;
}

/**
 * What an adapter module exports as `openArray`. Resolves when the array answers; rejects with a message
 * for the operator (shown at start, then the provider exits) when it cannot.
 */
export type OpenArray = (environment: ArrayEnvironment) => Promise<OpenedArray>;

/** The port, and what the array's operator can do beside it where the adapter offers that. */
export interface OpenedArray extends StorageArrayPort {
  readonly administration?: ArrayAdministration;
}

/**
 * What an adapter module may export as `inspectArray`: the check, or with `repair` the mending, of an array
 * that no provider uses at the moment. Starts no work of the array. Rejects as `openArray` does.
 */
export type InspectArray = (
  environment: ArrayEnvironment,
  wish: { readonly repair: boolean },
) => Promise<RepairReport>;

/** Reference to the job that a caller starts: see `Job`. */
export interface JobStart {
  /** Chosen by the caller. A repeat with the same id gives the same job. */
  readonly jobId: JobId;
  /** The VASA operation, kept with the job for its name. */
  readonly operation: string;
}

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

/** All must hold. `value` undefined: the key exists. Keys are compared ignoring case, values exactly. */
export interface MetadataConstraint {
  readonly key: string;
  readonly value: string | undefined;
}

/**
 * A range of a volume cut into chunks of equal size, from its start on; the last may be shorter. A range
 * of no length is one that every volume has.
 */
export interface ChunkRange {
  readonly start: Bytes;
  readonly length: Bytes;
  readonly chunkSize: Bytes;
}

/** Bit i of byte i>>3, least significant first, is chunk i of the range; the last byte is zero-padded. */
export type ChunkBitmap = Uint8Array;

export interface StorageArrayPort
  extends DiscoveryPort,
    PolicyPort,
    StatisticsPort,
    ActivationPort {
  // Inventory. Small; asked often: an adapter should answer from memory.

  /** Every array behind this adapter, in a stable order; at least one. */
  arrays(): Promise<readonly ArrayDescription[]>;

  /** Every container of every array, in a stable order. */
  containers(): Promise<readonly Container[]>;

  /** Every protocol endpoint, those that are down included, in a stable order. */
  endpoints(): Promise<readonly Endpoint[]>;

  /** Space of a container as it is now. Errors: notFound. */
  containerSpace(containerId: ContainerId): Promise<ContainerSpace>;

  // Volumes.

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

  // Bindings. A set per (volume, host): they belong to the array, outlive sessions and providers, and
  // end only by unbind.

  /**
   * Gives `hostId` a data path to the volume through one of `candidates`, the endpoints that the host
   * can see, in no order; unknown ones are passed over. Already bound for this host: the same binding,
   * whatever the candidates. Of one host's bindings of a volume exactly one is `bound`.
   * `rebind`: chooses again among the candidates; the earlier binding becomes `moving` and keeps
   * carrying I/O until it is ended by `unbind`. When there is no other choice than the present
   * endpoint, or a move is already under way and its new endpoint still a choice, nothing changes and
   * the present binding is the answer: so a repeat is harmless. Not bound yet: as without `rebind`.
   * Errors: notFound; failed (no candidate is online and serves the volume's container); noSpace (the
   * host's limit of bindings, or no address left at the endpoint).
   */
  bind(
    vvolId: VvolId,
    hostId: HostId,
    options: { readonly candidates: readonly EndpointId[]; readonly rebind: boolean },
  ): Promise<Binding>;

  /**
   * Ends the binding of this volume for this host that has `endpointId` and `secondaryId` (undefined:
   * every one of the host's). What is not bound: nothing happens. When that leaves only `moving` ones,
   * the latest of them is `bound` again: the host has given up its move. Errors: notFound (volume).
   */
  unbind(
    vvolId: VvolId,
    hostId: HostId,
    only: { readonly endpointId: EndpointId; readonly secondaryId: string } | undefined,
  ): Promise<void>;

  /** Ends every host's bindings of the volume. Errors: notFound. */
  unbindFromAllHosts(vvolId: VvolId): Promise<void>;

  /** Ends every binding of the host. A host with none, or unknown: nothing happens. */
  unbindAllFromHost(hostId: HostId): Promise<void>;

  /** Bindings, oldest first, of one volume, one host, both, or (neither given) all. Never fails for an id. */
  bindings(of: { readonly vvolId?: VvolId; readonly hostId?: HostId }): Promise<readonly Binding[]>;

  // Snapshots and copies.

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

  // Differences. Over-reporting is allowed (an array that cannot tell reports everything), missing never.

  /** Chunks of the range that hold data. Errors: notFound, unsupported, invalid (range past the end). */
  allocatedChunks(vvolId: VvolId, range: ChunkRange): Promise<ChunkBitmap>;

  /** Chunks of the range that differ from `base`. Errors: notFound, incompatible (before range errors), invalid. */
  unsharedChunks(vvolId: VvolId, base: VvolId, range: ChunkRange): Promise<ChunkBitmap>;

  /**
   * Counts chunks not shared with `base` (undefined: with anybody). The array picks the chunk size and
   * may stop early; `scanned` says how far it came. Errors as above.
   */
  countUnshared(
    vvolId: VvolId,
    base: VvolId | undefined,
    range: { readonly start: Bytes; readonly length: Bytes },
  ): Promise<{ readonly chunkSize: Bytes; readonly scanned: bigint; readonly unshared: bigint }>;

  // Planned moves of a host's bindings.

  /** Gets ready for binds of these volumes by another host. Errors: notFound. */
  prepareBindingChange(
    job: JobStart,
    vvolIds: readonly VvolId[],
    destination: HostId,
  ): Promise<Job>;

  /** Ends what `prepareBindingChange` began: `complete` keeps the new place, else all stays. Errors: notFound. */
  endBindingChange(vvolId: VvolId, outcome: 'complete' | 'cancel'): Promise<void>;

  // Jobs. Ended ones are kept for a stated time (a day is usual).

  /** Undefined: unknown, or no longer kept. */
  job(jobId: JobId): Promise<Job | undefined>;

  /** Queued and running jobs, oldest first; of one array, or of all. */
  openJobs(arrayId: ArrayId | undefined): Promise<readonly Job[]>;

  /** Stops a job and undoes what it made. Errors: notFound, notCancelable. */
  cancelJob(jobId: JobId): Promise<Job>;

  // Changes.

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

  /** Ends the adapter in order; afterwards every method fails. Idempotent. */
  close(): Promise<void>;
}

export interface SnapshotRefusal {
  readonly kind: 'notFound' | 'timedOut' | 'failed';
  readonly message: string;
}

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
