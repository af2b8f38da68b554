/**
 * The nouns that cross the array port: plain frozen records, in the model's units. No provider object,
 * class, stream or callback is among them, so that an array may live in another process.
 */
import type { Health } from './discovery.ts';
import type { ArrayId, ContainerId, EndpointId, HostId, JobId, ProfileId, VvolId } from './ids.ts';
import type { CapabilityValue } from './policies.ts';
import type { Bytes, EpochMs } from './units.ts';
import type { VolumeType } from './volume-type.ts';

/** A storage array as discovery shows it (VASA `StorageArray`). */
export interface ArrayDescription {
  readonly arrayId: ArrayId;
  readonly name: string;
  readonly vendor: string;
  readonly model: string;
  readonly firmware: string;
  readonly alternateNames: readonly string[];
  readonly blockProtocols: readonly ('FC' | 'ISCSI' | 'FCoE' | 'Other')[];
  readonly fileProtocols: readonly ('NFS' | 'Other')[];
  /** 0 to 255; the provider of the highest priority is asked first. */
  readonly priority: number;
  /** `failed`: the array is listed and cannot be managed. */
  readonly health: Health;
  readonly limits: ArrayLimits;
  readonly features: ArrayFeatures;
}

export interface ArrayLimits {
  /** Snapshots of one volume, prepared ones included, and fast clones of it; full clones do not count. */
  readonly snapshotsPerVolume: number;
  /** Bindings of one host. */
  readonly bindingsPerHost: number;
}

/** What the array can do. Where false, the operation answers NotSupported and acceptance skips it. */
export interface ArrayFeatures {
  readonly snapshots: boolean;
  readonly clones: boolean;
  readonly fastClones: boolean;
  readonly copyDiffs: boolean;
  readonly bitmaps: boolean;
  readonly resizeWhileBound: boolean;
  /** It has LUNs, or file systems, of classic datastores. */
  readonly luns: boolean;
  readonly fileSystems: boolean;
  /** It can tell which LUNs and file systems share what is slow. */
  readonly storageDrs: boolean;
  readonly statistics: boolean;
}

export type EndpointProtocol = 'SCSI' | 'NFS' | 'NFS4x';

/** A storage container: where virtual volumes are made. It lies in one array. */
export interface Container {
  readonly containerId: ContainerId;
  readonly arrayId: ArrayId;
  readonly name: string;
  /** Family of the endpoints that serve it; a container has one. */
  readonly protocol: EndpointProtocol;
  readonly maxVolumeBytes: Bytes;
  /** Where its space comes from; others may share it. */
  readonly poolId: string;
}

/** Space of a container, or of what one capability profile can use of it. Physical used + free = total. */
export interface ContainerSpace {
  readonly physicalTotal: Bytes;
  readonly physicalFree: Bytes;
  readonly physicalUsed: Bytes;
  /** Quota on promised space; 0 is no quota. */
  readonly logicalLimit: Bytes;
  /** What may still be promised; without a quota, the physical free space. */
  readonly logicalFree: Bytes;
  /** The sum of what volumes promise. */
  readonly logicalUsed: Bytes;
}

/** How a host finds the endpoint in its own data path (VASA `ProtocolEndpointInbandId`). */
export type InBandId =
  | { readonly protocol: 'SCSI' /** `naa.` and 32 hex digits. */; readonly lunId: string }
  | { readonly protocol: 'NFS'; readonly ipAddress: string; readonly serverMount: string }
  | {
      readonly protocol: 'NFS4x';
      readonly ipAddress: string;
      readonly serverMount: string;
      readonly serverMajor: string;
      readonly serverMinor: string;
      readonly serverScope: string;
    };

export interface Endpoint {
  readonly endpointId: EndpointId;
  readonly arrayId: ArrayId;
  readonly inBandId: InBandId;
  readonly authType: 'System' | 'Kerberos5';
  /** Data addresses, for NFS forms. */
  readonly transportIpAddresses: readonly string[];
  /** False while the endpoint is down: it is listed, but nothing new is bound to it. */
  readonly online: boolean;
}

/** One metadata pair. Keys are kept as given and found ignoring case. */
export interface MetadataPair {
  readonly key: string;
  readonly value: string;
}

/**
 * The storage profile that a volume was made or changed with, kept verbatim so that compliance can be
 * told later. `document` is the profile in a form only the provider reads (JSON of the VASA type).
 */
