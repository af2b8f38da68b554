/**
 * The contract in wsdl/ against what is known of the protocol: `expected/*.txt` says each operation, type,
 * enumeration and fault in one line, written apart from the WSDL.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeService } from '../../scripts/generate/describe.ts';
import { ROOT } from '../../scripts/generate/generate.ts';
import { chooseNames } from '../../scripts/generate/names.ts';
import { loadContract } from '../../scripts/generate/source.ts';
import type { FieldDescriptor, ServiceDescriptor } from '../../src/wire/descriptor.ts';

const COUNTS = {
  '2.0': {
    operations: 74,
    faults: 23,
    types: 134,
    enumerations: 31,
    elements: 157,
    namespaces: 12,
    empty: 4,
    void: 10,
  },
  '1.0': {
    operations: 22,
    faults: 9,
    types: 40,
    enumerations: 12,
    elements: 51,
    namespaces: 3,
    empty: 1,
    void: 1,
  },
};

/** The service in the form of the expectations, sorted lines. */
function inLines(
  service: ServiceDescriptor,
  prefixes: ReadonlyMap<string, string>,
): readonly string[] {
  const qualified = (namespace: number, local: string): string =>
    `${prefixes.get(service.namespaces[namespace] ?? '')}:${local}`;
  const typeName = (type: string): string => {
    const found = service.types[type];
    return found === undefined ? type : qualified(found.namespace, found.local);
  };
  const field = ({ name, type, min, max, nillable }: FieldDescriptor): string => {
    const mark = max === 'many' ? (min === 0 ? '*' : '+') : min === 0 ? '?' : '';
    return `${name}${mark}${nillable ? '~' : ''}:${typeName(type)}`;
  };
  const fields = (all: readonly FieldDescriptor[] | undefined): string =>
    `(${(all ?? []).map(field).join(' ')})`;
  const body = (element: string | null): string =>
    element === null ? 'empty' : fields(service.elements[element]?.fields);
  const lines = service.namespaces.map((uri) => `namespace ${prefixes.get(uri)} ${uri}`);
  for (const [name, { soapAction, input, output, faults }] of Object.entries(service.operations)) {
    lines.push(
      `operation ${name} ${soapAction} ${body(input)} -> ${body(output)} ! ${[...faults].sort().join(' ')}`,
    );
  }
  for (const type of Object.values(service.types)) {
    const name = qualified(type.namespace, type.local);
    if (type.kind === 'enumeration') {
      lines.push(`enumeration ${name} = ${type.values.join(' ')}`);
    } else {
      const base = type.base === undefined ? '' : ` < ${typeName(type.base)}`;
      lines.push(`type ${name}${base} ${fields(type.fields)}`);
    }
  }
  for (const fault of faultNames(service))
    lines.push(`fault ${fault} ${fields(service.elements[fault]?.fields)}`);
  return lines.sort();
}

function faultNames(service: ServiceDescriptor): ReadonlySet<string> {
  return new Set(Object.values(service.operations).flatMap((operation) => operation.faults));
}

describe.each(['2.0', '1.0'] as const)('the contract of VASA %s', (version) => {
  const folder = join(ROOT, 'wsdl', `vasa-${version}`);
  const contract = loadContract(folder);
  const service = describeService(contract, chooseNames(contract));
  const expected = readFileSync(
    join(import.meta.dirname, 'expected', `vasa-${version}.txt`),
    'utf8',
  )
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .sort();

  test('says of every operation, type and fault what is expected, and nothing else', () => {
    const prefixes = new Map(
      expected
        .filter((line) => line.startsWith('namespace '))
        .map((line) => {
          const [, prefix = '', uri = ''] = line.split(' ');
          return [uri, prefix] as const;
        }),
    );
    expect(inLines(service, prefixes)).toEqual(expected);
  });

  test('has the known numbers', () => {
    const operations = Object.values(service.operations);
    const types = Object.values(service.types);
    expect({
      operations: operations.length,
      faults: faultNames(service).size,
      types: types.length,
      enumerations: types.filter((type) => type.kind === 'enumeration').length,
      elements: Object.keys(service.elements).length,
      namespaces: service.namespaces.length,
      empty: operations.filter((operation) => operation.input === null).length,
      void: operations.filter((operation) => operation.output === null).length,
    }).toEqual(COUNTS[version]);
  });

  test('every schema file is reached from the WSDL', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.xsd'));
    expect(contract.schemas.length).toBe(files.length);
  });

  test('every type has its own name, none needed a prefix', () => {
    for (const [key, type] of Object.entries(service.types)) expect(key).toBe(type.local);
  });

  test('actions of replies and faults follow the rule', () => {
    const text = readFileSync(join(folder, 'vasaService.wsdl'), 'utf8');
    for (const [name, { faults }] of Object.entries(service.operations)) {
      expect(text).toContain(
        `<wsdl:output message="tns:${name}Response" wsam:Action="urn:${name}Response"/>`,
      );
      for (const fault of faults) {
        expect(text).toContain(
          `<wsdl:fault name="${fault}" message="tns:${fault}" wsam:Action="urn:${name}${fault}"/>`,
        );
      }
    }
  });
});
