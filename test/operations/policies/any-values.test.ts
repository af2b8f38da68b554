import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PropertyType, PropertyValue, Scalar, TimeSpan } from '../../../src/model/policies.ts';
import { readValue, writeValue } from '../../../src/operations/policies/any-values.ts';
import { SCALAR_TYPES } from '../../../src/operations/policies/scalars.ts';
import { compileCodec } from '../../../src/wire/codec.ts';
import type { AnyValue } from '../../../src/wire/descriptor.ts';
import { service } from '../../../src/wire/generated/vasa-2.0/service.ts';
import type { DiscreteSet } from '../../../src/wire/generated/vasa-2.0/types.ts';
import { anyRange, anySet, anyString, range, set, single } from './example.ts';

const codec = compileCodec(service);

/** The value after a trip over the wire, as a part of a profile; `change` is what becomes of it on the way. */
function travelled(value: AnyValue, change = (xml: string): string => xml): AnyValue {
  const capabilityId = { id: 'c', namespace: 'n' };
  const constraint = [{ propertyInstance: [{ id: 'p', value }] }];
  const subProfiles = [{ capability: [{ capabilityId, constraint }], name: 's' }];
  const profile = { createdBy: '', creationTime: 0, generationId: 0n, name: '', profileId: 'x' };
  const request = { vvolId: 'v', newStorageProfile: { ...profile, constraints: { subProfiles } } };
  const element = 'updateStorageProfileForVirtualVolume';
  // The codec reads what it wrote.
  const read = codec.decode(element, change(codec.encode(element, request))) as typeof request;
  const [first] = read.newStorageProfile.constraints.subProfiles;
  const found = first?.capability[0]?.constraint[0]?.propertyInstance[0]?.value;
  if (found === undefined) throw new Error('the value was lost');
  return found;
}

const INT = { min: -(2 ** 31), max: 2 ** 31 - 1 };
const units = Object.keys({
  SECONDS: 0,
  MINUTES: 0,
  HOURS: 0,
  DAYS: 0,
  WEEKS: 0,
  MONTHS: 0,
  YEARS: 0,
} satisfies Record<TimeSpan['unit'], 0>) as TimeSpan['unit'][];

const SCALARS: Readonly<Record<PropertyType, fc.Arbitrary<Scalar>>> = {
  long: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  int: fc.integer(INT),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
  string: fc.string(),
  boolean: fc.boolean(),
  dateTime: fc
    .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
    .map((date) => date.toISOString()),
  duration: fc.constantFrom('P1D', 'PT1.5S', 'P1Y2M3DT4H5M6S', '-P3M'),
  timeSpan: fc.record({
    unit: fc.constantFrom(...units),
    value: fc.integer({ min: 1, max: 9999 }),
  }),
};

const TYPES = Object.keys(SCALARS) as PropertyType[];

const returned = (type: PropertyType, value: PropertyValue) =>
  readValue(type, travelled(writeValue(type, value)));

describe.each(TYPES)('a value of type %s', (type) => {
  const scalar = SCALARS[type];

  it('comes back from the wire as it went out, single or in a set', () => {
    const sets = fc.array(scalar, { minLength: 1 }).map((values) => set(...values));
    fc.assert(
      fc.property(fc.oneof(scalar.map(single), sets), (value) => {
        expect(returned(type, value)).toEqual(value);
      }),
    );
  });

  it('is none of any other type', () => {
    const others = TYPES.filter((each) => each !== type && !(type === 'long' && each === 'int'));
    for (const other of others)
      fc.assert(
        fc.property(SCALARS[other], (each) => {
          expect(readValue(type, writeValue(other, single(each)))).toBeUndefined();
        }),
        { numRuns: 5 },
      );
  });
});

describe.each(TYPES.filter((each) => each !== 'timeSpan'))('a value of type %s', (type) => {
  const scalar = SCALARS[type];

  it('is read by the type of its property when it comes untyped', () => {
    const untyped = (xml: string): string => xml.replaceAll(/ \w+:type="\w+:(?!Dis|Ran)\w+"/g, '');
    const sets = fc.array(scalar, { minLength: 1 }).map((values) => set(...values));
    fc.assert(
      fc.property(fc.oneof(scalar.map(single), sets), (value) => {
        const found = travelled(writeValue(type, value), untyped);
        const [first = found] =
          found.type === 'DiscreteSet' ? (found.value as DiscreteSet).values : [];
        expect(first.type).toBe('xs:anyType');
        expect(readValue(type, found)).toEqual(value);
      }),
      { numRuns: 30 },
    );
  });
});

const ORDERED = TYPES.filter((type) => SCALAR_TYPES[type].ends !== undefined);

describe.each(ORDERED)('a range of type %s', (type) => {
  const { ends, key } = SCALAR_TYPES[type];

  it('comes back from the wire as it went out, whichever end it lacks', () => {
    const end = fc.option(SCALARS[type], { nil: undefined });
    fc.assert(
      fc.property(end, end, (min, max) => {
        if (min !== undefined && max !== undefined && key(min) > key(max)) return;
        const isEnd = [min, max].some(
          (each) => each !== undefined && [ends?.min, ends?.max].some((of) => of === each),
        );
        if (!isEnd) expect(returned(type, range(min, max))).toEqual(range(min, max));
      }),
    );
  });
});

describe('a value from the wire', () => {
  it.each([
    ['long', '9223372036854775808'],
    ['int', '1.5'],
    ['double', 'many'],
    ['boolean', 'yes'],
    ['dateTime', 'tomorrow'],
    ['duration', '1 day'],
    ['timeSpan', '1'],
  ] as const)('that is untyped and no %s is none: %s', (type, text) => {
    const string = travelled({ type: 'xs:string', value: text }, (xml) =>
      xml.replace(/ \w+:type="\w+:string"/, ''),
    );
    expect(readValue(type, string)).toBeUndefined();
  });

  it('may be an int where a long is wanted, as XML Schema has it', () => {
    expect(readValue('long', { type: 'xs:int', value: 5 })).toEqual(single(5n));
  });

  it.each([
    ['string', anySet()],
    ['string', anySet(anyString('a'), { type: 'xs:int', value: 1 })],
    ['string', anyRange(anyString('a'), anyString('b'))],
    ['int', anyRange({ type: 'xs:int', value: 2 }, { type: 'xs:int', value: 1 })],
    ['int', anyRange({ type: 'xs:int', value: 2 }, anyString('3'))],
    ['double', { type: 'xs:double', value: Number.NaN }],
    ['timeSpan', { type: 'TimeSpan', value: { unit: 'FORTNIGHTS', value: 1 } }],
  ] as const)('is none of type %s when it is %j', (type, any) => {
    expect(readValue(type, any)).toBeUndefined();
  });

  it('that reaches to the end of its type lacks that end', () => {
    const value = (number: number): AnyValue => ({ type: 'xs:double', value: number });
    const all = anyRange(value(Number.NEGATIVE_INFINITY), value(Number.MAX_VALUE));
    expect(readValue('double', all)).toEqual(range(undefined, undefined));
  });
});

describe('a value that the array gives', () => {
  it('must be of the type that it has declared', () => {
    expect(() => writeValue('string', range('a', 'b'))).toThrow('a string has no ranges');
    expect(() => writeValue('long', single(1))).toThrow(TypeError);
    expect(() => writeValue('dateTime', single('yesterday'))).toThrow(TypeError);
  });
});
