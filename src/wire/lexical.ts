/**
 * How the XML Schema scalars look in text: one reader and one writer per type. Knows nothing of
 * elements. A reader gives undefined for text that is no value of the type, so that its caller can say
 * where; a writer throws, because a wrong value there is this provider's own mistake.
 *
 * Source: XML Schema 1.0 part 2, XML 1.0 section 2.2 (the characters that may stand in a document).
 */
import type { ScalarName, Scalars } from './descriptor.ts';

export interface Scalar {
  /** The value, or undefined when `text` is not in the type's lexical space. */
  readonly read: (text: string) => unknown;
  /** The text, ready to stand between two tags. Throws TypeError when `value` is not of the type. */
  readonly write: (value: unknown) => string;
}

const NOT_PLAIN = /[&<>\r]|[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const FORBIDDEN = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
  '"': '&quot;',
};

const escapeOf = (character: string): string => ESCAPES[character] ?? character;

/**
 * `text` as element content. A carriage return is written as a reference, or the reader at the other
 * end would turn it into a line feed. Throws TypeError when XML 1.0 cannot carry a character.
 */
export function escapeText(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  if (text.search(FORBIDDEN) >= 0) throw new TypeError('a character that XML cannot carry');
  return text.replace(/[&<>\r]/g, escapeOf);
}

/** For texts that must go out whatever they hold (fault reasons): what XML cannot carry becomes U+FFFD. */
export function escapeAnyText(text: string): string {
  return escapeText(text.replace(FORBIDDEN, '\uFFFD'));
}

/** `text` between double quotes, as an attribute's value; forbidden characters as in `escapeAnyText`. */
export function escapeAttribute(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>\r"]/g, escapeOf);
}

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/**
 * Without the white space at both ends, as XML Schema's `collapse` has it; no scalar has any inside.
 * A loop, because a pattern for the end would be quadratic in white space.
 */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Does `text` hold nothing but white space as XML knows it? */
export function isBlank(text: string): boolean {
  return trimmed(text) === '';
}

function expected(type: string, value: unknown): TypeError {
  return new TypeError(`not a value of ${type}: a ${typeof value}`);
}

function readInteger(text: string, low: bigint, high: bigint): bigint | undefined {
  // The bound on the digits comes before BigInt, which is quadratic in them.
  if (!/^[+-]?0*[0-9]{1,19}$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value >= low && value <= high ? value : undefined;
}

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;
const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;
/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z: beyond them four digits do not tell the year. */
const TIME_MIN = -62_135_596_800_000;
const TIME_MAX = 253_402_300_799_999;

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function readDateTime(text: string): number | undefined {
  const parts = DATE_TIME.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map(Number);
  const millisecond = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const zone = zoneMinutes(parts[8]);
  const midnight = hour === 24 && minute === 0 && second === 0 && /^0*$/.test(parts[7] ?? '');
  if (zone === undefined || minute > 59 || second > 59 || (hour > 23 && !midnight))
    return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that the month does not have rolls over, and so betrays itself.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const time = date.getTime() + ((hour * 60 + minute - zone) * 60 + second) * 1000 + millisecond;
  return time >= TIME_MIN && time <= TIME_MAX ? time : undefined;
}

function writeDateTime(value: unknown): string {
  if (typeof value !== 'number' || !(value >= TIME_MIN && value <= TIME_MAX)) {
    throw expected('xs:dateTime', value);
  }
  return new Date(value).toISOString();
}

const DOUBLE = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const DURATION = /^-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;

function readDouble(text: string): number | undefined {
  if (text === 'INF') return Number.POSITIVE_INFINITY;
  if (text === '-INF') return Number.NEGATIVE_INFINITY;
  if (text === 'NaN') return Number.NaN;
  return DOUBLE.test(text) ? Number(text) : undefined;
}

function writeDouble(value: unknown): string {
  if (typeof value !== 'number') throw expected('xs:double', value);
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  return Object.is(value, -0) ? '-0' : String(value);
}

function readBase64(text: string): Uint8Array | undefined {
  const packed = text.replace(/[ \t\r\n]+/g, '');
  const bytes = Buffer.from(packed, 'base64');
  // Node's decoder skips what it does not know; only the canonical form survives the way back.
  return bytes.toString('base64') === packed ? new Uint8Array(bytes) : undefined;
}

function writeBase64(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw expected('xs:base64Binary', value);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
}

/** Reader and writer of each scalar. Readers of all but strings take surrounding white space. */
export const SCALARS: { readonly [Name in ScalarName]: Scalar } = {
  'xs:string': {
    read: (text) => text satisfies Scalars['xs:string'],
    write: (value) => {
      if (typeof value !== 'string') throw expected('xs:string', value);
      return escapeText(value);
    },
  },
  'xs:boolean': {
    read: (text) => {
      const word = trimmed(text);
      if (word === 'true' || word === '1') return true;
      return word === 'false' || word === '0' ? false : undefined;
    },
    write: (value) => {
      if (typeof value !== 'boolean') throw expected('xs:boolean', value);
      return value ? 'true' : 'false';
    },
  },
  'xs:int': {
    read: (text) => {
      const value = readInteger(trimmed(text), BigInt(INT_MIN), BigInt(INT_MAX));
      return value === undefined ? undefined : Number(value);
    },
    write: (value) => {
      const fits = Number.isInteger(value) && Number(value) >= INT_MIN && Number(value) <= INT_MAX;
      if (typeof value !== 'number' || !fits) throw expected('xs:int', value);
      return (value + 0).toString();
    },
  },
  'xs:long': {
    read: (text) => readInteger(trimmed(text), LONG_MIN, LONG_MAX),
    write: (value) => {
      if (typeof value !== 'bigint' || value < LONG_MIN || value > LONG_MAX) {
        throw expected('xs:long', value);
      }
      return value.toString();
    },
  },
  'xs:double': { read: (text) => readDouble(trimmed(text)), write: writeDouble },
  'xs:dateTime': { read: (text) => readDateTime(trimmed(text)), write: writeDateTime },
  'xs:duration': {
    read: (text) => (DURATION.test(trimmed(text)) ? trimmed(text) : undefined),
    write: (value) => {
      if (typeof value !== 'string' || !DURATION.test(value)) throw expected('xs:duration', value);
      return value;
    },
  },
  'xs:base64Binary': { read: readBase64, write: writeBase64 },
};

/** Is `type` one of the scalars' names? */
export function isScalar(type: string): type is ScalarName {
  return Object.hasOwn(SCALARS, type);
}
