/**
 * The generator: its output for wsdl/ is the committed one; a WSDL of quite another namespace is served as
 * well; what it does not understand it refuses, with file and line.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { differing, generate, JOBS, ROOT } from '../../scripts/generate/generate.ts';
import { service } from './fixtures/lending-3.1/generated/service.ts';
import type { AnyItemItem } from './fixtures/lending-3.1/generated/types.ts';

const LENDING = join(import.meta.dirname, 'fixtures/lending-3.1');

describe('the committed files', () => {
  test.each([...JOBS, { wsdl: LENDING, out: join(LENDING, 'generated') }])(
    'are what $wsdl generates',
    (job) => {
      expect(differing(generate(job))).toEqual([]);
    },
  );

  test('are the same in a second run', () => {
    for (const job of JOBS) expect(generate(job)).toEqual(generate(job));
  });
});

describe('a made-up WSDL of another namespace', () => {
  test('an operation has its action, its messages and its faults; empty Bodies are null', () => {
    expect(service.operations).toEqual({
      lend: { soapAction: 'urn:lend', input: 'lend', output: 'lendResponse', faults: ['OnLoan'] },
      book: { soapAction: 'urn:book', input: 'book', output: 'bookResponse', faults: [] },
      open: { soapAction: 'urn:open', input: null, output: null, faults: [] },
      close: { soapAction: 'urn:close', input: null, output: 'closeResponse', faults: [] },
    });
    expect(service).toMatchObject({
      version: '3.1',
      targetNamespace: 'urn:example:lending:3.1',
      serviceName: 'lending',
    });
  });

  test('a type names its base and only its own fields', () => {
    const items = service.namespaces.indexOf('urn:example:lending:items');
    expect(service.types['Book']).toEqual({
      kind: 'complex',
      local: 'Book',
      namespace: items,
      base: 'ItemItem',
      fields: [
        {
          name: 'author',
          namespace: items,
          type: 'xs:string',
          min: 0,
          max: 'many',
          nillable: true,
        },
        {
          name: 'cover',
          namespace: items,
          type: 'xs:base64Binary',
          min: 0,
          max: 1,
          nillable: false,
        },
      ],
    });
    expect(service.types['Atlas']).toMatchObject({ base: 'Book' });
    expect(service.types['Condition']).toMatchObject({
      kind: 'enumeration',
      values: ['new', "reader's favourite"],
    });
  });

  test('types of one local name are told apart by their prefix', () => {
    expect(service.types['StaffItem']).toMatchObject({ local: 'Item' });
    expect(service.types['ItemItem']).toMatchObject({ local: 'Item' });
    expect(service.types['Item']).toBeUndefined();
  });

  test('the fault detail keeps its name beside the type of that name', () => {
    const messages = service.namespaces.indexOf('urn:example:lending:3.1:messages');
    expect(service.elements['OnLoan']).toEqual({
      local: 'OnLoan',
      namespace: messages,
      fields: [
        { name: 'OnLoan', namespace: messages, type: 'OnLoan', min: 0, max: 1, nillable: true },
      ],
    });
  });

  test('a substituted type is told by $type, and the compiler knows its fields by it', () => {
    const scaleOf = (item: AnyItemItem): number => (item.$type === 'Atlas' ? item.scale : 0);
    const book = { id: '1', condition: 'new', author: [] } as const;
    const atlas = { ...book, scale: 2, loan: 'P1D', folded: false, $type: 'Atlas' } as const;
    // @ts-expect-error an atlas has a scale
    const unscaled: AnyItemItem = { ...book, $type: 'Atlas' };
    // @ts-expect-error no item is a globe
    const globe: AnyItemItem = { ...book, $type: 'Globe' };
    expect([atlas, { ...book, $type: 'Book' as const }, unscaled, globe].map(scaleOf)).toEqual([
      2,
      0,
      undefined,
      0,
    ]);
  });

  test('an element takes another name in TypeScript when a type has its own', () => {
    const text = readFileSync(join(LENDING, 'generated/operations.ts'), 'utf8');
    expect(text).toContain(
      'readonly book: { readonly request: BookMessage; readonly response: BookResponse };',
    );
    expect(text).toContain('readonly open: { readonly request: Empty; readonly response: void };');
  });
});

describe('with a changed copy', () => {
  let folder = '';

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'keelson-generate-')), 'lending-3.1');
    cpSync(LENDING, folder, { recursive: true });
  });

  afterEach(() => {
    rmSync(join(folder, '..'), { recursive: true });
  });

  /** Replaces the first `before` in a file of the copy; `line` is where it stood. */
  function change(file: string, before: string, after: string): { line: number } {
    const text = readFileSync(join(folder, file), 'utf8');
    const at = text.indexOf(before);
    expect(at).toBeGreaterThan(0);
    writeFileSync(
      join(folder, file),
      text.replace(before, () => after),
    );
    return { line: text.slice(0, at).split('\n').length };
  }

  const job = () => ({ wsdl: folder, out: join(folder, 'generated') });

  test.each([
    ['items.xsd', '<xs:sequence/>', '<xs:choice/>', '<choice> in <complexType> is not understood'],
    [
      'items.xsd',
      '<xs:sequence/>',
      '<xs:sequence/><xs:attribute/>',
      '<attribute> in <complexType> is not understood',
    ],
    ['items.xsd', 'type="xs:double"', 'type="xs:float"', 'type xs:float is not understood'],
    [
      'items.xsd',
      'type="xs:double"',
      'type="Scale"',
      'type {urn:example:lending:items}Scale is not declared',
    ],
    ['items.xsd', 'type="xs:double"', 'type="map:Scale"', 'prefix of "map:Scale" is not declared'],
    [
      'items.xsd',
      'type="xs:double"',
      'type="xs:double" default="1"',
      'attribute "default" of <element> is not understood',
    ],
    [
      'items.xsd',
      'name="scale" type="xs:double"',
      'ref="scale"',
      'attribute "ref" of <element> is not understood',
    ],
    ['items.xsd', 'name="scale"', 'name="author"', '"author" is in "Atlas" and in its base "Book"'],
    ['items.xsd', 'name="folded"', 'name="loan"', '"loan" is declared twice in one sequence'],
    [
      'items.xsd',
      '<xs:extension base="Item">',
      '<xs:extension base="Atlas">',
      '"Book" extends itself',
    ],
    [
      'items.xsd',
      '<xs:extension base="Item">',
      '<xs:extension base="Condition">',
      'is not a complex type',
    ],
    [
      'items.xsd',
      'complexType name="Atlas"',
      'complexType abstract="true" name="Atlas"',
      'attribute "abstract" of <complexType>',
    ],
    [
      'items.xsd',
      'complexType name="Atlas"',
      'complexType name="AnyBook"',
      'the name "AnyBook" is needed twice',
    ],
    [
      'items.xsd',
      'complexType name="Atlas"',
      'complexType name="Big-Atlas"',
      '"Big-Atlas" cannot be a name in TypeScript',
    ],
    [
      'items.xsd',
      '<xs:enumeration value="new"/>',
      '<xs:pattern value="n"/>',
      '<pattern> in <restriction> is not understood',
    ],
    [
      'items.xsd',
      'elementFormDefault="qualified"',
      '',
      'only elementFormDefault="qualified" is understood',
    ],
    ['lending.wsdl', 'maxOccurs="unbounded"', 'maxOccurs="7"', 'maxOccurs="7" is not understood'],
    [
      'lending.wsdl',
      '<xs:element name="lend">',
      '<xs:element name="lend" substitutionGroup="book">',
      'attribute "substitutionGroup"',
    ],
    [
      'lending.wsdl',
      'schemaLocation="items.xsd"',
      'schemaLocation="https://x.example/items.xsd"',
      "does not lie in the WSDL's folder",
    ],
    [
      'lending.wsdl',
      'schemaLocation="items.xsd"',
      'schemaLocation="../items.xsd"',
      "does not lie in the WSDL's folder",
    ],
    ['lending.wsdl', 'use="literal"', 'use="encoded"', 'only use="literal" is understood'],
    [
      'lending.wsdl',
      '<soap:operation soapAction="urn:open"',
      '<soap:operation style="rpc" soapAction="urn:open"',
      'style="rpc" is not understood',
    ],
    [
      'lending.wsdl',
      '<soap:body use="literal"/>',
      '<soap:header use="literal"/>',
      '<header> is not understood',
    ],
    [
      'lending.wsdl',
      '<http:binding verb="POST"/>',
      '<http:binding verb="POST" wsdl:required="true"/>',
      'is a required extension',
    ],
    [
      'lending.wsdl',
      '<wsdl:part name="parameters" element="msg:book"/>',
      '<wsdl:part name="p" element="msg:book"/><wsdl:part name="q" element="msg:book"/>',
      'has more than one part',
    ],
    ['lending.wsdl', '<wsdl:output message="tns:found"/>', '', '<operation> has no <output>'],
    [
      'lending.wsdl',
      '<wsdl:fault name="OnLoan" message="tns:onLoan"/>',
      '<wsdl:fault name="OnLoan" message="tns:nothing"/>',
      'the message of a fault has no part',
    ],
  ])('%s with %s changed to %s is refused: %s', (file, before, after, reason) => {
    change(file, before, after);
    expect(() => generate(job())).toThrow(reason);
    expect(() => generate(job())).toThrow(new RegExp(`lending-3\\.1/${file}:\\d+: `));
  });

  test('a refusal names the line', () => {
    const { line } = change('items.xsd', 'type="xs:double"', 'type="xs:float"');
    expect(() => generate(job())).toThrow(`items.xsd:${line}: type xs:float is not understood`);
  });

  test('a DTD and malformed XML are refused', () => {
    change('items.xsd', '<xs:schema', '<!DOCTYPE a><xs:schema');
    expect(() => generate(job())).toThrow('a DTD is not accepted');
    change('items.xsd', '<!DOCTYPE a><xs:schema', '<xs:schema');
    change('items.xsd', '</xs:schema>', '</xs:shema>');
    expect(() => generate(job())).toThrow(/items\.xsd/);
  });

  test('operations that share an action, or bindings that disagree about it, are refused', () => {
    change('lending.wsdl', 'soapAction="urn:close"', 'soapAction="urn:open"');
    expect(() => generate(job())).toThrow('the bindings disagree about "close"');
    change('lending.wsdl', 'soapAction="urn:close"', 'soapAction="urn:open"');
    expect(() => generate(job())).toThrow('action urn:open is used twice');
  });

  test('the source is told by its digest, whatever changes', () => {
    const digest = (): string =>
      /SHA-256 of the source: (\w{64})/.exec([...generate(job()).values()].join())?.[1] ?? '';
    const before = digest();
    change('items.xsd', 'What the made-up library lends.', 'What it lends.');
    expect(before).toMatch(/^\w{64}$/);
    expect(digest()).not.toBe(before);
  });

  test('a folder not named after a version needs to be told', () => {
    const moved = join(folder, '../lending');
    cpSync(folder, moved, { recursive: true });
    expect(() => generate({ wsdl: moved, out: moved })).toThrow('give --api-version');
    expect([...generate({ wsdl: moved, out: moved, version: '9' }).values()].join()).toContain(
      "version: '9'",
    );
  });
});

describe('the command', () => {
  function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
    const command = ['--import', 'tsx', join(ROOT, 'scripts/generate.ts'), ...parameters];
    return spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  }

  test('--check lists the files that differ and fails; without it they are written', () => {
    const out = mkdtempSync(join(tmpdir(), 'keelson-generate-'));
    const options = ['--wsdl', LENDING, '--out', out];
    const before = run('--check', ...options);
    const written = run(...options);
    const after = run('--check', ...options);
    rmSync(out, { recursive: true });
    expect(before).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`differs: ${join(out, 'types.ts')}`),
    });
    expect(written).toMatchObject({ status: 0, stderr: '' });
    expect(after).toMatchObject({ status: 0, stdout: '' });
  });

  test('a misspelt option is one line and status 2', () => {
    const { status, stderr } = run('--chekc');
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
