/**
 * Arrays, containers and endpoints of the open file, read once and answered from memory: after the making
 * of the file nothing changes but whether endpoints are online. Accounts (space, number of bindings) are
 * not here; they are read where they are needed.
 */
import { ArrayError } from '../src/array/errors.ts';
import type {
  ArrayDescription,
  ArrayFeatures,
  Container,
  Endpoint,
  EndpointProtocol,
  InBandId,
} from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { ArrayId, ContainerId, EndpointId } from '../src/model/ids.ts';
import { bytes } from '../src/model/units.ts';
import type { Db } from './open.ts';
import { inventorySchema, type Options } from './options.ts';
import { type PlanSource, writePlan } from './plan.ts';
import { PRESETS } from './presets.ts';
import { newSeed } from './random.ts';

/** A container with the numbers that the tables know it and its array by. */
export interface ContainerEntry {
  readonly container: Container;
  readonly containerNo: bigint;
  readonly arrayNo: bigint;
  readonly bindingsPerHost: bigint;
  readonly snapshotsPerVolume: bigint;
}

export interface Inventory {
  readonly arrays: readonly ArrayDescription[];
  readonly containers: readonly Container[];
  /** As they are now. */
  endpoints(): readonly Endpoint[];
  /** Errors: notFound. */
  container(containerId: ContainerId): ContainerEntry;
  containerByNo(containerNo: bigint): ContainerEntry;
  endpointByNo(endpointNo: bigint): Endpoint;
}

/**
 * The inventory of the file; a new file is given the one that the options ask for. Errors: failed, when
 * the options ask for another seed or inventory than the file was made with.
 */
export function openInventory(db: Db, clock: Clock, options: Options): Inventory {
  const asked = sourceOf(options);
  const installation = db
    .prepare<[], { seed: string; source: string }>('SELECT seed, source FROM installation')
    .get();
  if (installation === undefined) {
    const plan = options.inventory ?? PRESETS[options.preset ?? 'small'];
    const origin = { seed: options.seed ?? newSeed(), source: asked ?? { preset: 'small' }, plan };
    db.transaction(() => writePlan(db, clock, origin)).exclusive();
  } else {
    refuseOther(installation, options.seed, asked);
  }
  return readInventory(db);
}

function sourceOf(options: Options): PlanSource | undefined {
  if (options.inventory !== undefined) return { inventory: options.inventory };
  return options.preset === undefined ? undefined : { preset: options.preset };
}

function refuseOther(
  made: { readonly seed: string; readonly source: string },
  seed: string | undefined,
  source: PlanSource | undefined,
): void {
  const isOtherSeed = seed !== undefined && seed !== made.seed;
  const isOtherSource =
    source !== undefined && JSON.stringify(source) !== JSON.stringify(madeFrom(made.source));
  if (!isOtherSeed && !isOtherSource) return;
  const what = isOtherSeed ? 'seed' : 'preset or inventory';
  throw new ArrayError(
    'failed',
    `array.options: this data folder was made with another ${what}; remove the option, or use a new folder`,
  );
}

/** What the file was made from, with what options have since been given a default for. */
function madeFrom(text: string): PlanSource {
  const source: PlanSource = JSON.parse(text);
  return 'preset' in source ? source : { inventory: inventorySchema.parse(source.inventory) };
}

function readInventory(db: Db): Inventory {
  const arrays = db.prepare<[], ArrayRow>('SELECT * FROM array ORDER BY array_no').all();
  const entries = db
    .prepare<[], ContainerRow>('SELECT * FROM container ORDER BY container_no')
    .all()
    .map((row) => containerEntry(row, arrays));
  const endpointRows = db
    .prepare<[], EndpointRow>(
      'SELECT endpoint.*, array_id FROM endpoint JOIN array USING (array_no) ORDER BY endpoint_no',
    )
    .all();
  const byId = new Map(entries.map((entry) => [entry.container.containerId, entry]));
  const byNo = new Map(entries.map((entry) => [entry.containerNo, entry]));
  const endpoints = new Map(endpointRows.map((row) => [row.endpoint_no, endpoint(row)]));
  const offline = db
    .prepare<[], bigint>('SELECT endpoint_no FROM endpoint WHERE is_online = 0')
    .pluck();
  const present = () => {
    const down = new Set(offline.all());
    return [...endpoints].map(([no, one]) => (down.has(no) ? { ...one, online: false } : one));
  };
  return {
    arrays: Object.freeze(arrays.map(description)),
    containers: Object.freeze(entries.map((entry) => entry.container)),
    endpoints: present,
    container: (containerId) => found(byId.get(containerId), `container ${containerId}`),
    containerByNo: (containerNo) => found(byNo.get(containerNo), `container number ${containerNo}`),
    endpointByNo: (endpointNo) => found(endpoints.get(endpointNo), `endpoint number ${endpointNo}`),
  };
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new ArrayError('notFound', `no ${name}`);
  return thing;
}

interface ArrayRow {
  readonly array_no: bigint;
  readonly array_id: ArrayId;
  readonly name: string;
  readonly priority: bigint;
  readonly bindings_per_host_max: bigint;
  readonly snapshots_per_volume_max: bigint;
}

const FEATURES: ArrayFeatures = Object.freeze({
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
});

function description(row: ArrayRow): ArrayDescription {
  return Object.freeze({
    arrayId: row.array_id,
    name: row.name,
    vendor: 'Keelson',
    model: 'Simulated array',
    firmware: '1.0.0',
    alternateNames: [],
    blockProtocols: ['FC', 'ISCSI'] as const,
    fileProtocols: ['NFS'] as const,
    priority: Number(row.priority),
    health: 'healthy',
    limits: {
      snapshotsPerVolume: Number(row.snapshots_per_volume_max),
      bindingsPerHost: Number(row.bindings_per_host_max),
    },
    features: FEATURES,
  });
}

interface ContainerRow {
  readonly container_no: bigint;
  readonly container_id: ContainerId;
  readonly array_no: bigint;
  readonly name: string;
  readonly protocol: EndpointProtocol;
  readonly max_volume_bytes: bigint;
}

function containerEntry(row: ContainerRow, arrays: readonly ArrayRow[]): ContainerEntry {
  const array = found(
    arrays.find((candidate) => candidate.array_no === row.array_no),
    `array number ${row.array_no}`,
  );
  return Object.freeze({
    container: Object.freeze({
      containerId: row.container_id,
      arrayId: array.array_id,
      name: row.name,
      protocol: row.protocol,
      maxVolumeBytes: bytes(row.max_volume_bytes),
      poolId: `${array.array_id}:BackingStoragePool:${row.container_no}`,
    }),
    containerNo: row.container_no,
    arrayNo: row.array_no,
    bindingsPerHost: array.bindings_per_host_max,
    snapshotsPerVolume: array.snapshots_per_volume_max,
  });
}

interface EndpointRow {
  readonly endpoint_no: bigint;
  readonly endpoint_id: EndpointId;
  readonly array_id: ArrayId;
  readonly in_band_id: string;
  readonly transport_ip_addresses: string;
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
