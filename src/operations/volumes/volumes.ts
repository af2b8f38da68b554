/**
 * Virtual volumes: making, enlarging, ending, finding them, and their metadata. Each handler checks its arguments
 * in one order: form, existence, profile; then the array does the work. Ids are chosen here at random, so
 * that a call which is repeated towards the array is the same call.
 */
import { randomUUID } from 'node:crypto';
import type { NewVolume } from '../../array/volumes.ts';
import { type VvolId, vvolIdFromUuid } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import { type Bytes, bytesFromMB, megabytesDown } from '../../model/units.ts';
import { VOLUME_TYPES, type VolumeType } from '../../model/volume-type.ts';
import type {
  CreateVirtualVolume,
  CreateVirtualVolumeResponse,
  DeleteVirtualVolume,
  QueryVirtualVolume,
  QueryVirtualVolumeInfo,
  QueryVirtualVolumeInfoResponse,
  QueryVirtualVolumeResponse,
  ResizeVirtualVolume,
  ResizeVirtualVolumeResponse,
  UpdateVirtualVolumeMetaData,
} from '../../wire/generated/vasa-2.0/types.ts';
import { containerIdOf, containerOf, invalid, shown, vvolIdOf, vvolIdsOf } from '../arguments.ts';
import { refuseTooMany } from '../batch.ts';
import type { SessionContext } from '../context.ts';
import { newVolumeProfile, thinnessOf } from '../policies/applied-profile.ts';
import { metadataChange, newMetadata, searchFor } from './metadata.ts';
import { startTask, virtualVolumeInfo } from './tasks.ts';

/** Largest size the protocol's own arithmetic is safe with: 2 PB. */
const SIZE_IN_MB_MAX = 2n ** 31n - 1n;

function volumeTypeOf(text: string): VolumeType {
  const type = VOLUME_TYPES.find((each) => each === text);
  if (type === undefined) throw invalid(`${shown(text)} is not a type of virtual volume`);
  return type;
}

function sizeOf(sizeInMB: bigint): Bytes {
  if (sizeInMB < 1n || sizeInMB > SIZE_IN_MB_MAX)
    throw invalid(`sizeInMB is ${sizeInMB}; it must be from 1 to ${SIZE_IN_MB_MAX}`);
  return bytesFromMB(sizeInMB);
}

/** The volume that a request asks for, all checks done. */
async function newVolume(
  { provider }: SessionContext,
  request: CreateVirtualVolume,
): Promise<NewVolume> {
  const containerId = containerIdOf(request.containerId);
  const type = volumeTypeOf(request.vvolType);
  const size = sizeOf(request.sizeInMB);
  const metadata = newMetadata(request.metadata);
  const { maxVolumeBytes } = await containerOf(provider.array, containerId);
  if (size > maxVolumeBytes)
    throw invalid(`the container takes at most ${megabytesDown(maxVolumeBytes)} MB`);
  const place = { containerId, type };
  const profile = await newVolumeProfile(provider.array, request.storageProfile, place);
  return {
    vvolId: vvolIdFromUuid(randomUUID()),
    containerId,
    type,
    size,
    thin: profile && thinnessOf(profile.asked),
    metadata,
    profile,
  };
}

/**
 * Starts making a volume; the task's result is its id. Not bound, and invisible until the task succeeds.
 * Without a profile it gets the container's default for its type, where there is one. Faults:
 * InvalidArgument, NotFound (container), InvalidProfile, OutOfResource (no space, or in the task; the
 * container offers nothing that meets the profile). A repeat makes another volume: the protocol gives the
 * caller no id to repeat with.
 */
export async function createVirtualVolume(
  context: SessionContext,
  request: CreateVirtualVolume,
): Promise<CreateVirtualVolumeResponse> {
  const { call, provider } = context;
  const volume = await newVolume(context, request);
  call.note({ vvol_ids: [volume.vvolId] });
  return startTask(context, (start) => provider.array.createVolume(start, volume));
}

/**
 * Starts enlarging a volume; to its present size is a task that has ended.
 * Faults: InvalidArgument (also above the container's maximum), NotFound, NotSupported (smaller; a
 * snapshot), ResourceInUse, OutOfResource. A repeat changes nothing.
 */
export async function resizeVirtualVolume(
  context: SessionContext,
  request: ResizeVirtualVolume,
): Promise<ResizeVirtualVolumeResponse> {
  const vvolId = vvolIdOf(request.vvolId);
  const size = sizeOf(request.sizeInMB);
  const { call, provider } = context;
  call.note({ vvol_ids: [vvolId] });
  return startTask(context, (start) => provider.array.resizeVolume(start, vvolId, size));
}

/** Ends a volume, or a snapshot, at once. Faults: InvalidArgument, NotFound, ResourceInUse. Not repeatable. */
export async function deleteVirtualVolume(
  { call, provider }: SessionContext,
  request: DeleteVirtualVolume,
): Promise<void> {
  const vvolId = vvolIdOf(request.vvolId);
  call.note({ vvol_ids: [vvolId] });
  await provider.array.deleteVolume(vvolId);
  provider.events.arrayChanged();
}

/** Sets and removes metadata. Faults: InvalidArgument, NotFound. A repeat changes nothing. */
export async function updateVirtualVolumeMetaData(
  { call, provider }: SessionContext,
  request: UpdateVirtualVolumeMetaData,
): Promise<void> {
  const vvolId = vvolIdOf(request.vvolId);
  const change = metadataChange(request.keyValuePair);
  call.note({ vvol_ids: [vvolId] });
  await provider.array.updateMetadata(vvolId, change);
  provider.events.arrayChanged();
}

/**
 * Ids of all volumes that meet every constraint; none is an empty answer. The answer is whole, however
 * long: the protocol has no way to continue it. Faults: InvalidArgument.
 */
export async function queryVirtualVolume(
  { provider }: SessionContext,
  { searchConstraint }: QueryVirtualVolume,
): Promise<QueryVirtualVolumeResponse> {
  const constraints = searchFor(searchConstraint);
  const found: VvolId[] = [];
  let after: string | undefined;
  do {
    const limit = LIMITS.foundVolumesPerRead;
    const page = await provider.array.findVolumes(constraints, { after, limit });
    found.push(...page.items);
    after = page.next;
    // Others are served between two pages of a long answer, and only one search goes on in a turn.
    if (after !== undefined) await provider.nextTurn();
  } while (after !== undefined);
  return { return: found };
}

/** Metadata of these volumes, in the order asked; what names no volume is left out. Faults: TooMany. */
export async function queryVirtualVolumeInfo(
  { call, provider }: SessionContext,
  { vvolId }: QueryVirtualVolumeInfo,
): Promise<QueryVirtualVolumeInfoResponse> {
  refuseTooMany(vvolId.length, LIMITS.queryItems);
  const wanted = vvolIdsOf(vvolId);
  call.note({ batch_size: vvolId.length, vvol_ids: wanted });
  const volumes = wanted.length === 0 ? [] : await provider.array.volumes(wanted);
  return { return: volumes.map(virtualVolumeInfo) };
}
