/**
 * What a storage profile asks of a volume, and the change of a volume's profile. A profile's
 * sub-profiles are alternatives; within one, all capabilities must hold. One capability is known:
 * vSphere's own `spaceEfficiency`, which it puts into the profiles of any vendor. A capability that nobody declared cannot be promised: InvalidProfile.
 */

import type { AppliedProfile, VolumeType } from '../model/array.ts';
import { VasaFault } from '../model/faults.ts';
import { parseProfileId } from '../model/ids.ts';
import { LIMITS } from '../model/limits.ts';
import type { AnyValue } from '../wire/descriptor.ts';
import type {
  AnyStorageProfile,
  CapabilityInstance,
  DiscreteSet,
  UpdateStorageProfileForVirtualVolume,
  UpdateStorageProfileForVirtualVolumeResponse,
} from '../wire/generated/vasa-2.0/types.ts';
import { shown, volumeOf, vvolIdOf } from './arguments.ts';
import type { SessionContext } from './context.ts';
import { profileDocument } from './profile-document.ts';
import { startTask } from './tasks.ts';

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
  const document = profileDocument(profile);
  if (document.length > LIMITS.profileCharacters) throw unfit('the profile is too long');
  return {
    applied: { profileId, generationId: profile.generationId, document },
    thin: possible[0],
  };
}

/** The metadata key under which a client finds the profile of a volume: `<profile id>:<generation>`. */
const PROFILE_KEY = 'VMW_VvolProfile';

/**
 * Starts applying a profile, also while the volume is bound; one of the same id and generation as the
 * volume has is a task that has ended. The volume's metadata names the profile from then on, even if
 * data still moves. Faults: NotFound, InvalidProfile, ResourceInUse, OutOfResource, NotSupported; a
 * malformed id is a plain Client fault, since no InvalidArgument is declared. A repeat changes nothing.
 */
export async function updateStorageProfileForVirtualVolume(
  context: SessionContext,
  request: UpdateStorageProfileForVirtualVolume,
): Promise<UpdateStorageProfileForVirtualVolumeResponse> {
  const { call, provider } = context;
  const vvolId = vvolIdOf(request.vvolId);
  const { type } = await volumeOf(provider.array, vvolId);
  const { applied } = requirementsOf(request.newStorageProfile, type);
  call.note({ vvol_ids: [vvolId] });
  return startTask(context, async (start) => {
    const job = await provider.array.applyProfile(start, vvolId, applied);
    const value = `${applied.profileId}:${applied.generationId}`;
    if (job.state !== 'failed')
      await provider.array.updateMetadata(vvolId, {
        set: [{ key: PROFILE_KEY, value }],
        remove: [],
      });
    return job;
  });
}
