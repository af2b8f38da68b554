/**
 * Volumes: making, reading, changing, ending them, and their space. Every function checks all before it
 * changes anything, so that a call happens wholly or not at all.
 */
import { ArrayError } from '../../../src/array/errors.ts';
import type { NewVolume } from '../../../src/array/volumes.ts';
import type {
  AppliedProfile,
  Container,
  ContainerSpace,
  MetadataPair,
  Volume,
  VolumeSpace,
} from '../../../src/model/array.ts';
import type { ContainerId, VvolId } from '../../../src/model/ids.ts';
import { type Bytes, bytes } from '../../../src/model/units.ts';
import { tell } from './changes.ts';
import { CHUNK, unshared } from './content.ts';
import type { Memory, Opened, Stored } from './memory.ts';
import { changedPairs, samePairs } from './metadata.ts';
import { refuseUnmet, thinWish } from './policies.ts';

/** The pair that names the profile of a volume. */
const PROFILE_KEY = 'VMW_VvolProfile';

/** Volumes of one array: a search looks at all of them. */
const VOLUMES_MAX = 10_000;

/** Errors: notFound. */
export function stored(memory: Memory, vvolId: VvolId): Stored {
  const found = memory.volumes.get(vvolId);
  if (found === undefined) throw new ArrayError('notFound', `no volume ${vvolId}`);
  return found;
}

/** Errors: notFound. */
export function containerOf(memory: Memory, containerId: ContainerId): Container {
  const found = memory.containers.find((one) => one.containerId === containerId);
  if (found === undefined) throw new ArrayError('notFound', `no container ${containerId}`);
  return found;
}

/** Errors: alreadyExists; also when a snapshot is promised under that id. */
export function refuseTaken({ volumes, prepared }: Memory, vvolId: VvolId): void {
  if (!volumes.has(vvolId) && !prepared.has(vvolId)) return;
  throw new ArrayError('alreadyExists', `volume ${vvolId} exists`);
}

/** See `createVolume` of the port. */
export function createVolume(opened: Opened, asked: NewVolume): void {
  const { memory, clock } = opened;
  const container = containerOf(memory, asked.containerId);
  refuseSize(container, asked.size);
  refuseTaken(memory, asked.vvolId);
  refuseUnmet(asked.profile);
  // A swap file must never meet a full container while its virtual machine runs.
  const thin = asked.thin ?? thinWish(asked.profile) ?? asked.type !== 'Swap';
  if (!thin) refuseFull(memory, container, asked.size);
  const { vvolId } = asked;
  const metadata = changedPairs([], asked.metadata);
  const createdAt = clock.now();
  const volume: Volume = { ...asked, thin, metadata, origin: { kind: 'created' }, createdAt };
  insert(opened, volume, { family: vvolId, chunks: new Map() });
}

/** Puts in a volume that has been checked, and tells of it. Errors: noSpace (too many volumes). */
export function insert(
  opened: Opened,
  volume: Volume,
  rest: Pick<Stored, 'family' | 'chunks'>,
): void {
  const { memory } = opened;
  if (memory.volumes.size >= VOLUMES_MAX) {
    throw new ArrayError('noSpace', `the array has at most ${VOLUMES_MAX} volumes`);
  }
  memory.lastNumber += 1;
  memory.volumes.set(volume.vvolId, { volume, number: memory.lastNumber, ...rest });
  tell(opened, 'new', volume);
}

/** Replaces some of what there is of a volume, and tells of it. */
export function replace(
  opened: Opened,
  { volume, ...rest }: Stored,
  news: Partial<Volume>,
  chunks = rest.chunks,
): void {
  const changed: Volume = { ...volume, ...news };
  opened.memory.volumes.set(volume.vvolId, { ...rest, chunks, volume: changed });
  tell(opened, 'update', changed);
}

/** See the port. Snapshots and clones have maps of their own, so nothing depends on the volume. */
export function deleteVolume(opened: Opened, vvolId: VvolId): void {
  const { memory } = opened;
  const { volume } = stored(memory, vvolId);
  refuseBound(memory, vvolId);
  memory.volumes.delete(vvolId);
  memory.moves.delete(vvolId);
  for (const [snapshotId, prepared] of memory.prepared) {
    if (prepared.vvolId === vvolId) memory.prepared.delete(snapshotId);
  }
  tell(opened, 'delete', volume);
}

/** See `resizeVolume` of the port. */
export function resizeVolume(opened: Opened, vvolId: VvolId, size: Bytes): void {
  const { memory } = opened;
  const found = stored(memory, vvolId);
  const { volume } = found;
  if (volume.origin.kind === 'snapshot') {
    throw new ArrayError('unsupported', 'a snapshot cannot change its size');
  }
  if (size < volume.size) throw new ArrayError('unsupported', 'a volume cannot shrink');
  if (size === volume.size) return;
  const container = containerOf(memory, volume.containerId);
  refuseSize(container, size);
  if (!volume.thin) refuseFull(memory, container, size - volume.size);
  replace(opened, found, { size });
}

