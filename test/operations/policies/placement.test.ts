import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapabilityValue, PropertyValue, Scalar } from '../../../src/model/policies.ts';
import { declarationOf } from '../../../src/operations/policies/declared.ts';
import { placed } from '../../../src/operations/policies/placement.ts';
import { alternativesOf } from '../../../src/operations/policies/requirements.ts';
import { isWithin } from '../../../src/operations/policies/values.ts';
import type { CapabilityInstance } from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  anyLong,
  anyRange,
  anySet,
  anyString,
  capabilityProfile,
  DECLARED,
  instance,
  range,
  set,
  single,
  storageProfile,
  THICK,
  THIN,
  tier,
  value,
} from './example.ts';

const STANDARD = 'com.vmware.storageprofile.std';

const FAST = capabilityProfile('fast', [
  value('tier', single('Gold')),
  value('qos.iops', range(1_000n, 100_000n)),
  value('qos.latency', range(undefined, 2)),
]);
const SLOW = capabilityProfile(
  'slow',
  [value('tier', set('Silver', 'Bronze')), value('qos.iops', range(undefined, 5_000n))],
  [value('tier', single('Bronze')), value('encryption.encrypted', single(true))],
);

const iops = (min: bigint, max: bigint) => ({ iops: anyRange(anyLong(min), anyLong(max)) });
const ENCRYPTED = instance('encryption', { encrypted: { type: 'xs:boolean', value: true } });

/** What is asked in a container that offers both. */
const asked = (...subProfiles: (readonly CapabilityInstance[])[]) =>
  placed(alternativesOf(DECLARED, storageProfile(...subProfiles)), [FAST, SLOW]);

describe('a container with two profiles', () => {
  it('is asked for what wish and offer have in common', () => {
    expect(asked([tier('Gold', 'Silver')])).toEqual([value('tier', single('Gold'))]);
    expect(asked([tier('Silver', 'Bronze')])).toEqual([value('tier', set('Silver', 'Bronze'))]);
    expect(asked([instance('qos', iops(500n, 2_000n))])).toEqual([
      value('qos.iops', range(1_000n, 2_000n)),
    ]);
  });

  it('must offer all of a sub-profile together', () => {
    expect(asked([tier('Bronze'), ENCRYPTED])).toHaveLength(2);
    expect(asked([tier('Silver'), ENCRYPTED])).toBeUndefined();
    expect(asked([instance('qos', iops(1n, 2n)), ENCRYPTED])).toBeUndefined();
  });

  it('is asked for the first alternative that anything offered meets', () => {
    expect(asked([tier('Silver'), ENCRYPTED], [tier('Bronze')])).toEqual([
      value('tier', single('Bronze')),
    ]);
    expect(asked([tier('Bronze')], [tier('Gold')])).toEqual([value('tier', single('Bronze'))]);
  });

  it('is asked for the first constraint that the offer meets', () => {
    const qos = instance('qos', iops(1n, 10n), iops(50_000n, 60_000n));
    expect(asked([tier('Gold'), qos])?.[1]).toEqual(value('qos.iops', range(50_000n, 60_000n)));
    expect(asked([tier('Silver'), qos])?.[1]).toEqual(value('qos.iops', range(1n, 10n)));
  });

  it('must offer all properties of a constraint', () => {
    const latency = { type: 'xs:double', value: 1.5 };
    const both = instance('qos', { ...iops(2_000n, 3_000n), latency });
    expect(asked([both])).toEqual([
      value('qos.iops', range(2_000n, 3_000n)),
      value('qos.latency', single(1.5)),
    ]);
    expect(asked([tier('Silver'), both])).toBeUndefined();
  });

  it('gets a hint as it was wished, and is not left out for it', () => {
    const label = instance('label', { label: anySet(anyString('a'), anyString('b')) });
    expect(asked([label, tier('Gold')])).toEqual([
      value('label', set('a', 'b')),
      value('tier', single('Gold')),
    ]);
  });

  it('can make volumes thin or thick, unless it says otherwise', () => {
    const name = 'spaceEfficiency';
    expect(asked([THIN])).toEqual([value(name, single('Thin'), STANDARD)]);
    const thick = capabilityProfile('thick', [value(name, single('Thick'), STANDARD)]);
    const only = (wish: CapabilityInstance) =>
      placed(alternativesOf(DECLARED, storageProfile([wish])), [thick]);
    expect(only(THICK)).toEqual([value(name, single('Thick'), STANDARD)]);
    expect(only(THIN)).toBeUndefined();
  });

  it('is asked for nothing by a profile that asks for nothing', () => {
    expect(asked()).toEqual([]);
  });
});

