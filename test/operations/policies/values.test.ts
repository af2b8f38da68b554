import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PropertyType, PropertyValue, Scalar, TimeSpan } from '../../../src/model/policies.ts';
import { SCALAR_TYPES } from '../../../src/operations/policies/scalars.ts';
import { common, isWithin } from '../../../src/operations/policies/values.ts';
import { range, set, single } from './example.ts';

const span = (value: number, unit: TimeSpan['unit']): TimeSpan => ({ unit, value });

/** A few scalars of each type, in rising order where it has one; some equal ones in two spellings. */
const FEW: Readonly<Record<PropertyType, readonly Scalar[]>> = {
  long: [-(2n ** 63n), 2n ** 53n, 2n ** 53n + 1n, 2n ** 60n, 2n ** 60n + 1n, 2n ** 63n - 1n],
  int: [-1, 0, 1, 2, 3],
  double: [-1.5, 0, 0.1, 0.2, 1e300],
  string: ['', 'Bronze', 'Gold', 'gold'],
  boolean: [false, true],
  dateTime: ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '2026-02-01T00:00:00'],
  duration: ['-P1D', 'PT0S', 'PT1.5S', 'P1D', 'PT24H', 'P1M', 'P1Y'],
  timeSpan: [span(59, 'MINUTES'), span(60, 'MINUTES'), span(1, 'HOURS'), span(1, 'YEARS')],
};

const TYPES = Object.keys(FEW) as PropertyType[];

function values(type: PropertyType): fc.Arbitrary<PropertyValue> {
  const scalar = fc.constantFrom(...FEW[type]);
  const discrete = fc.oneof(
    scalar.map(single),
    fc.array(scalar, { minLength: 1, maxLength: 4 }).map((values) => set(...values)),
  );
  if (SCALAR_TYPES[type].ends === undefined) return discrete;
  const end = fc.option(scalar, { nil: undefined });
  const { key } = SCALAR_TYPES[type];
  const ordered = fc
    .tuple(end, end)
    .map(([min, max]) =>
      min !== undefined && max !== undefined && key(min) > key(max)
        ? range(max, min)
        : range(min, max),
    );
  return fc.oneof(discrete, ordered);
}

describe.each(TYPES)('values of type %s', (type) => {
  const has = (scalar: Scalar, value: PropertyValue) => isWithin(type, single(scalar), value);

  it('have in common exactly what is in both', () => {
    fc.assert(
      fc.property(values(type), values(type), (wish, offer) => {
        const both = common(type, wish, offer);
        for (const scalar of FEW[type])
          expect(both !== undefined && has(scalar, both)).toBe(
            has(scalar, wish) && has(scalar, offer),
          );
      }),
    );
  });

  it('have in common what lies within each of them', () => {
    fc.assert(
      fc.property(values(type), values(type), (wish, offer) => {
        const both = common(type, wish, offer);
        if (both === undefined) return;
        expect(isWithin(type, both, wish)).toBe(true);
        expect(isWithin(type, both, offer)).toBe(true);
        if (both.kind === 'set') expect(both.values.length).toBeGreaterThan(1);
      }),
    );
  });

  it('lie within others when each of them does', () => {
    fc.assert(
      fc.property(values(type), values(type), (inner, outer) => {
        expect(isWithin(type, inner, inner)).toBe(true);
        const each = FEW[type].filter((scalar) => has(scalar, inner));
        const all = each.every((scalar) => has(scalar, outer));
        if (isWithin(type, inner, outer)) expect(all).toBe(true);
        else if (inner.kind !== 'range') expect(all).toBe(false);
      }),
    );
  });
});

describe('what a wish and an offer have in common', () => {
  it('is one value where only one is left', () => {
    expect(common('long', range(5n, undefined), range(1n, 5n))).toEqual(single(5n));
    expect(common('string', set('a', 'b'), set('b', 'c'))).toEqual(single('b'));
    expect(common('int', single(3), range(1, 9))).toEqual(single(3));
  });

  it('is spelled as the offer spells it, where both name values', () => {
    const [hour, minutes] = [span(1, 'HOURS'), span(60, 'MINUTES')];
    expect(common('timeSpan', single(minutes), set(hour, span(1, 'DAYS')))).toEqual(single(hour));
    expect(common('timeSpan', single(minutes), range(hour, undefined))).toEqual(single(minutes));
  });

  it('keeps apart numbers that a double takes for one', () => {
    const [one, other] = [2n ** 60n, 2n ** 60n + 1n];
    expect(common('long', single(one), single(other))).toBeUndefined();
    expect(common('long', range(other, undefined), range(undefined, one))).toBeUndefined();
  });

  it('is nothing where ranges do not meet', () => {
    expect(common('double', range(2, 3), range(4, undefined))).toBeUndefined();
  });
});
