/** Pools and containers of a plan. A container that names no pool has one of its own, of its name. */
import { ArrayError } from '../../src/array/errors.ts';
import { bytesFromMB } from '../../src/model/units.ts';
import { GEOMETRY } from '../content/geometry.ts';
import type { ArrayPlan } from '../inventory-schema.ts';
import { uuidOf } from '../random.ts';
import { compared, idOf, nextNumber, type Site } from './site.ts';

type ContainerPlan = ArrayPlan['containers'][number];
type PoolPlan = ArrayPlan['pools'][number];

/** A pool of the plan, and the container whose own it is. */
type PlannedPool = PoolPlan & { readonly owner?: ContainerPlan };

/** Where things find their pools: by the name that they give, or as a container that gives none. */
export interface PoolNumbers {
  readonly named: ReadonlyMap<string, bigint>;
  readonly own: ReadonlyMap<ContainerPlan, bigint>;
}

interface PoolRow {
  readonly pool_no: bigint;
  readonly name: string;
  readonly capacity_bytes: bigint;
  readonly used_bytes: bigint;
}

interface ContainerRow {
  readonly container_no: bigint;
  readonly name: string;
  readonly pool_no: bigint;
  readonly protocol: string;
  readonly volume_count: bigint;
  readonly logical_used_bytes: bigint;
}

/** Those that are named, then one for each container that names none. */
function poolsOf({ pools, containers }: ArrayPlan): readonly PlannedPool[] {
  const own = containers.flatMap((owner): PlannedPool[] => {
    const { name, capacityMB } = owner;
    return capacityMB === undefined ? [] : [{ ...PLAIN, name, capacityMB, owner }];
  });
  return [...pools, ...own];
}

const PLAIN = {
  kind: 'ThinProvisioning',
  medium: 'flash',
  autoTiering: false,
  deduplicationEfficiency: 50,
  optimizationIntervalSeconds: 0,
} as const;

function poolRows({ db, arrayNo }: Site): readonly PoolRow[] {
  return db
    .prepare<[number, bigint], PoolRow>(
      `SELECT pool_no, name, capacity_bytes, reserved_bytes + coalesce(chunks, 0) * ? AS used_bytes
       FROM pool LEFT JOIN content_pool USING (pool_no) WHERE array_no = ? ORDER BY pool_no`,
    )
    .all(GEOMETRY.chunkBytes, arrayNo);
}

