/**
 * Snapshots are taken in two steps: the slow part while the virtual machine runs, one volume a call, and
 * the taking itself while it is stunned, all of its volumes in one call and at one point in time. A
 * snapshot is a volume of its own: it is deleted and bound as such.
 */
import { randomUUID } from 'node:crypto';
import type { SnapshotRefusal } from '../../array/copies.ts';
import type { MetadataPair } from '../../model/array.ts';
import { VasaFault } from '../../model/faults.ts';
import { type VvolId, vvolIdFromUuid } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type {
  PrepareToSnapshotVirtualVolume,
  PrepareToSnapshotVirtualVolumeResponse,
  RevertVirtualVolume,
  RevertVirtualVolumeResponse,
  SnapshotVirtualVolume,
  SnapshotVirtualVolumeResponse,
  SnapTypeEnum,
  VirtualVolumeInfo,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, shown, volumeOf, vvolIdOf } from '../arguments.ts';
import { batch, checkBatch, type Outcome, outcomeOf, returnStatus } from '../batch.ts';
import { storageFault } from '../catalog/fault-messages.ts';
import type { SessionContext } from '../context.ts';
import { givenProfile } from '../policies/applied-profile.ts';
import { snapshotMetadata } from './metadata.ts';
import { startTask } from './tasks.ts';

/** Is a snapshot of this kind never written to? */
const READ_ONLY: Readonly<Record<SnapTypeEnum, boolean>> = {
  SnapshotReadOnly: true,
  SnapshotReadWrite: false,
};

function isReadOnly(snapType: string): boolean {
  const found = Object.entries(READ_ONLY).find(([name]) => name === snapType);
  if (found === undefined) throw invalid(`${shown(snapType)} is not a type of snapshot`);
  return found[1];
}

/**
 * Starts getting a snapshot ready; the task's result names it, with metadata and space of its volume. It
 * exists once it is taken; one that is never taken is dropped by the array. Without a profile it has its
 * volume's. Faults: InvalidArgument, NotFound, InvalidProfile, SnapshotTooMany, OutOfResource (no space;
 * nothing meets the profile), ResourceInUse, NotSupported. A repeat prepares another one.
 */
export async function prepareToSnapshotVirtualVolume(
  context: SessionContext,
  request: PrepareToSnapshotVirtualVolume,
): Promise<PrepareToSnapshotVirtualVolumeResponse> {
  const { array } = context.provider;
  const vvolId = vvolIdOf(request.vvolId);
  const readOnly = isReadOnly(request.snapType);
  const volume = await volumeOf(array, vvolId);
  const given = request.storageProfile;
  const profile = given && (await givenProfile(array, given, volume, 'OutOfResource'));
  const snapshotId = vvolIdFromUuid(randomUUID());
  context.call.note({ vvol_ids: [vvolId, snapshotId] });
  const snapshot = { vvolId, snapshotId, readOnly, profile };
  return startTask(context, (start) => array.prepareSnapshot(start, snapshot));
}

/** One prepared snapshot of a call, and the metadata that it is to have. */
interface Member {
  readonly snapshotId: VvolId;
  readonly metadata: readonly MetadataPair[];
}

function memberOf({ vvolId, metadata }: VirtualVolumeInfo): Member {
  return { snapshotId: vvolIdOf(vvolId), metadata: snapshotMetadata(metadata) };
}

function refusalFault({ kind, message }: SnapshotRefusal): VasaFault {
  if (kind === 'notFound') return new VasaFault('NotFound', message);
  if (kind === 'timedOut') return new VasaFault('Timeout', message);
  return storageFault('ArrayFailed', { reason: message });
}

/** Has the array take the members whose form is right, and says why not of those it did not take. */
async function take(
  { call, provider }: SessionContext,
  members: readonly Outcome<Member>[],
  timeoutMs: number,
): Promise<ReadonlyMap<VvolId, SnapshotRefusal | undefined>> {
  const wanted = new Map<VvolId, Member>();
  for (const { result } of members.filter((each) => each.fault === undefined))
    wanted.set(result.snapshotId, wanted.get(result.snapshotId) ?? result);
  call.note({ vvol_ids: [...wanted.keys()] });
  if (wanted.size === 0) return new Map();
  const refusals = await provider.array.takeSnapshots([...wanted.values()], timeoutMs);
  provider.events.arrayChanged();
  return new Map([...wanted.keys()].map((id, index) => [id, refusals[index]]));
}

/**
 * Takes prepared snapshots, all at one point in time, and gives them their metadata. What is not taken
 * within `timeoutMS` is not taken at all. Of an id that is given twice the first entry counts. A repeat that
 * takes nothing anew succeeds for what was taken with the same metadata.
 * Faults: InvalidArgument (no entries, time-out below 1), TooMany, NotSupported, Timeout. Faults of
 * items: InvalidArgument (malformed id or metadata), NotFound (not prepared), Timeout, StorageFault.
 */
export async function snapshotVirtualVolume(
  context: SessionContext,
  { snapshotInfo, timeoutMS }: SnapshotVirtualVolume,
): Promise<SnapshotVirtualVolumeResponse> {
  if (timeoutMS < 1n) throw invalid(`timeoutMS is ${timeoutMS}; it must be at least 1`);
  checkBatch(snapshotInfo, 'snapshotInfo');
  const longest = BigInt(LIMITS.snapshotTimeoutMs);
  const timeoutMs = Number(timeoutMS < longest ? timeoutMS : longest);
  const members = await Promise.all(
    snapshotInfo.map((info) => outcomeOf(async () => memberOf(info))),
  );
  const refusals = await take(context, members, timeoutMs);
  const items = { items: members, keyOf: (member: Outcome<Member>) => member };
  const outcomes = await batch(context.call, items, async ({ result, fault }) => {
    if (fault !== undefined) throw fault;
    const refusal = refusals.get(result.snapshotId);
    if (refusal !== undefined) throw refusalFault(refusal);
  });
  return { return: snapshotInfo.map(({ vvolId }, index) => returnStatus(vvolId, outcomes[index])) };
}

/**
 * Starts putting a volume's content and size back to one of its snapshots; id, metadata and later
 * snapshots stay. Faults: InvalidArgument, NotFound (either), IncompatibleVolume (a snapshot of another
 * volume), ResourceInUse (bound), NotSupported. A repeat puts the same back.
 */
export async function revertVirtualVolume(
  context: SessionContext,
  request: RevertVirtualVolume,
): Promise<RevertVirtualVolumeResponse> {
  const vvolId = vvolIdOf(request.vvolId);
  const snapshotId = vvolIdOf(request.snapshotVvolId);
  const { call, provider } = context;
  call.note({ vvol_ids: [vvolId, snapshotId] });
  return startTask(context, (start) => provider.array.revertVolume(start, vvolId, snapshotId));
}
