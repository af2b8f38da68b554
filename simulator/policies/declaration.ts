/**
 * What an array can promise, read from what a vendor has written: every value is of the type that its property
 * is declared with, and names what there is. Each mistake is told with its place. Knows nothing of containers
 * but how they are picked.
 */

import type {
  Capability,
  CapabilitySchema,
  CapabilityValue,
  Property,
  PropertyValue,
  Text,
} from '../../src/model/policies.ts';
import type { VolumeType } from '../../src/model/volume-type.ts';
import { nameOf, propertyNamed, SPACE_EFFICIENCY, SPACE_EFFICIENCY_PROPERTY } from './names.ts';
import { readValue } from './reading.ts';
import {
  type Places,
  type Written,
  type WrittenProperty,
  type WrittenText,
  type WrittenValue,
  writtenSchema,
} from './written.ts';

/** A property, and what of it clients do not see. */
export interface DeclaredProperty extends Property {
  /** A volume whose value changes has its data moved. */
  readonly moves: boolean;
  /** Of its capability, or its own: what is asked need not be met. */
  readonly isHint: boolean;
}

export interface Offer {
  readonly name: string;
  readonly values: readonly CapabilityValue[];
}

/** What stands for some containers. */
interface Placed {
  readonly name: string;
  readonly description: string;
  readonly containers: Places;
}

/** What an array can promise, and in which containers. */
export interface Declaration {
  readonly schema: CapabilitySchema;
  /** By full name (names.ts), as in `whenDegraded`. */
  readonly properties: ReadonlyMap<string, DeclaredProperty>;
  readonly profiles: readonly (Placed & { readonly offers: readonly Offer[] })[];
  readonly defaults: readonly (Placed & {
    readonly volumeTypes: readonly VolumeType[];
    readonly values: readonly CapabilityValue[];
  })[];
  /** What a volume has of them in a degraded pool; undefined: that cannot be told. */
  readonly whenDegraded: ReadonlyMap<string, PropertyValue | undefined>;
}

type Path = readonly (string | number)[];

/** Reads with a place for complaints; a mistake gives undefined, and the reading goes on. */
interface Reading {
  readonly namespace: string;
  readonly properties: Map<string, DeclaredProperty>;
  readonly complain: (path: Path, message: string) => void;
}

/** What a vendor writes, checked by itself: in the form in which it was written. */
export const capabilitiesSchema = writtenSchema.superRefine((written, context) => {
  read(written, (path, message) => {
    context.addIssue({ code: 'custom', path: [...path], message });
  });
});

/** What `capabilitiesSchema` has let through. */
export function readDeclaration(written: Written): Declaration {
  return read(written, (path, message) => {
    throw new TypeError(`${path.join('.')}: ${message}`);
  });
}

function read(written: Written, complain: Reading['complain']): Declaration {
  const thinness = { ...SPACE_EFFICIENCY_PROPERTY, moves: false, isHint: false };
  const properties = new Map([[nameOf(SPACE_EFFICIENCY), thinness]]);
  return declarationOf({ namespace: written.schema.namespace, properties, complain }, written);
}

function declarationOf(reading: Reading, written: Written): Declaration {
  const schema = schemaOf(reading, written);
  refuseTwins(reading, 'profiles', written.profiles);
  refuseTwins(reading, 'defaults', written.defaults);
  return {
    schema,
    properties: reading.properties,
    profiles: written.profiles.map((profile, index) => ({
      ...profile,
      offers: profile.offers.map(({ name, values }, offer) => ({
        name,
        values: valuesOf(reading, ['profiles', index, 'offers', offer, 'values'], values),
      })),
    })),
    defaults: written.defaults.map((each, index) => ({
      ...each,
      values: valuesOf(reading, ['defaults', index, 'values'], each.values),
    })),
    whenDegraded: degradedOf(reading, written.whenDegraded),
  };
}

