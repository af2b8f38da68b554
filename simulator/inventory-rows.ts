/** Rows of arrays, containers and endpoints as the records that cross the port, frozen. */
import { ArrayError } from '../src/array/errors.ts';
import type {
  ArrayDescription,
  Container,
  Endpoint,
  EndpointProtocol,
  InBandId,
} from '../src/model/array.ts';
import type { Health } from '../src/model/discovery.ts';
import type { ArrayId, ContainerId, EndpointId } from '../src/model/ids.ts';
import { bytes } from '../src/model/units.ts';
import type { Db } from './open.ts';

/** A container with the numbers that the tables know it and its array by. */
export interface ContainerEntry {
  readonly container: Container;
  readonly containerNo: bigint;
  readonly arrayNo: bigint;
  readonly bindingsPerHost: bigint;
  readonly snapshotsPerVolume: bigint;
  /** Quota on promised space; 0 is none. */
  readonly logicalLimit: bigint;
}

interface ArrayRow {
  readonly array_id: ArrayId;
  readonly name: string;
  readonly priority: bigint;
  readonly bindings_per_host_max: bigint;
  readonly snapshots_per_volume_max: bigint;
  readonly health: Health;
  readonly luns: bigint;
  readonly file_systems: bigint;
  /** JSON list of what its ports speak. */
  readonly protocols: string;
}

/** In the order in which they were made. */
export function readArrays(db: Db): readonly ArrayDescription[] {
  return db
    .prepare<[], ArrayRow>(
      `SELECT array.*,
         (SELECT count(*) FROM classic WHERE classic.array_no = array.array_no
           AND kind = 'StorageLun') AS luns,
         (SELECT count(*) FROM classic WHERE classic.array_no = array.array_no
           AND kind = 'StorageFileSystem') AS file_systems,
         (SELECT json_group_array(DISTINCT protocol ORDER BY port_no) FROM port
           JOIN processor USING (processor_no) WHERE processor.array_no = array.array_no) AS protocols
       FROM array ORDER BY array_no`,
    )
    .all()
    .map(description);
}

function description(row: ArrayRow): ArrayDescription {
  const spoken: ArrayDescription['blockProtocols'] = JSON.parse(row.protocols);
  return Object.freeze({
    arrayId: row.array_id,
    name: row.name,
    vendor: 'Keelson',
    model: 'Simulated array',
    firmware: '1.0.0',
    alternateNames: [],
    blockProtocols: spoken.length > 0 ? spoken : (['FC', 'ISCSI'] as const),
    fileProtocols: ['NFS'] as const,
    priority: Number(row.priority),
    health: row.health,
    limits: {
      snapshotsPerVolume: Number(row.snapshots_per_volume_max),
      bindingsPerHost: Number(row.bindings_per_host_max),
    },
    features: {
      snapshots: true,
      clones: true,
      fastClones: true,
      copyDiffs: true,
      bitmaps: true,
      resizeWhileBound: true,
      luns: row.luns > 0n,
      fileSystems: row.file_systems > 0n,
      storageDrs: row.luns + row.file_systems > 0n,
      statistics: true,
    },
  });
}

interface ContainerRow {
  readonly container_no: bigint;
  readonly container_id: ContainerId;
  readonly array_no: bigint;
  readonly array_id: ArrayId;
  readonly pool_id: string;
  readonly name: string;
  readonly protocol: EndpointProtocol;
  readonly max_volume_bytes: bigint;
  readonly logical_limit_bytes: bigint;
  readonly bindings_per_host_max: bigint;
  readonly snapshots_per_volume_max: bigint;
}

/** In the order in which they were made. */
export function readContainers(db: Db): readonly ContainerEntry[] {
  return db
    .prepare<[], ContainerRow>(
      `SELECT container.*, array_id, pool_id, bindings_per_host_max, snapshots_per_volume_max
       FROM container JOIN array USING (array_no) JOIN pool USING (pool_no) ORDER BY container_no`,
    )
    .all()
    .map((row) =>
      Object.freeze({
        container: Object.freeze({
          containerId: row.container_id,
          arrayId: row.array_id,
          name: row.name,
          protocol: row.protocol,
          maxVolumeBytes: bytes(row.max_volume_bytes),
          poolId: row.pool_id,
        }),
        containerNo: row.container_no,
        arrayNo: row.array_no,
        bindingsPerHost: row.bindings_per_host_max,
        snapshotsPerVolume: row.snapshots_per_volume_max,
        logicalLimit: row.logical_limit_bytes,
      }),
    );
}

interface EndpointRow {
  readonly endpoint_no: bigint;
  readonly endpoint_id: EndpointId;
  readonly array_id: ArrayId;
  readonly in_band_id: string;
  readonly transport_ip_addresses: string;
}

/** By their numbers, in order; as if all were online. */
export function readEndpoints(db: Db): ReadonlyMap<bigint, Endpoint> {
  const rows = db
    .prepare<[], EndpointRow>(
      `SELECT endpoint.*, array_id FROM endpoint JOIN array USING (array_no)
       ORDER BY endpoint_no`,
    )
    .all();
  return new Map(rows.map((row) => [row.endpoint_no, endpoint(row)]));
}

function endpoint(row: EndpointRow): Endpoint {
  const inBandId: InBandId = JSON.parse(row.in_band_id);
  return Object.freeze({
    endpointId: row.endpoint_id,
    arrayId: row.array_id,
    inBandId: Object.freeze(inBandId),
    authType: 'System',
    transportIpAddresses: JSON.parse(row.transport_ip_addresses),
    online: true,
  });
}

/** Errors: notFound. */
export function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new ArrayError('notFound', `no ${name}`);
  return thing;
}
