/**
 * What can be told of volumes without reading their bytes: the space they take, which chunks hold data,
 * which differ, which are nobody else's. Two volumes can be compared when they are of one family: made
 * from each other, or from a common ancestor, by snapshots and fast clones at any distance.
 */

import type { ChunkRange } from '../src/array/differences.ts';
import { ArrayError } from '../src/array/errors.ts';
import type { VolumeSpace } from '../src/model/array.ts';
import type { VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { type Bytes, bytes } from '../src/model/units.ts';
import type { Content } from './content/content.ts';
import type { BitmapPart } from './content/maps.ts';
import { familyOf, type VolumeRow } from './volume-rows.ts';
import type { Volumes } from './volumes.ts';

interface SharingParts {
  readonly content: Content;
  readonly volumes: Volumes;
}

interface CountedRange {
  readonly start: Bytes;
  readonly length: Bytes;
}

export class Sharing {
  readonly #parts: SharingParts;

  constructor(parts: SharingParts) {
    this.#parts = parts;
  }

  /** Known ones in the order asked. Of many at once what each shares is told less often. */
  spaceOf(vvolIds: readonly VvolId[]): readonly VolumeSpace[] {
    const rows = this.#parts.volumes.rows(vvolIds);
    const budget = Math.ceil(LIMITS.sharingNodes / Math.max(1, rows.length));
    return rows.map((row) => this.spaceOfRow(row, budget));
  }

  spaceOfRow(row: VolumeRow, budget: number = LIMITS.sharingNodes): VolumeSpace {
    const { committed_bytes: allocated, guaranteed_bytes: guaranteed } = row;
    const kept = guaranteed > allocated ? guaranteed - allocated : 0n;
    const unshared = this.#parts.content.unshared(Number(row.root_no), budget);
    return {
      vvolId: row.vvol_id,
      logical: bytes(row.size_bytes),
      committed: bytes(allocated + kept),
      unshared: unshared === undefined ? undefined : bytes(BigInt(unshared) + kept),
    };
  }

  /** One step of it, after those that `begun` has. */
  allocated(vvolId: VvolId, range: ChunkRange, begun: BitmapPart | undefined): BitmapPart {
    const row = this.#parts.volumes.row(vvolId);
    const step = { begun, budget: LIMITS.bitmapStepNodes };
    return this.#parts.content.allocated(Number(row.root_no), bitmapRange(row, range), step);
  }

  /** One step of it, after those that `begun` has. */
  differing(
    vvolId: VvolId,
    base: VvolId,
    range: ChunkRange,
    begun: BitmapPart | undefined,
  ): BitmapPart {
    const row = this.#parts.volumes.row(vvolId);
    const other = this.#parts.volumes.row(base);
    refuseUnrelated(row, other);
    const roots = [Number(row.root_no), Number(other.root_no)] as const;
    const step = { begun, budget: LIMITS.bitmapStepNodes };
    return this.#parts.content.differing(roots, bitmapRange(row, range), step);
  }

  countUnshared(
    vvolId: VvolId,
    base: VvolId | undefined,
    range: CountedRange,
  ): { readonly chunkSize: Bytes; readonly scanned: bigint; readonly unshared: bigint } {
    const { content, volumes } = this.#parts;
    const row = volumes.row(vvolId);
    const other = base === undefined ? undefined : volumes.row(base);
    if (other !== undefined) refuseUnrelated(row, other);
    refuseBeyond(row, range);
    const { chunkBytes, scanned, unshared } = content.countUnshared(
      Number(row.root_no),
      other === undefined ? undefined : Number(other.root_no),
      { start: Number(range.start), length: Number(range.length) },
      LIMITS.sharingNodes,
    );
    return {
      chunkSize: bytes(BigInt(chunkBytes)),
      scanned: BigInt(scanned),
      unshared: BigInt(unshared),
    };
  }
}

/** Errors: incompatible. */
export function refuseUnrelated(one: VolumeRow, other: VolumeRow): void {
  if (familyOf(one) === familyOf(other)) return;
  throw new ArrayError('incompatible', `${one.vvol_id} and ${other.vvol_id} are not related`);
}

function refuseBeyond(row: VolumeRow, { start, length }: CountedRange): void {
  if (start < 0n || length < 0n || start + length > row.size_bytes) {
    throw new ArrayError('invalid', 'the range lies beyond the end of the volume');
  }
}

function bitmapRange(row: VolumeRow, range: ChunkRange) {
  refuseBeyond(row, range);
  const { start, length, chunkSize } = range;
  if (chunkSize <= 0n) throw new ArrayError('invalid', 'a chunk has at least one byte');
  if (length > chunkSize * BigInt(LIMITS.bitmapChunks)) {
    throw new ArrayError('invalid', `a bitmap has at most ${LIMITS.bitmapChunks} chunks`);
  }
  // Beyond the largest volume a chunk is all of it.
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  const chunkBytes = Number(chunkSize < most ? chunkSize : most);
  return { start: Number(start), length: Number(length), chunkBytes };
}
