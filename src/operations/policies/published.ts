/**
 * What the array promises, as vSphere reads it: a capability profile with one sub-profile for each offer,
 * and the profiles that volumes made without one are given. The array does not say who wrote them or when.
 * Source: VASA `StorageProfile`, `DefaultProfile`.
 */
import type { CapabilityProfile, CapabilityValue, DefaultProfile } from '../../model/policies.ts';
import type {
  CapabilityConstraints,
  StorageProfile,
  DefaultProfile as WireDefaultProfile,
} from '../../wire/generated/vasa-2.0/types.ts';
import { capabilityInstances } from './capability-instances.ts';
import type { Declared } from './declared.ts';

/** Who is said to have written the array's own profiles. */
const AUTHOR = 'storage array';

/** When: the same in every answer, so that no answer looks like an edit. */
const CREATED_AT = 0;

/** One sub-profile for each offer that offers something: an empty one keeps vCenter from reading any. */
function constraintsOf(
  declared: Declared,
  offers: readonly { readonly name: string; readonly values: readonly CapabilityValue[] }[],
): CapabilityConstraints | undefined {
  const subProfiles = offers
    .filter(({ values }) => values.length > 0)
    .map(({ name, values }) => ({ capability: capabilityInstances(declared, values), name }));
  return subProfiles.length === 0 ? undefined : { subProfiles };
}

function base(of: CapabilityProfile | DefaultProfile) {
  const { description, generationId, name, profileId } = of;
  return {
    createdBy: AUTHOR,
    creationTime: CREATED_AT,
    description,
    generationId,
    name,
    profileId,
  } satisfies StorageProfile;
}

/** Does the profile offer anything? One that does not is not published. */
export function offersSomething({ offers }: CapabilityProfile): boolean {
  return offers.some(({ values }) => values.length > 0);
}

/** The capability profile on the wire. */
export function wireCapabilityProfile(
  declared: Declared,
  profile: CapabilityProfile,
): StorageProfile {
  return { ...base(profile), constraints: constraintsOf(declared, profile.offers) };
}

/** The default profile on the wire; one that asks for nothing has no sub-profile. */
export function wireDefaultProfile(
  declared: Declared,
  profile: DefaultProfile,
): WireDefaultProfile & { readonly $type: 'DefaultProfile' } {
  const { name, values, volumeTypes } = profile;
  return {
    $type: 'DefaultProfile',
    ...base(profile),
    constraints: constraintsOf(declared, [{ name, values }]),
    entityType: volumeTypes,
  };
}
