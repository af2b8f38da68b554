/**
 * What an operator may set under `array.options` for the simulated array, checked by zod: unknown keys
 * are refused. What an inventory may say is in inventory-schema.ts.
 */
import { z } from 'zod';
import { ArrayError } from '../src/array/errors.ts';
import { LIMITS } from '../src/model/limits.ts';
import { readInventoryFile } from './inventory-file.ts';
import { inventorySchema } from './inventory-schema.ts';
import { JOB_KINDS } from './pacing.ts';
import { loadSchema } from './statistics/load.ts';

/** Names of the ready-made inventories: presets.ts. */
export const PRESET_NAMES = ['small', 'medium', 'large'] as const;

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
    /** Load that nobody makes, for statistics. */
    load: z.array(loadSchema).max(LIMITS.syntheticLoads).default([]),
    /** How often statistics are brought up to date. */
    statisticsIntervalSeconds: z.int().min(1).max(3_600).default(20),
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
