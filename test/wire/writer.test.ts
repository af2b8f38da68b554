/** What the writer puts on the wire to the letter, and what it refuses as our own mistake. */
import { describe, expect, test } from 'vitest';
import { compileCodec } from '../../src/wire/codec.ts';
import { service as vasa } from '../../src/wire/generated/vasa-2.0/service.ts';
import { EncodeError, prefixesOf } from '../../src/wire/writer.ts';
import { service as lending } from '../wsdl/fixtures/lending-3.1/generated/service.ts';

const codec = compileCodec(lending);
const vasaCodec = compileCodec(vasa);
const book = { condition: 'new', id: 'b', author: [] };

describe('the root', () => {
  test('declares the namespaces its message uses and no others', () => {
    expect(codec.encode('lendResponse', { return: 9_007_199_254_740_993n })).toBe(
      '<ns1:lendResponse xmlns:ns1="urn:example:lending:3.1:messages">' +
        '<ns1:return>9007199254740993</ns1:return></ns1:lendResponse>',
    );
    expect(codec.encode('closeResponse', {})).toBe(
      '<ns1:closeResponse xmlns:ns1="urn:example:lending:3.1:messages"></ns1:closeResponse>',
    );
  });

  test('declares xsi and the schema namespace when a value brings its type', () => {
    const lend = {
      reader: 'a',
      item: [book],
      'must-return-by': 0,
      note: { type: 'xs:int', value: 7 },
    };
    const xml = codec.encode('lend', lend);
    expect(xml).toContain(
      ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema">',
    );
    expect(xml).toContain('<ns1:note xsi:type="xs:int">7</ns1:note>');
  });
});

describe('prefixes', () => {
  test('come from the namespace where it has a fresh word, and are numbers elsewhere', () => {
    expect(
      prefixesOf([
        'http://data.x/a',
        'http://data.y/b',
        'urn:c',
        'http://xsi.z/',
        'http://192.0.2.1/',
      ]),
    ).toEqual(['data', 'ns1', 'ns2', 'ns3', 'ns4']);
  });

  test('of VASA 2.0 are all words', () => {
    expect(prefixesOf(vasa.namespaces).filter((prefix) => /\d/.test(prefix))).toEqual([]);
  });
});

describe('types', () => {
  test('a fault in a batch names its type in the fault namespace', () => {
    const xml = vasaCodec.encode('bindVirtualVolumeResponse', {
      return: [{ vvolId: 'v', fault: { type: 'TooMany', value: { maxBatchSize: 5n } } }],
    });
    expect(xml).toContain(
      '<vvol:fault xsi:type="fault:TooMany"><fault:maxBatchSize>5</fault:maxBatchSize></vvol:fault>',
    );
  });

  test('a subtype says its name, and the declared type itself does not', () => {
    const subtype = { ...book, $type: 'Atlas', scale: 1, loan: 'P1D', folded: true };
    const lend = {
      reader: 'a',
      item: [subtype, { ...book, $type: 'ItemItem' }],
      'must-return-by': 0,
    };
    const xml = codec.encode('lend', lend);
    expect(xml).toContain('<ns1:item xsi:type="ns2:Atlas"');
    expect(xml).toContain('<ns1:item><ns2:condition>');
  });
});

describe('a value that its description does not allow', () => {
  const lend = { reader: 'a', item: [book], 'must-return-by': 0 };
  const CASES: readonly [string, string, unknown, string][] = [
    [
      'a missing field',
      'lend',
      { ...lend, reader: undefined },
      'lend, field reader: a required field is missing',
    ],
    [
      'an empty list that must not be',
      'lend',
      { ...lend, item: [] },
      'lend, field item: a required list is empty',
    ],
    ['one where a list belongs', 'lend', { ...lend, item: book }, 'lend, field item: not a list'],
    [
      'a text where an object belongs',
      'lend',
      { ...lend, item: ['b'] },
      'lend, field item: not an object',
    ],
    [
      'a number where a text belongs',
      'lend',
      { ...lend, reader: 1 },
      'lend, field reader: not a value of xs:string: a number',
    ],
    [
      'a number where 64 bits belong',
      'lendResponse',
      { return: 1 },
      'lendResponse, field return: not a value of xs:long: a number',
    ],
    [
      'a character XML cannot carry',
      'lend',
      { ...lend, reader: 'a\u0007' },
      'lend, field reader: a character that XML cannot carry',
    ],
    [
      'a word outside an enumeration',
      'lend',
      { ...lend, item: [{ ...book, condition: 'old' }] },
      'lend, field condition: not a value of Condition',
    ],
    [
      'an anyType of unknown type',
      'lend',
      { ...lend, note: { type: 'Pen', value: {} } },
      'lend, field note: a value of unknown type',
    ],
    [
      'an anyType of anyType',
      'lend',
      { ...lend, note: { type: 'xs:anyType', value: 1 } },
      'lend, field note: a value of unknown type',
    ],
    [
      'an anyType named as a method',
      'lend',
      { ...lend, note: { type: 'toString', value: {} } },
      'lend, field note: a value of unknown type',
    ],
    [
      'an anyType that says two types',
      'lend',
      { ...lend, note: { type: 'ItemItem', value: { ...book, $type: 'Book' } } },
      'lend, field note: a value says it is both ItemItem and Book',
    ],
    [
      'a $type that does not extend',
      'lend',
      { ...lend, item: [{ ...book, $type: 'OnLoan' }] },
      'lend, field item: OnLoan does not extend ItemItem',
    ],
    ['no object at all', 'lend', undefined, 'lend, field : not an object'],
    ['an element nobody describes', 'borrow', {}, 'no element borrow'],
  ];

  test.each(CASES)('%s', (_, key, value, sentence) => {
    expect(() => codec.encode(key, value)).toThrow(new EncodeError(sentence));
  });

  test('an absent list that may be empty is an empty one', () => {
    expect(codec.encode('bookResponse', { return: { condition: 'new', id: 'b' } })).not.toContain(
      'author',
    );
  });
});