/** See `applyProfile` of the port. */
export function applyProfile(opened: Opened, vvolId: VvolId, profile: AppliedProfile): void {
  const found = stored(opened.memory, vvolId);
  const present = found.volume.profile;
  const isSame =
    present?.profileId === profile.profileId && present.generationId === profile.generationId;
  if (isSame) return;
  refuseUnmet(profile);
  const { volume } = found;
  const thin = thinWish(profile) ?? volume.thin;
  const thick = { ...found, volume: { ...volume, thin } };
  refuseFull(
    opened.memory,
    containerOf(opened.memory, volume.containerId),
    keptFree(thick) - keptFree(found),
  );
  const name = { key: PROFILE_KEY, value: `${profile.profileId}:${profile.generationId}` };
  replace(opened, found, { profile, thin, metadata: changedPairs(volume.metadata, [name]) });
}

/** See `updateMetadata` of the port. */
export function updateMetadata(
  opened: Opened,
  vvolId: VvolId,
  change: { readonly set: readonly MetadataPair[]; readonly remove: readonly string[] },
): void {
  const found = stored(opened.memory, vvolId);
  const metadata = changedPairs(found.volume.metadata, change.set, change.remove);
  if (!samePairs(metadata, found.volume.metadata)) replace(opened, found, { metadata });
}

/** Known ones, in the order asked. */
export function volumes(memory: Memory, vvolIds: readonly VvolId[]): readonly Volume[] {
  return known(memory, vvolIds).map(({ volume }) => volume);
}

/** Known ones, in the order asked. */
export function volumeSpace(memory: Memory, vvolIds: readonly VvolId[]): readonly VolumeSpace[] {
  return known(memory, vvolIds).map((one) => spaceOf(memory, one));
}

/** What is allocated for a thick volume is its size; for a thin one its chunks. */
export function spaceOf(memory: Memory, own: Stored): VolumeSpace {
  const others = [...memory.volumes.values()].filter((other) => other !== own);
  const sole = unshared(
    own.chunks,
    others.map(({ chunks }) => chunks),
  ).length;
  const kept = keptFree(own);
  return {
    vvolId: own.volume.vvolId,
    logical: own.volume.size,
    committed: bytes(BigInt(own.chunks.size * CHUNK) + kept),
    unshared: bytes(BigInt(sole * CHUNK) + kept),
  };
}

/** See the port. What is physical is the pool's, which all containers share. */
export function containerSpace(memory: Memory, containerId: ContainerId): ContainerSpace {
  containerOf(memory, containerId);
  const here = [...memory.volumes.values()].filter(
    ({ volume }) => volume.containerId === containerId,
  );
  const { capacity } = memory.pool;
  const used = usedBytes(memory);
  const free = bytes(capacity - used);
  return {
    physicalTotal: capacity,
    physicalFree: free,
    physicalUsed: used,
    logicalLimit: bytes(0n),
    logicalFree: free,
    logicalUsed: bytes(here.reduce((sum, { volume }) => sum + volume.size, 0n)),
  };
}

/** What all volumes take of the pool. A chunk that several volumes have is counted once. */
export function usedBytes({ volumes }: Memory): Bytes {
  const all = [...volumes.values()];
  const chunks = new Set(all.flatMap((one) => [...one.chunks.values()]));
  const kept = all.reduce((sum, one) => sum + keptFree(one), 0n);
  return bytes(BigInt(chunks.size * CHUNK) + kept);
}

/** Errors: inUse. */
export function refuseBound({ bindings }: Memory, vvolId: VvolId): void {
  if (!bindings.some((binding) => binding.vvolId === vvolId)) return;
  throw new ArrayError('inUse', `volume ${vvolId} is bound`);
}

/** Errors: noSpace. */
export function refuseFull(memory: Memory, { containerId, name }: Container, more: bigint): void {
  if (more <= containerSpace(memory, containerId).physicalFree) return;
  throw new ArrayError('noSpace', `container ${name} has too little free space`);
}

function refuseSize({ maxVolumeBytes }: Container, size: Bytes): void {
  if (size > 0n && size <= maxVolumeBytes) return;
  throw new ArrayError('invalid', `a volume has 1 to ${maxVolumeBytes} bytes`);
}

/** What is held free for a thick volume beside what it has written. */
export function keptFree({ volume, chunks }: Stored): bigint {
  const free = volume.size - BigInt(chunks.size * CHUNK);
  const { origin } = volume;
  const isReadOnly = origin.kind === 'snapshot' && origin.readOnly;
  return volume.thin || isReadOnly || free < 0n ? 0n : free;
}

function known(memory: Memory, vvolIds: readonly VvolId[]): readonly Stored[] {
  return vvolIds.flatMap((vvolId) => memory.volumes.get(vvolId) ?? []);
}
