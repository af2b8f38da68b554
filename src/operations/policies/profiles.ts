/**
 * The change of a volume's profile, while it is in use. What a profile asks for, and whether the volume's
 * container can meet it, is judged in `policies/`; moving the data is the array's work.
 */
import type {
  UpdateStorageProfileForVirtualVolume,
  UpdateStorageProfileForVirtualVolumeResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { volumeOf, vvolIdOf } from '../arguments.ts';
import type { SessionContext } from '../context.ts';
import { startTask } from '../volumes/tasks.ts';
import { givenProfile } from './applied-profile.ts';

/**
 * Starts applying a profile, also while the volume is bound; one of the same id and generation as the
 * volume has is a task that has ended. The volume's metadata names the profile from then on, even if
 * data still moves. Faults: NotFound, InvalidProfile (also one that the container cannot meet),
 * ResourceInUse, OutOfResource, NotSupported; a malformed id is a plain Client fault, since no
 * InvalidArgument is declared. A repeat changes nothing.
 */
export async function updateStorageProfileForVirtualVolume(
  context: SessionContext,
  { newStorageProfile, vvolId: text }: UpdateStorageProfileForVirtualVolume,
): Promise<UpdateStorageProfileForVirtualVolumeResponse> {
  const { call, provider } = context;
  const vvolId = vvolIdOf(text);
  const volume = await volumeOf(provider.array, vvolId);
  call.note({ vvol_ids: [vvolId] });
  const { profileId, generationId } = newStorageProfile;
  const present = volume.profile;
  const isPresent = present?.profileId === profileId && present.generationId === generationId;
  const profile = isPresent
    ? present
    : await givenProfile(provider.array, newStorageProfile, volume, 'InvalidProfile');
  return startTask(context, (start) => provider.array.applyProfile(start, vvolId, profile));
}
