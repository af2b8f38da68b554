/** Hostile XML meets the tokenizer's bounds and refusals, and meets them early. */
import { setFlagsFromString } from 'node:v8';
import { SaxesParser } from 'saxes';
import { describe, expect, test, vi } from 'vitest';
import { LIMITS } from '../../src/model/limits.ts';
import { MessageError } from '../../src/wire/errors.ts';
import { createTokenizer, textOf } from '../../src/wire/tokenizer.ts';

const tokenize = createTokenizer();
const NOTHING = { open: () => {}, text: () => {}, close: () => {} };

function refusal(xml: string): string {
  try {
    tokenize(xml, NOTHING);
  } catch (error) {
    expect(error).toBeInstanceOf(MessageError);
    return error instanceof MessageError ? `${error.kind}: ${error.message}` : '';
  }
  return 'accepted';
}

const LAUGHS = `<!DOCTYPE a [<!ENTITY l "ha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY l${at} "${'&l;'.repeat(10)}">`).join('')}]><a>&l29;</a>`;

const REFUSED: readonly [string, string, string][] = [
  ['a billion laughs', LAUGHS, 'document type'],
  ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'document type'],
  ['a DTD inside', '<!DOCTYPE a [<!ELEMENT a ANY>]><a/>', 'document type'],
  ['a processing instruction', '<a><?php echo 1 ?></a>', 'processing instructions'],
  ['an instruction before the root', '<?xml-stylesheet href="x"?><a/>', 'processing instructions'],
  ['an entity nobody defined', '<a>&laugh;</a>', 'malformed XML'],
  ['an entity named as a property', '<a>&constructor;</a>', 'malformed XML'],
  ['another entity named as a property', '<a>&__proto__;</a>', 'malformed XML'],
  ['an element left open', '<a><b></a>', 'malformed XML'],
  ['two roots', '<a/><b/>', 'malformed XML'],
  ['text after the root', '<a/>b', 'malformed XML'],
  ['nothing', '', 'malformed XML'],
  ['no XML', '{"a":1}', 'malformed XML'],
  ['a repeated attribute', '<a b="1" b="2"/>', 'malformed XML'],
  [
    'an attribute repeated by another prefix',
    '<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1" q:b="2"/>',
    'malformed XML',
  ],
  ['a prefix nobody declared', '<p:a/>', 'malformed XML'],
  ['a NUL', '<a>\u0000</a>', 'malformed XML'],
  ['a NUL by reference', '<a>&#0;</a>', 'malformed XML'],
  ['a control character of XML 1.1', '<?xml version="1.1"?><a>&#1;</a>', 'XML 1.0'],
  ['XML 1.1', '<?xml version="1.1"?><a/>', 'XML 1.0'],
  ['another encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>', 'encoding'],
  ['an attribute without quotes', '<a b=1/>', 'malformed XML'],
];

describe('the tokenizer refuses', () => {
  test.each(REFUSED)('%s', (_, xml, word) => {
    expect(refusal(xml)).toMatch(/^structure: /);
    expect(refusal(xml)).toContain(word);
  });

  test('nesting too deep, long before the end of the document', () => {
    const started = performance.now();
    expect(refusal('<a xmlns="urn:x">'.repeat(200_000))).toContain('nested too deep');
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('one level more than the limit', () => {
    const levels = LIMITS.xmlDepth + 1;
    expect(refusal('<a>'.repeat(levels) + '</a>'.repeat(levels))).toContain('nested too deep');
  });

  test('too many attributes, and too many namespace declarations', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `a${at}="1"`).join(' ');
    const declared = Array.from({ length: 100_000 }, (_, at) => `xmlns:a${at}="urn:${at}"`).join(
      ' ',
    );
    const started = performance.now();
    expect(refusal(`<a ${many}/>`)).toContain('too many attributes');
    expect(refusal(`<a ${declared}/>`)).toContain('too many attributes');
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('too many attributes in all', () => {
    const each = Array.from({ length: 30 }, (_, at) => `a${at}="1"`).join(' ');
    expect(refusal(`<a>${`<b ${each}/>`.repeat(LIMITS.xmlAttributesInAll / 30)}</a>`)).toBe(
      'accepted',
    );
    expect(
      refusal(`<a c="">${`<b ${each}/>`.repeat(LIMITS.xmlAttributesInAll / 30)}</a>`),
    ).toContain('too many attributes');
  });

  test('too many elements', () => {
    expect(refusal(`<a>${'<b/>'.repeat(LIMITS.xmlElements)}</a>`)).toContain('too many elements');
  });

  test('too long a text, also as CDATA', () => {
    const text = 'x'.repeat(LIMITS.xmlTextCharacters + 1);
    expect(refusal(`<a>${text}</a>`)).toContain('too long');
    expect(refusal(`<a><![CDATA[${text}]]></a>`)).toContain('too long');
  });

  test('with a message that does not carry the request back', () => {
    expect(refusal(`<a>&${'x'.repeat(100_000)};</a>`).length).toBeLessThan(300);
    expect(refusal(`<${'p:'.repeat(100_000)}a/>`).length).toBeLessThan(300);
  });
});

describe('the tokenizer accepts', () => {
  test('a document at each limit', () => {
    const deep = `${'<a>'.repeat(LIMITS.xmlDepth)}${'</a>'.repeat(LIMITS.xmlDepth)}`;
    const wide = Array.from({ length: LIMITS.xmlAttributes }, (_, at) => `a${at}="1"`).join(' ');
    expect(refusal(deep)).toBe('accepted');
    expect(refusal(`<a ${wide}><a ${wide}/></a>`)).toBe('accepted');
    expect(refusal(`<a>${'x'.repeat(LIMITS.xmlTextCharacters)}</a>`)).toBe('accepted');
  });

  test('CDATA as text, whatever it looks like', () => {
    const pieces: string[] = [];
    const handlers = { ...NOTHING, text: (text: string) => pieces.push(text) };
    tokenize('<a>x<![CDATA[<?xml version="1.0"?><b>&amp;</b>]]>y</a>', {
      ...NOTHING,
      text: (text) => void handlers.text(text),
    });
    expect(pieces.join('')).toBe('x<?xml version="1.0"?><b>&amp;</b>y');
  });

  test('comments, the five entities and line ends as XML has them', () => {
    const pieces: string[] = [];
    tokenize('<a><!-- <b> -->&lt;&amp;&gt;&quot;&apos;\r\n&#xD;</a>', {
      ...NOTHING,
      text: (text) => void pieces.push(text),
    });
    expect(pieces.join('')).toBe('<&>"\'\n\r');
  });
});

test('what one document left behind is not counted against the next, nor kept in its way', () => {
  const many = Array.from({ length: LIMITS.xmlAttributes }, (_, at) => `a${at}="1"`).join(' ');
  const broken = [`<a ${many}><a ${many}`, '<a>'.repeat(LIMITS.xmlDepth), '<a b="'];
  for (const each of broken) {
    expect(refusal(each)).toContain('malformed XML');
    expect(refusal(`<a ${many}><b ${many}>x</b></a>`)).toBe('accepted');
  }
  const failing = {
    ...NOTHING,
    open: () => {
      throw new RangeError('of the reader');
    },
  };
  expect(() => tokenize('<a/>', failing)).toThrow(RangeError);
  const opened: string[] = [];
  tokenize('<a><b/></a>', { ...NOTHING, open: ({ local }) => void opened.push(local) });
  expect(opened).toEqual(['a', 'b']);
});

test('a parser stays an object with fast properties, whatever handlers it has', () => {
  // V8's own word for it, which is a function only under this flag: nothing else tells but a clock.
  setFlagsFromString('--allow-natives-syntax');
  const isFast = new Function('object', 'return %HasFastProperties(object)');
  const writing = vi.spyOn(SaxesParser.prototype, 'write');
  tokenize('<a b="c">d<![CDATA[e]]></a>', NOTHING);
  expect(writing.mock.contexts.length).toBeGreaterThan(0);
  for (const parser of writing.mock.contexts) expect(isFast(parser)).toBe(true);
  writing.mockRestore();
});

test('a prefix means what it meant where the element opened', () => {
  const meant: (string | undefined)[] = [];
  tokenize('<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"/><p:c/></p:a>', {
    ...NOTHING,
    open: (_, resolve) => void meant.push(resolve('p'), resolve('q')),
  });
  expect(meant).toEqual(['urn:1', undefined, 'urn:2', undefined, 'urn:1', undefined]);
});

describe('bytes', () => {
  test('a byte order mark is dropped', () => {
    expect(textOf(Buffer.from('\ufeff<a/>'))).toBe('<a/>');
  });

  test.each([
    ['a lone continuation byte', [0x3c, 0x80]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['UTF-16', [0xff, 0xfe, 0x3c, 0x00]],
  ])('%s is no UTF-8', (_, bytes) => {
    expect(() => textOf(Uint8Array.from(bytes))).toThrow('not UTF-8');
  });
});
