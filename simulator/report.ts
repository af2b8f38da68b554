/** What the operator sees of the array: figures from the accounts, which cost the same at any size. */
import type {
  ArrayFigures,
  ArrayReport,
  ClassicFigures,
  ContainerFigures,
  EndpointFigures,
  HardwareFigures,
  HostFigures,
  JobPace,
  PoolFigures,
} from '../src/array/administration.ts';
import type { Clock } from '../src/model/clock.ts';
import { LIMITS } from '../src/model/limits.ts';
import { GEOMETRY } from './content/geometry.ts';
import type { Db } from './open.ts';

interface Own {
  readonly array_no: bigint;
}

/** The report of the array in `db`. */
export function reportOf(
  db: Db,
  clock: Clock,
  paces: Readonly<Record<string, JobPace>>,
): ArrayReport {
  const number = (question: string) => Number(db.prepare(question).pluck().get() ?? 0);
  return {
    arrays: arraysOf(db),
    hosts: hostsOf(db),
    hostCount: number('SELECT count(*) FROM host'),
    volumeCount: number('SELECT sum(volume_count) FROM container'),
    bindingCount: number('SELECT sum(binding_count) FROM endpoint'),
    openJobs: number('SELECT count(*) FROM job WHERE ended_at_ms IS NULL'),
    endedJobs: number('SELECT count(*) FROM job WHERE ended_at_ms IS NOT NULL'),
    paces,
    now: new Date(clock.now()).toISOString(),
  };
}

function arraysOf(db: Db): readonly ArrayFigures[] {
  const containers = db
    .prepare<[], ContainerFigures & Own>(
      `SELECT container.array_no, container_id AS containerId, container.name, protocol,
         volume_count AS volumes, pool.name AS pool, logical_used_bytes AS promisedBytes,
         logical_limit_bytes AS promiseLimitBytes, max_volume_bytes AS maxVolumeBytes
       FROM container JOIN pool USING (pool_no) ORDER BY container_no`,
    )
    .all();
  const hardware = db
    .prepare<[], HardwareFigures & Own>(
      `SELECT array_no, processor_id AS entityId, 'StorageProcessor' AS kind, health FROM processor
       UNION ALL SELECT array_no, port_id, 'StoragePort', port.health
       FROM port JOIN processor USING (processor_no)`,
    )
    .all();
  const classics = db
    .prepare<[], ClassicFigures & Own>(
      `SELECT classic.array_no, classic_id AS entityId, classic.kind, classic.name, pool.name AS pool,
         classic.health, classic.capacity_bytes AS totalBytes, used_bytes AS usedBytes
       FROM classic JOIN pool USING (pool_no) ORDER BY classic.kind DESC, classic_no`,
    )
    .all();
  const pools = db
    .prepare<[number], PoolFigures & Own>(
      `SELECT array_no, pool_id AS poolId, name, health, capacity_bytes AS totalBytes,
         reserved_bytes + coalesce(chunks, 0) * ? AS usedBytes
       FROM pool LEFT JOIN content_pool USING (pool_no) ORDER BY pool_no`,
    )
    .all(GEOMETRY.chunkBytes);
  const endpoints = db
    .prepare<[], EndpointFigures & Own>(
      `SELECT array_no, endpoint_id AS endpointId, protocol, is_online AS online,
         binding_count AS bindings FROM endpoint ORDER BY endpoint_no`,
    )
    .all();
  return db
    .prepare<[], { array_no: bigint; array_id: string; name: string; health: string }>(
      'SELECT array_no, array_id, name, health FROM array ORDER BY array_no',
    )
    .all()
    .map(({ array_no, array_id, name, health }) => ({
      arrayId: array_id,
      name,
      health,
      hardware: hardware.filter((each) => each.array_no === array_no).map(withNumbers),
      pools: pools.filter((each) => each.array_no === array_no).map(withNumbers),
      classics: classics.filter((each) => each.array_no === array_no).map(withNumbers),
      containers: containers.filter((each) => each.array_no === array_no).map(withNumbers),
      endpoints: endpoints
        .filter((each) => each.array_no === array_no)
        .map(({ online, ...rest }) => ({ ...withNumbers(rest), online: Boolean(online) })),
    }));
}

function hostsOf(db: Db): readonly HostFigures[] {
  return db
    .prepare<[number], { host_id: string; bindings: bigint; oldest: bigint; newest: bigint }>(
      `SELECT host_id, count(*) AS bindings, min(bound_at_ms) AS oldest, max(bound_at_ms) AS newest
       FROM binding GROUP BY host_id ORDER BY oldest, host_id LIMIT ?`,
    )
    .all(LIMITS.shownHosts)
    .map(({ host_id, bindings, oldest, newest }) => ({
      hostId: host_id,
      bindings: Number(bindings),
      oldestAt: new Date(Number(oldest)).toISOString(),
      newestAt: new Date(Number(newest)).toISOString(),
    }));
}

/** A row for JSON: SQLite's integers as numbers, our own number of the array left out. */
function withNumbers<Row extends Own>({ array_no: _, ...row }: Row): Omit<Row, 'array_no'> {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'bigint' ? Number(value) : value,
  ]);
  return Object.fromEntries(entries);
}