describe('a container that promises nothing', () => {
  it('meets thin, hints, and nothing else', () => {
    const nothing = (wish: CapabilityInstance) =>
      placed(alternativesOf(DECLARED, storageProfile([wish])), []);
    expect(nothing(THIN)).toHaveLength(1);
    expect(nothing(instance('label', { label: anyString('a') }))).toHaveLength(1);
    expect(nothing(tier('Gold'))).toBeUndefined();
  });
});

describe('for any wishes and offers', () => {
  const TIERS = ['Gold', 'Silver', 'Bronze'] as const;
  const NUMBERS = [1n, 2n, 3n, 4n];
  const some = fc.subarray([...TIERS], { minLength: 1 });
  const span = fc
    .tuple(fc.constantFrom(...NUMBERS), fc.constantFrom(...NUMBERS))
    .map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const)));
  const offer = fc
    .tuple(fc.option(some), fc.option(span))
    .map(([tiers, numbers]): CapabilityValue[] => [
      ...(tiers === null ? [] : [value('tier', set(...tiers))]),
      ...(numbers === null ? [] : [value('qos.iops', range(...numbers))]),
    ]);
  const wish = fc
    .tuple(fc.option(some), fc.array(span, { maxLength: 3 }))
    .map(([tiers, spans]) => [
      ...(tiers === null ? [] : [tier(...tiers)]),
      ...(spans.length === 0 ? [] : [instance('qos', ...spans.map((each) => iops(...each)))]),
    ])
    .filter((instances) => instances.length > 0);
  const world = fc.tuple(fc.array(wish, { maxLength: 3 }), fc.array(offer, { maxLength: 3 }));

  /** Does a volume that gets exactly this meet one of the sub-profiles? */
  const satisfies = (
    profile: readonly (readonly CapabilityInstance[])[],
    gets: Readonly<Record<string, Scalar>>,
  ) =>
    alternativesOf(DECLARED, storageProfile(...profile)).some((alternative) =>
      alternative.every(({ constraints }) =>
        constraints.some((constraint) =>
          constraint.every(({ property, value: wanted }) => {
            const got = gets[property.id];
            return got !== undefined && isWithin(property.type, single(got), wanted);
          }),
        ),
      ),
    );

  const within = (name: string, got: Scalar, offers: readonly CapabilityValue[]) =>
    offers.some(({ propertyId, value: offered }) => {
      const type = name === 'tier' ? 'string' : 'long';
      return propertyId === name && isWithin(type, single(got), offered);
    });

  it('what is asked lies within the offer and within the wish', () => {
    fc.assert(
      fc.property(world, ([profile, offers]) => {
        const all = offers.map((each, index) => capabilityProfile(`p${index}`, each));
        const found = placed(alternativesOf(DECLARED, storageProfile(...profile)), all);
        if (found === undefined || profile.length === 0) return;
        const isOffered = offers.some((each) =>
          found.every((one) =>
            each.some(
              (other) =>
                other.propertyId === one.propertyId &&
                isWithin(typeOf(one), one.value, other.value),
            ),
          ),
        );
        expect(isOffered).toBe(true);
        const gets = Object.fromEntries(found.map((one) => [one.propertyId, anyOf(one.value)]));
        expect(satisfies(profile, gets)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a volume that could be had and would do is never refused', () => {
    fc.assert(
      fc.property(world, ([profile, offers]) => {
        const all = offers.map((each, index) => capabilityProfile(`p${index}`, each));
        const found = placed(alternativesOf(DECLARED, storageProfile(...profile)), all);
        const possible = offers.some((each) =>
          [undefined, ...TIERS].some((tierOf) =>
            [undefined, ...NUMBERS].some((iopsOf) => {
              const gets = {
                ...(tierOf === undefined ? {} : { tier: tierOf }),
                ...(iopsOf === undefined ? {} : { iops: iopsOf }),
              };
              const isHad = Object.entries(gets).every(([name, got]) => within(name, got, each));
              return isHad && satisfies(profile, gets);
            }),
          ),
        );
        if (possible) expect(found).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });
});

function typeOf(of: CapabilityValue) {
  const type = declarationOf(DECLARED, of)?.property.type;
  if (type === undefined) throw new Error('not declared');
  return type;
}

/** One of the values. */
function anyOf(of: PropertyValue): Scalar {
  const [first] = of.kind === 'set' ? of.values : [of.kind === 'single' ? of.value : of.min];
  if (first === undefined) throw new Error('no value');
  return first;
}
