import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Volume, VolumeOrigin } from '../../../src/model/array.ts';
import { type ProfileId, vvolIdFromUuid } from '../../../src/model/ids.ts';
import type { CapabilityValue, VolumeService } from '../../../src/model/policies.ts';
import { bytes, epochMs } from '../../../src/model/units.ts';
import { complianceOf } from '../../../src/operations/policies/compliance.ts';
import {
  anyLong,
  anyRange,
  anySet,
  anyString,
  container,
  DECLARED,
  instance,
  range,
  set,
  single,
  THICK,
  THIN,
  tier,
  value,
} from './example.ts';

const VVOL = vvolIdFromUuid('b487b73a-6128-4ad2-873b-8ddb1ba45d4f');
const STANDARD = 'com.vmware.storageprofile.std';

/** A thick volume for which this was asked. */
function volume(asked: readonly CapabilityValue[], origin?: VolumeOrigin): Volume {
  return {
    vvolId: VVOL,
    containerId: container('container-1'),
    type: 'Data',
    size: bytes(1n),
    thin: false,
    origin: origin ?? { kind: 'created' },
    metadata: [],
    profile: { profileId: 'gold' as ProfileId, generationId: 1n, document: '{}', asked },
    createdAt: epochMs(0),
  };
}

function service(values: readonly CapabilityValue[], given: Partial<VolumeService> = {}) {
  return { vvolId: VVOL, values, healthy: true, moving: undefined, ...given };
}

/** A range with equal ends. */
const only = (number: bigint) => anyRange(anyLong(number), anyLong(number));

const judged = (asked: readonly CapabilityValue[], gets: readonly CapabilityValue[]) =>
  complianceOf(DECLARED, volume(asked), service(gets));

describe('a volume', () => {
  it('is compliant when it gets a value among those asked', () => {
    const asked = [value('tier', set('Gold', 'Silver')), value('qos.iops', range(5n, undefined))];
    const gets = [value('tier', single('Silver')), value('qos.iops', single(2n ** 60n))];
    expect(judged(asked, gets)).toEqual({
      complianceStatus: 'compliant',
      operationalStatus: { healthy: true, transitional: false },
      violatedPolicy: [],
    });
  });

  it('is not when it gets another, and both are told, capability by capability', () => {
    const asked = [
      value('tier', single('Gold')),
      value('qos.iops', range(5n, 9n)),
      value('qos.latency', range(undefined, 2)),
    ];
    const gets = [
      value('tier', set('Silver', 'Bronze')),
      value('qos.iops', single(4n)),
      value('qos.latency', single(1)),
    ];
    expect(judged(asked, gets)).toMatchObject({
      complianceStatus: 'nonCompliant',
      violatedPolicy: [
        {
          currentValue: tier('Silver', 'Bronze'),
          expectedValue: tier('Gold'),
        },
        {
          currentValue: instance('qos', { iops: only(4n) }),
          expectedValue: instance('qos', { iops: anyRange(anyLong(5n), anyLong(9n)) }),
        },
      ],
    });
  });

  it('is not when the array cannot give a value, which is told as an empty text', () => {
    expect(judged([value('qos.iops', single(5n))], [])).toMatchObject({
      complianceStatus: 'nonCompliant',
      violatedPolicy: [
        {
          currentValue: instance('qos', { iops: anyString('') }),
          expectedValue: instance('qos', { iops: only(5n) }),
        },
      ],
    });
  });

  it('is not when it may get more than was asked', () => {
    const asked = [value('tier', single('Gold'))];
    expect(judged(asked, [value('tier', set('Gold', 'Silver'))])).toMatchObject({
      complianceStatus: 'nonCompliant',
      violatedPolicy: [{ currentValue: instance('tier', { tier: anySet(...GOLD_SILVER) }) }],
    });
  });

  it('is compliant when nothing was asked, whatever it gets', () => {
    expect(judged([], [value('tier', single('Bronze'))])?.complianceStatus).toBe('compliant');
  });

  it('owes no hint, and nothing that is declared no longer', () => {
    const asked = [value('label', single('a')), value('gone', single('x'))];
    expect(judged(asked, [])?.complianceStatus).toBe('compliant');
    // These were asked when the properties had other types.
    const before = [
      value('tier', single(1n)),
      value('tier', range('a', undefined)),
      value('qos.iops', set(1n, 2)),
      value('qos.iops', range(undefined, 'x')),
      value('encryption.encrypted', single('yes')),
    ];
    expect(judged(before, [])?.complianceStatus).toBe('compliant');
  });

  it('without a profile is not judged, and unknown when the array says nothing of it', () => {
    const bare = { ...volume([]), profile: undefined };
    expect(complianceOf(DECLARED, bare, service([]))).toBeUndefined();
    expect(complianceOf(DECLARED, volume([]), undefined)).toEqual({
      complianceStatus: 'unknown',
      violatedPolicy: [],
    });
  });

  it('in an array that is ill is told as unhealthy', () => {
    const found = complianceOf(DECLARED, volume([]), service([], { healthy: false }));
    expect(found).toMatchObject({
      complianceStatus: 'compliant',
      operationalStatus: { healthy: false },
    });
  });

  it('whose data moves is in transition, with progress and expected end', () => {
    const moving = { progressPercent: 33.4, estimatedEndAt: 5_000 };
    const asked = [value('tier', single('Gold'))];
    const gets = service([value('tier', single('Bronze'))], { moving });
    expect(complianceOf(DECLARED, volume(asked), gets)).toMatchObject({
      complianceStatus: 'nonCompliant',
      operationalStatus: {
        healthy: true,
        operationETA: 5_000,
        operationProgress: 33n,
        transitional: true,
      },
    });
  });
});

