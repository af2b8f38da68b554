/** What is shown of arrays, their parts, containers and protocol endpoints, and of the space they have. */
import { z } from 'zod';
import { count, health, list, record, size, time } from './form.ts';

const arrayRow = record({
  arrayId: z.string(),
  name: z.string(),
  vendor: z.string(),
  model: z.string(),
  firmware: z.string(),
  health,
  priority: count,
  snapshotsPerVolume: count,
  bindingsPerHost: count,
  features: list(z.string()).describe('what it can do, by name'),
}).meta({ id: 'ArrayRow' });

/** A controller, port, LUN or file system. */
const partRow = record({
  entityId: z.string(),
  arrayId: z.string(),
  kind: z.enum(['StorageProcessor', 'StoragePort', 'StorageLun', 'StorageFileSystem']),
  name: z.string(),
  health,
  totalBytes: size.optional(),
  usedBytes: size.optional(),
}).meta({ id: 'PartRow' });

const poolRow = record({
  poolId: z.string(),
  arrayId: z.string(),
  name: z.string(),
  kind: z.string(),
  health,
  totalBytes: size,
  usedBytes: size,
  promisedBytes: size,
}).meta({ id: 'PoolRow' });

export const inventory = record({
  arrays: list(arrayRow),
  pools: list(poolRow),
  parts: list(partRow),
}).meta({ id: 'Inventory' });
export type Inventory = z.output<typeof inventory>;

export const space = record({
  totalBytes: size.describe('physical'),
  usedBytes: size.describe('physical'),
  freeBytes: size.describe('physical'),
  promisedBytes: size.describe('what volumes may grow to, together'),
  promiseLimitBytes: size.describe('0: no quota'),
}).meta({ id: 'Space' });
export type Space = z.output<typeof space>;

const capabilityProfileRow = record({
  profileId: z.string(),
  name: z.string(),
  description: z.string(),
  offers: list(
    record({ name: z.string(), values: list(z.string()).describe('`property: value`') }),
  ),
}).meta({ id: 'CapabilityProfileRow' });

export const containerRow = record({
  containerId: z.string(),
  arrayId: z.string(),
  name: z.string(),
  protocol: z.string(),
  poolId: z.string(),
  poolName: z.string().optional(),
  health: health.optional().describe('of its pool'),
  maxVolumeBytes: size,
  space,
  profiles: list(capabilityProfileRow),
}).meta({ id: 'ContainerRow' });
export type ContainerRow = z.output<typeof containerRow>;

export const spaceHistory = record({
  everySeconds: count.describe('how often space is looked at'),
  containers: list(
    record({
      containerId: z.string(),
      samples: list(
        record({ at: time, totalBytes: size, usedBytes: size, promisedBytes: size }),
      ).describe('oldest first'),
    }),
  ),
}).meta({ id: 'SpaceHistory' });
export type SpaceHistory = z.output<typeof spaceHistory>;

export const endpointRow = record({
  endpointId: z.string(),
  arrayId: z.string(),
  protocol: z.string(),
  online: z.boolean(),
  address: z.string().describe('by which hosts find it: `naa…`, or server and mount'),
  transportIpAddresses: list(z.string()),
  authType: z.string(),
}).meta({ id: 'EndpointRow' });
export type EndpointRow = z.output<typeof endpointRow>;
