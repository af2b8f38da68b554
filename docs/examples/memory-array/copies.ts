/** Clones, and what two volumes have in common. */

import type { NewCopy } from '../../../src/array/copies.ts';
import type { ChunkBitmap, ChunkRange } from '../../../src/array/differences.ts';
import { ArrayError } from '../../../src/array/errors.ts';
import type { JobResult } from '../../../src/model/array.ts';
import type { VvolId } from '../../../src/model/ids.ts';
import { type Bytes, bytes } from '../../../src/model/units.ts';
import {
  bitmapOf,
  CHUNK,
  differing,
  fullCopy,
  readBytes,
  refuseChunkSize,
  unshared,
  writeBytes,
} from './content.ts';
import type { Memory, Opened, Stored } from './memory.ts';
import { changedPairs } from './metadata.ts';
import { refuseUnmet, thinWish } from './policies.ts';
import { refuseMany } from './snapshots.ts';
import { containerOf, insert, refuseBound, refuseFull, refuseTaken, stored } from './volumes.ts';

/** See `cloneVolume` and `fastCloneVolume` of the port. */
export function cloneVolume(opened: Opened, kind: 'clone' | 'fastClone', copy: NewCopy): JobResult {
  const { memory, clock } = opened;
  const source = stored(memory, copy.source);
  const container = containerOf(memory, copy.containerId ?? source.volume.containerId);
  const isFull = kind === 'clone';
  if (!isFull && container.containerId !== source.volume.containerId) {
    throw new ArrayError('unsupported', 'a fast clone stays in the container of its source');
  }
  refuseTaken(memory, copy.vvolId);
  if (!isFull) refuseMany(memory, copy.source);
  refuseUnmet(copy.profile);
  const thin = thinWish(copy.profile) ?? (source.volume.thin || !isFull);
  const written = BigInt(source.chunks.size * CHUNK);
  const kept = thin ? 0n : source.volume.size - written;
  refuseFull(memory, container, isFull ? written + kept : kept);
  const { vvolId, profile } = copy;
  const volume = {
    ...source.volume,
    vvolId,
    containerId: container.containerId,
    thin,
    origin: { kind, of: copy.source },
    metadata: changedPairs([], copy.metadata),
    profile,
    createdAt: clock.now(),
  };
  insert(opened, volume, {
    family: isFull ? vvolId : source.family,
    chunks: isFull ? fullCopy(source.chunks) : new Map(source.chunks),
  });
  return { kind: 'volume', vvolId };
}

/** See the port. */
export function copyDiffs(
  { memory }: Opened,
  asked: { readonly source: VvolId; readonly base: VvolId; readonly target: VvolId },
): void {
  const [source, base] = related(memory, asked.source, asked.base);
  const { volume, chunks } = stored(memory, asked.target);
  if (volume.origin.kind === 'snapshot' && volume.origin.readOnly) {
    throw new ArrayError('unsupported', `${asked.target} is a read-only snapshot`);
  }
  const size = Number(source.volume.size);
  if (volume.size < size) throw new ArrayError('invalid', 'the target is too small');
  refuseBound(memory, asked.target);
  const differences = differing(source.chunks, base.chunks).filter((n) => n * CHUNK < size);
  const needed = BigInt(differences.length * CHUNK);
  if (volume.thin) refuseFull(memory, containerOf(memory, volume.containerId), needed);
  for (const number of differences) {
    // The source may end within its last chunk; what the target has behind that stays.
    const length = Math.min(CHUNK, size - number * CHUNK);
    writeBytes(chunks, number * CHUNK, readBytes(source.chunks, number * CHUNK, length));
  }
}

/** See the port. */
export function allocatedChunks(memory: Memory, vvolId: VvolId, range: ChunkRange): ChunkBitmap {
  const own = stored(memory, vvolId);
  refuseBeyond(own, range);
  refuseChunkSize(range);
  return bitmapOf([...own.chunks.keys()], range);
}

/** See the port. */
export function unsharedChunks(
  memory: Memory,
  vvolId: VvolId,
  base: VvolId,
  range: ChunkRange,
): ChunkBitmap {
  const [own, other] = related(memory, vvolId, base);
  refuseBeyond(own, range);
  refuseChunkSize(range);
  return bitmapOf(differing(own.chunks, other.chunks), range);
}

/** See the port. It always looks at the whole range. */
export function countUnshared(
  memory: Memory,
  vvolId: VvolId,
  base: VvolId | undefined,
  range: { readonly start: Bytes; readonly length: Bytes },
): { readonly chunkSize: Bytes; readonly scanned: bigint; readonly unshared: bigint } {
  const [own, other] = related(memory, vvolId, base ?? vvolId);
  refuseBeyond(own, range);
  const others = [...memory.volumes.values()].filter((one) => one !== own);
  const numbers =
    base === undefined
      ? unshared(
          own.chunks,
          others.map(({ chunks }) => chunks),
        )
      : differing(own.chunks, other.chunks);
  const first = Number(range.start) / CHUNK;
  const end = Number(range.start + range.length) / CHUNK;
  const count = numbers.filter((number) => number + 1 > first && number < end).length;
  const scanned = BigInt(Math.ceil(end) - Math.floor(first));
  return { chunkSize: bytes(BigInt(CHUNK)), scanned, unshared: BigInt(count) };
}

/** Both volumes. Errors: notFound, incompatible. */
function related(memory: Memory, one: VvolId, other: VvolId): readonly [Stored, Stored] {
  const both = [stored(memory, one), stored(memory, other)] as const;
  if (both[0].family === both[1].family) return both;
  throw new ArrayError('incompatible', `${one} and ${other} are not related`);
}

function refuseBeyond(
  { volume }: Stored,
  { start, length }: { readonly start: Bytes; readonly length: Bytes },
): void {
  if (start >= 0n && length >= 0n && start + length <= volume.size) return;
  throw new ArrayError('invalid', 'the range lies beyond the end of the volume');
}
