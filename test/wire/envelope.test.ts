/** Envelopes of both versions: what names the operation, what is refused, what is passed over. */
import { describe, expect, test } from 'vitest';
import { compileCodec } from '../../src/wire/codec.ts';
import { compileMessageReader } from '../../src/wire/envelope.ts';
import { MessageError } from '../../src/wire/errors.ts';
import { ENVELOPE_NAMESPACES, envelope } from '../support/wire/envelopes.ts';
import { service } from '../wsdl/fixtures/lending-3.1/generated/service.ts';

const readMessage = compileMessageReader(compileCodec(service));
const BOOK = '<book xmlns="urn:example:lending:3.1:messages"><isbn>1</isbn></book>';

describe.each(['1.1', '1.2'] as const)('SOAP %s', (soap) => {
  const read = (xml: string, action?: string) => readMessage(soap, action, Buffer.from(xml));
  const error = (xml: string, action?: string): string => {
    const { error: found, operation } = read(xml, action);
    expect(found).toBeInstanceOf(MessageError);
    return found instanceof MessageError ? `${operation}: ${found.kind}: ${found.message}` : '';
  };

  test('the Body alone names the operation, and with an action that agrees', () => {
    const expected = { operation: 'book', request: { isbn: '1' }, error: undefined };
    expect(read(envelope(soap, BOOK))).toEqual(expected);
    expect(read(envelope(soap, BOOK), 'urn:book')).toEqual(expected);
  });

  test('white space, comments, a declaration and a byte order mark are no matter', () => {
    const xml = `\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!-- a -->${envelope(soap, `\n ${BOOK}\n`, ' ')}\n`;
    expect(read(xml).error).toBeUndefined();
  });

  test('with an empty Body the action names it', () => {
    const expected = { operation: 'open', request: {}, error: undefined };
    expect(read(envelope(soap, ''), 'urn:open')).toEqual(expected);
    expect(read(envelope(soap, '<!-- nothing -->\n'), 'urn:open')).toEqual(expected);
  });

  test.each([
    [
      'empty Body, no action',
      '',
      undefined,
      'undefined: structure: the Body is empty and no action names the operation',
    ],
    [
      'empty Body of one that has a request',
      '',
      'urn:book',
      'book: structure: the Body of book must not be empty',
    ],
    [
      'an unknown action',
      BOOK,
      'urn:burn',
      'undefined: structure: the action urn:burn is not one of this service',
    ],
    [
      'an action named like a method',
      BOOK,
      'constructor',
      'undefined: structure: the action constructor is not one of this service',
    ],
    [
      'an action without its urn',
      BOOK,
      'book',
      'undefined: structure: the action book is not one of this service',
    ],
    [
      'an unknown element',
      '<book/>',
      undefined,
      'undefined: structure: {}book is no request of this service',
    ],
    [
      'a response',
      '<lendResponse xmlns="urn:example:lending:3.1:messages"/>',
      undefined,
      'undefined: structure: {urn:example:lending:3.1:messages}lendResponse is no request of this service',
    ],
    [
      'a Body of another operation than the action',
      BOOK,
      'urn:lend',
      'undefined: structure: the action says lend but the Body says book',
    ],
    [
      'a Body where the action has none',
      BOOK,
      'urn:open',
      'undefined: structure: the action says open but the Body says book',
    ],
    [
      'two requests',
      BOOK + BOOK,
      undefined,
      'book: structure: the Body holds more than one element',
    ],
    [
      'text in the Body',
      `x${BOOK}`,
      undefined,
      'undefined: structure: the envelope holds text where only elements belong',
    ],
    [
      'text in an empty Body',
      'x',
      'urn:open',
      'open: structure: the envelope holds text where only elements belong',
    ],
  ])('%s', (_, body, action, sentence) => {
    expect(error(envelope(soap, body), action)).toBe(sentence);
  });

  test('a request that breaks off still belongs to the operation it named', () => {
    const whole = envelope(soap, BOOK);
    expect(error(whole.slice(0, -20))).toMatch(/^book: structure: malformed XML/);
    expect(error(whole.slice(0, 20), 'urn:book')).toMatch(/^book: structure: malformed XML/);
    expect(error(envelope(soap, BOOK.replace('isbn', 'ISBN')), 'urn:book')).toMatch(/^book: /);
  });

  test.each([
    ['no envelope', BOOK, 'the request is not a SOAP envelope'],
    ['no Body', '<S:Envelope xmlns:S="NS"/>', 'the envelope has no Body'],
    [
      'two Bodies',
      '<S:Envelope xmlns:S="NS"><S:Body/><S:Body/></S:Envelope>',
      'the envelope has no place for Body',
    ],
    [
      'a Header after the Body',
      '<S:Envelope xmlns:S="NS"><S:Body/><S:Header/></S:Envelope>',
      'the envelope has no place for Header',
    ],
    [
      'two Headers',
      '<S:Envelope xmlns:S="NS"><S:Header/><S:Header/><S:Body/></S:Envelope>',
      'the envelope has no place for Header',
    ],
    [
      'something else',
      '<S:Envelope xmlns:S="NS"><S:Body/><x/></S:Envelope>',
      'the envelope has no place for x',
    ],
    [
      'a Body of no namespace',
      '<S:Envelope xmlns:S="NS"><Body/></S:Envelope>',
      'the envelope has no place for Body',
    ],
    [
      'text',
      '<S:Envelope xmlns:S="NS">x<S:Body/></S:Envelope>',
      'the envelope holds text where only elements belong',
    ],
  ])('%s in place of an envelope', (_, xml, sentence) => {
    expect(error(xml.replace('NS', ENVELOPE_NAMESPACES[soap]), 'urn:open')).toBe(
      `open: structure: ${sentence}`,
    );
  });

  test('an envelope of another version is told apart', () => {
    const other = soap === '1.1' ? '1.2' : '1.1';
    expect(error(envelope(other, BOOK))).toMatch(/^undefined: version: /);
    expect(error('<Envelope xmlns="urn:soap:7"/>')).toMatch(/^undefined: version: /);
  });

  test('headers nobody must understand are passed over, whatever they hold', () => {
    const header =
      '<wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:lend</wsa:Action>' +
      '<a xmlns="urn:a" S:mustUnderstand="0">text<b><c d="e"/></b></a>';
    expect(read(envelope(soap, BOOK, header)).error).toBeUndefined();
  });

  test('a header that must be understood is refused, unless it is for somebody else', () => {
    const header = (attributes: string) => envelope(soap, BOOK, `<a xmlns="urn:a" ${attributes}/>`);
    const role = soap === '1.1' ? 'actor' : 'role';
    expect(error(header('S:mustUnderstand="1"'), 'urn:book')).toBe(
      'book: mustUnderstand: the header a is not understood here',
    );
    expect(error(header('S:mustUnderstand="true"'))).toMatch(/mustUnderstand/);
    expect(error(header(`S:mustUnderstand="1" S:${role}=""`))).toMatch(/mustUnderstand/);
    expect(read(header(`S:mustUnderstand="1" S:${role}="urn:relay"`)).error).toBeUndefined();
    expect(read(header('mustUnderstand="1"')).error).toBeUndefined();
  });

  test('bytes that are no UTF-8 are refused', () => {
    const { error: found } = readMessage(soap, 'urn:book', Buffer.from([0x3c, 0x61, 0xff, 0x3e]));
    expect(found).toMatchObject({ kind: 'structure', message: 'the request is not UTF-8' });
  });
});

test('operations that cannot be told apart are a mistake in the description', () => {
  const { open, close, ...others } = service.operations;
  const twins = { ...service, operations: { ...others, a: open, b: open } };
  expect(close).toBeDefined();
  expect(() => compileMessageReader(compileCodec(twins as typeof service))).toThrow(
    'share urn:open',
  );
});
