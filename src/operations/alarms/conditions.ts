/**
 * What is wrong at the moment, from what the array says of itself and from the ends of certificates: one
 * alarm per type and object, the worst where several things are wrong. Pure, but for reading the array.
 * Compliance of volumes is not here: see `compliance-watch.ts`.
 * Source: VASA `StorageAlarm`; docs/events-and-alarms.md says what each alarm means.
 */
import type { StorageArrayPort } from '../../array/port.ts';
import { type Alarm, alarmKey } from '../../model/alarms.ts';
import type { ArrayDescription, Container, ContainerSpace, Endpoint } from '../../model/array.ts';
import type { FileSystem, Health, Lun, Pool, Port, Processor } from '../../model/discovery.ts';
import type { ExpiryNotice } from '../../trust/events.ts';
import { raised } from '../catalog/alarm-messages.ts';
import { spaceStatus } from '../inventory/space-status.ts';

/** Everything that alarms look at. */
export interface Inventory {
  readonly arrays: readonly ArrayDescription[];
  readonly pools: readonly Pool[];
  readonly containers: readonly { readonly container: Container; readonly space: ContainerSpace }[];
  readonly endpoints: readonly Endpoint[];
  readonly processors: readonly Processor[];
  readonly ports: readonly Port[];
  readonly luns: readonly Lun[];
  readonly fileSystems: readonly FileSystem[];
}

/** Reads it: small lists, which an array answers from memory. Rejects when the array does. */
export async function inventoryOf(array: StorageArrayPort): Promise<Inventory> {
  const [arrays, pools, containers, endpoints, processors, ports, luns, fileSystems] =
    await Promise.all([
      array.arrays(),
      array.pools(),
      array.containers(),
      array.endpoints(),
      array.processors(),
      array.ports(),
      array.luns(),
      array.fileSystems(),
    ]);
  const spaces = await Promise.all(
    containers.map(async (container) => ({
      container,
      space: await array.containerSpace(container.containerId),
    })),
  );
  return { arrays, pools, containers: spaces, endpoints, processors, ports, luns, fileSystems };
}

/** A container that may promise less than this share of its quota any more is Red. */
const QUOTA_RED_PERCENT = 95n;

/** A certificate that ends within so many days; farther ends are told by event and log alone. */
const EXPIRY_DAYS = { red: 7, yellow: 30 } as const;

const COLOURS = { degraded: 'Yellow', failed: 'Red' } as const satisfies Partial<
  Record<Health, string>
>;

function percent(part: bigint, whole: bigint): string {
  return whole === 0n ? '0' : `${(part * 100n) / whole}`;
}

function ofPool(pool: Pool): readonly Alarm[] {
  const about = { objectId: pool.poolId, arrayId: pool.arrayId };
  const colour = spaceStatus(pool);
  const full = {
    used: percent(pool.used, pool.capacity),
    promised: percent(pool.promised, pool.capacity),
  };
  return [
    ...(colour === 'Green' ? [] : [raised('PoolSpace', colour, about, full)]),
    ...(pool.health === 'healthy' ? [] : [raised('PoolHealth', COLOURS[pool.health], about, {})]),
  ];
}

function ofContainer(
  { container, space }: Inventory['containers'][number],
  pool: Pool | undefined,
): readonly Alarm[] {
  const { arrayId, containerId, poolId } = container;
  const { logicalLimit, logicalUsed, physicalTotal, physicalUsed } = space;
  const about = { objectId: containerId, arrayId, containerId };
  const usage = { capacity: physicalTotal, used: physicalUsed, promised: logicalUsed };
  const colour = spaceStatus(usage);
  const full = {
    used: percent(physicalUsed, physicalTotal),
    promised: percent(logicalUsed, physicalTotal),
  };
  const isPromised = logicalLimit > 0n && logicalUsed * 100n >= logicalLimit * QUOTA_RED_PERCENT;
  const promised = percent(logicalUsed, logicalLimit);
  const health = pool?.health ?? 'healthy';
  return [
    ...(colour === 'Green' ? [] : [raised('ContainerSpace', colour, about, full)]),
    ...(isPromised ? [raised('ContainerQuota', 'Red', about, { promised })] : []),
    ...(health === 'healthy'
      ? []
      : [raised('ContainerHealth', COLOURS[health], about, { poolId })]),
  ];
}

