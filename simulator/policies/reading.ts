/**
 * Values as they are written in a declaration, read by the type of their property. Knows nothing of what they
 * are offered or asked for.
 */
import type { Property, PropertyType, PropertyValue, Scalar } from '../../src/model/policies.ts';
import { isUpsideDown, isWithin } from './values.ts';
import type { WrittenScalar, WrittenValue } from './written.ts';

/** Throws TypeError, with what is wrong. */
const READERS: Readonly<Record<PropertyType, (written: WrittenScalar) => Scalar>> = {
  long: (written) => {
    const digits = typeof written === 'string' ? /^-?\d+$/.test(written) : isInteger(written);
    if (digits && BigInt.asIntN(64, BigInt(String(written))) === BigInt(String(written))) {
      return BigInt(String(written));
    }
    throw new TypeError('is no 64-bit integer');
  },
  int: (written) => {
    if (isInteger(written) && Math.abs(written) < 2 ** 31) return written;
    throw new TypeError('is no 32-bit integer');
  },
  double: (written) => {
    if (typeof written === 'number' && Number.isFinite(written)) return written;
    throw new TypeError('is no number');
  },
  string: (written) => {
    if (typeof written === 'string') return written;
    throw new TypeError('is no text');
  },
  boolean: (written) => {
    if (typeof written === 'boolean') return written;
    throw new TypeError('is neither true nor false');
  },
  dateTime: (written) => {
    if (typeof written === 'string' && DATE_TIME.test(written)) return written;
    throw new TypeError('is no time of the form 2030-01-31T12:00:00Z');
  },
  duration: (written) => {
    if (typeof written === 'string' && DURATION.test(written)) return written;
    throw new TypeError('is no duration of the form P1DT12H');
  },
  timeSpan: (written) => {
    if (typeof written === 'object') return written;
    throw new TypeError('is no { unit, value }');
  },
};

/** In UTC, so that two of them stand in the order of their texts. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const DURATION = /^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/;
/** What has an order that texts or numbers of it follow. */
const ORDERED: ReadonlySet<PropertyType> = new Set([
  'long',
  'int',
  'double',
  'dateTime',
  'timeSpan',
]);

function isInteger(written: WrittenScalar): written is number {
  return Number.isSafeInteger(written);
}

/** The value. Throws TypeError, with what is wrong: not of the type, or not among what is allowed. */
export function readValue(
  { type, allowed }: Pick<Property, 'type' | 'allowed'>,
  written: WrittenValue,
): PropertyValue {
  const value = writtenValue(type, written);
  if (isUpsideDown(value)) throw new TypeError('has its ends the wrong way round');
  if (allowed !== undefined && !isWithin(value, allowed)) throw new TypeError('is not allowed');
  return value;
}

function writtenValue(type: PropertyType, written: WrittenValue): PropertyValue {
  const read = READERS[type];
  if (Array.isArray(written)) return { kind: 'set', values: written.map((each) => read(each)) };
  if (typeof written !== 'object' || 'unit' in written)
    return { kind: 'single', value: read(written) };
  const { min, max } = written;
  if (min === undefined && max === undefined) throw new TypeError('has neither min nor max');
  if (!ORDERED.has(type)) throw new TypeError(`is a range, and a ${type} has none`);
  return {
    kind: 'range',
    min: min === undefined ? undefined : read(min),
    max: max === undefined ? undefined : read(max),
  };
}
