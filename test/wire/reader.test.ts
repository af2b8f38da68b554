/** Each rule of the reader, with the sentence it answers: shape, order, namespaces, nil, types, paths. */
import { describe, expect, test } from 'vitest';
import { compileCodec } from '../../src/wire/codec.ts';
import type { UntypedValue } from '../../src/wire/descriptor.ts';
import { MessageError } from '../../src/wire/errors.ts';
import { service as vasa } from '../../src/wire/generated/vasa-2.0/service.ts';
import { service as lending } from '../wsdl/fixtures/lending-3.1/generated/service.ts';

const codec = compileCodec(lending);
const vasaCodec = compileCodec(vasa);

const DECLARED =
  'xmlns="urn:example:lending:3.1:messages" xmlns:i="urn:example:lending:items" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const ITEM = '<item><i:condition>new</i:condition><i:id>b1</i:id></item>';
const BY = '<must-return-by>2026-11-22T10:30:00Z</must-return-by>';

const lend = (inner: string): string => `<lend ${DECLARED}>${inner}</lend>`;
const decoded = (inner: string): unknown => codec.decode('lend', lend(inner));

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof MessageError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

const refused = (inner: string): string => refusal(() => decoded(inner));

describe('a request of the right shape', () => {
  test('gives an object by the fields of the schema', () => {
    expect(decoded(`<reader> a </reader>${ITEM}${BY}`)).toEqual({
      reader: ' a ',
      item: [{ condition: 'new', id: 'b1' }],
      'must-return-by': Date.UTC(2026, 10, 22, 10, 30),
    });
  });

  test('may be indented, commented and split by CDATA', () => {
    expect(
      decoded(`
        <!-- who --> <reader>a<!-- x -->b<![CDATA[<c>]]></reader>
        ${ITEM}
        ${BY}
      `),
    ).toMatchObject({ reader: 'ab<c>' });
  });

  test('takes any prefix, and declarations on any element', () => {
    const xml =
      '<m:lend xmlns:m="urn:example:lending:3.1:messages"><m:reader>a</m:reader>' +
      '<m:item><condition xmlns="urn:example:lending:items">new</condition>' +
      '<q:id xmlns:q="urn:example:lending:items">b</q:id></m:item>' +
      '<must-return-by xmlns="urn:example:lending:3.1:messages">2026-11-22T10:30:00Z</must-return-by></m:lend>';
    expect(codec.decode('lend', xml)).toMatchObject({ reader: 'a', item: [{ id: 'b' }] });
  });

  test('a list of one is a list, and one that may be empty is there when it is', () => {
    const book = '<book xmlns="urn:example:lending:3.1:messages"><isbn>1</isbn></book>';
    expect(codec.decode('book', book)).toEqual({ isbn: '1' });
    const reply = codec.encode('bookResponse', {
      return: { condition: 'new', id: 'b', author: ['c'] },
    });
    expect(codec.decode('bookResponse', reply)).toEqual({
      return: { condition: 'new', id: 'b', author: ['c'] },
      kept: [],
    });
  });

  test('an empty string is a string', () => {
    expect(decoded(`<reader/>${ITEM}${BY}`)).toMatchObject({ reader: '' });
  });

  test('names of the language’s own objects stay values', () => {
    expect(decoded(`<reader>__proto__</reader>${ITEM}${BY}`)).toMatchObject({
      reader: '__proto__',
    });
  });
});

