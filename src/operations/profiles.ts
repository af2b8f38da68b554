/**
 * What a storage profile asks of a new volume. A profile's sub-profiles are alternatives; within one, all
 * capabilities must hold. One capability is known: vSphere's own `spaceEfficiency`, which it puts into
 * the profiles of any vendor. A capability that nobody declared cannot be promised: InvalidProfile.
 */
import type { AppliedProfile, VolumeType } from '../model/array.ts';
import { VasaFault } from '../model/faults.ts';
import { parseProfileId } from '../model/ids.ts';
import type { AnyValue } from '../wire/descriptor.ts';
import type {
  AnyStorageProfile,
  CapabilityInstance,
  DiscreteSet,
} from '../wire/generated/vasa-2.0/types.ts';
import { shown } from './arguments.ts';
import { profileDocument } from './profile-document.ts';

/** vSphere's namespace, and the id of both its capability and that capability's property. */
const STANDARD_NAMESPACE = 'com.vmware.storageprofile.std';
const SPACE_EFFICIENCY = 'spaceEfficiency';

/** Thin, thick, or (undefined) as the array likes. */
type Thinness = boolean | undefined;

/** What is left of a profile once it is checked. */
interface Requirements {
  readonly applied: AppliedProfile;
  readonly thin: Thinness;
}

function unfit(message: string): VasaFault {
  return new VasaFault('InvalidProfile', message);
}

function isDiscreteSet(value: unknown): value is DiscreteSet {
  return typeof value === 'object' && value !== null && 'values' in value;
}

/** The members of a value; a single value is short for a set of one. */
function members({ value }: AnyValue): readonly unknown[] {
  return isDiscreteSet(value) ? value.values.map((each) => each.value) : [value];
}

function checkName({ capabilityId: { id, namespace } }: CapabilityInstance): void {
  if (id.trim() === '' || namespace.trim() === '')
    throw unfit('a capability has no id or no namespace');
  if (namespace !== STANDARD_NAMESPACE || id !== SPACE_EFFICIENCY)
    throw unfit(`no capability ${shown(`${namespace}.${id}`)} is declared`);
}

/** What the capability asks for. Faults: InvalidProfile. */
function thinnessOf(capability: CapabilityInstance): Thinness {
  checkName(capability);
  const [constraint, ...furtherConstraints] = capability.constraint;
  const [property, ...furtherProperties] = constraint?.propertyInstance ?? [];
  if (property === undefined || furtherConstraints.length > 0 || furtherProperties.length > 0)
    throw unfit(`${SPACE_EFFICIENCY} needs one constraint with one property`);
  if (property.id !== SPACE_EFFICIENCY)
    throw unfit(`${SPACE_EFFICIENCY} has no property ${shown(property.id)}`);
  const wanted = new Set(members(property.value));
  const odd = [...wanted].find((each) => each !== 'Thin' && each !== 'Thick');
  if (odd !== undefined || wanted.size === 0)
    throw unfit(`${SPACE_EFFICIENCY} is Thin or Thick, not ${shown(String(odd ?? ''))}`);
  return wanted.size === 2 ? undefined : wanted.has('Thin');
}

/** What all capabilities of one alternative ask for together. Faults: InvalidProfile. */
function alternative(capabilities: readonly CapabilityInstance[]): Thinness {
  const wanted = new Set(capabilities.map(thinnessOf).filter((each) => each !== undefined));
  if (wanted.size > 1) throw unfit('one sub-profile asks for both Thin and Thick');
  const [thin] = wanted;
  return thin;
}

/**
 * Checks a profile against what is declared and finds what it asks of a volume of `type`: the first
 * alternative that such a volume can meet. A profile without sub-profiles asks for nothing.
 * Faults: InvalidProfile.
 */
export function requirementsOf(profile: AnyStorageProfile, type: VolumeType): Requirements {
  const profileId = parseProfileId(profile.profileId);
  if (profileId === undefined) throw unfit('the profile has no id');
  const alternatives = (profile.constraints?.subProfiles ?? []).map(({ capability }) =>
    alternative(capability),
  );
  const possible = alternatives.filter((thin) => !(type === 'Memory' && thin === true));
  if (alternatives.length > 0 && possible.length === 0)
    throw unfit('a virtual volume of type Memory cannot be thin');
  return {
    applied: {
      profileId,
      generationId: profile.generationId,
      document: profileDocument(profile),
    },
    thin: possible[0],
  };
}