function schemaOf(reading: Reading, { schema, categories }: Written): CapabilitySchema {
  const { uuid, ...vendor } = schema.vendor;
  return {
    schemaId: schema.id,
    namespace: schema.namespace,
    namespaceVersion: schema.version,
    vendor: { uuid, text: textOf(vendor) },
    categories: categories.map(({ id, capabilities }, index) => ({
      id,
      capabilities: capabilities.map((capability, number) =>
        capabilityOf(reading, ['categories', index, 'capabilities', number], capability),
      ),
    })),
  };
}

function capabilityOf(
  reading: Reading,
  path: Path,
  written: Written['categories'][number]['capabilities'][number],
): Capability {
  const { id, keyId, properties, mandatory, hint, allowMultipleConstraints } = written;
  if (keyId !== undefined && !properties.some((each) => each.id === keyId)) {
    reading.complain([...path, 'keyId'], 'is none of the properties');
  }
  return {
    id,
    text: textOf(written),
    properties: properties.map((each, index) => {
      const name = nameOf({ namespace: reading.namespace, capabilityId: id, propertyId: each.id });
      const place = [...path, 'properties', index];
      if (reading.properties.has(name)) reading.complain([...place, 'id'], 'is declared twice');
      const property = propertyOf(reading, place, each);
      const isHint = hint || property.hint;
      reading.properties.set(name, { ...property, moves: each.moves, isHint });
      return property;
    }),
    mandatory,
    hint,
    allowMultipleConstraints,
    keyId,
  };
}

function propertyOf(reading: Reading, path: Path, written: WrittenProperty): Property {
  const { id, type, form, mandatory, hint } = written;
  const free = { type, allowed: undefined };
  const allowed = propertyValue(reading, [...path, 'allowed'], free, written.allowed);
  const own = { type, allowed };
  const defaultValue = propertyValue(reading, [...path, 'default'], own, written.default);
  return { id, text: textOf(written), type, form, allowed, defaultValue, mandatory, hint };
}

function textOf({ label, summary, translations }: WrittenText): Text {
  return { label, summary, ...(translations && { translations }) };
}

function propertyValue(
  { complain }: Reading,
  path: Path,
  property: Pick<Property, 'type' | 'allowed'>,
  written: WrittenValue | undefined,
): PropertyValue | undefined {
  if (written === undefined) return undefined;
  try {
    return readValue(property, written);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    complain(path, error.message);
    return undefined;
  }
}

/** The property that a key names; the key without a namespace is of the one declared here. */
function named(reading: Reading, path: Path, key: string) {
  const name = propertyNamed(key, reading.namespace);
  const property = name && reading.properties.get(nameOf(name));
  if (name !== undefined && property !== undefined) return { name, property };
  reading.complain([...path, key], 'is no property that is declared');
  return undefined;
}

function valuesOf(
  reading: Reading,
  path: Path,
  written: Readonly<Record<string, WrittenValue>>,
): readonly CapabilityValue[] {
  return Object.entries(written).flatMap(([key, text]): readonly CapabilityValue[] => {
    const found = named(reading, path, key);
    const value = found && propertyValue(reading, [...path, key], found.property, text);
    return found === undefined || value === undefined ? [] : [{ ...found.name, value }];
  });
}

function degradedOf(
  reading: Reading,
  written: Written['whenDegraded'],
): Declaration['whenDegraded'] {
  const path = ['whenDegraded'];
  const entries = Object.entries(written).flatMap(([key, text]) => {
    const found = named(reading, path, key);
    if (found === undefined) return [];
    const value = propertyValue(reading, [...path, key], found.property, text ?? undefined);
    return [[nameOf(found.name), value] as const];
  });
  return new Map(entries);
}

/** Ids follow from names. */
function refuseTwins(
  { complain }: Reading,
  list: string,
  things: readonly { name: string }[],
): void {
  things.forEach(({ name }, index) => {
    if (things.findIndex((other) => other.name === name) < index) {
      complain([list, index, 'name'], 'is the name of another one');
    }
  });
}
