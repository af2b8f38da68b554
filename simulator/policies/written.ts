/**
 * The form in which a vendor writes a declaration of capabilities (capabilities.yaml is one), checked by zod.
 * What is written there is read by declaration.ts.
 */
import { z } from 'zod';
import { LIMITS } from '../../src/model/limits.ts';
import { VOLUME_TYPES } from '../../src/model/volume-type.ts';

const text = z.string().min(1).max(LIMITS.policyTextCharacters);
const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id has letters, digits, _ and -, at most 64');

const spanSchema = z.strictObject({
  unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS', 'WEEKS', 'MONTHS', 'YEARS']),
  value: z.int().min(0),
});
const scalarSchema = z.union([
  z.string().max(LIMITS.policyTextCharacters),
  z.number(),
  z.boolean(),
  spanSchema,
]);
const valueSchema = z.union([
  scalarSchema,
  z.array(scalarSchema).min(1).max(LIMITS.policyEntries),
  z.strictObject({ min: scalarSchema.optional(), max: scalarSchema.optional() }),
]);
export type WrittenScalar = z.infer<typeof scalarSchema>;
export type WrittenValue = z.infer<typeof valueSchema>;

/** What vSphere shows; in other languages by locale, e.g. `de`. */
const described = {
  label: text,
  summary: text,
  translations: z.record(id, z.strictObject({ label: text, summary: text })).optional(),
};

export type WrittenText = z.infer<z.ZodObject<typeof described>>;

const propertySchema = z.strictObject({
  id,
  ...described,
  type: z.enum(['long', 'int', 'double', 'string', 'boolean', 'dateTime', 'duration', 'timeSpan']),
  form: z.enum(['single', 'range', 'set']).default('single'),
  allowed: valueSchema.optional(),
  default: valueSchema.optional(),
  mandatory: z.boolean().default(false),
  hint: z.boolean().default(false),
  /** A volume whose value changes has its data moved. */
  moves: z.boolean().default(false),
});
export type WrittenProperty = z.infer<typeof propertySchema>;

const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(LIMITS.policyEntries);

const capabilitySchema = z.strictObject({
  id,
  ...described,
  mandatory: z.boolean().default(false),
  hint: z.boolean().default(false),
  allowMultipleConstraints: z.boolean().default(false),
  keyId: id.optional(),
  properties: list(propertySchema).min(1),
});

/** By name, where `*` stands for anything, or by protocol; without both, all. */
const containersSchema = z
  .strictObject({
    names: list(text).optional(),
    protocols: z.array(z.enum(['SCSI', 'NFS', 'NFS4x'])).optional(),
  })
  .default({});

const values = z.record(text, valueSchema);

/** A whole declaration. */
export const writtenSchema = z.strictObject({
  schema: z.strictObject({
    id: text,
    namespace: z.string().regex(/^[A-Za-z0-9.-]{1,128}$/, 'letters, digits, dots and dashes'),
    version: text,
    vendor: z.strictObject({ uuid: z.uuid(), ...described }),
  }),
  categories: list(z.strictObject({ id, capabilities: list(capabilitySchema).min(1) })).min(1),
  profiles: list(
    z.strictObject({
      name: text,
      description: text,
      containers: containersSchema,
      offers: list(z.strictObject({ name: text, values })).min(1),
    }),
  ),
  defaults: list(
    z.strictObject({
      name: text,
      description: text,
      containers: containersSchema,
      volumeTypes: z.array(z.enum(VOLUME_TYPES)).min(1),
      values,
    }),
  ).default([]),
  whenDegraded: z.record(text, valueSchema.nullable()).default({}),
});
export type Written = z.infer<typeof writtenSchema>;

/** Which containers something is of. */
export type Places = Written['profiles'][number]['containers'];
