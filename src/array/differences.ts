/**
 * The part of the array port about which parts of a volume hold data, or differ from another's.
 * Over-reporting is allowed (an array that cannot tell reports everything), missing never.
 */
import type { VvolId } from '../model/ids.ts';
import type { Bytes } from '../model/units.ts';

/**
 * A range of a volume cut into chunks of equal size, from its start on; the last may be shorter. A range
 * of no length is one that every volume has.
 */
export interface ChunkRange {
  readonly start: Bytes;
  readonly length: Bytes;
  readonly chunkSize: Bytes;
}

/** Bit i of byte i>>3, least significant first, is chunk i of the range; the last byte is zero-padded. */
export type ChunkBitmap = Uint8Array;

export interface DifferencePort {
  /** Chunks of the range that hold data. Errors: notFound, unsupported, invalid (range past the end). */
  allocatedChunks(vvolId: VvolId, range: ChunkRange): Promise<ChunkBitmap>;

  /** Chunks of the range that differ from `base`. Errors: notFound, incompatible (before range errors), invalid. */
  unsharedChunks(vvolId: VvolId, base: VvolId, range: ChunkRange): Promise<ChunkBitmap>;

  /**
   * Counts chunks not shared with `base` (undefined: with anybody). The array picks the chunk size and
   * may stop early; `scanned` says how far it came. Errors as above.
   */
  countUnshared(
    vvolId: VvolId,
    base: VvolId | undefined,
    range: { readonly start: Bytes; readonly length: Bytes },
  ): Promise<{ readonly chunkSize: Bytes; readonly scanned: bigint; readonly unshared: bigint }>;
}