describe('a request of the wrong shape is refused with the path of the fault', () => {
  const READER = '<reader>a</reader>';
  const CASES: readonly [string, string, string][] = [
    [
      'an unknown element',
      `${READER}<colour/>`,
      'structure: lend holds an unknown element, colour',
    ],
    [
      'an unknown element within',
      `${READER}<item><i:x/></item>`,
      'structure: lend/item[1] holds an unknown element, x',
    ],
    [
      'the name of a prototype',
      '<__proto__/>',
      'structure: lend holds an unknown element, __proto__',
    ],
    ['the name of a method', '<toString/>', 'structure: lend holds an unknown element, toString'],
    [
      'a wrong namespace',
      `${READER}<item><condition>new</condition></item>`,
      'structure: lend/item[1] holds condition in namespace urn:example:lending:3.1:messages, not in urn:example:lending:items',
    ],
    [
      'no namespace',
      '<reader xmlns="">a</reader>',
      'structure: lend holds reader in no namespace, not in urn:example:lending:3.1:messages',
    ],
    [
      'a wrong order',
      `${READER}${ITEM}${BY}<note xsi:nil="1"/>`,
      "structure: lend holds note out of the schema's order",
    ],
    [
      'a base field after a derived one',
      `${READER}<item><i:id>b</i:id><i:condition>new</i:condition></item>`,
      'value: lend/item[1]/condition is missing',
    ],
    [
      'a second one where one may be',
      `${READER}${READER}`,
      'structure: lend holds reader more than once',
    ],
    [
      'a list in two parts',
      `${READER}${ITEM}${BY}${ITEM}`,
      "structure: lend holds item out of the schema's order",
    ],
    ['a missing element', ITEM, 'value: lend/reader is missing'],
    ['a missing last element', `${READER}${ITEM}`, 'value: lend/must-return-by is missing'],
    ['an empty list that must not be', `${READER}${BY}`, 'value: lend/item[1] is missing'],
    [
      'text between elements',
      `${READER}x${ITEM}`,
      'structure: lend holds text where only elements belong',
    ],
    [
      'text in an object',
      `${READER}<item>x</item>`,
      'structure: lend/item[1] holds text where only elements belong',
    ],
    [
      'an element in a text',
      '<reader><b/></reader>',
      'structure: lend/reader holds an element, b, where only text belongs',
    ],
    [
      'a bad date',
      `${READER}${ITEM}<must-return-by>soon</must-return-by>`,
      'value: lend/must-return-by is no value of xs:dateTime: "soon"',
    ],
    [
      'a value outside an enumeration',
      `${READER}${ITEM}<item><i:condition>old</i:condition></item>`,
      'value: lend/item[2]/condition is no value of Condition: "old"',
    ],
    ['an attribute', '<reader id="1">a</reader>', 'structure: reader has an unknown attribute, id'],
    [
      'nil where it is not allowed',
      '<reader xsi:nil="true"/>',
      'value: lend/reader must not be nil',
    ],
    [
      'nil with a text',
      `${READER}${ITEM}<note xsi:nil="true">x</note>`,
      'structure: lend/note is nil and yet holds a text',
    ],
    [
      'nil with an element',
      `${READER}${ITEM}<note xsi:nil="true"><b/></note>`,
      'structure: lend/note holds an element, b, where only text belongs',
    ],
    [
      'a nil that is no boolean',
      `${READER}${ITEM}<note xsi:nil="yes"/>`,
      'structure: note has an xsi:nil that is neither true nor false',
    ],
  ];

  test.each(CASES)('%s', (_, inner, sentence) => {
    expect(refused(inner)).toBe(sentence);
  });

  test('another root, a root with a type, a nil root, a root with an attribute', () => {
    expect(refusal(() => codec.decode('lend', '<lend/>'))).toBe('structure: not an element lend');
    const root = (attributes: string) =>
      refusal(() => codec.decode('lend', `<lend ${DECLARED} ${attributes}/>`));
    expect(root('xsi:type="xs:string"')).toBe('structure: lend takes no xsi:type');
    expect(root('xsi:nil="1"')).toBe('structure: lend must not be nil');
    expect(root('a="b"')).toBe('structure: lend has an unknown attribute, a');
  });

  test('a text of a megabyte is quoted in short', () => {
    expect(
      refused(`${READER}${ITEM}<must-return-by>${'x'.repeat(1e6)}</must-return-by>`).length,
    ).toBeLessThan(200);
  });
});

