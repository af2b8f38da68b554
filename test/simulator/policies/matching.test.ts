/** What is given is what was asked and offered, whatever the two are. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Declaration, Offer } from '../../../simulator/policies/declaration.ts';
import { givenBy, thinWish } from '../../../simulator/policies/matching.ts';
import { commonScalar, has } from '../../../simulator/policies/values.ts';
import type { CapabilityValue, PropertyValue } from '../../../src/model/policies.ts';

const NAMES = ['tier', 'limit', 'span'] as const;

function named(propertyId: string, value: PropertyValue): CapabilityValue {
  return { namespace: 'n', capabilityId: 'c', propertyId, value };
}

const scalar = fc.integer({ min: 0, max: 20 });
const value: fc.Arbitrary<PropertyValue> = fc.oneof(
  scalar.map((each) => ({ kind: 'single' as const, value: each })),
  fc
    .uniqueArray(scalar, { minLength: 1, maxLength: 4 })
    .map((values) => ({ kind: 'set' as const, values })),
  fc
    .tuple(fc.option(scalar, { nil: undefined }), fc.option(scalar, { nil: undefined }))
    .filter(([min, max]) => (min ?? max) !== undefined && (min ?? 0) <= (max ?? 20))
    .map(([min, max]) => ({ kind: 'range' as const, min, max })),
);
const values = fc
  .record({ tier: value, limit: value, span: value }, { requiredKeys: [] })
  .map((record) =>
    NAMES.flatMap((name) => {
      const found = record[name];
      return found === undefined ? [] : [named(name, found)];
    }),
  );
const offers: fc.Arbitrary<readonly Offer[]> = fc.array(
  values.map((each) => ({ name: 'o', values: each })),
  { maxLength: 4 },
);

function declarationWith(preferred: ReadonlyMap<string, PropertyValue>): Declaration {
  const text = { label: 'l', summary: 's' };
  const properties = NAMES.map(
    (id) =>
      [
        `n/c.${id}`,
        {
          id,
          text,
          type: 'int' as const,
          form: 'range' as const,
          allowed: undefined,
          defaultValue: preferred.get(id),
          mandatory: false,
          hint: false,
          moves: false,
          isHint: false,
        },
      ] as const,
  );
  return {
    schema: {
      schemaId: 's',
      namespace: 'n',
      namespaceVersion: '1',
      vendor: { uuid: 'u', text },
      categories: [],
    },
    properties: new Map(properties),
    profiles: [],
    defaults: [],
    whenDegraded: new Map(),
  };
}

const declarations = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), value))
  .map((entries) => declarationWith(new Map(entries)));

const ALL = Array.from({ length: 21 }, (_, number) => number);

describe('givenBy', () => {
  it('gives single values that were asked and offered together, and refuses only what no offer has', () => {
    fc.assert(
      fc.property(declarations, offers, values, (declaration, given, asked) => {
        const result = givenBy(declaration, given, asked);
        const fits = given.filter((offer) =>
          asked.every((wish) =>
            offer.values.some(
              (each) =>
                each.propertyId === wish.propertyId &&
                ALL.some((one) => has(each.value, one) && has(wish.value, one)),
            ),
          ),
        );
        expect(result !== undefined).toBe(fits.length > 0);
        if (result === undefined) return;
        const isOf = (offer: Offer) =>
          offer.values.length === result.length &&
          result.every(({ propertyId, value: got }) => {
            const offered = offer.values.find((each) => each.propertyId === propertyId);
            return got.kind === 'single' && offered !== undefined && has(offered.value, got.value);
          });
        expect(fits.some(isOf)).toBe(true);
        for (const wish of asked) {
          const got = result.find((each) => each.propertyId === wish.propertyId)?.value;
          expect(got?.kind === 'single' && has(wish.value, got.value)).toBe(true);
        }
      }),
    );
  });

  it('gives the default where it is asked or free, in the first offer that has it', () => {
    const preferred = new Map([['limit', { kind: 'single', value: 7 } as const]]);
    const low = { name: 'low', values: [named('limit', { kind: 'range', min: 0, max: 5 })] };
    const high = { name: 'high', values: [named('limit', { kind: 'range', min: 5, max: 10 })] };
    const given = (asked: readonly CapabilityValue[]) =>
      givenBy(declarationWith(preferred), [low, high], asked)?.map((each) => each.value);
    expect(given([])).toEqual([{ kind: 'single', value: 7 }]);
    const upTo = named('limit', { kind: 'range', min: undefined, max: 3 });
    expect(given([upTo])).toEqual([{ kind: 'single', value: 3 }]);
    const from = named('limit', { kind: 'range', min: 6, max: undefined });
    expect(given([from])).toEqual([{ kind: 'single', value: 7 }]);
    expect(given([named('tier', { kind: 'single', value: 1 })])).toBeUndefined();
  });
});

describe('commonScalar', () => {
  it('finds one exactly where there is one', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const found = commonScalar([one, other]);
        const shared = ALL.filter((each) => has(one, each) && has(other, each));
        if (found === undefined) expect(shared).toEqual([]);
        else expect(shared).toContain(found);
      }),
    );
  });

  it('compares time spans by their length, not by their unit', () => {
    const day = { kind: 'single', value: { unit: 'DAYS', value: 1 } } as const;
    const hours = { kind: 'single', value: { unit: 'HOURS', value: 24 } } as const;
    expect(commonScalar([day, hours])).toEqual(day.value);
  });
});

describe('thinWish', () => {
  it('is a wish only where one of the two is left', () => {
    const id = 'spaceEfficiency';
    const asked = (wish: PropertyValue) => [
      { namespace: 'com.vmware.storageprofile.std', capabilityId: id, propertyId: id, value: wish },
    ];
    expect(thinWish([])).toBeUndefined();
    expect(thinWish(asked({ kind: 'set', values: ['Thin', 'Thick'] }))).toBeUndefined();
    expect(thinWish(asked({ kind: 'single', value: 'Thick' }))).toBe(false);
    expect(thinWish(asked({ kind: 'set', values: ['Thin'] }))).toBe(true);
  });
});
