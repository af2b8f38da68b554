/**
 * What can be told of contents without reading their bytes: what is allocated, what differs, what is
 * shared. Two chunks differ when their bytes do: blocks are kept once, so equal bytes have equal blocks,
 * and a hole equals a chunk of zeros. A chunk is unshared when giving up the content would end it.
 */
import { ArrayError } from '../../src/array/errors.ts';
import type { Chunks } from './chunks.ts';
import { chunksTouched, type Geometry } from './geometry.ts';
import type { Nodes } from './nodes.ts';
import { type Leaf, walk } from './walk.ts';

interface MapParts {
  readonly geometry: Geometry;
  readonly nodes: Nodes;
  readonly chunks: Chunks;
}

/** Largest bitmap given in one answer: 64 Mi chunks, 4 TiB at our own size of chunk. */
const BITMAP_BYTES_MAX = 8 * 1024 * 1024;

export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** A range of bytes cut into chunks of the caller's size. Bit i of byte i>>3, lowest first, is chunk i. */
export interface BitmapRange extends ByteRange {
  readonly chunkBytes: number;
}

/** A bitmap in the making. */
export interface BitmapPart {
  /** Of the whole range; later steps set bits in it. */
  readonly bits: Uint8Array;
  /** The first of our chunks that is not looked at yet; undefined: all are. */
  readonly next: number | undefined;
}

/** One step of making a bitmap: with what is begun, over about `budget` nodes. */
export interface BitmapStep {
  readonly begun: BitmapPart | undefined;
  readonly budget: number;
}

/** A run of bytes of one kind. A hole is not allocated; zeros are, and keep no data. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
  readonly kind: 'data' | 'zero' | 'hole';
}

export interface UnsharedCount {
  /** Bytes of the chunks that are counted. */
  readonly chunkBytes: number;
  /** Chunks looked at, from the start of the range. */
  readonly scanned: number;
  readonly unshared: number;
}

/** Bitmap of the chunks that touch something allocated. */
export function allocatedBitmap(
  parts: MapParts,
  root: number,
  range: BitmapRange,
  step: BitmapStep,
): BitmapPart {
  return bitmap(parts, [root, 0], range, step, (chunkNo) => chunkNo !== 0);
}

/** Bitmap of the chunks that touch something different. Finer than our chunks, it says too much. */
export function differingBitmap(
  parts: MapParts,
  roots: readonly [left: number, right: number],
  range: BitmapRange,
  step: BitmapStep,
): BitmapPart {
  return bitmap(parts, roots, range, step, (one, other) => differ(parts.chunks, one, other));
}

/**
 * Counts the chunks of a range of bytes that differ from `base`, or with `base` undefined those that
 * nobody else shares. Looks at about `budget` nodes, then stops.
 */
export function countUnshared(
  { geometry, nodes, chunks }: MapParts,
  root: number,
  base: number | undefined,
  bytes: ByteRange,
  budget: number,
): UnsharedCount {
  const range = chunksTouched(geometry, bytes.start, bytes.length);
  let unshared = 0;
  const end =
    base === undefined
      ? walk(geometry, nodes, root, 0, {
          range,
          budget,
          enters: (node) => node.refs === 1,
          visit: ({ left }) => {
            unshared += chunks.countExclusive(left);
            return true;
          },
        })
      : walk(geometry, nodes, root, base, {
          range,
          budget,
          visit: ({ left, right }) => {
            unshared += left.filter((one, place) => differ(chunks, one, right[place] ?? 0)).length;
            return true;
          },
        });
  return { chunkBytes: geometry.chunkBytes, scanned: end - range.first, unshared };
}

/**
 * The first `most` extents of a range of bytes, without gaps from its start. Looks at about `budget` nodes,
 * then stops: the last extent may go on behind its end.
 */
export function extents(
  { geometry, nodes, chunks }: MapParts,
  root: number,
  bytes: ByteRange,
  { most, budget }: { readonly most: number; readonly budget: number },
): readonly Extent[] {
  const range = chunksTouched(geometry, bytes.start, bytes.length);
  const found: { offset: number; kind: Extent['kind'] }[] = [];
  const note = (chunk: number, kind: Extent['kind']) => {
    if (found.at(-1)?.kind === kind) return;
    found.push({ offset: Math.max(bytes.start, chunk * geometry.chunkBytes), kind });
  };
  let next = range.first;
  const visit = ({ first, left }: Leaf) => {
    if (first > next) note(next, 'hole');
    for (const [place, chunkNo] of left.entries()) {
      if (chunkNo === 0) note(first + place, 'hole');
      else note(first + place, chunks.blockOf(chunkNo) === null ? 'zero' : 'data');
    }
    next = first + left.length;
    return found.length <= most;
  };
  const seen = walk(geometry, nodes, root, 0, { range, budget, visit });
  if (next < seen) note(next, 'hole');
  const end = Math.min(bytes.start + bytes.length, seen * geometry.chunkBytes);
  return found.slice(0, most).map(({ offset, kind }, place) => {
    return { offset, length: (found[place + 1]?.offset ?? end) - offset, kind };
  });
}

function bitmap(
  { geometry, nodes }: MapParts,
  [left, right]: readonly [left: number, right: number],
  { start, length, chunkBytes }: BitmapRange,
  { begun, budget }: BitmapStep,
  isSet: (one: number, other: number) => boolean,
): BitmapPart {
  const touched = chunksTouched(geometry, start, length);
  const range = { first: begun?.next ?? touched.first, last: touched.last };
  const size = Math.ceil(Math.ceil(length / chunkBytes) / 8);
  if (!Number.isSafeInteger(chunkBytes) || chunkBytes < 1 || size > BITMAP_BYTES_MAX) {
    throw new ArrayError('invalid', `no bitmap of ${length} bytes in chunks of ${chunkBytes}`);
  }
  const bits = begun?.bits ?? new Uint8Array(size);
  const visit = (leaf: Leaf) => {
    for (const [place, one] of leaf.left.entries()) {
      const other = leaf.right[place] ?? 0;
      if (one === other || !isSet(one, other)) continue;
      const at = (leaf.first + place) * geometry.chunkBytes;
      const from = Math.max(0, Math.floor((at - start) / chunkBytes));
      const to = Math.min(at + geometry.chunkBytes, start + length) - start;
      for (let bit = from; bit * chunkBytes < to; bit += 1) setBit(bits, bit);
    }
    return true;
  };
  const end = walk(geometry, nodes, left, right, { range, budget, visit });
  return { bits, next: end > range.last ? undefined : end };
}

function setBit(bits: Uint8Array, bit: number): void {
  const at = Math.floor(bit / 8);
  bits[at] = (bits[at] ?? 0) | (1 << (bit % 8));
}

/** Whether the bytes differ: by where they are, since equal ones are kept once. */
function differ(chunks: Chunks, one: number, other: number): boolean {
  const block = (chunkNo: number) => (chunkNo === 0 ? null : chunks.blockOf(chunkNo));
  return one !== other && block(one) !== block(other);
}
