/**
 * Rows of LUNs and file systems as the records that cross the port, frozen. Neither is healthier than its pool.
 */
import type { Backing, FileSystem, Health, Lun, Pool } from '../src/model/discovery.ts';
import type { ArrayId } from '../src/model/ids.ts';
import { bytes } from '../src/model/units.ts';
import { numberOf, type PortEntry, worse } from './discovery-rows.ts';
import type { Db } from './open.ts';
import type { FileSystemFacts, LunFacts } from './plan/classic.ts';

interface ClassicRow {
  readonly classic_id: string;
  readonly kind: 'StorageLun' | 'StorageFileSystem';
  readonly array_id: ArrayId;
  readonly name: string;
  readonly is_thin: bigint;
  readonly is_drs_permitted: bigint;
  readonly facts: string;
  readonly health: Health;
  readonly capacity_bytes: bigint;
  readonly used_bytes: bigint;
  readonly label_id: string | null;
  readonly pool_id: string;
  readonly pool_kind: Pool['kind'];
  readonly pool_health: Health;
  readonly has_tiers: bigint;
  readonly deduplication_efficiency: bigint;
  readonly optimization_interval_seconds: bigint;
}

/** LUNs and file systems with the names by which an inventory knows them. */
export interface Classics {
  readonly luns: readonly { readonly name: string; readonly lun: Lun }[];
  readonly fileSystems: readonly { readonly name: string; readonly fileSystem: FileSystem }[];
}

export function readClassics(db: Db, ports: readonly PortEntry[]): Classics {
  const rows = db
    .prepare<[], ClassicRow>(
      `SELECT classic.*, array_id, label_id, pool_id, pool.kind AS pool_kind,
         pool.health AS pool_health, has_tiers, deduplication_efficiency,
         optimization_interval_seconds
       FROM classic JOIN array USING (array_no) JOIN pool USING (pool_no) LEFT JOIN label USING (label_no)
       ORDER BY classic.array_no, classic_no`,
    )
    .all();
  const of = (kind: ClassicRow['kind']) => rows.filter((row) => row.kind === kind);
  return {
    luns: of('StorageLun').map((row) => ({ name: row.name, lun: lunOf(row, ports) })),
    fileSystems: of('StorageFileSystem').map((row) => ({
      name: row.name,
      fileSystem: fileSystemOf(row),
    })),
  };
}

function common(row: ClassicRow) {
  return {
    arrayId: row.array_id,
    poolId: row.pool_id,
    capacity: bytes(row.capacity_bytes),
    used: bytes(row.used_bytes),
    thin: row.is_thin === 1n,
    drsManagementPermitted: row.is_drs_permitted === 1n,
    capabilityId: row.label_id ?? undefined,
    backing: backingOf(row),
    health: worse(row.health, row.pool_health),
  };
}

function lunOf(row: ClassicRow, ports: readonly PortEntry[]): Lun {
  const facts: LunFacts = JSON.parse(row.facts);
  const isWay = ({ port, arrayId }: PortEntry) =>
    arrayId === row.array_id && (facts.ports?.includes(numberOf(port.portId)) ?? true);
  return Object.freeze({
    ...common(row),
    lunId: row.classic_id,
    displayName: row.name,
    esxLunIdentifier: facts.esxLunIdentifier,
    alternateIdentifiers: [],
    portIds: ports.filter(isWay).map(({ port }) => port.portId),
  });
}

function fileSystemOf(row: ClassicRow): FileSystem {
  const { version, exports, nativeSnapshots }: FileSystemFacts = JSON.parse(row.facts);
  return Object.freeze({
    ...common(row),
    fileSystemId: row.classic_id,
    version,
    exports,
    nativeSnapshots,
  });
}

function backingOf(row: ClassicRow): Backing {
  const hasTiers = row.has_tiers === 1n;
  const isDeduplicated = row.pool_kind !== 'ThinProvisioning';
  const isThin = row.is_thin === 1n && row.pool_kind !== 'Deduplication';
  return {
    thinPoolId: isThin ? row.pool_id : undefined,
    deduplicationPoolId: isDeduplicated ? row.pool_id : undefined,
    autoTiering: hasTiers,
    deduplicationEfficiency: isDeduplicated ? Number(row.deduplication_efficiency) : undefined,
    optimizationIntervalSeconds: hasTiers ? Number(row.optimization_interval_seconds) : undefined,
  };
}
