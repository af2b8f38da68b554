/**
 * Bytes of a content at any offset: read, write, trim. A hole reads as zeros. A write makes whole chunks,
 * filling up from what was there; writing zeros allocates as any write does, but keeps no data.
 */
import { ArrayError } from '../../src/array/errors.ts';
import type { BlockNo, Blocks } from './blocks.ts';
import type { Chunks } from './chunks.ts';
import { chunksTouched, type Geometry } from './geometry.ts';
import type { Nodes } from './nodes.ts';
import type { Tree } from './tree.ts';
import { type Leaf, walk } from './walk.ts';

/** Most bytes read in one call: they are all in memory at once. */
const READ_BYTES_MAX = 64 * 1024 * 1024;

interface DataPathParts {
  readonly geometry: Geometry;
  readonly nodes: Nodes;
  readonly chunks: Chunks;
  readonly blocks: Blocks;
  readonly tree: Tree;
}

/** The part of one chunk that a range of bytes covers. */
interface Part {
  /** First byte within the chunk. */
  readonly within: number;
  /** First byte within the range. */
  readonly at: number;
  readonly length: number;
}

export function readBytes(
  { geometry, nodes, chunks, blocks }: DataPathParts,
  root: number,
  offset: number,
  length: number,
): Buffer {
  const range = chunksTouched(geometry, offset, length);
  if (length > READ_BYTES_MAX) throw new ArrayError('invalid', `too much to read: ${length} bytes`);
  const result = Buffer.alloc(length);
  const visit = ({ first, left }: Leaf) => {
    for (const [place, chunkNo] of left.entries()) {
      if (chunkNo === 0) continue;
      const part = partOf(geometry, first + place, offset, length);
      const target = result.subarray(part.at, part.at + part.length);
      blocks.read(chunks.blockOf(chunkNo), part.within, target);
    }
    return true;
  };
  walk(geometry, nodes, root, 0, { range, visit });
  return result;
}

export function writeBytes(
  parts: DataPathParts,
  root: number,
  offset: number,
  data: Uint8Array,
  poolNo: number,
): number {
  const { geometry, chunks, blocks, tree } = parts;
  const range = chunksTouched(geometry, offset, data.length);
  if (data.length === 0) return root;
  return tree.edit(root, range, (index, old, mine) => {
    const part = partOf(geometry, index, offset, data.length);
    const news = data.subarray(part.at, part.at + part.length);
    return chunks.put(old, mine, blocks.store(patched(parts, old, part, news)), poolNo);
  });
}

/** Chunks that end up with nothing but zeros become holes; the rest of the range reads as zeros. */
export function trimBytes(
  parts: DataPathParts,
  root: number,
  offset: number,
  length: number,
  poolNo: number,
): number {
  const { geometry, chunks, blocks, tree } = parts;
  const { chunkBytes } = geometry;
  const { first, last } = chunksTouched(geometry, offset, length);
  if (length === 0) return root;
  const isWhole = (index: number) => partOf(geometry, index, offset, length).length === chunkBytes;
  let now = root;
  // Only the first and the last chunk of a range can be covered in part.
  for (const index of new Set([first, last])) {
    if (isWhole(index)) continue;
    now = tree.edit(now, { first: index, last: index }, (_index, old, mine) => {
      if (old === 0) return 0;
      const part = partOf(geometry, index, offset, length);
      const blockNo = blocks.store(patched(parts, old, part, new Uint8Array(part.length)));
      return blockNo === null ? chunks.drop(old, mine) : chunks.put(old, mine, blockNo, poolNo);
    });
  }
  const inner = { first: first + Number(!isWhole(first)), last: last - Number(!isWhole(last)) };
  return inner.first > inner.last ? now : tree.drop(now, inner);
}

/** The whole chunk with `news` in it: `news` itself where it is all of the chunk. */
function patched(
  { geometry, chunks, blocks }: DataPathParts,
  old: number,
  { within, length }: Part,
  news: Uint8Array,
): Uint8Array {
  if (length === geometry.chunkBytes) return news;
  const whole = Buffer.alloc(geometry.chunkBytes);
  const before: BlockNo = old === 0 ? null : chunks.blockOf(old);
  if (before !== null) blocks.read(before, 0, whole);
  whole.set(news, within);
  return whole;
}

function partOf({ chunkBytes }: Geometry, index: number, offset: number, length: number): Part {
  const start = index * chunkBytes;
  const from = Math.max(start, offset);
  const to = Math.min(start + chunkBytes, offset + length);
  return { within: from - start, at: from - offset, length: to - from };
}