describe('nil', () => {
  test('is the same as absent', () => {
    expect(
      decoded(`<reader>a</reader>${ITEM}<note xsi:nil="true"/><must-return-by xsi:nil=" 1 "/>`),
    ).toEqual({
      reader: 'a',
      item: [{ condition: 'new', id: 'b1' }],
    });
  });

  test('is left out of a list', () => {
    const xml =
      '<m:bookResponse xmlns:m="urn:example:lending:3.1:messages" xmlns="urn:example:lending:items" ' +
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><m:return><condition>new</condition><id>b</id>' +
      '<author>a</author><author xsi:nil="true"/><author xsi:nil="false">c</author></m:return></m:bookResponse>';
    expect(codec.decode('bookResponse', xml)).toMatchObject({ return: { author: ['a', 'c'] } });
  });
});

describe('xsi:type', () => {
  const note = (attributes: string, content: string): string =>
    `<reader>a</reader>${ITEM}<note ${attributes}>${content}</note>${BY}`;

  test('says what an anyType holds: a scalar, an enumeration, a type of the service', () => {
    expect(decoded(note('xsi:type="xs:long"', '12'))).toMatchObject({
      note: { type: 'xs:long', value: 12n },
    });
    expect(decoded(note('xsi:type="i:Condition"', 'new'))).toMatchObject({
      note: { type: 'Condition', value: 'new' },
    });
    expect(
      decoded(note('xsi:type="i:Item"', '<i:condition>new</i:condition><i:id>b</i:id>')),
    ).toMatchObject({ note: { type: 'ItemItem', value: { condition: 'new', id: 'b' } } });
  });

  test('is resolved by the prefixes in force, the default one among them', () => {
    const content = note(
      'xmlns="urn:example:lending:3.1:messages" xmlns:s="http://www.w3.org/2001/XMLSchema" xsi:type=" s:int "',
      '7',
    );
    expect(decoded(content)).toMatchObject({ note: { type: 'xs:int', value: 7 } });
    const own =
      '<note xmlns="http://www.w3.org/2001/XMLSchema" xmlns:m="urn:example:lending:3.1:messages" xsi:type="int">7</note>';
    expect(refused(`<reader>a</reader>${ITEM}${own}`)).toContain(
      'in namespace http://www.w3.org/2001/XMLSchema',
    );
    const prefixed =
      '<m:note xmlns="http://www.w3.org/2001/XMLSchema" xmlns:m="urn:example:lending:3.1:messages" xsi:type="int">7</m:note>';
    expect(decoded(`<reader>a</reader>${ITEM}${prefixed}${BY}`)).toMatchObject({
      note: { value: 7 },
    });
  });

  test('substitutes a type that extends the declared one, and says so by $type', () => {
    const atlas =
      '<item xsi:type="i:Atlas"><i:condition>new</i:condition><i:id>b</i:id><i:scale>0.5</i:scale>' +
      '<i:loan>P1D</i:loan><i:folded>1</i:folded></item>';
    expect(decoded(`<reader>a</reader>${atlas}${BY}`)).toMatchObject({
      item: [
        {
          $type: 'Atlas',
          condition: 'new',
          id: 'b',
          author: [],
          scale: 0.5,
          loan: 'P1D',
          folded: true,
        },
      ],
    });
  });

  test('may repeat the declared type', () => {
    const item = ITEM.replace('<item>', '<item xsi:type="i:Item">');
    expect(decoded(`<reader xsi:type="xs:string">a</reader>${item}${BY}`)).toMatchObject({
      item: [{ condition: 'new', id: 'b1' }],
    });
  });

  test.each([
    ['unknown', 'xsi:type="i:Pen"', 'structure: lend/note has an unknown xsi:type, i:Pen'],
    [
      'of an undeclared prefix',
      'xsi:type="z:Pen"',
      'structure: lend/note has an unknown xsi:type, z:Pen',
    ],
    [
      'a scalar the service does not use',
      'xsi:type="xs:token"',
      'structure: lend/note has an unknown xsi:type, xs:token',
    ],
    [
      'anyType again',
      'xsi:type="xs:anyType"',
      'structure: lend/note has an unknown xsi:type, xs:anyType',
    ],
    [
      'named like a method',
      'xsi:type="toString"',
      'structure: lend/note has an unknown xsi:type, toString',
    ],
  ])('on an anyType is refused when %s', (_, attributes, sentence) => {
    expect(refused(note(attributes, 'x'))).toBe(sentence);
  });

  test('may be absent from text in an anyType, which is read by whoever knows the type', () => {
    const { note: found } = decoded(note('', ' 1.5 ')) as { readonly note: UntypedValue };
    expect(found).toMatchObject({ type: 'xs:anyType', value: ' 1.5 ' });
    expect(found.readAs('xs:double')).toBe(1.5);
    expect(found.readAs('xs:string')).toBe(' 1.5 ');
    expect(found.readAs('xs:int')).toBeUndefined();
  });

  test('may not be absent from elements in an anyType, nor from anything where that is refused', () => {
    const sentence = 'value: lend/note needs an xsi:type that says what it holds';
    expect(refused(note('', '<i:id>b</i:id>'))).toBe(sentence);
    const strict = (xml: string): unknown => {
      let reader: ReturnType<typeof codec.reader> | undefined;
      codec.tokenize(xml, {
        open: (tag, resolve) => {
          if (reader !== undefined) return reader.open(tag, resolve);
          const root = codec.elementNamed(tag.uri, tag.local);
          if (root === undefined) throw new Error('no such element');
          reader = codec.reader(root, tag, 'refused');
        },
        text: (text) => reader?.text(text),
        close: () => reader?.close(),
      });
      return reader?.result;
    };
    expect(() => strict(lend(note('', 'x')))).toThrow(/needs an xsi:type/);
    expect(strict(lend(note('xsi:type="xs:string"', 'x')))).toBeDefined();
  });

  test('that does not extend the declared one is refused', () => {
    const item = ITEM.replace('<item>', '<item xsi:type="i:OnLoan">');
    expect(refused(`<reader>a</reader>${item}`)).toBe(
      'structure: lend/item[1] cannot be of type OnLoan; it is a ItemItem',
    );
    expect(refused('<reader xsi:type="xs:int">1</reader>')).toBe(
      'structure: lend/reader cannot be of type xs:int; it is a xs:string',
    );
  });

  test('schema locations, unknown xsi attributes and attributes of other namespaces are left alone', () => {
    const attributes =
      'xsi:schemaLocation="urn:a a.xsd" xsi:somethingNew="1" xmlns:w="urn:w" w:Id="7" xml:lang="en"';
    expect(decoded(`<reader ${attributes}>a</reader>${ITEM}${BY}`)).toMatchObject({ reader: 'a' });
  });
});