const GOLD_SILVER = [anyString('Gold'), anyString('Silver')];

it('a volume that gets any value of what was asked is compliant, and no volume that gets another', () => {
  const numbers = fc.bigInt({ min: 0n, max: 9n });
  const tiers = fc.constantFrom('Gold', 'Silver', 'Bronze');
  const asked = fc.record({
    tier: fc.uniqueArray(tiers, { minLength: 1 }),
    iops: fc
      .tuple(numbers, numbers)
      .map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const))),
  });
  fc.assert(
    fc.property(asked, tiers, numbers, (wish, tierOf, iopsOf) => {
      const [min, max] = wish.iops;
      const found = judged(
        [value('tier', set(...wish.tier)), value('qos.iops', range(min, max))],
        [value('tier', single(tierOf)), value('qos.iops', single(iopsOf))],
      );
      const broken = [!wish.tier.includes(tierOf), iopsOf < min || iopsOf > max].filter(Boolean);
      expect(found?.violatedPolicy).toHaveLength(broken.length);
      expect(found?.complianceStatus).toBe(broken.length === 0 ? 'compliant' : 'nonCompliant');
    }),
  );
});

describe('thin or thick', () => {
  const wanted = (text: string) => [value('spaceEfficiency', single(text), STANDARD)];

  it('is known of a volume without asking the array', () => {
    expect(judged(wanted('Thick'), [])?.complianceStatus).toBe('compliant');
    expect(judged(wanted('Thin'), [])?.violatedPolicy).toEqual([
      {
        currentValue: THICK,
        expectedValue: THIN,
      },
    ]);
  });

  it('is what the array says, when it says something', () => {
    expect(judged(wanted('Thin'), wanted('Thin'))?.complianceStatus).toBe('compliant');
  });

  it.each(['snapshot', 'fastClone'] as const)('is not judged of a %s', (kind) => {
    const shared = volume(wanted('Thin'), { kind, of: VVOL, readOnly: true });
    for (const gets of [[], wanted('Thick')])
      expect(complianceOf(DECLARED, shared, service(gets))?.complianceStatus).toBe('compliant');
  });
});
