/**
 * What an array is made of beside virtual volumes: the nouns of block and file discovery, which vCenter
 * reads to learn what storage there is and who reaches it. Plain frozen records, as in `array.ts`.
 * Source: VASA `StorageProcessor`, `StoragePort`, `StorageLun`, `StorageFileSystem`, `BackingConfig`,
 * `BackingStoragePool`, `StorageCapability`.
 */
import type { ArrayId, EndpointId, HostId } from './ids.ts';
import type { Initiator, MountPoint } from './session.ts';
import type { Bytes } from './units.ts';

/** Of anything physical. `degraded` still serves; `failed` does not. */
export type Health = 'healthy' | 'degraded' | 'failed';

/** Where space comes from. Containers, LUNs and file systems of one pool share its capacity. */
export interface Pool {
  readonly poolId: string;
  readonly arrayId: ArrayId;
  readonly name: string;
  readonly kind: 'ThinProvisioning' | 'Deduplication' | 'ThinAndDeduplication';
  readonly capacity: Bytes;
  readonly used: Bytes;
  /** The sum of what containers, LUNs and file systems in it promise. */
  readonly promised: Bytes;
  readonly health: Health;
}

/** A controller of an array. */
export interface Processor {
  readonly processorId: string;
  readonly arrayId: ArrayId;
  readonly identifiers: readonly string[];
  readonly health: Health;
}

/** A target port of a controller. */
export interface Port {
  readonly portId: string;
  readonly processorId: string;
  readonly protocol: 'FC' | 'ISCSI' | 'FCoE' | 'Other';
  readonly portWwn: string | undefined;
  readonly nodeWwn: string | undefined;
  readonly iscsiIdentifier: string | undefined;
  readonly alternateNames: readonly string[];
  readonly health: Health;
}

/** How storage is backed (VASA `BackingConfig`). */
export interface Backing {
  readonly thinPoolId: string | undefined;
  readonly deduplicationPoolId: string | undefined;
  readonly autoTiering: boolean;
  /** 0 to 100, higher is better; undefined where nothing is deduplicated. */
  readonly deduplicationEfficiency: number | undefined;
  /** How often data is moved for performance; 0 is all the time, undefined never. */
  readonly optimizationIntervalSeconds: number | undefined;
}

/** A LUN that carries a classic datastore. */
export interface Lun {
  readonly lunId: string;
  readonly arrayId: ArrayId;
  readonly poolId: string;
  readonly displayName: string;
  /** `naa.` and 32 hex digits: the name by which ESXi sees it. */
  readonly esxLunIdentifier: string;
  readonly alternateIdentifiers: readonly string[];
  readonly capacity: Bytes;
  readonly used: Bytes;
  readonly thin: boolean;
  readonly drsManagementPermitted: boolean;
  /** Label of what it offers; a LUN has at most one. */
  readonly capabilityId: string | undefined;
  /** Ports through which it can be reached. */
  readonly portIds: readonly string[];
  readonly backing: Backing;
  readonly health: Health;
}

/** An exported file system that carries a classic NFS datastore. */
export interface FileSystem {
  readonly fileSystemId: string;
  readonly arrayId: ArrayId;
  readonly poolId: string;
  readonly version: 'NFSV3_0' | 'NFSV4_x';
  /** Server names and addresses under which the same export is reached. */
  readonly exports: readonly {
    readonly serverName: string;
    readonly path: string;
    readonly ipAddress: string;
  }[];
  readonly capacity: Bytes;
  readonly used: Bytes;
  readonly thin: boolean;
  readonly nativeSnapshots: boolean;
  readonly drsManagementPermitted: boolean;
  readonly capabilityId: string | undefined;
  readonly backing: Backing;
  readonly health: Health;
}

/** The one label of a LUN or file system (VASA 1.0's `StorageCapability`). */
export interface StorageCapability {
  readonly capabilityId: string;
  readonly arrayId: ArrayId;
  readonly name: string;
  readonly detail: string;
}

/** As whom somebody reaches an array: its UsageContext says so. */
export interface Access {
  readonly hostId: HostId | undefined;
  readonly initiators: readonly Initiator[];
  readonly mountPoints: readonly MountPoint[];
}

/**
 * What can be reached by an `Access`: LUNs and ports by initiators, file systems by mounts. An array with
 * no masking lets every initiator reach every LUN. Empty lists when neither is named.
 */
export interface Reach {
  readonly arrayIds: readonly ArrayId[];
  readonly processorIds: readonly string[];
  readonly portIds: readonly string[];
  readonly lunIds: readonly string[];
  readonly fileSystemIds: readonly string[];
  /** Endpoints that masking does not hide; an access that names nothing is not masked here. */
  readonly endpointIds: readonly EndpointId[];
}
