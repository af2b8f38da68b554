/**
 * What an inventory file may say, checked by zod: unknown keys are refused. An inventory names what an array
 * is made of; ids follow from the seed. Everything that was not always there has a default, so that an older
 * file still makes the array that it made. Source: docs/simulator.md; presets.ts holds the ready-made ones.
 */
import { z } from 'zod';
import { LIMITS } from '../src/model/limits.ts';
import { capabilitiesSchema } from './policies/declaration.ts';

/** 64 TB, the largest virtual volume that arrays are known to offer. */
const MAX_VOLUME_MB = 64 * 1024 * 1024;
/** 1 PB: a thousand times over it still fits a signed 64-bit count of bytes. */
const CAPACITY_MB_MAX = 1024 ** 3;
/** A week. */
const INTERVAL_SECONDS_MAX = 604_800;

const name = z.string().min(1).max(64);
const text = z.string().min(1).max(256);
const capacityMB = z.int().min(1).max(CAPACITY_MB_MAX);
const endpointCount = z.int().min(0).max(256).default(0);
const portCount = z.int().min(0).max(16);
const numbers = z.array(z.int().min(1)).max(1_024);

const poolSchema = z.strictObject({
  name,
  capacityMB,
  kind: z
    .enum(['ThinProvisioning', 'Deduplication', 'ThinAndDeduplication'])
    .default('ThinProvisioning'),
  /** What is slow in a spinning pool is shared by all that lies in it. */
  medium: z.enum(['flash', 'spinning']).default('flash'),
  autoTiering: z.boolean().default(false),
  /** Told of pools that deduplicate. */
  deduplicationEfficiency: z.int().min(0).max(100).default(50),
  /** Told of pools with tiers; 0 is all the time. */
  optimizationIntervalSeconds: z.int().min(0).max(INTERVAL_SECONDS_MAX).default(0),
});

const containerSchema = z
  .strictObject({
    name,
    protocol: z.enum(['SCSI', 'NFS', 'NFS4x']),
    /** The pool whose space it shares; else it has a pool of its own, of its name and `capacityMB`. */
    pool: name.optional(),
    capacityMB: capacityMB.optional(),
    /** How many times the capacity may be promised to volumes; 0 is without bound. */
    overcommit: z.number().min(0).max(1_000).default(0),
    /** Quota on promised space; 0 is none. */
    quotaMB: z.int().min(0).max(CAPACITY_MB_MAX).default(0),
    maxVolumeMB: z.int().min(1).max(MAX_VOLUME_MB).default(MAX_VOLUME_MB),
  })
  .superRefine(({ pool, capacityMB: own }, { addIssue }) => {
    if ((pool === undefined) !== (own === undefined)) return;
    const message =
      pool === undefined
        ? 'Invalid input: give capacityMB, or the name of a pool'
        : 'Invalid input: a container of a pool has no capacity of its own';
    addIssue({ code: 'custom', path: ['capacityMB'], message });
  });

/** What LUNs and file systems of classic datastores have in common. */
const classic = {
  name,
  pool: name,
  capacityMB,
  usedMB: z.int().min(0).max(CAPACITY_MB_MAX).default(0),
  thin: z.boolean().default(true),
  /** Name of one of the array's labels. */
  label: name.optional(),
  /** Whether Storage DRS may move virtual machines off it. */
  drs: z.boolean().default(true),
};

const lunSchema = z.strictObject({
  ...classic,
  /** Numbers of the ports through which it is reached; all when not given. */
  ports: numbers.optional(),
});

const exportSchema = z.strictObject({
  serverName: text,
  path: text.startsWith('/'),
  ipAddress: z.union([z.ipv4(), z.ipv6()]),
});

const fileSystemSchema = z.strictObject({
  ...classic,
  version: z.enum(['NFSV3_0', 'NFSV4_x']).default('NFSV3_0'),
  nativeSnapshots: z.boolean().default(false),
  /** Names and addresses of the one export; made up when not given. */
  exports: z.array(exportSchema).min(1).max(16).optional(),
});

/** Who is let at what. A list that is not given lets at everything of its kind. */
const hostGroupSchema = z.strictObject({
  name,
  /** World wide names of ports, or iSCSI names. */
  initiators: z.array(text).max(LIMITS.usageContextEntries).default([]),
  /** `server:/path`. */
  mounts: z.array(text).max(LIMITS.usageContextEntries).default([]),
  /** Ids by which hosts name themselves. */
  hosts: z.array(text).max(LIMITS.usageContextEntries).default([]),
  luns: z.array(name).max(1_024).optional(),
  fileSystems: z.array(name).max(1_024).optional(),
  endpoints: numbers.optional(),
  ports: numbers.optional(),
});

