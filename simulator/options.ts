/**
 * What an operator may set under `array.options` for the simulated array, checked by zod: unknown keys
 * are refused. An inventory says what the array is made of, by names and counts; ids follow from the
 * seed. Source: presets.ts holds the ready-made ones.
 */
import { z } from 'zod';
import { ArrayError } from '../src/array/errors.ts';
import { LIMITS } from '../src/model/limits.ts';
import { readInventoryFile } from './inventory-file.ts';
import { JOB_KINDS } from './pacing.ts';

/** 64 TB, the largest virtual volume that arrays are known to offer. */
const MAX_VOLUME_MB = 64 * 1024 * 1024;
/** 1 PB: a thousand times over it still fits a signed 64-bit count of bytes. */
const CAPACITY_MB_MAX = 1024 ** 3;

/** Names of the ready-made inventories: presets.ts. */
export const PRESET_NAMES = ['small', 'medium', 'large'] as const;

const name = z.string().min(1).max(64);
const endpointCount = z.int().min(0).max(256).default(0);

const containerSchema = z.strictObject({
  name,
  protocol: z.enum(['SCSI', 'NFS', 'NFS4x']),
  capacityMB: z.int().min(1).max(CAPACITY_MB_MAX),
  /** How many times the capacity may be promised to volumes; 0 is without bound. */
  overcommit: z.number().min(0).max(1_000).default(0),
  /** Quota on promised space; 0 is none. */
  quotaMB: z.int().min(0).max(CAPACITY_MB_MAX).default(0),
  maxVolumeMB: z.int().min(1).max(MAX_VOLUME_MB).default(MAX_VOLUME_MB),
});

const arraySchema = z.strictObject({
  name,
  /** The provider of the highest priority is asked first. */
  priority: z.int().min(0).max(255).default(100),
  bindingsPerHost: z.int().min(1).max(LIMITS.bindingsPerHost).default(LIMITS.bindingsPerHost),
  snapshotsPerVolume: z
    .int()
    .min(1)
    .max(LIMITS.snapshotsPerVolume)
    .default(LIMITS.snapshotsPerVolume),
  /** How many protocol endpoints of each family. */
  endpoints: z.strictObject({ SCSI: endpointCount, NFS: endpointCount, NFS4x: endpointCount }),
  containers: z.array(containerSchema).min(1).max(64),
});

/** The option `inventory`. */
export const inventorySchema = z.strictObject({ arrays: z.array(arraySchema).min(1).max(16) });

/** How long a job takes: no time, this long, or until it was asked after this often. */
const paceSchema = z.union([
  z.literal('instant'),
  z.strictObject({ milliseconds: z.int().min(1).max(LIMITS.jobPaceMs) }),
  z.strictObject({ polls: z.int().min(1).max(LIMITS.jobPacePolls) }),
]);

/** Where data is served by NBD: a port of this machine (0: any free one), or a socket file. */
const nbdSchema = z.union([
  z.strictObject({ path: z.string().min(1) }),
  z.strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.int().min(0).max(65_535),
  }),
]);

const optionsSchema = z
  .strictObject({
    seed: z.string().min(1).max(128).optional(),
    preset: z.enum(PRESET_NAMES).optional(),
    inventory: inventorySchema.optional(),
    /** Path of a YAML file with what `inventory` would hold. */
    inventoryFile: z.string().min(1).optional(),
    /** By the method of the port that begins the job; instant where nothing is said. */
    pacing: z.partialRecord(z.enum(JOB_KINDS), paceSchema).default({}),
    nbd: nbdSchema.optional(),
    /** Changes that stay readable in the feed. */
    changesKept: z.int().min(1).max(LIMITS.changesKept).default(LIMITS.changesKept),
    /** Ended jobs that stay readable. */
    jobsKept: z.int().min(1).max(LIMITS.jobsKept).default(LIMITS.jobsKept),
  })
  .refine(
    ({ preset, inventory, inventoryFile }) =>
      [preset, inventory, inventoryFile].filter((given) => given !== undefined).length <= 1,
    { message: 'preset, inventory and inventoryFile exclude each other' },
  );

/** What an array is made of: each container's protocol is served by that array's endpoints of it. */
export type InventoryPlan = z.infer<typeof inventorySchema>;
/** An inventory file has been read: it is in `inventory`. */
export type Options = Omit<z.infer<typeof optionsSchema>, 'inventoryFile'>;

/**
 * The options, with defaults filled in and the inventory file read. Errors: failed, naming each wrong or
 * unknown key, in a file with its line.
 */
export function parseOptions(given: Readonly<Record<string, unknown>>): Options {
  const parsed = optionsSchema.safeParse(given);
  if (parsed.success) {
    const { inventoryFile, ...options } = parsed.data;
    if (inventoryFile === undefined) return options;
    return { ...options, inventory: readInventoryFile(inventoryFile, inventorySchema) };
  }
  const faults = parsed.error.issues.map((issue) => {
    const place = ['array.options', ...issue.path].join('.');
    return `${place}: ${issue.message}`;
  });
  throw new ArrayError('failed', faults.join('; '));
}
