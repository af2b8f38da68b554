/**
 * A declared schema as vSphere reads it, and the texts that it shows for it. Each text has a key prefix,
 * under which the Policy catalog holds its label and its summary: the full name of the capability, with a
 * dot and the property's id for a property. Source: VASA `CapabilitySchema`, `CapabilityMetadata`,
 * `PropertyMetadata`, `ExtendedElementDescription`.
 */
import type { Capability, CapabilitySchema, Property, Text } from '../../model/policies.ts';
import type {
  AnyTypeInfo,
  CapabilityMetadata,
  ExtendedElementDescription,
  PropertyMetadata,
  CapabilitySchema as WireSchema,
} from '../../wire/generated/vasa-2.0/types.ts';
import { writeDeclared, writeValue } from './any-values.ts';
import { SCALAR_TYPES } from './scalars.ts';

/** A text, and the prefix of its keys in the Policy catalog. */
interface Described {
  readonly key: string;
  readonly prefix: string;
  readonly text: Text;
}

function vendorText({ namespace, vendor }: CapabilitySchema): Described {
  return { key: vendor.uuid, prefix: `${namespace}.vendor.${vendor.uuid}`, text: vendor.text };
}

function capabilityText(namespace: string, { id, text }: Capability): Described {
  return { key: id, prefix: `${namespace}.${id}`, text };
}

function propertyText(namespace: string, capabilityId: string, property: Property): Described {
  const { id, text } = property;
  return { key: id, prefix: `${namespace}.${capabilityId}.${id}`, text };
}

function description({ key, prefix, text }: Described): ExtendedElementDescription {
  const { label, summary } = text;
  return { key, label, messageArg: [], messageCatalogKeyPrefix: prefix, summary };
}

function typeInfo({ type, form }: Property): AnyTypeInfo {
  const { typeName } = SCALAR_TYPES[type];
  if (form === 'single') return { typeName };
  const genericTypeName = form === 'range' ? 'VMW_RANGE' : 'VMW_SET';
  return { $type: 'GenericTypeInfo', genericTypeName, typeName };
}

function propertyMetadata(described: Described, property: Property): PropertyMetadata {
  const { allowed, defaultValue, hint, id, mandatory, type } = property;
  return {
    allowedValue: allowed === undefined ? [] : [writeValue(type, allowed)],
    defaultValue: defaultValue && writeDeclared(property, defaultValue),
    hint,
    id,
    mandatory,
    summary: description(described),
    type: typeInfo(property),
  };
}

function capabilityMetadata(namespace: string, capability: Capability): CapabilityMetadata {
  const { allowMultipleConstraints, hint, id, keyId, mandatory, properties } = capability;
  return {
    allowMultipleConstraints,
    capabilityId: { id, namespace },
    hint,
    keyId,
    mandatory,
    propertyMetadata: properties.map((property) =>
      propertyMetadata(propertyText(namespace, id, property), property),
    ),
    summary: description(capabilityText(namespace, capability)),
  };
}

/** The schema on the wire. */
export function wireSchema(schema: CapabilitySchema): WireSchema {
  const { categories, namespace, namespaceVersion, schemaId, vendor } = schema;
  return {
    capabilityMetadataPerCategory: categories.map(({ id, capabilities }) => ({
      capabilityMetadata: capabilities.map((each) => capabilityMetadata(namespace, each)),
      category: id,
    })),
    namespaceInfo: { namespace, version: namespaceVersion },
    schemaId,
    vendorInfo: { info: description(vendorText(schema)), vendorUuid: vendor.uuid },
  };
}

function textsOf(schema: CapabilitySchema): readonly Described[] {
  const { categories, namespace } = schema;
  const capabilities = categories.flatMap((each) => each.capabilities);
  return [
    vendorText(schema),
    ...capabilities.flatMap((capability) => [
      capabilityText(namespace, capability),
      ...capability.properties.map((each) => propertyText(namespace, capability.id, each)),
    ]),
  ];
}

/**
 * Every text of these schemas for the Policy catalog: message id to text, in order of ids. Where the array
 * gives no translation for the locale, in the array's own language.
 */
export function policyMessages(
  schemas: readonly CapabilitySchema[],
  locale?: string,
): Readonly<Record<string, string>> {
  const messages = schemas.flatMap(textsOf).flatMap(({ prefix, text }): [string, string][] => {
    const { label, summary } = (locale && text.translations?.[locale]) || text;
    return [
      [`${prefix}.label`, label],
      [`${prefix}.summary`, summary],
    ];
  });
  return Object.fromEntries(messages.sort(([a], [b]) => (a < b ? -1 : 1)));
}
