/**
 * Snapshots, in two calls, and going back to them. A snapshot has a copy of its volume's map of chunks,
 * of the moment at which it is taken.
 */

import type { SnapshotRefusal } from '../../../src/array/copies.ts';
import { ArrayError } from '../../../src/array/errors.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { JobResult, MetadataPair, Volume } from '../../../src/model/array.ts';
import type { VvolId } from '../../../src/model/ids.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Memory, Opened } from './memory.ts';
import { changedPairs, samePairs } from './metadata.ts';
import { refuseUnmet, thinWish } from './policies.ts';
import {
  containerOf,
  insert,
  keptFree,
  refuseBound,
  refuseFull,
  refuseTaken,
  replace,
  spaceOf,
  stored,
} from './volumes.ts';

interface TakeEntry {
  readonly snapshotId: VvolId;
  readonly metadata: readonly MetadataPair[];
}

/** See `prepareSnapshot` of the port. */
export function prepareSnapshot(
  opened: Opened,
  request: Parameters<StorageArrayPort['prepareSnapshot']>[1],
): JobResult {
  const { memory, clock } = opened;
  const { snapshotId, ...rest } = request;
  dropExpired(opened);
  const parent = stored(memory, request.vvolId);
  refuseTaken(memory, snapshotId);
  refuseMany(memory, request.vvolId);
  refuseUnmet(request.profile);
  memory.prepared.set(snapshotId, { ...rest, preparedAt: clock.now() });
  const parentSpace = spaceOf(memory, parent);
  return { kind: 'preparedSnapshot', snapshotId, parent: parent.volume, parentSpace };
}

/**
 * See `takeSnapshots` of the port. All are taken before anything else can happen, which is one point in
 * time, and within any time that is allowed.
 */
export function takeSnapshots(
  opened: Opened,
  entries: readonly TakeEntry[],
): readonly (SnapshotRefusal | undefined)[] {
  dropExpired(opened);
  const answers = entries.map(({ snapshotId, metadata }): SnapshotRefusal | undefined => {
    try {
      takeOne(opened, snapshotId, metadata);
      return undefined;
    } catch (error) {
      if (!(error instanceof ArrayError)) throw error;
      return { kind: error.kind === 'notFound' ? 'notFound' : 'failed', message: error.message };
    }
  });
  if (answers.includes(undefined)) return answers;
  // It took nothing, so it may repeat a call whose answer was lost.
  return answers.map((answer, index) =>
    isTaken(opened.memory, entries[index]) ? undefined : answer,
  );
}

function isTaken({ volumes }: Memory, entry: TakeEntry | undefined): boolean {
  const { volume } = (entry && volumes.get(entry.snapshotId)) ?? {};
  const { metadata = [] } = entry ?? {};
  return (
    volume?.origin.kind === 'snapshot' && samePairs(volume.metadata, changedPairs([], metadata))
  );
}

/** See `revertVolume` of the port. */
export function revertVolume(opened: Opened, vvolId: VvolId, snapshotId: VvolId): void {
  const { memory } = opened;
  const own = stored(memory, vvolId);
  const { volume, chunks } = stored(memory, snapshotId);
  if (volume.origin.kind !== 'snapshot' || volume.origin.of !== vvolId) {
    throw new ArrayError('incompatible', `${snapshotId} is no snapshot of ${vvolId}`);
  }
  refuseBound(memory, vvolId);
  const growth = volume.size - own.volume.size;
  if (!own.volume.thin && growth > 0n) {
    refuseFull(memory, containerOf(memory, volume.containerId), growth);
  }
  replace(opened, own, { size: volume.size }, new Map(chunks));
}

/** Errors: tooManySnapshots (fast clones count too). */
export function refuseMany({ volumes, prepared, description }: Memory, vvolId: VvolId): void {
  const { snapshotsPerVolume } = description.limits;
  const isCopy = ({ origin }: Volume) =>
    (origin.kind === 'snapshot' || origin.kind === 'fastClone') && origin.of === vvolId;
  const taken = [...volumes.values()].filter(({ volume }) => isCopy(volume));
  const promised = [...prepared.values()].filter((one) => one.vvolId === vvolId);
  if (taken.length + promised.length < snapshotsPerVolume) return;
  throw new ArrayError('tooManySnapshots', `a volume has at most ${snapshotsPerVolume} snapshots`);
}

function takeOne(opened: Opened, snapshotId: VvolId, pairs: readonly MetadataPair[]): void {
  const { memory, clock } = opened;
  const prepared = memory.prepared.get(snapshotId);
  if (prepared === undefined) {
    throw new ArrayError('notFound', `no prepared snapshot ${snapshotId}`);
  }
  const { volume, family, chunks } = stored(memory, prepared.vvolId);
  const metadata = changedPairs([], pairs);
  const { readOnly, profile = volume.profile } = prepared;
  const origin = { kind: 'snapshot', of: volume.vvolId, readOnly } as const;
  const createdAt = clock.now();
  // Size, type and container are those of the volume at this moment.
  const thin = thinWish(profile) ?? true;
  const taken = { ...volume, vvolId: snapshotId, thin, origin, metadata, profile, createdAt };
  const rest = { family, chunks: new Map(chunks) };
  const kept = keptFree({ volume: taken, number: 0, ...rest });
  refuseFull(memory, containerOf(memory, volume.containerId), kept);
  insert(opened, taken, rest);
  memory.prepared.delete(snapshotId);
}

/** Hosts take a snapshot within seconds; one that nobody took is forgotten. */
function dropExpired({ memory, clock }: Opened): void {
  for (const [snapshotId, { preparedAt }] of memory.prepared) {
    if (preparedAt < clock.now() - LIMITS.preparedSnapshotMs) memory.prepared.delete(snapshotId);
  }
}