export interface AppliedProfile {
  readonly profileId: ProfileId;
  readonly generationId: bigint;
  readonly document: string;
  /**
   * What the array is to realise: of each property that is asked for, what the wish and the container's
   * offer have in common, each property once. Any value in it will do; where only one is left it is a
   * single one. A hint stands as it was wished and need not be met. Thin or thick, where wished, is
   * `spaceEfficiency` (capability and property) of `com.vmware.storageprofile.std`: `Thin` or `Thick`.
   */
  readonly asked: readonly CapabilityValue[];
}

/** How a volume came to share content with another. */
export type VolumeOrigin =
  | { readonly kind: 'created' }
  | { readonly kind: 'snapshot'; readonly of: VvolId; readonly readOnly: boolean }
  | { readonly kind: 'fastClone'; readonly of: VvolId }
  | { readonly kind: 'clone'; readonly of: VvolId };

/** A virtual volume that exists for clients: creation has ended, deletion has not begun. */
export interface Volume {
  readonly vvolId: VvolId;
  readonly containerId: ContainerId;
  readonly type: VolumeType;
  readonly size: Bytes;
  readonly thin: boolean;
  readonly origin: VolumeOrigin;
  /** In no order that means anything; no two keys differ in case only. */
  readonly metadata: readonly MetadataPair[];
  readonly profile: AppliedProfile | undefined;
  readonly createdAt: EpochMs;
}

/** Space of one volume. */
export interface VolumeSpace {
  readonly vvolId: VvolId;
  readonly logical: Bytes;
  /** Allocated. */
  readonly committed: Bytes;
  /** Freed if the volume were deleted; undefined when the array does not compute it. */
  readonly unshared: Bytes | undefined;
}

/** The data path of one volume for one host. */
export interface Binding {
  readonly vvolId: VvolId;
  readonly hostId: HostId;
  readonly endpointId: EndpointId;
  readonly inBandId: InBandId;
  /**
   * SCSI: `0x` and hex digits, unique under the endpoint. NFS: path below the endpoint's mount, the same
   * for every host; a Config volume's ends in `/`, being a directory.
   */
  readonly secondaryId: string;
  readonly boundAt: EpochMs;
  /** `moving`: the host has been given another endpoint and still uses this one (rebind). */
  readonly state: 'bound' | 'moving';
}

export type JobResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'volume'; readonly vvolId: VvolId }
  | {
      readonly kind: 'preparedSnapshot';
      readonly snapshotId: VvolId;
      readonly parent: Volume;
      readonly parentSpace: VolumeSpace;
    };

/** Work of the array that may outlast the call that started it. Survives restarts of both sides. */
export interface Job {
  readonly jobId: JobId;
  readonly arrayId: ArrayId;
  /** The VASA operation that started it, as the provider named it: kept for the task's name. */
  readonly operation: string;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed';
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs | undefined;
  readonly estimatedEndAt: EpochMs | undefined;
  /** 0 to 100. */
  readonly progressPercent: number;
  readonly cancelable: boolean;
  readonly cancelled: boolean;
  /** Set when succeeded. */
  readonly result: JobResult | undefined;
  /** Set when failed. */
  readonly error: { readonly kind: ArrayErrorKind; readonly message: string } | undefined;
}

/** What kind of thing a change is about, by VASA's EntityTypeEnum. */
export type ChangedEntity =
  | 'StorageArray'
  | 'StorageProcessor'
  | 'StoragePort'
  | 'StorageLun'
  | 'StorageFileSystem'
  | 'StorageCapability'
  | 'StorageContainer'
  | 'BackingStoragePool'
  | 'ProtocolEndpoint'
  | 'VirtualVolumeInfo'
  | 'CapabilitySchema'
  | 'CapabilityProfile'
  | 'DefaultProfile'
  | 'ResourceAssociation';

/**
 * One entry of an array's durable feed of changes. `rebind` asks the host that holds the bindings of
 * `vvolIds` to fetch new ones.
 */
export interface Change {
  /** Rises by one with each change of the feed; never reused. */
  readonly sequence: bigint;
  readonly at: EpochMs;
  readonly arrayId: ArrayId;
  readonly kind: 'new' | 'update' | 'delete' | 'rebind';
  readonly entity: ChangedEntity;
  readonly entityId: string;
  readonly containerId: ContainerId | undefined;
  /** For `rebind`: the host to tell, and its volumes. */
  readonly hostId: HostId | undefined;
  readonly vvolIds: readonly VvolId[];
}

/** The only ways in which an array says no. `array/errors.ts` says what each means. */
export type ArrayErrorKind =
  | 'notFound'
  | 'alreadyExists'
  | 'inUse'
  | 'incompatible'
  | 'invalid'
  | 'noSpace'
  | 'tooManySnapshots'
  | 'notCancelable'
  | 'busy'
  | 'unsupported'
  | 'timedOut'
  | 'failed';
