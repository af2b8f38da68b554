/**
 * The scalars that a property's values are made of, by the property's type: how each stands on the wire,
 * which of two is larger, and the ends of the type, which stand on the wire for an end that a range lacks.
 * Knows nothing of ranges, sets or profiles. Source: VASA `BuiltinTypesEnum`, `TimeSpan`; XML Schema 1.0.
 */
import type { PropertyType, Scalar, TimeSpan } from '../../model/policies.ts';
import type { AnyValue, ScalarName } from '../../wire/descriptor.ts';

/** What scalars of one type are compared by: equal keys are equal values. */
export type Key = bigint | number | string | boolean;

interface ScalarType {
  /** VASA's name of the type in `TypeInfo`. */
  readonly typeName: string;
  /** The type on the wire. */
  readonly wire: ScalarName | 'TimeSpan';
  /** The value from the wire; undefined when it is none of this type. */
  readonly read: (any: AnyValue) => Scalar | undefined;
  /** The value on the wire. */
  readonly write: (scalar: Scalar) => unknown;
  /** Throws TypeError when it is not of the type. */
  readonly key: (scalar: Scalar) => Key;
  /** Smallest and largest value; undefined: the type has no order, and no ranges. */
  readonly ends: { readonly min: Scalar; readonly max: Scalar } | undefined;
}

const SECONDS: Readonly<Record<TimeSpan['unit'], bigint>> = {
  SECONDS: 1n,
  MINUTES: 60n,
  HOURS: 3_600n,
  DAYS: 86_400n,
  WEEKS: 604_800n,
  // A twelfth of a mean Gregorian year, since a month by itself has no length.
  MONTHS: 2_629_746n,
  YEARS: 31_556_952n,
};

const INT_MAX = 2 ** 31 - 1;
const LONG_MAX = 2n ** 63n - 1n;

function isUnit(text: unknown): text is TimeSpan['unit'] {
  return typeof text === 'string' && Object.hasOwn(SECONDS, text);
}

function isTimeSpan(value: unknown): value is TimeSpan {
  return (
    typeof value === 'object' &&
    value !== null &&
    'unit' in value &&
    'value' in value &&
    isUnit(value.unit) &&
    Number.isInteger(value.value)
  );
}

function timeSpanSeconds(scalar: Scalar): bigint {
  if (!isTimeSpan(scalar)) throw new TypeError('not a time span');
  return BigInt(scalar.value) * SECONDS[scalar.unit];
}

/** Milliseconds of an XSD dateTime; one without a zone is UTC. */
function timeOf(scalar: Scalar): number {
  const text = String(scalar);
  const time = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(time)) throw new TypeError(`not a time: ${text}`);
  return time;
}

const DURATION =
  /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;

/** Seconds of an XSD duration, months and years by their mean length. */
function durationSeconds(scalar: Scalar): number {
  const parts = DURATION.exec(String(scalar));
  if (parts === null) throw new TypeError(`not a duration: ${String(scalar)}`);
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(2)
    .map((part) => Number(part ?? 0));
  const sum =
    (years * 12 + months) * Number(SECONDS.MONTHS) +
    ((days * 24 + hours) * 60 + minutes) * 60 +
    seconds;
  return parts[1] === '-' ? -sum : sum;
}

function number(scalar: Scalar): number {
  if (typeof scalar !== 'number') throw new TypeError('not a number');
  return scalar;
}

function text(scalar: Scalar): string {
  if (typeof scalar !== 'string') throw new TypeError('not a text');
  return scalar;
}

function truth(scalar: Scalar): boolean {
  if (typeof scalar !== 'boolean') throw new TypeError('neither true nor false');
  return scalar;
}

function long(scalar: Scalar): bigint {
  if (typeof scalar !== 'bigint') throw new TypeError('not a 64-bit number');
  return scalar;
}

/** The value itself, where wire and model have the same and it is of this JavaScript type. */
function plain(wire: ScalarName, javaScript: 'number' | 'string' | 'boolean') {
  return {
    wire,
    // What `typeof` says is a Scalar; the compiler does not follow a variable there.
    read: ({ type, value }: AnyValue) =>
      type === wire && typeof value === javaScript ? (value as Scalar) : undefined,
    write: (scalar: Scalar) => scalar,
  } as const;
}

function readLong({ type, value }: AnyValue): Scalar | undefined {
  if (type === 'xs:long' && typeof value === 'bigint') return value;
  // In XML Schema an int is a long too.
  return type === 'xs:int' && typeof value === 'number' ? BigInt(value) : undefined;
}

const doubles = plain('xs:double', 'number');

/** Every type of property. */
export const SCALAR_TYPES: Readonly<Record<PropertyType, ScalarType>> = {
  long: {
    typeName: 'XSD_LONG',
    wire: 'xs:long',
    read: readLong,
    write: long,
    key: long,
    ends: { min: -LONG_MAX - 1n, max: LONG_MAX },
  },
  int: {
    typeName: 'XSD_INT',
    ...plain('xs:int', 'number'),
    key: number,
    ends: { min: -INT_MAX - 1, max: INT_MAX },
  },
  double: {
    typeName: 'XSD_DOUBLE',
    ...doubles,
    // What is no number has no place among numbers.
    read: (any) => (Number.isNaN(any.value) ? undefined : doubles.read(any)),
    key: number,
    ends: { min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
  },
  string: {
    typeName: 'XSD_STRING',
    ...plain('xs:string', 'string'),
    key: text,
    ends: undefined,
  },
  boolean: {
    typeName: 'XSD_BOOLEAN',
    ...plain('xs:boolean', 'boolean'),
    key: truth,
    ends: undefined,
  },
  dateTime: {
    typeName: 'XSD_DATETIME',
    wire: 'xs:dateTime',
    read: ({ type, value }) =>
      type === 'xs:dateTime' && typeof value === 'number'
        ? new Date(value).toISOString()
        : undefined,
    write: timeOf,
    key: timeOf,
    ends: { min: '0001-01-01T00:00:00.000Z', max: '9999-12-31T23:59:59.999Z' },
  },
  duration: {
    typeName: 'XSD_DURATION',
    ...plain('xs:duration', 'string'),
    key: durationSeconds,
    ends: { min: '-P9999Y', max: 'P9999Y' },
  },
  timeSpan: {
    typeName: 'VMW_TIMESPAN',
    wire: 'TimeSpan',
    read: ({ type, value }) => (type === 'TimeSpan' && isTimeSpan(value) ? value : undefined),
    write: (scalar) => scalar,
    key: timeSpanSeconds,
    ends: { min: { unit: 'SECONDS', value: 0 }, max: { unit: 'YEARS', value: INT_MAX } },
  },
};
