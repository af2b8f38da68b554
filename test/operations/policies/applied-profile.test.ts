import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VOLUME_TYPES, type VolumeType } from '../../src/model/array.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { profileDocument, readProfileDocument } from '../../src/operations/profile-document.ts';
import { requirementsOf } from '../../src/operations/profiles.ts';
import type { AnyValue } from '../../src/wire/descriptor.ts';
import type {
  CapabilityInstance,
  StorageProfile,
} from '../../src/wire/generated/vasa-2.0/types.ts';

/** The profile that vSphere sends for a machine without requirements. */
const NO_REQUIREMENTS = 'f4e5bade-15a2-4805-bf8e-52318c4ce443';

function profile(...subProfiles: (readonly CapabilityInstance[])[]): StorageProfile {
  return {
    createdBy: 'administrator',
    creationTime: 1_700_000_000_000,
    generationId: 2n ** 60n + 1n,
    name: 'gold',
    profileId: '6a1f6c31-5b5f-4f4e-9d0a-1d0f8d7b0c11',
    constraints: { subProfiles: subProfiles.map((capability) => ({ capability, name: 'rule' })) },
  };
}

const setOf = (...values: string[]): AnyValue => ({
  type: 'DiscreteSet',
  value: { values: values.map((value) => ({ type: 'xs:string', value })) },
});

function capability(
  value: AnyValue,
  given: { id?: string; namespace?: string; property?: string } = {},
): CapabilityInstance {
  const { id = 'spaceEfficiency', namespace = 'com.vmware.storageprofile.std' } = given;
  const propertyInstance = [{ id: given.property ?? 'spaceEfficiency', value }];
  return { capabilityId: { id, namespace }, constraint: [{ propertyInstance }] };
}

const THIN = capability(setOf('Thin'));
const THICK = capability(setOf('Thick'));

const refusal = (wanted: StorageProfile, type: VolumeType = 'Data') =>
  expect(() => requirementsOf(wanted, type)).toThrow(
    expect.objectContaining({ fault: 'InvalidProfile' }),
  );

describe('a storage profile', () => {
  it.each(VOLUME_TYPES)('without requirements suits a volume of type %s', (type) => {
    const { constraints: _, ...bare } = { ...profile(), profileId: NO_REQUIREMENTS };
    const { thin, applied } = requirementsOf(bare, type);
    expect(thin).toBeUndefined();
    expect(applied.profileId).toBe(NO_REQUIREMENTS);
    expect(requirementsOf(profile(), type).thin).toBeUndefined();
  });

  it('is refused when it is longer than what is kept with a volume', () => {
    refusal({ ...profile([THIN]), description: 'x'.repeat(LIMITS.profileCharacters) });
    const long = { ...profile([THIN]), description: 'x'.repeat(LIMITS.profileCharacters / 2) };
    expect(requirementsOf(long, 'Data').thin).toBe(true);
  });

  it('asks for thin or thick by vSphere’s own capability, as a set or as a single value', () => {
    expect(requirementsOf(profile([THIN]), 'Data').thin).toBe(true);
    expect(requirementsOf(profile([THICK]), 'Data').thin).toBe(false);
    const single = capability({ type: 'xs:string', value: 'Thick' });
    expect(requirementsOf(profile([single]), 'Data').thin).toBe(false);
    const either = capability(setOf('Thin', 'Thick'));
    expect(requirementsOf(profile([either]), 'Data').thin).toBeUndefined();
  });

  it('is kept with all its digits', () => {
    const { applied } = requirementsOf(profile([THIN]), 'Data');
    expect(applied.generationId).toBe(1_152_921_504_606_846_977n);
    expect(readProfileDocument(applied.document)).toEqual(profile([THIN]));
  });

  it('is refused when it names a capability that nobody declared, in any alternative', () => {
    const strange = capability(setOf('Gold'), { id: 'tier', namespace: 'com.example' });
    refusal(profile([strange]));
    refusal(profile([THIN], [THIN, strange]));
    refusal(profile([capability(setOf('Thin'), { id: 'other' })]));
  });

  it.each([{ id: '' }, { namespace: ' ' }, { property: 'other' }])(
    'is refused with %j',
    (given) => {
      refusal(profile([capability(setOf('Thin'), given)]));
    },
  );

  it('is refused with a value that is neither, or none', () => {
    refusal(profile([capability(setOf('Medium'))]));
    refusal(profile([capability(setOf())]));
    refusal(profile([capability({ type: 'xs:int', value: 1 })]));
  });

  it('is refused with more than one constraint or property, or without', () => {
    const [constraint] = THIN.constraint;
    const [property] = constraint?.propertyInstance ?? [];
    if (constraint === undefined || property === undefined) throw new Error('no constraint');
    refusal(profile([{ ...THIN, constraint: [constraint, constraint] }]));
    refusal(profile([{ ...THIN, constraint: [{ propertyInstance: [property, property] }] }]));
    refusal(profile([{ ...THIN, constraint: [] }]));
  });

  it('is refused when one sub-profile asks for both, or when it has no id', () => {
    refusal(profile([THIN, THICK]));
    refusal({ ...profile(), profileId: '' });
  });

  it('may not ask for a thin Memory volume, unless another alternative does not', () => {
    refusal(profile([THIN]), 'Memory');
    expect(requirementsOf(profile([THICK]), 'Memory').thin).toBe(false);
    expect(requirementsOf(profile([THIN], [THICK]), 'Memory').thin).toBe(false);
    expect(requirementsOf(profile([THIN], [THICK]), 'Data').thin).toBe(true);
  });
});

describe('the text of a profile', () => {
  it('gives back the profile it was made from', () => {
    const value = fc.oneof(fc.string(), fc.bigInt(), fc.boolean(), fc.uint8Array());
    const any = fc.record({ type: fc.string(), value });
    fc.assert(
      fc.property(fc.array(any), fc.bigInt(), (values, generationId) => {
        const given = {
          ...profile(values.map((each) => capability(each))),
          generationId,
        };
        expect(readProfileDocument(profileDocument(given))).toEqual(given);
      }),
    );
  });
});
