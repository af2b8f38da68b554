import { describe, expect, it } from 'vitest';
import type { FaultName } from '../../../src/model/faults.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { VOLUME_TYPES, type VolumeType } from '../../../src/model/volume-type.ts';
import { judgedProfile, thinnessOf } from '../../../src/operations/policies/applied-profile.ts';
import { readProfileDocument } from '../../../src/operations/policies/profile-document.ts';
import type { StorageProfile } from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  anySet,
  anyString,
  capabilityProfile,
  DECLARED,
  single,
  spaceEfficiency,
  storageProfile,
  THICK,
  THIN,
  tier,
  value,
} from './example.ts';

/** The profile that vSphere sends for a machine without requirements. */
const NO_REQUIREMENTS = 'f4e5bade-15a2-4805-bf8e-52318c4ce443';

const PROFILES = [capabilityProfile('silver', [value('tier', single('Silver'))])];

const judged = (profile: StorageProfile, type: VolumeType = 'Data', unmet?: FaultName) =>
  judgedProfile(
    profile,
    type,
    { declared: DECLARED, profiles: PROFILES },
    unmet ?? 'OutOfResource',
  );

const thin = (profile: StorageProfile, type?: VolumeType) =>
  thinnessOf(judged(profile, type).asked);

const refusal = (profile: StorageProfile, type?: VolumeType, unmet?: FaultName) =>
  expect(() => judged(profile, type, unmet)).toThrow(
    expect.objectContaining({ fault: 'InvalidProfile' }),
  );

describe('the profile of a volume', () => {
  it.each(VOLUME_TYPES)('without requirements suits a volume of type %s', (type) => {
    const { constraints: _, ...bare } = { ...storageProfile(), profileId: NO_REQUIREMENTS };
    expect(judged(bare, type)).toMatchObject({ profileId: NO_REQUIREMENTS, asked: [] });
    expect(judged(storageProfile(), type).asked).toEqual([]);
  });

  it('is kept verbatim, with all digits of its generation', () => {
    const given = storageProfile([tier('Silver', 'Gold'), THIN]);
    const applied = judged(given);
    expect(applied.generationId).toBe(1_152_921_504_606_846_977n);
    expect(readProfileDocument(applied.document)).toEqual(given);
    expect(applied.asked[0]).toEqual(value('tier', single('Silver')));
  });

  it('is refused when it is longer than what is kept with a volume', () => {
    const described = (length: number) => ({
      ...storageProfile([THIN]),
      description: 'x'.repeat(length),
    });
    refusal(described(LIMITS.profileCharacters));
    expect(thin(described(LIMITS.profileCharacters / 2))).toBe(true);
  });

  it('is refused when it has no id', () => {
    refusal({ ...storageProfile(), profileId: ' ' });
  });

  it('that the container cannot meet is what the caller says it is', () => {
    const gold = storageProfile([tier('Gold')]);
    expect(() => judged(gold)).toThrow(expect.objectContaining({ fault: 'OutOfResource' }));
    refusal(gold, 'Data', 'InvalidProfile');
  });
});

describe('vSphere’s own capability', () => {
  it('asks for thin or thick, as a set or as a single value', () => {
    expect(thin(storageProfile([THIN]))).toBe(true);
    expect(thin(storageProfile([THICK]))).toBe(false);
    expect(thin(storageProfile([spaceEfficiency(anyString('Thick'))]))).toBe(false);
    const either = spaceEfficiency(anySet(anyString('Thin'), anyString('Thick')));
    expect(thin(storageProfile([either]))).toBeUndefined();
    expect(thin(storageProfile([tier('Silver')]))).toBeUndefined();
  });

  it('is refused with another value', () => {
    refusal(storageProfile([spaceEfficiency(anySet(anyString('Medium')))]));
    refusal(storageProfile([spaceEfficiency({ type: 'xs:int', value: 1 })]));
  });

  it('may not ask for a thin Memory volume, unless another alternative does not', () => {
    refusal(storageProfile([THIN]), 'Memory');
    refusal(storageProfile([spaceEfficiency(anyString('Thin'))]), 'Memory');
    expect(thin(storageProfile([THICK]), 'Memory')).toBe(false);
    expect(thin(storageProfile([THIN], [THICK]), 'Memory')).toBe(false);
    expect(thin(storageProfile([THIN], [THICK]))).toBe(true);
  });
});
