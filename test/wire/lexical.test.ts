/** Scalars in text: what is taken, what is refused, and what comes out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeAnyText, escapeText, SCALARS } from '../../src/wire/lexical.ts';

type Name = keyof typeof SCALARS;

const READ: readonly [Name, string, unknown][] = [
  ['xs:boolean', ' 1 ', true],
  ['xs:boolean', '0', false],
  ['xs:boolean', 'true', true],
  ['xs:boolean', '\n\tfalse ', false],
  ['xs:int', '-2147483648', -2147483648],
  ['xs:int', '+7', 7],
  ['xs:int', '007', 7],
  ['xs:long', '9223372036854775807', 9223372036854775807n],
  ['xs:long', '-9223372036854775808', -9223372036854775808n],
  ['xs:long', '1152921504606846977', 1152921504606846977n],
  ['xs:long', ` ${'0'.repeat(100)}1 `, 1n],
  ['xs:double', 'INF', Number.POSITIVE_INFINITY],
  ['xs:double', '-INF', Number.NEGATIVE_INFINITY],
  ['xs:double', 'NaN', Number.NaN],
  ['xs:double', '1.5E3', 1500],
  ['xs:dateTime', '2026-11-22T10:30:00Z', Date.UTC(2026, 10, 22, 10, 30)],
  ['xs:dateTime', '2026-11-22T10:30:00', Date.UTC(2026, 10, 22, 10, 30)],
  ['xs:dateTime', '2026-11-22T10:30:00+14:00', Date.UTC(2026, 10, 21, 20, 30)],
  ['xs:dateTime', '2026-11-22T10:30:00.5-05:30', Date.UTC(2026, 10, 22, 16, 0, 0, 500)],
  ['xs:dateTime', '2026-11-22T10:30:00.1239999Z', Date.UTC(2026, 10, 22, 10, 30, 0, 123)],
  ['xs:dateTime', '2024-02-29T24:00:00Z', Date.UTC(2024, 2, 1)],
  ['xs:dateTime', '0099-01-01T00:00:00Z', new Date('0099-01-01T00:00:00Z').getTime()],
  ['xs:duration', ' P1DT2H ', 'P1DT2H'],
  ['xs:base64Binary', ' AAEC\n /w== ', new Uint8Array([0, 1, 2, 255])],
  ['xs:base64Binary', '', new Uint8Array()],
  ['xs:string', '  kept \n as is ', '  kept \n as is '],
];

const REFUSED: readonly [Name, string][] = [
  ['xs:boolean', 'TRUE'],
  ['xs:boolean', ''],
  ['xs:boolean', 'yes'],
  ['xs:int', '2147483648'],
  ['xs:int', '-2147483649'],
  ['xs:int', '1.0'],
  ['xs:int', ''],
  ['xs:int', '1e3'],
  ['xs:int', '0x10'],
  ['xs:int', '1 2'],
  ['xs:int', '\u00a07'],
  ['xs:long', '9223372036854775808'],
  ['xs:long', '-9223372036854775809'],
  ['xs:long', '1'.repeat(100_000)],
  ['xs:long', '1n'],
  ['xs:double', 'Infinity'],
  ['xs:double', '1.'.repeat(2)],
  ['xs:double', ''],
  ['xs:dateTime', '2026-02-29T00:00:00Z'],
  ['xs:dateTime', '2026-13-01T00:00:00Z'],
  ['xs:dateTime', '2026-00-01T00:00:00Z'],
  ['xs:dateTime', '2026-11-22'],
  ['xs:dateTime', '2026-11-22T24:00:01Z'],
  ['xs:dateTime', '2026-11-22T24:00:00.5Z'],
  ['xs:dateTime', '2026-11-22T10:60:00Z'],
  ['xs:dateTime', '2026-11-22T10:30:60Z'],
  ['xs:dateTime', '2026-11-22T10:30:00+14:01'],
  ['xs:dateTime', '2026-11-22T10:30:00+1:00'],
  ['xs:dateTime', '2026-11-22T10:30:00.Z'],
  ['xs:dateTime', '2026-11-22 10:30:00Z'],
  ['xs:dateTime', '0000-01-01T00:00:00Z'],
  ['xs:dateTime', '12026-11-22T10:30:00Z'],
  ['xs:duration', 'P'],
  ['xs:duration', 'P1DT'],
  ['xs:duration', '1D'],
  ['xs:base64Binary', 'AAE'],
  ['xs:base64Binary', 'AA=='.repeat(2)],
  ['xs:base64Binary', 'AB=='],
  ['xs:base64Binary', 'A-_A'],
];

describe('reading a scalar', () => {
  test.each(READ)('%s takes "%s"', (name, text, value) => {
    expect(SCALARS[name].read(text)).toEqual(value);
  });

  test.each(REFUSED)('%s refuses "%s"', (name, text) => {
    expect(SCALARS[name].read(text)).toBeUndefined();
  });

  test('white space of a megabyte costs no more than its length', () => {
    const started = performance.now();
    expect(SCALARS['xs:int'].read(`1${' '.repeat(1_000_000)}2`)).toBeUndefined();
    expect(SCALARS['xs:duration'].read(`P${' '.repeat(1_000_000)}D`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('writing a scalar', () => {
  const WRONG: readonly [Name, unknown][] = [
    ['xs:string', 7],
    ['xs:string', 'a\u0000b'],
    ['xs:string', 'a\ud800b'],
    ['xs:string', '\uffff'],
    ['xs:boolean', 1],
    ['xs:int', 2 ** 31],
    ['xs:int', 1.5],
    ['xs:int', 1n],
    ['xs:long', 1],
    ['xs:long', 2n ** 63n],
    ['xs:double', '1'],
    ['xs:dateTime', Number.NaN],
    ['xs:dateTime', 253_402_300_800_000],
    ['xs:dateTime', '2026-11-22T10:30:00Z'],
    ['xs:duration', 'a day'],
    ['xs:base64Binary', 'AAEC'],
  ];

  test.each(WRONG)('%s refuses %s', (name, value) => {
    expect(() => SCALARS[name].write(value)).toThrow(TypeError);
  });

  test('a time is written in UTC with milliseconds', () => {
    expect(SCALARS['xs:dateTime'].write(Date.UTC(2026, 0, 2, 3, 4, 5, 6))).toBe(
      '2026-01-02T03:04:05.006Z',
    );
  });

  test('a view into a larger buffer gives its own bytes only', () => {
    const view = new Uint8Array(new Uint8Array([9, 1, 2, 9]).buffer, 1, 2);
    expect(SCALARS['xs:base64Binary'].write(view)).toBe('AQI=');
  });

  test('minus nought is an integer without a sign', () => {
    expect(SCALARS['xs:int'].write(-0)).toBe('0');
  });
});

describe('escaping', () => {
  test('markup, the end of CDATA and carriage returns become references', () => {
    expect(escapeText('a<b>&"\'\r\n]]>')).toBe('a&lt;b&gt;&amp;"\'&#13;\n]]&gt;');
  });

  test('a text that must go out has U+FFFD for what XML cannot carry', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 0, max: 0xffff }),
        (text, unit) => {
          expect(() =>
            escapeText(escapeAnyText(`${text}${String.fromCharCode(unit)}`)),
          ).not.toThrow();
        },
      ),
    );
    expect(escapeAnyText('a\u0000<')).toBe('a\ufffd&lt;');
  });
});
