/**
 * From the profile of a call, or the container's default where the call has none, to the profile that the
 * array is handed with a volume: checked, kept verbatim, and with the values that the array is to realise.
 */
import type { PolicyPort } from '../../array/policies.ts';
import type { AppliedProfile } from '../../model/array.ts';
import { type FaultName, VasaFault } from '../../model/faults.ts';
import { type ContainerId, parseProfileId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type { CapabilityProfile, CapabilityValue } from '../../model/policies.ts';
import type { VolumeType } from '../../model/volume-type.ts';
import type { AnyStorageProfile } from '../../wire/generated/vasa-2.0/types.ts';
import { type Declared, declaredBy, SPACE_EFFICIENCY, STANDARD_NAMESPACE } from './declared.ts';
import { placed } from './placement.ts';
import { profileDocument } from './profile-document.ts';
import { wireDefaultProfile } from './published.ts';
import { type Alternative, alternativesOf, unfit } from './requirements.ts';

/** Where a profile is to be met. */
export interface Place {
  readonly containerId: ContainerId;
  readonly type: VolumeType;
}

/** What there is to meet it: what is declared, and what the container promises. */
export interface Offered {
  readonly declared: Declared;
  readonly profiles: readonly CapabilityProfile[];
}

/** Does a wish leave nothing but thin? */
function isThinOnly(alternative: Alternative): boolean {
  return alternative
    .filter(({ namespace }) => namespace === STANDARD_NAMESPACE)
    .flatMap(({ constraints }) => constraints.flat())
    .some(({ value }) =>
      value.kind === 'set'
        ? value.values.every((each) => each === 'Thin')
        : value.kind === 'single' && value.value === 'Thin',
    );
}

/**
 * The profile as it is handed to the array. `unmet`: what a profile is that is right, and that the
 * container cannot meet. Faults: InvalidProfile (also: without id, too long, Memory that must be thin), `unmet`.
 */
export function judgedProfile(
  profile: AnyStorageProfile,
  type: VolumeType,
  { declared, profiles }: Offered,
  unmet: FaultName,
): AppliedProfile {
  const profileId = parseProfileId(profile.profileId);
  if (profileId === undefined) throw unfit('the profile has no id');
  const document = profileDocument(profile);
  if (document.length > LIMITS.profileCharacters) throw unfit('the profile is too long');
  const alternatives = alternativesOf(declared, profile);
  const possible = alternatives.filter((each) => !(type === 'Memory' && isThinOnly(each)));
  if (alternatives.length > 0 && possible.length === 0)
    throw unfit('a virtual volume of type Memory cannot be thin');
  const asked = placed(possible, profiles);
  if (asked === undefined)
    throw new VasaFault(unmet, 'the storage container offers nothing that meets the profile');
  return { profileId, generationId: profile.generationId, document, asked };
}

async function defaultProfile(
  array: PolicyPort,
  { containerId, type }: Place,
): Promise<AppliedProfile | undefined> {
  const found = (await array.defaultProfiles()).find(
    (each) => each.containerId === containerId && each.volumeTypes.includes(type),
  );
  if (found === undefined) return undefined;
  const { generationId, profileId, values: asked } = found;
  const declared = declaredBy(await array.capabilitySchemas());
  return {
    profileId,
    generationId,
    document: profileDocument(wireDefaultProfile(declared, found)),
    asked,
  };
}

/**
 * The profile of a call, for a volume at `place`: judged by what the array declares and the container
 * promises at the moment. Faults as `judgedProfile`.
 */
export async function givenProfile(
  array: PolicyPort,
  profile: AnyStorageProfile,
  { containerId, type }: Place,
  unmet: FaultName,
): Promise<AppliedProfile> {
  const declared = declaredBy(await array.capabilitySchemas());
  const all = await array.capabilityProfiles();
  const profiles = all.filter(({ containerIds }) => containerIds.includes(containerId));
  return judgedProfile(profile, type, { declared, profiles }, unmet);
}

/**
 * The profile that a new volume at `place` gets: that of the call or, without one, the container's default
 * for volumes of the type, where it has one. Faults: InvalidProfile, OutOfResource (the container offers
 * nothing that meets it).
 */
export async function newVolumeProfile(
  array: PolicyPort,
  profile: AnyStorageProfile | undefined,
  place: Place,
): Promise<AppliedProfile | undefined> {
  if (profile === undefined) return defaultProfile(array, place);
  return givenProfile(array, profile, place, 'OutOfResource');
}

/** Thin (true), thick (false) or, undefined, as the array likes. */
export function thinnessOf(asked: readonly CapabilityValue[]): boolean | undefined {
  const value = asked.find(
    ({ namespace, capabilityId }) =>
      namespace === STANDARD_NAMESPACE && capabilityId === SPACE_EFFICIENCY,
  )?.value;
  return value?.kind === 'single' ? value.value === 'Thin' : undefined;
}