function ofLun(lun: Lun, pool: Pool | undefined): readonly Alarm[] {
  const { arrayId, capabilityId, health, lunId: objectId, poolId, thin } = lun;
  const about = { objectId, arrayId };
  const colour = thin && pool ? spaceStatus(pool) : 'Green';
  const used = pool === undefined ? '0' : percent(pool.used, pool.capacity);
  const poolHealth = pool?.health ?? 'healthy';
  const isAtRisk = capabilityId !== undefined && poolHealth !== 'healthy';
  return [
    ...(colour === 'Green' ? [] : [raised('LunSpace', colour, about, { poolId, used })]),
    ...(health === 'healthy' ? [] : [raised('LunHealth', COLOURS[health], about, {})]),
    ...(isAtRisk
      ? [raised('LunCapability', COLOURS[poolHealth], about, { capabilityId, poolId })]
      : []),
  ];
}

function ofFileSystem(fileSystem: FileSystem, pool: Pool | undefined): readonly Alarm[] {
  const { arrayId, capabilityId, fileSystemId: objectId, health, poolId, thin } = fileSystem;
  const about = { objectId, arrayId };
  const colour = thin && pool ? spaceStatus(pool) : 'Green';
  const used = pool === undefined ? '0' : percent(pool.used, pool.capacity);
  const poolHealth = pool?.health ?? 'healthy';
  const isAtRisk = capabilityId !== undefined && poolHealth !== 'healthy';
  return [
    ...(colour === 'Green' ? [] : [raised('FileSystemSpace', colour, about, { poolId, used })]),
    ...(health === 'healthy' ? [] : [raised('FileSystemHealth', COLOURS[health], about, {})]),
    ...(isAtRisk
      ? [raised('FileSystemCapability', COLOURS[poolHealth], about, { capabilityId, poolId })]
      : []),
  ];
}

function ofControllers({ endpoints, ports, processors }: Inventory): readonly Alarm[] {
  const arrayOf = new Map(processors.map(({ arrayId, processorId }) => [processorId, arrayId]));
  return [
    ...processors.flatMap(({ arrayId, health, processorId: objectId }) =>
      health === 'healthy'
        ? []
        : [raised('ProcessorHealth', COLOURS[health], { objectId, arrayId }, {})],
    ),
    ...ports.flatMap(({ health, portId: objectId, processorId }) => {
      const about = { objectId, arrayId: arrayOf.get(processorId) };
      return health === 'healthy' ? [] : [raised('PortHealth', COLOURS[health], about, {})];
    }),
    ...endpoints.flatMap(({ arrayId, endpointId: objectId, online }) =>
      online ? [] : [raised('EndpointOffline', 'Red', { objectId, arrayId }, {})],
    ),
  ];
}

function ofCertificates(
  arrays: Inventory['arrays'],
  expiries: readonly ExpiryNotice[],
): readonly Alarm[] {
  const [first] = expiries
    .filter(({ daysLeft, subject }) => subject !== 'CRL' && daysLeft <= EXPIRY_DAYS.yellow)
    .toSorted((one, other) => one.notAfter - other.notAfter);
  if (first === undefined) return [];
  const status = first.daysLeft <= EXPIRY_DAYS.red ? 'Red' : 'Yellow';
  const date = new Date(first.notAfter).toISOString();
  const parameters = { certificate: first.label, date, subject: first.subject };
  return arrays.map(({ arrayId }) =>
    raised('CertificateExpires', status, { objectId: arrayId, arrayId }, parameters),
  );
}

/** Everything that is wrong, one alarm per type and object. */
export function conditionsOf(
  inventory: Inventory,
  expiries: readonly ExpiryNotice[],
): readonly Alarm[] {
  const { arrays, containers, fileSystems, luns, pools } = inventory;
  const poolOf = new Map(pools.map((pool) => [pool.poolId, pool]));
  return worst([
    ...arrays.flatMap(({ arrayId, health }) =>
      health === 'healthy'
        ? []
        : [raised('ArrayHealth', COLOURS[health], { objectId: arrayId, arrayId }, {})],
    ),
    ...ofCertificates(arrays, expiries),
    ...pools.flatMap(ofPool),
    ...containers.flatMap((each) => ofContainer(each, poolOf.get(each.container.poolId))),
    ...ofControllers(inventory),
    ...luns.flatMap((lun) => ofLun(lun, poolOf.get(lun.poolId))),
    ...fileSystems.flatMap((each) => ofFileSystem(each, poolOf.get(each.poolId))),
  ]);
}

/** Clients know an alarm by type and object: of several the worst speaks, of equal ones the first. */
function worst(alarms: readonly Alarm[]): readonly Alarm[] {
  const byKey = new Map<string, Alarm>();
  for (const alarm of alarms) {
    const known = byKey.get(alarmKey(alarm));
    if (known === undefined || (known.status === 'Yellow' && alarm.status === 'Red'))
      byKey.set(alarmKey(alarm), alarm);
  }
  return [...byKey.values()];
}
