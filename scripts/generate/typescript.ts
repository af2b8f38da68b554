/**
 * Writes the TypeScript of a service: `types.ts`, `service.ts`, `operations.ts`. Pure: descriptor and
 * documentation in, text out, the same text every time.
 */

import type {
  ComplexTypeDescriptor,
  ElementDescriptor,
  FieldDescriptor,
  ServiceDescriptor,
  TypeDescriptor,
} from '../../src/wire/descriptor.ts';
import { ANY_TYPE, SCALARS } from './describe.ts';
import { unionName } from './names.ts';

/** Documentation by key: `type/Name`, `type/Name/field`, `element/name`, `element/name/field`, `operation/name`. */
export type Docs = ReadonlyMap<string, string>;

export interface Rendering {
  readonly service: ServiceDescriptor;
  /** TypeScript name of each element that is a request or response, by the element's key. */
  readonly wrappers: ReadonlyMap<string, string>;
  readonly docs: Docs;
  /** The comment at the head of each file. */
  readonly header: string;
  /** Module specifier of src/wire/descriptor.ts as seen from the generated files. */
  readonly descriptorModule: string;
}

const WIDTH = 100;

/** A doc comment, or nothing when there is nothing to say. */
function comment(text: string | undefined, indent: string): string {
  if (text === undefined || text === '') return '';
  const safe = text.replaceAll('*/', '*\u200b/');
  if (`${indent}/** ${safe} */`.length <= WIDTH) return `${indent}/** ${safe} */\n`;
  const lines: string[] = [];
  let line = '';
  for (const word of safe.split(' ')) {
    if (line !== '' && `${indent} * ${line} ${word}`.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return `${indent}/**\n${[...lines, line].map((each) => `${indent} * ${each}\n`).join('')}${indent} */\n`;
}

/** A string literal. */
function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/** Names of the types that extend `name`, directly or not, in the service's order. */
function derivedFrom(service: ServiceDescriptor, name: string): readonly string[] {
  return Object.keys(service.types).filter((each) => {
    let type: TypeDescriptor | undefined = service.types[each];
    while (type?.kind === 'complex' && type.base !== undefined) {
      if (type.base === name) return true;
      type = service.types[type.base];
    }
    return false;
  });
}

function fieldType(service: ServiceDescriptor, type: string): string {
  if (type === ANY_TYPE) return 'AnyValue';
  const scalar = SCALARS[type as keyof typeof SCALARS];
  if (scalar !== undefined) return scalar;
  return derivedFrom(service, type).length === 0 ? type : unionName(type);
}

function property(
  service: ServiceDescriptor,
  field: FieldDescriptor,
  doc: string | undefined,
): string {
  const type = fieldType(service, field.type);
  const name = propertyName(field.name);
  const head = comment(doc, '  ');
  if (field.max === 'many') return `${head}  readonly ${name}: readonly ${type}[];\n`;
  const required = field.min === 1 && !field.nillable;
  return required
    ? `${head}  readonly ${name}: ${type};\n`
    : `${head}  readonly ${name}?: ${type} | undefined;\n`;
}

function complexType(rendering: Rendering, name: string, type: ComplexTypeDescriptor): string {
  const { service, docs } = rendering;
  const derived = derivedFrom(service, name);
  const heritage = type.base === undefined ? '' : ` extends Omit<${type.base}, '$type'>`;
  const tag =
    type.base === undefined && derived.length === 0
      ? ''
      : `  readonly $type?: ${quote(name)} | undefined;\n`;
  const properties = type.fields.map((each) =>
    property(service, each, docs.get(`type/${name}/${each.name}`)),
  );
  const text = `${comment(docs.get(`type/${name}`), '')}export interface ${name}${heritage} {\n${tag}${properties.join('')}}\n`;
  const declared = [...Object.values(service.types), ...Object.values(service.elements)].some(
    (each) => 'fields' in each && each.fields.some((field) => field.type === name),
  );
  if (derived.length === 0 || !declared) return text;
  const members = derived.map((each) => `  | (${each} & { readonly $type: ${quote(each)} })`);
  const doc = comment(`${name}, or a type that extends it: then \`$type\` says which.`, '');
  return `${text}\n${doc}export type ${unionName(name)} =\n  | ${name}\n${members.join('\n')};\n`;
}

function namedType(rendering: Rendering, name: string, type: TypeDescriptor): string {
  if (type.kind === 'complex') return complexType(rendering, name, type);
  const values = type.values.map((value) => `  ${quote(value)},\n`).join('');
  const doc = comment(rendering.docs.get(`type/${name}`), '');
  return `${doc}export const ${name} = [\n${values}] as const;\n\nexport type ${name} = (typeof ${name})[number];\n`;
}

function wrapper(rendering: Rendering, key: string, name: string): string {
  const fields = rendering.service.elements[key]?.fields ?? [];
  const { service, docs } = rendering;
  const head = comment(docs.get(`element/${key}`) ?? `Element \`${key}\`.`, '');
  if (fields.length === 0) return `${head}export type ${name} = Record<string, never>;\n`;
  const properties = fields.map((each) =>
    property(service, each, docs.get(`element/${key}/${each.name}`)),
  );
  return `${head}export interface ${name} {\n${properties.join('')}}\n`;
}

/** The schema's types and the requests and responses, as interfaces and unions of literals. */
export function renderTypes(rendering: Rendering): string {
  const { service, wrappers, header, descriptorModule } = rendering;
  const parts = [
    ...Object.entries(service.types).map(([name, type]) => namedType(rendering, name, type)),
    ...[...wrappers].map(([key, name]) => wrapper(rendering, key, name)),
  ];
  const body = parts.join('\n');
  const imports = /\bAnyValue\b/.test(body)
    ? `import type { AnyValue } from ${quote(descriptorModule)};\n\n`
    : '';
  return `${header}\n${imports}${body}`;
}

/** `export interface Operations`: request and response type of each operation. */
export function renderOperations(rendering: Rendering): string {
  const { service, wrappers, docs, header } = rendering;
  const used = new Set<string>();
  const typeOf = (key: string | null, empty: string): string => {
    const name = key === null ? undefined : wrappers.get(key);
    if (name !== undefined) used.add(name);
    return name ?? empty;
  };
  const entries = Object.entries(service.operations).map(([name, operation]) => {
    const request = typeOf(operation.input, 'Empty');
    const response = typeOf(operation.output, 'void');
    const head = comment(docs.get(`operation/${name}`), '  ');
    return `${head}  readonly ${propertyName(name)}: { readonly request: ${request}; readonly response: ${response} };\n`;
  });
  const imports = [...used]
    .sort()
    .map((name) => `  ${name},\n`)
    .join('');
  return [
    header,
    used.size === 0 ? '' : `import type {\n${imports}} from './types.ts';\n`,
    '/** A request whose Body is empty. */\nexport type Empty = Record<string, never>;\n',
    '/** Request and response of each operation; `void` where the response Body is empty. */',
    `export interface Operations {\n${entries.join('')}}\n`,
    '/** Name of an operation. */\nexport type OperationName = keyof Operations;\n',
  ].join('\n');
}

function fieldLiteral(field: FieldDescriptor): string {
  const { name, namespace, type, min, max, nillable } = field;
  const many = max === 'many' ? "'many'" : max;
  return `{ name: ${quote(name)}, namespace: ${namespace}, type: ${quote(type)}, min: ${min}, max: ${many}, nillable: ${nillable} }`;
}

function fieldList(fields: readonly FieldDescriptor[]): string {
  if (fields.length === 0) return '[]';
  return `[\n${fields.map((each) => `        ${fieldLiteral(each)},\n`).join('')}      ]`;
}

function typeLiteral(type: TypeDescriptor): string {
  const head = `kind: ${quote(type.kind)}, local: ${quote(type.local)}, namespace: ${type.namespace}`;
  if (type.kind === 'enumeration')
    return `{ ${head}, values: [${type.values.map(quote).join(', ')}] }`;
  const base = type.base === undefined ? '' : `, base: ${quote(type.base)}`;
  return `{\n      ${head}${base},\n      fields: ${fieldList(type.fields)},\n    }`;
}

function elementLiteral({ local, namespace, fields }: ElementDescriptor): string {
  return `{\n      local: ${quote(local)}, namespace: ${namespace},\n      fields: ${fieldList(fields)},\n    }`;
}

function record<T>(entries: Readonly<Record<string, T>>, literal: (entry: T) => string): string {
  const lines = Object.entries(entries).map(
    ([key, entry]) => `    ${propertyName(key)}: ${literal(entry)},\n`,
  );
  return `{\n${lines.join('')}  }`;
}

/** `export const service`: the descriptor that the codec is compiled from. */
export function renderService({ service, header, descriptorModule }: Rendering): string {
  const orNull = (key: string | null): string => (key === null ? 'null' : quote(key));
  return `${header}
import type { ServiceDescriptor } from ${quote(descriptorModule)};

/** The whole service as data, for the codec. */
export const service: ServiceDescriptor = {
  version: ${quote(service.version)},
  targetNamespace: ${quote(service.targetNamespace)},
  serviceName: ${quote(service.serviceName)},
  namespaces: [
${service.namespaces.map((uri) => `    ${quote(uri)},\n`).join('')}  ],
  types: ${record(service.types, typeLiteral)},
  elements: ${record(service.elements, elementLiteral)},
  operations: ${record(
    service.operations,
    ({ soapAction, input, output, faults }) =>
      `{\n      soapAction: ${quote(soapAction)}, input: ${orNull(input)}, output: ${orNull(output)},\n      faults: [${faults.map(quote).join(', ')}],\n    }`,
  )},
};
`;
}
