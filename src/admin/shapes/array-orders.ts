/**
 * What the operator's orders to the array give. The forms are the array room's (`array/administration.ts`), which
 * knows no JSON; the compiler holds these shapes against them.
 */
import { z } from 'zod';
import type {
  ArrayFindings,
  ArrayReport,
  InventoryChange,
  JobPace,
  RepairReport,
  SavedState,
} from '../../array/administration.ts';
import type { ChangedEntity } from '../../model/array.ts';
import { LIMITS } from '../../model/limits.ts';
import { count, list, named, record, size, time } from './form.ts';

export const jobPace = z
  .union([
    z.literal('instant'),
    z.strictObject({ milliseconds: z.int().min(1).max(LIMITS.jobPaceMs) }),
    z.strictObject({ polls: z.int().min(1).max(LIMITS.jobPacePolls) }),
  ])
  .meta({ id: 'JobPace' }) satisfies z.ZodType<JobPace>;

const hardware = record({ entityId: z.string(), kind: z.string(), health: z.string() });
const pool = record({
  poolId: z.string(),
  name: z.string(),
  health: z.string(),
  totalBytes: size,
  usedBytes: size,
});
const classic = record({
  entityId: z.string(),
  kind: z.string(),
  name: z.string(),
  pool: z.string(),
  health: z.string(),
  totalBytes: size,
  usedBytes: size,
});
const container = record({
  containerId: z.string(),
  name: z.string(),
  protocol: z.string(),
  volumes: count,
  pool: z.string(),
  promisedBytes: size,
  promiseLimitBytes: size.describe('0: it may promise without bound'),
  maxVolumeBytes: size,
});
const endpoint = record({
  endpointId: z.string(),
  protocol: z.string(),
  online: z.boolean(),
  bindings: count,
});

export const arrayReport = record({
  arrays: list(
    record({
      arrayId: z.string(),
      name: z.string(),
      health: z.string(),
      hardware: list(hardware),
      pools: list(pool),
      classics: list(classic),
      containers: list(container),
      endpoints: list(endpoint),
    }),
  ),
  hosts: list(record({ hostId: z.string(), bindings: count, oldestAt: time, newestAt: time })),
  hostCount: count,
  volumeCount: count,
  bindingCount: count,
  openJobs: count,
  endedJobs: count,
  paces: named(jobPace),
  now: time,
}).meta({ id: 'ArrayReport' }) satisfies z.ZodType<ArrayReport>;

export const savedState = record({
  name: z.string(),
  savedAt: time,
  clockOffsetMs: z.number(),
  volumes: count,
  bindings: count,
  bytes: size,
}).meta({ id: 'SavedState' }) satisfies z.ZodType<SavedState>;

export const arrayFindings = record({
  problems: list(z.string()),
}).meta({ id: 'ArrayFindings' }) satisfies z.ZodType<ArrayFindings>;

export const repairReport = record({
  mended: list(z.string()),
  left: list(z.string()),
}).meta({ id: 'RepairReport' }) satisfies z.ZodType<RepairReport>;

const CHANGED: Readonly<Record<ChangedEntity, true>> = {
  StorageArray: true,
  StorageProcessor: true,
  StoragePort: true,
  StorageLun: true,
  StorageFileSystem: true,
  StorageCapability: true,
  StorageContainer: true,
  BackingStoragePool: true,
  ProtocolEndpoint: true,
  VirtualVolumeInfo: true,
  CapabilitySchema: true,
  CapabilityProfile: true,
  DefaultProfile: true,
  ResourceAssociation: true,
};

export const inventoryChange = record({
  kind: z.enum(['new', 'update', 'delete']),
  // The keys of the record above, which has each kind of thing once.
  entity: z.enum(Object.keys(CHANGED) as [ChangedEntity, ...ChangedEntity[]]),
  entityId: z.string(),
}).meta({ id: 'InventoryChange' }) satisfies z.ZodType<InventoryChange>;
