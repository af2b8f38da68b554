/**
 * Turns a contract into the `ServiceDescriptor` that the codec reads: every reference resolved, every
 * scalar known, no cycle of bases.
 */

import type {
  ElementDescriptor,
  FieldDescriptor,
  OperationDescriptor,
  ScalarName,
  ServiceDescriptor,
  TypeDescriptor,
} from '../../src/wire/descriptor.ts';
import type { Names } from './names.ts';
import { type SchemaComplexType, type SchemaField, type SchemaType, XS } from './schema.ts';
import type { Contract } from './source.ts';
import { clark, type QName, refuse, type XmlNode } from './tree.ts';

/** The scalars of the descriptor and how each looks in TypeScript. */
export const SCALARS: Readonly<Record<ScalarName, string>> = {
  'xs:string': 'string',
  'xs:boolean': 'boolean',
  'xs:int': 'number',
  'xs:long': 'bigint',
  'xs:double': 'number',
  'xs:dateTime': 'number',
  'xs:duration': 'string',
  'xs:base64Binary': 'Uint8Array',
};

/** The type of a field whose type travels with its value. */
export const ANY_TYPE = 'xs:anyType';

/** The descriptor of `contract`. Throws a `Refusal` for a reference that leads nowhere. */
export function describeService(contract: Contract, names: Names): ServiceDescriptor {
  const namespaces = [...new Set(contract.schemas.map((schema) => schema.uri))];
  const context = { names, namespaces };
  const schemaTypes = contract.schemas.flatMap((schema) => schema.types);
  const byName = new Map(schemaTypes.map((type) => [clark(type), type]));
  const types: Record<string, TypeDescriptor> = {};
  for (const type of schemaTypes) {
    checkInheritance(type, byName);
    types[names.types.get(clark(type)) ?? type.local] = describeType(type, context);
  }
  const elements: Record<string, ElementDescriptor> = {};
  for (const element of contract.schemas.flatMap((schema) => schema.elements)) {
    elements[names.elements.get(clark(element)) ?? element.local] = {
      local: element.local,
      namespace: namespaces.indexOf(element.uri),
      fields: element.fields.map((field) => describeField(field, context)),
    };
  }
  const operations: Record<string, OperationDescriptor> = {};
  for (const { name, soapAction, input, output, faults, node } of contract.wsdl.operations) {
    const key = (element: QName): string => elementKey(element, names, node);
    operations[name] = {
      soapAction,
      input: input && key(input),
      output: output && key(output),
      faults: faults.map(key),
    };
  }
  const { targetNamespace, serviceName } = contract.wsdl;
  return {
    version: contract.version,
    targetNamespace,
    serviceName,
    namespaces,
    types,
    elements,
    operations,
  };
}

interface Context {
  readonly names: Names;
  readonly namespaces: readonly string[];
}

function elementKey(element: QName, names: Names, node: XmlNode): string {
  return (
    names.elements.get(clark(element)) ?? refuse(node, `element ${clark(element)} is not declared`)
  );
}

function describeType(type: SchemaType, context: Context): TypeDescriptor {
  const head = { local: type.local, namespace: context.namespaces.indexOf(type.uri) };
  if (type.kind === 'enumeration') return { kind: 'enumeration', ...head, values: type.values };
  const fields = type.fields.map((field) => describeField(field, context));
  if (type.base === undefined) return { kind: 'complex', ...head, fields };
  return { kind: 'complex', ...head, base: typeName(type.base, context.names, type.node), fields };
}

function describeField(field: SchemaField, context: Context): FieldDescriptor {
  return {
    name: field.name,
    namespace: context.namespaces.indexOf(field.uri),
    type: typeName(field.type, context.names, field.node),
    min: field.min,
    max: field.max,
    nillable: field.nillable,
  };
}

function typeName(type: QName, names: Names, node: XmlNode): string {
  if (type.uri !== XS) {
    return names.types.get(clark(type)) ?? refuse(node, `type ${clark(type)} is not declared`);
  }
  const name = `xs:${type.local}`;
  if (name !== ANY_TYPE && !Object.hasOwn(SCALARS, name))
    refuse(node, `type ${name} is not understood`);
  return name;
}

/** Refuses a base that is not complex, a cycle, and a field that a base has as well. */
function checkInheritance(type: SchemaType, byName: ReadonlyMap<string, SchemaType>): void {
  if (type.kind !== 'complex') return;
  const seen = new Set<SchemaType>([type]);
  const fields = new Set(type.fields.map((field) => field.name));
  let current: SchemaComplexType = type;
  while (current.base !== undefined) {
    const base = byName.get(clark(current.base));
    if (base?.kind !== 'complex')
      refuse(current.node, `base ${clark(current.base)} is not a complex type`);
    if (seen.has(base)) refuse(type.node, `"${type.local}" extends itself`);
    const twin = base.fields.find((field) => fields.has(field.name));
    if (twin !== undefined)
      refuse(type.node, `"${twin.name}" is in "${type.local}" and in its base "${base.local}"`);
    for (const field of base.fields) fields.add(field.name);
    seen.add(base);
    current = base;
  }
}
