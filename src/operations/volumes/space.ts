/**
 * Space of volumes and containers, in MB. Used and free add up to the total also after rounding, so that
 * no client computes a negative figure.
 */
import type { StorageArrayPort } from '../../array/port.ts';
import type { ContainerSpace } from '../../model/array.ts';
import { VasaFault } from '../../model/faults.ts';
import type { ContainerId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type { CapabilityProfile } from '../../model/policies.ts';
import { megabytesDown, megabytesUp } from '../../model/units.ts';
import type {
  ContainerSpaceStats,
  SpaceStatsForStorageContainer,
  SpaceStatsForStorageContainerResponse,
  SpaceStatsForVirtualVolume,
  SpaceStatsForVirtualVolumeResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { containerIdOf, invalid, shown, vvolIdsOf } from '../arguments.ts';
import { refuseTooMany } from '../batch.ts';
import type { SessionContext } from '../context.ts';
import { spaceStats } from './tasks.ts';

/** Space of these volumes, in the order asked; what names no volume is left out. Faults: TooMany. */
export async function spaceStatsForVirtualVolume(
  { call, provider }: SessionContext,
  { vvolId }: SpaceStatsForVirtualVolume,
): Promise<SpaceStatsForVirtualVolumeResponse> {
  refuseTooMany(vvolId.length, LIMITS.queryItems);
  const wanted = vvolIdsOf(vvolId);
  call.note({ batch_size: vvolId.length, vvol_ids: wanted });
  const spaces = wanted.length === 0 ? [] : await provider.array.volumeSpace(wanted);
  return { return: spaces.map(spaceStats) };
}

function containerSpaceStats(objectId: string, space: ContainerSpace): ContainerSpaceStats {
  const physicalTotal = megabytesDown(space.physicalTotal);
  const taken = megabytesUp(space.physicalUsed);
  // A total that is no whole number of MB can be passed by what is used, rounded up.
  const physicalFree = taken < physicalTotal ? physicalTotal - taken : 0n;
  const isLimited = space.logicalLimit > 0n;
  return {
    logicalFree: isLimited ? megabytesDown(space.logicalFree) : physicalFree,
    logicalLimit: megabytesDown(space.logicalLimit),
    logicalUsed: megabytesUp(space.logicalUsed),
    objectId,
    physicalFree,
    physicalTotal,
    physicalUsed: physicalTotal - physicalFree,
  };
}

/** Those of the container's capability profiles that are named. Faults: NotFound. */
async function profilesOf(
  array: StorageArrayPort,
  containerId: ContainerId,
  named: readonly string[],
): Promise<readonly CapabilityProfile[]> {
  if (named.length === 0) return [];
  const offered = (await array.capabilityProfiles()).filter(({ containerIds }) =>
    containerIds.includes(containerId),
  );
  return [...new Set(named)].map((profileId) => {
    const found = offered.find((each) => each.profileId === profileId);
    if (found === undefined)
      throw new VasaFault(
        'NotFound',
        `the container has no capability profile ${shown(profileId)}`,
      );
    return found;
  });
}

/**
 * Space of a container or, when capability profiles are named, of what each of them can use of it: all of
 * it, since volumes of every profile take from the same pool. Faults: InvalidArgument (malformed container
 * id, blank profile id), NotFound (container; a profile that the container has not).
 */
export async function spaceStatsForStorageContainer(
  { provider }: SessionContext,
  request: SpaceStatsForStorageContainer,
): Promise<SpaceStatsForStorageContainerResponse> {
  const containerId = containerIdOf(request.containerId);
  const profileIds = request.capabilityProfileId;
  if (profileIds.some((each) => each.trim() === ''))
    throw invalid('a capability profile id is blank');
  const space = await provider.array.containerSpace(containerId);
  const profiles = await profilesOf(provider.array, containerId, profileIds);
  const objectIds = profiles.length === 0 ? [containerId] : profiles.map((each) => each.profileId);
  return { return: objectIds.map((each) => containerSpaceStats(each, space)) };
}
