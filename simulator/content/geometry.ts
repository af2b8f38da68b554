/**
 * The measures of a content: how large a chunk is, how wide a node, how high the tree. The values and
 * why they are so: docs/adr/0010-copy-on-write-content.md. They are part of the file format; only tests
 * use others. Offsets and lengths are whole numbers of bytes, at most 2^46, so `number` holds them.
 */
import { ArrayError } from '../../src/array/errors.ts';

export interface Geometry {
  /** Bytes of a chunk: what is shared, allocated and counted as one. */
  readonly chunkBytes: number;
  /** Children of a node. */
  readonly fanOut: number;
  /** Nodes on the way from a root to a chunk; level 0 is the last. */
  readonly levels: number;
}

/** 32^6 chunks of 64 KiB are 64 TiB. */
export const GEOMETRY: Geometry = Object.freeze({ chunkBytes: 64 * 1024, fanOut: 32, levels: 6 });

/** Chunks by their number, both ends included; none when `last` is `first - 1`. */
export interface ChunkSpan {
  readonly first: number;
  readonly last: number;
}

/** Chunks below one child of a node at `level`. */
export function chunksPerChild(geometry: Geometry, level: number): number {
  return geometry.fanOut ** level;
}

/** Largest size of a content, in bytes. */
export function capacityOf({ chunkBytes, fanOut, levels }: Geometry): number {
  return chunkBytes * fanOut ** levels;
}

/** The chunks that these bytes touch. Errors: invalid (not a range of bytes within the capacity). */
export function chunksTouched(geometry: Geometry, offset: number, length: number): ChunkSpan {
  const isRange = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
  if (!isRange || offset < 0 || length < 0 || offset + length > capacityOf(geometry)) {
    throw new ArrayError('invalid', `no such range of bytes: ${length} at ${offset}`);
  }
  const { chunkBytes } = geometry;
  const end = offset + length;
  const first = Math.floor(offset / chunkBytes);
  return { first, last: length === 0 ? first - 1 : Math.ceil(end / chunkBytes) - 1 };
}
