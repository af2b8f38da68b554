/**
 * Copies of volumes: full ones, ones that share their source's content, and the writing of differences
 * onto a copy, by which a chain of snapshots is moved. The array does the work as a job; what its source
 * takes in meanwhile is the array's to keep out.
 */
import { randomUUID } from 'node:crypto';
import type { NewCopy } from '../../array/copies.ts';
import { ArrayError } from '../../array/errors.ts';
import { type ContainerId, vvolIdFromUuid } from '../../model/ids.ts';
import type {
  CloneVirtualVolume,
  CloneVirtualVolumeResponse,
  CopyDiffsToVirtualVolume,
  CopyDiffsToVirtualVolumeResponse,
  FastCloneVirtualVolume,
  FastCloneVirtualVolumeResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { containerIdOf, containerOf, volumeOf, vvolIdOf } from '../arguments.ts';
import { storageFault } from '../catalog/fault-messages.ts';
import type { SessionContext } from '../context.ts';
import { newVolumeProfile } from '../policies/applied-profile.ts';
import { newMetadata } from './metadata.ts';
import { startTask } from './tasks.ts';

/** The copy that a request asks for, all checks done but those of the array. */
async function newCopy(
  { call, provider: { array } }: SessionContext,
  request: FastCloneVirtualVolume,
  containerId: ContainerId | undefined,
): Promise<NewCopy> {
  const sourceId = vvolIdOf(request.vvolId);
  const metadata = newMetadata(request.metadata);
  const source = await volumeOf(array, sourceId);
  if (containerId !== undefined) await containerOf(array, containerId);
  const place = { containerId: containerId ?? source.containerId, type: source.type };
  const profile = await newVolumeProfile(array, request.newProfile, place);
  const vvolId = vvolIdFromUuid(randomUUID());
  call.note({ vvol_ids: [sourceId, vvolId] });
  return { vvolId, source: source.vvolId, containerId, metadata, profile };
}

/**
 * Starts a full, independent copy, by default in the source's container; the task's result is its id.
 * Without a profile it gets the container's default. Cancellable. Faults: InvalidArgument, NotFound
 * (source, container), InvalidProfile, NotSupported (container of another array), ResourceInUse,
 * OutOfResource (no space; nothing meets the profile). A repeat makes another copy.
 */
export async function cloneVirtualVolume(
  context: SessionContext,
  request: CloneVirtualVolume,
): Promise<CloneVirtualVolumeResponse> {
  const { newContainerId } = request;
  const containerId = newContainerId === undefined ? undefined : containerIdOf(newContainerId);
  const copy = await newCopy(context, request, containerId);
  return startTask(context, (start) => context.provider.array.cloneVolume(start, copy));
}

/**
 * Starts a writable copy that shares its source's content, in the same container; the task's result is
 * its id. Without a profile it gets the container's default. Faults: InvalidArgument, NotFound,
 * InvalidProfile, NotSupported, ResourceInUse, OutOfResource (no space; nothing meets the profile),
 * SnapshotTooMany. A repeat makes another copy.
 */
export async function fastCloneVirtualVolume(
  context: SessionContext,
  request: FastCloneVirtualVolume,
): Promise<FastCloneVirtualVolumeResponse> {
  const copy = await newCopy(context, request, undefined);
  return startTask(context, (start) => context.provider.array.fastCloneVolume(start, copy));
}

/** copyDiffsToVirtualVolume declares no OutOfResource. */
function noSpaceAsStorageFault(error: unknown): never {
  if (error instanceof ArrayError && error.kind === 'noSpace')
    throw storageFault('ArrayFailed', { reason: error.message }, error);
  throw error;
}

/**
 * Starts writing onto one volume every block that differs between two others, which must be related by
 * snapshots or fast clones at any distance. Cancellable; no result. Faults: InvalidArgument, NotFound
 * (any of the three), IncompatibleVolume, ResourceInUse, NotSupported; no space is a StorageFault.
 * A repeat writes the same again.
 */
export async function copyDiffsToVirtualVolume(
  context: SessionContext,
  request: CopyDiffsToVirtualVolume,
): Promise<CopyDiffsToVirtualVolumeResponse> {
  const source = vvolIdOf(request.srcVVolId);
  const base = vvolIdOf(request.srcBaseVVolId);
  const target = vvolIdOf(request.dstVVolId);
  const { call, provider } = context;
  call.note({ vvol_ids: [source, base, target] });
  return startTask(context, (start) =>
    provider.array.copyDiffs(start, { source, base, target }).catch(noSpaceAsStorageFault),
  );
}