describe('a VASA request', () => {
  test('mixes namespaces through inheritance exactly as the schemas do', () => {
    const xml = vasaCodec.encode('bindVirtualVolumeResponse', {
      return: [
        {
          vvolId: 'v',
          vvolHandle: {
            uniqueIdentifier: 'u',
            peInBandId: { protocolEndpointType: 'SCSI', lunId: 'l' },
            vvolSecondaryId: 's',
          },
        },
      ],
    });
    const inherited = '<data:uniqueIdentifier>u</data:uniqueIdentifier>';
    expect(xml).toContain(`<vvol:vvolHandle>${inherited}<vvol:peInBandId>`);
    const last = xml
      .replace(inherited, '')
      .replace('</vvol:vvolHandle>', `${inherited}</vvol:vvolHandle>`);
    expect(refusal(() => vasaCodec.decode('bindVirtualVolumeResponse', last))).toBe(
      "structure: bindVirtualVolumeResponse/return[1]/vvolHandle holds uniqueIdentifier out of the schema's order",
    );
  });

  test('64 bits arrive whole', () => {
    const xml =
      '<getEvents xmlns="http://com.vmware.vim.vasa/2.0/xsd"><lastEventId>1152921504606846977</lastEventId></getEvents>';
    expect(vasaCodec.decode('getEvents', xml)).toEqual({ lastEventId: 1152921504606846977n });
  });
});
