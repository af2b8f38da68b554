/**
 * What the generator does not understand it refuses, with file and line: a made-up WSDL is changed in one
 * place at a time.
 */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generate } from '../../scripts/generate/generate.ts';

const LENDING = join(import.meta.dirname, 'fixtures/lending-3.1');

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
