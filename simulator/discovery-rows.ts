/**
 * Rows of pools, controllers, ports, LUNs, file systems and labels as the records that cross the port, frozen.
 * What fails takes with it what rests on it: a LUN is no healthier than its pool, a port than its controller.
 */
import type {
  Backing,
  FileSystem,
  Health,
  Lun,
  Pool,
  Port,
  Processor,
  StorageCapability,
} from '../src/model/discovery.ts';
import type { ArrayId } from '../src/model/ids.ts';
import { bytes } from '../src/model/units.ts';
import type { Db } from './open.ts';
import type { FileSystemFacts, LunFacts } from './plan/classic.ts';
import type { PortFacts } from './plan/network.ts';

/** A pool but for what is used of it. */
export type PoolFacts = Omit<Pool, 'used' | 'promised'> & {
  /** What lies in it shares something slow. */
  readonly isSpinning: boolean;
};

interface PoolRow {
  readonly pool_id: string;
  readonly array_id: ArrayId;
  readonly name: string;
  readonly kind: Pool['kind'];
  readonly medium: 'flash' | 'spinning';
  readonly health: Health;
  readonly capacity_bytes: bigint;
}

/** In the order in which they were made, as all others. */
export function readPools(db: Db): readonly PoolFacts[] {
  return db
    .prepare<[], PoolRow>(
      'SELECT pool.*, array_id FROM pool JOIN array USING (array_no) ORDER BY array_no, pool_no',
    )
    .all()
    .map(({ pool_id, array_id, name, kind, medium, health, capacity_bytes }) =>
      Object.freeze({
        poolId: pool_id,
        arrayId: array_id,
        name,
        kind,
        capacity: bytes(capacity_bytes),
        isSpinning: medium === 'spinning',
        health,
      }),
    );
}

interface ProcessorRow {
  readonly processor_id: string;
  readonly array_id: ArrayId;
  readonly identifiers: string;
  readonly health: Health;
}

export function readProcessors(db: Db): readonly Processor[] {
  return db
    .prepare<[], ProcessorRow>(
      `SELECT processor.*, array_id FROM processor JOIN array USING (array_no)
       ORDER BY array_no, processor_no`,
    )
    .all()
    .map(({ processor_id, array_id, identifiers, health }) =>
      Object.freeze({
        processorId: processor_id,
        arrayId: array_id,
        identifiers: JSON.parse(identifiers),
        health,
      }),
    );
}

interface PortRow {
  readonly port_id: string;
  readonly processor_id: string;
  readonly array_id: ArrayId;
  readonly protocol: Port['protocol'];
  readonly facts: string;
  readonly health: Health;
  readonly processor_health: Health;
}

/** A port with its array. */
export interface PortEntry {
  readonly port: Port;
  readonly arrayId: ArrayId;
}

export function readPorts(db: Db): readonly PortEntry[] {
  return db
    .prepare<[], PortRow>(
      `SELECT port.*, processor_id, array_id, processor.health AS processor_health
       FROM port JOIN processor USING (processor_no) JOIN array USING (array_no)
       ORDER BY array_no, processor_no, port_no`,
    )
    .all()
    .map((row) => {
      const facts: PortFacts = JSON.parse(row.facts);
      const port: Port = Object.freeze({
        portId: row.port_id,
        processorId: row.processor_id,
        protocol: row.protocol,
        portWwn: facts.portWwn,
        nodeWwn: facts.nodeWwn,
        iscsiIdentifier: facts.iscsiIdentifier,
        alternateNames: [],
        health: worse(row.health, row.processor_health),
      });
      return { port, arrayId: row.array_id };
    });
}

export function readLabels(db: Db): readonly StorageCapability[] {
  return db
    .prepare<[], { label_id: string; array_id: ArrayId; name: string; detail: string }>(
      'SELECT label.*, array_id FROM label JOIN array USING (array_no) ORDER BY array_no, label_no',
    )
    .all()
    .map(({ label_id, array_id, name, detail }) =>
      Object.freeze({ capabilityId: label_id, arrayId: array_id, name, detail }),
    );
}

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

/** The number at the end of an id. */
export function numberOf(id: string): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}

const HEALTHS: readonly Health[] = ['healthy', 'degraded', 'failed'];

function worse(one: Health, other: Health): Health {
  return HEALTHS.indexOf(one) > HEALTHS.indexOf(other) ? one : other;
}