const arraySchema = z
  .strictObject({
    name,
    /** The provider of the highest priority is asked first. */
    priority: z.int().min(0).max(255).default(100),
    bindingsPerHost: z.int().min(1).max(LIMITS.bindingsPerHost).default(LIMITS.bindingsPerHost),
    snapshotsPerVolume: z
      .int()
      .min(1)
      .max(LIMITS.snapshotsPerVolume)
      .default(LIMITS.snapshotsPerVolume),
    /** Controllers, and how many ports of each kind every one of them has. */
    processors: z.int().min(0).max(16).default(2),
    ports: z
      .strictObject({
        FC: portCount.default(0),
        ISCSI: portCount.default(0),
        FCoE: portCount.default(0),
      })
      .default({ FC: 2, ISCSI: 2, FCoE: 0 }),
    pools: z.array(poolSchema).max(64).default([]),
    labels: z
      .array(z.strictObject({ name, detail: z.string().max(1_024) }))
      .max(64)
      .default([]),
    luns: z.array(lunSchema).max(1_024).default([]),
    fileSystems: z.array(fileSystemSchema).max(1_024).default([]),
    hostGroups: z.array(hostGroupSchema).max(256).default([]),
    /** How many protocol endpoints of each family. */
    endpoints: z.strictObject({ SCSI: endpointCount, NFS: endpointCount, NFS4x: endpointCount }),
    containers: z.array(containerSchema).min(1).max(64),
  })
  .superRefine(refuseLooseNames);

/** The option `inventory`. */
export const inventorySchema = z.strictObject({
  arrays: z.array(arraySchema).min(1).max(16),
  /** What they can promise of volumes; else what policies/capabilities.yaml says. */
  capabilities: capabilitiesSchema.optional(),
});

/** What an array is made of: each container's protocol is served by that array's endpoints of it. */
export type InventoryPlan = z.infer<typeof inventorySchema>;
export type ArrayPlan = InventoryPlan['arrays'][number];
export type HostGroupPlan = ArrayPlan['hostGroups'][number];

interface Named {
  readonly name: string;
}

type NamingPlan = Omit<z.infer<typeof arraySchema>, 'name'>;
type Tell = (path: (string | number)[], message: string) => void;

/** Names that name nothing, and things of one kind that have the same name. */
function refuseLooseNames(plan: NamingPlan, { addIssue }: z.core.$RefinementCtx): void {
  const tell: Tell = (path, message) => addIssue({ code: 'custom', path, message });
  const kinds = ['pools', 'labels', 'luns', 'fileSystems', 'hostGroups'] as const;
  for (const kind of kinds) refuseTwice(kind, plan[kind], tell);
  const pools = namesOf(plan.pools);
  plan.containers.forEach((each, at) => {
    if (each.pool === undefined && pools.has(each.name))
      tell(['containers', at, 'name'], `Invalid input: there is a pool ${each.name}`);
  });
  const known = (path: (string | number)[], names: ReadonlySet<string>, given?: string) => {
    if (given !== undefined && !names.has(given)) tell(path, `Invalid input: no ${given}`);
  };
  const labels = namesOf(plan.labels);
  for (const [at, { pool }] of plan.containers.entries()) {
    known(['containers', at, 'pool'], pools, pool);
  }
  for (const kind of ['luns', 'fileSystems'] as const) {
    for (const [at, { pool, label, usedMB, capacityMB: most }] of plan[kind].entries()) {
      known([kind, at, 'pool'], pools, pool);
      known([kind, at, 'label'], labels, label);
      if (usedMB > most) tell([kind, at, 'usedMB'], 'Invalid input: more than the capacity');
    }
    const names = namesOf(plan[kind]);
    for (const [at, group] of plan.hostGroups.entries()) {
      for (const [index, one] of (group[kind] ?? []).entries()) {
        known(['hostGroups', at, kind, index], names, one);
      }
    }
  }
}

function namesOf(things: readonly Named[]): ReadonlySet<string> {
  return new Set(things.map((each) => each.name));
}

function refuseTwice(kind: string, things: readonly Named[], tell: Tell): void {
  things.forEach((each, at) => {
    const isSecond = things.findIndex((other) => other.name === each.name) < at;
    if (isSecond) tell([kind, at, 'name'], `Invalid input: a second ${each.name}`);
  });
}
