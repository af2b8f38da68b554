/** The HTTP headers of a SOAP request: version, action, session cookie. */
import { describe, expect, test } from 'vitest';
import { MessageError } from '../../src/wire/errors.ts';
import {
  readSessionCookie,
  readSoapHeaders,
  sessionCookie,
  soapVersionOf,
} from '../../src/wire/media.ts';

const ACCEPTED: readonly [string, string | undefined, '1.1' | '1.2', string | undefined][] = [
  ['text/xml; charset=utf-8', '"urn:a"', '1.1', 'urn:a'],
  ['text/xml', 'urn:a', '1.1', 'urn:a'],
  ['Text/XML;charset="UTF-8"', '', '1.1', undefined],
  ['text/xml', '""', '1.1', undefined],
  ['text/xml', undefined, '1.1', undefined],
  ['text/xml; charset=UTF8 ; x=y;', ' "urn:a" ', '1.1', 'urn:a'],
  ['text/xml; charset=us-ascii', 'urn:a', '1.1', 'urn:a'],
  ['text/xml; action="urn:b"', 'urn:a', '1.1', 'urn:a'],
  ['application/soap+xml; charset=utf-8; action="urn:a"', undefined, '1.2', 'urn:a'],
  ['application/soap+xml;action=urn:a', undefined, '1.2', 'urn:a'],
  ['application/soap+xml; action="urn:a"', '"urn:a"', '1.2', 'urn:a'],
  ['application/soap+xml', '"urn:a"', '1.2', 'urn:a'],
  ['application/soap+xml; action="ur\\n:a"', undefined, '1.2', 'urn:a'],
  ['application/soap+xml; ACTION=""', undefined, '1.2', undefined],
];

const REFUSED: readonly [string | undefined, string | undefined, string][] = [
  [undefined, undefined, 'content type must be'],
  ['', undefined, 'content type must be'],
  ['application/json', undefined, 'content type must be'],
  ['application/xml', undefined, 'content type must be'],
  ['constructor', undefined, 'content type must be'],
  ['multipart/related; type="application/xop+xml"; boundary=x', undefined, 'MTOM'],
  ['text/xml; charset=utf-16', undefined, 'charset must be utf-8, not utf-16'],
  ['text/xml; charset=iso-8859-1', undefined, 'charset must be utf-8'],
  ['text/xml; charset', undefined, 'malformed'],
  ['text/xml; charset="utf-8', undefined, 'malformed'],
  ['text/xml', 'gzip', 'compressed'],
  ['text/xml', 'identity, deflate', 'compressed'],
];

describe('content type and action', () => {
  test.each(ACCEPTED)('%s with SOAPAction %s', (type, action, soap, expected) => {
    expect(readSoapHeaders(type, action, undefined)).toEqual({ soap, action: expected });
  });

  test.each(REFUSED)('%s, encoded %s, is refused', (type, encoding, word) => {
    expect(() => readSoapHeaders(type, 'urn:a', encoding)).toThrow(
      expect.objectContaining({ kind: 'media', message: expect.stringContaining(word) }),
    );
  });

  test('identity is no encoding', () => {
    expect(readSoapHeaders('text/xml', 'urn:a', 'identity')).toMatchObject({ soap: '1.1' });
  });

  test('two actions that differ are refused', () => {
    expect(() =>
      readSoapHeaders('application/soap+xml; action="urn:a"', 'urn:b', undefined),
    ).toThrow(MessageError);
  });

  test('the version is told even where the rest is unreadable', () => {
    expect(soapVersionOf('application/soap+xml; charset=utf-16')).toBe('1.2');
    expect(soapVersionOf('toString')).toBeUndefined();
  });

  test('parameters of sixteen kilobytes are read at once', () => {
    const started = performance.now();
    expect(() => readSoapHeaders(`text/xml${' ;'.repeat(8_000)}"`, '', undefined)).toThrow(
      'malformed',
    );
    expect(() => readSoapHeaders(`text/xml;a="${'\\'.repeat(16_000)}`, '', undefined)).toThrow(
      'malformed',
    );
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('the session cookie', () => {
  test.each([
    ['VASASESSIONID=abc', 'abc'],
    ['VASASESSIONID=abc;$Path="/"', 'abc'],
    ['$Version=1;VASASESSIONID=abc;$Path="/";$Domain="h"', 'abc'],
    ['VASASESSIONID="abc"', 'abc'],
    ['a=b; VASASESSIONID=abc; c=d', 'abc'],
    ['  VASASESSIONID = abc ', 'abc'],
    ['VASASESSIONID=ab=c==', 'ab=c=='],
    ['VASASESSIONID=0; VASASESSIONID=abc', 'abc'],
    ['XVASASESSIONID=no; VASASESSIONID=abc', 'abc'],
  ])('in %s is found', (header, value) => {
    expect(readSessionCookie(header)).toBe(value);
  });

  test.each([
    undefined,
    '',
    'VASASESSIONID=0',
    'VASASESSIONID="0"',
    'VASASESSIONID=',
    'VASASESSIONID',
    'XVASASESSIONID=abc',
    'VASASESSIONIDX=abc',
    'vasasessionid=abc',
    'a="VASASESSIONID=abc"',
  ])('in %s is none', (header) => {
    expect(readSessionCookie(header)).toBeUndefined();
  });

  test('goes out for TLS only and out of reach of scripts', () => {
    expect(sessionCookie('abc')).toBe('VASASESSIONID=abc; Path=/; Secure; HttpOnly');
  });
});
