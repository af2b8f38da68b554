/**
 * What the array is made of: everything that a real array keeps on its disks. It outlives the adapters
 * that are opened on it, and several may be open at once, as several providers are on a real array.
 * Source: the ownership stated in src/array/port.ts.
 */
import { randomUUID } from 'node:crypto';
import type { ActiveProvider } from '../../../src/array/activation.ts';
import type {
  AppliedProfile,
  ArrayDescription,
  Binding,
  Change,
  Container,
  Endpoint,
  InBandId,
  Job,
  Volume,
} from '../../../src/model/array.ts';
import type { Clock } from '../../../src/model/clock.ts';
import type { Pool } from '../../../src/model/discovery.ts';
import type {
  ArrayId,
  ContainerId,
  EndpointId,
  HostId,
  JobId,
  VvolId,
} from '../../../src/model/ids.ts';
import { bytes, type EpochMs } from '../../../src/model/units.ts';
import type { Chunks } from './content.ts';

/** What there is of one volume. Replaced as a whole with each change, but for its content. */
export interface Stored {
  readonly volume: Volume;
  /** Rises with each volume made: the order of searches. */
  readonly number: number;
  /** Volumes of one family came from each other by snapshots and fast clones. */
  readonly family: VvolId;
  readonly chunks: Chunks;
}

/** A snapshot that has been promised. */
export interface Prepared {
  readonly vvolId: VvolId;
  readonly readOnly: boolean;
  readonly profile: AppliedProfile | undefined;
  readonly preparedAt: EpochMs;
}

/** A job, and the call that started it, to tell a repeat from another call. */
export interface KeptJob {
  readonly job: Job;
  readonly call: readonly unknown[];
}

/** The array. */
export interface Memory {
  readonly description: ArrayDescription;
  readonly containers: readonly Container[];
  readonly pool: Pick<Pool, 'poolId' | 'name' | 'capacity'>;
  readonly endpoints: readonly Endpoint[];
  readonly volumes: Map<VvolId, Stored>;
  readonly prepared: Map<VvolId, Prepared>;
  readonly jobs: Map<JobId, KeptJob>;
  /** Planned moves: the destination of each volume. */
  readonly moves: Map<VvolId, HostId>;
  /** Of the feed; a new array has a new feed. */
  readonly feedId: string;
  readonly changes: Change[];
  readonly listeners: Set<() => void>;
  /** The provider that was activated last; undefined: none ever. */
  active: ActiveProvider | undefined;
  /** Oldest first. */
  bindings: readonly Binding[];
  lastSequence: bigint;
  lastNumber: number;
  lastSecondary: number;
}

/** What every function of the adapter works on. */
export interface Opened {
  readonly memory: Memory;
  readonly clock: Clock;
}

const GB = 1n << 30n;
// An array chooses its own ids; only those of containers and of SCSI endpoints have a form to keep.
const ARRAY_ID = 'org.keelson.example:memory' as ArrayId;
/** The one pool, from which all containers have their space. */
const POOL = { poolId: 'memory-pool', name: 'memory', capacity: bytes(1024n * GB) };

/** An empty array. */
export function newMemory(): Memory {
  return {
    description: DESCRIPTION,
    containers: [container(1, 'SCSI'), container(2, 'NFS'), container(3, 'NFS4x')],
    pool: POOL,
    endpoints: [
      endpoint(1, { protocol: 'SCSI', lunId: 'naa.60000000000000000000000000000001' }),
      endpoint(2, { protocol: 'SCSI', lunId: 'naa.60000000000000000000000000000002' }),
      endpoint(3, { protocol: 'SCSI', lunId: 'naa.60000000000000000000000000000003' }),
      endpoint(4, { protocol: 'NFS', ...mountAt('198.51.100.4') }),
      endpoint(5, { protocol: 'NFS', ...mountAt('198.51.100.5') }),
      endpoint(6, {
        protocol: 'NFS4x',
        ...mountAt('198.51.100.6'),
        serverMajor: '4',
        serverMinor: '1',
        serverScope: ARRAY_ID,
      }),
    ],
    volumes: new Map(),
    prepared: new Map(),
    jobs: new Map(),
    moves: new Map(),
    feedId: randomUUID(),
    changes: [],
    listeners: new Set(),
    active: undefined,
    bindings: [],
    lastSequence: 0n,
    lastNumber: 0,
    lastSecondary: 0,
  };
}

const DESCRIPTION: ArrayDescription = {
  arrayId: ARRAY_ID,
  name: 'memory',
  vendor: 'Keelson',
  model: 'Example in memory',
  firmware: '1',
  alternateNames: [],
  blockProtocols: ['ISCSI'],
  fileProtocols: ['NFS'],
  priority: 100,
  health: 'healthy',
  limits: { snapshotsPerVolume: 32, bindingsPerHost: 64 },
  features: {
    snapshots: true,
    clones: true,
    fastClones: true,
    copyDiffs: true,
    bitmaps: true,
    resizeWhileBound: true,
    luns: false,
    fileSystems: false,
    storageDrs: false,
    statistics: false,
  },
};

function container(number: number, protocol: Container['protocol']): Container {
  return {
    containerId: `3e5a11ce-0000-4000-8000-00000000000${number}` as ContainerId,
    arrayId: ARRAY_ID,
    name: `memory-${protocol}`,
    protocol,
    maxVolumeBytes: bytes(512n * GB),
    poolId: POOL.poolId,
  };
}

function mountAt(ipAddress: string) {
  return { ipAddress, serverMount: '/vvols' };
}

function endpoint(number: number, inBandId: InBandId): Endpoint {
  return {
    endpointId: `memory-endpoint-${number}` as EndpointId,
    arrayId: ARRAY_ID,
    inBandId,
    authType: 'System',
    transportIpAddresses: inBandId.protocol === 'SCSI' ? [] : [inBandId.ipAddress],
    online: true,
  };
}
