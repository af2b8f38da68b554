/**
 * Space of volumes and containers, in MB. Used and free add up to the total also after rounding, so that
 * no client computes a negative figure.
 */
import type { ContainerSpace } from '../model/array.ts';
import { VasaFault } from '../model/faults.ts';
import { LIMITS } from '../model/limits.ts';
import { megabytesDown, megabytesUp } from '../model/units.ts';
import type {
  ContainerSpaceStats,
  SpaceStatsForStorageContainer,
  SpaceStatsForStorageContainerResponse,
  SpaceStatsForVirtualVolume,
  SpaceStatsForVirtualVolumeResponse,
} from '../wire/generated/vasa-2.0/types.ts';
import { containerIdOf, invalid, shown, vvolIdsOf } from './arguments.ts';
import { refuseTooMany } from './batch.ts';
import type { SessionContext } from './context.ts';
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

/**
 * Space of a container or, when capability profiles are named, of what each of them can use of it. No
 * capability profile is published yet, so that naming one is NotFound.
 * Faults: InvalidArgument (malformed container id, blank profile id), NotFound.
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
  const [profileId] = profileIds;
  if (profileId !== undefined)
    throw new VasaFault('NotFound', `there is no capability profile ${shown(profileId)}`);
  return { return: [containerSpaceStats(containerId, space)] };
}
