/**
 * The content of volumes: a map from the number of a chunk to its bytes; what is not in it is zero. A
 * chunk is never changed once it is in a map, so that a snapshot is a copy of the map and two volumes
 * have a chunk in common when it is the same object. Knows nothing of volumes.
 */

import type { ChunkBitmap, ChunkRange } from '../../../src/array/differences.ts';
import { ArrayError } from '../../../src/array/errors.ts';
import { LIMITS } from '../../../src/model/limits.ts';

/** Bytes of one chunk. */
export const CHUNK = 64 * 1024;

/** Chunk by its number from the start of the volume. */
export type Chunks = Map<number, Uint8Array>;

/** The bytes of a range. */
export function readBytes(chunks: Chunks, offset: number, length: number): Uint8Array {
  const result = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const [number, from] = placeOf(offset + at);
    const count = Math.min(length - at, CHUNK - from);
    const chunk = chunks.get(number);
    if (chunk !== undefined) result.set(chunk.subarray(from, from + count), at);
    at += count;
  }
  return result;
}

/** Puts bytes in, by new chunks. */
export function writeBytes(chunks: Chunks, offset: number, news: Uint8Array): void {
  for (let at = 0; at < news.length; ) {
    const [number, from] = placeOf(offset + at);
    const count = Math.min(news.length - at, CHUNK - from);
    const chunk = chunks.get(number)?.slice() ?? new Uint8Array(CHUNK);
    chunk.set(news.subarray(at, at + count), from);
    chunks.set(number, chunk);
    at += count;
  }
}

/** A copy that has no chunk in common. */
export function fullCopy(chunks: Chunks): Chunks {
  return new Map([...chunks].map(([number, chunk]) => [number, chunk.slice()]));
}

/** Numbers of the chunks that are not the same object in both. */
export function differing(one: Chunks, other: Chunks): readonly number[] {
  const numbers = new Set([...one.keys(), ...other.keys()]);
  return [...numbers].filter((number) => one.get(number) !== other.get(number));
}

/** Numbers of the chunks that none of the others has. */
export function unshared(chunks: Chunks, others: Iterable<Chunks>): readonly number[] {
  const theirs = new Set([...others].flatMap((other) => [...other.values()]));
  return [...chunks].flatMap(([number, chunk]) => (theirs.has(chunk) ? [] : [number]));
}

/** The bitmap of a range in which every piece that touches one of the chunks is marked. */
export function bitmapOf(numbers: readonly number[], range: ChunkRange): ChunkBitmap {
  const [start, length, piece] = [range.start, range.length, range.chunkSize].map(Number) as [
    number,
    number,
    number,
  ];
  const map = new Uint8Array(Math.ceil(Math.ceil(length / piece) / 8));
  for (const number of numbers) {
    const from = Math.max(number * CHUNK - start, 0);
    const to = Math.min((number + 1) * CHUNK - start, length);
    if (from >= to) continue;
    for (let bit = Math.floor(from / piece); bit * piece < to; bit += 1) {
      map[bit >> 3] = (map[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }
  return map;
}

/** Errors: invalid (no chunk size; more chunks than a bitmap may have). */
export function refuseChunkSize({ length, chunkSize }: ChunkRange): void {
  if (chunkSize > 0n && length <= chunkSize * BigInt(LIMITS.bitmapChunks)) return;
  throw new ArrayError('invalid', `a bitmap has 1 to ${LIMITS.bitmapChunks} chunks of some size`);
}

/** Number of the chunk at an offset, and how far into it that is. */
function placeOf(offset: number): readonly [number: number, from: number] {
  return [Math.floor(offset / CHUNK), offset % CHUNK];
}