/** Makes what is new and changes the rest, but makes nothing smaller. */
export function writePools(site: Site, plan: ArrayPlan): PoolNumbers {
  const planned = poolsOf(plan);
  const { kept, added } = compared(poolRows(site), planned);
  const change = site.db.prepare(
    `UPDATE pool SET kind = ?, medium = ?, has_tiers = ?, deduplication_efficiency = ?,
       optimization_interval_seconds = ?, capacity_bytes = max(capacity_bytes, ?) WHERE pool_no = ?`,
  );
  const insert = site.db.prepare(
    `INSERT INTO pool (kind, medium, has_tiers, deduplication_efficiency,
       optimization_interval_seconds, capacity_bytes, pool_id, array_no, name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [row, pool] of kept) change.run(...valuesOf(pool), row.pool_no);
  for (const pool of added) {
    const id = idOf(site, 'BackingStoragePool', nextNumber(site, 'BackingStoragePool'));
    insert.run(...valuesOf(pool), id, site.arrayNo, pool.name);
  }
  const present = compared(poolRows(site), planned).kept;
  return {
    named: new Map(present.map(([row, { name }]) => [name, row.pool_no])),
    own: new Map(present.flatMap(([row, { owner }]) => (owner ? [[owner, row.pool_no]] : []))),
  };
}

function poolOf({ named, own }: PoolNumbers, container: ContainerPlan): bigint | undefined {
  return container.pool === undefined ? own.get(container) : named.get(container.pool);
}

function valuesOf(pool: PoolPlan): readonly (string | number | bigint)[] {
  return [
    pool.kind,
    pool.medium,
    pool.autoTiering ? 1 : 0,
    pool.deduplicationEfficiency,
    pool.optimizationIntervalSeconds,
    bytesFromMB(BigInt(pool.capacityMB)),
  ];
}

/** Makes pools as small as they shall be and removes those that are gone. Errors: inUse. */
export function fitPools(site: Site, plan: ArrayPlan): void {
  const { kept, gone } = compared(poolRows(site), poolsOf(plan));
  const shrink = site.db.prepare('UPDATE pool SET capacity_bytes = ? WHERE pool_no = ?');
  for (const [{ name, pool_no, used_bytes }, { capacityMB }] of kept) {
    const capacity = bytesFromMB(BigInt(capacityMB));
    if (used_bytes > capacity) {
      throw new ArrayError('inUse', `pool ${name}: ${used_bytes} bytes of it are used`);
    }
    shrink.run(capacity, pool_no);
  }
  for (const { name, pool_no, used_bytes } of gone) {
    if (used_bytes > 0n) throw new ArrayError('inUse', `pool ${name}: it is not empty`);
    site.db.prepare('DELETE FROM content_pool WHERE pool_no = ?').run(pool_no);
    site.db.prepare('DELETE FROM pool WHERE pool_no = ?').run(pool_no);
  }
}

/** Errors: inUse (volumes are in the way). */
export function writeContainers(site: Site, plan: ArrayPlan, poolNos: PoolNumbers): void {
  const { db, arrayNo } = site;
  const rows = db
    .prepare<[bigint], ContainerRow>(
      `SELECT container_no, name, pool_no, protocol, volume_count, logical_used_bytes
       FROM container WHERE array_no = ? ORDER BY container_no`,
    )
    .all(arrayNo);
  const { kept, added, gone } = compared(rows, plan.containers);
  for (const row of gone) {
    refuseFilled(row, row.volume_count > 0n);
    db.prepare('DELETE FROM container WHERE container_no = ?').run(row.container_no);
  }
  for (const [row, container] of kept) changeContainer(site, plan, row, { container, poolNos });
  const insert = db.prepare(
    `INSERT INTO container (container_id, array_no, pool_no, name, protocol, max_volume_bytes,
       logical_limit_bytes) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const container of added) {
    const number = nextNumber(site, 'StorageContainer') - 1;
    insert.run(
      uuidOf(site.seed, `array ${site.arrayIndex} container ${number}`),
      arrayNo,
      poolOf(poolNos, container),
      container.name,
      container.protocol,
      bytesFromMB(BigInt(container.maxVolumeMB)),
      logicalLimit(plan, container),
    );
  }
}

function changeContainer(
  { db }: Site,
  plan: ArrayPlan,
  row: ContainerRow,
  wanted: { readonly container: ContainerPlan; readonly poolNos: PoolNumbers },
): void {
  const { container, poolNos } = wanted;
  const poolNo = poolOf(poolNos, container);
  const isOther = poolNo !== row.pool_no || container.protocol !== row.protocol;
  refuseFilled(row, isOther && row.volume_count > 0n);
  const limit = logicalLimit(plan, container);
  if (limit !== 0n && row.logical_used_bytes > limit) {
    const message = `container ${row.name}: ${row.logical_used_bytes} bytes are promised`;
    throw new ArrayError('inUse', message);
  }
  db.prepare(
    `UPDATE container SET pool_no = ?, protocol = ?, max_volume_bytes = ?, logical_limit_bytes = ?
     WHERE container_no = ?`,
  ).run(
    poolNo,
    container.protocol,
    bytesFromMB(BigInt(container.maxVolumeMB)),
    limit,
    row.container_no,
  );
}

function refuseFilled({ name, volume_count }: ContainerRow, isFilled: boolean): void {
  if (isFilled) throw new ArrayError('inUse', `container ${name}: it has ${volume_count} volumes`);
}

/** The tighter of quota and overcommit; 0 when there is neither. */
function logicalLimit({ pools }: ArrayPlan, container: ContainerPlan): bigint {
  const pool = pools.find(({ name }) => name === container.pool);
  const capacityMB = container.capacityMB ?? pool?.capacityMB ?? 0;
  const limits = [container.quotaMB, Math.floor(capacityMB * container.overcommit)];
  const given = limits.filter((mb) => mb > 0);
  return bytesFromMB(BigInt(given.length === 0 ? 0 : Math.min(...given)));
}
