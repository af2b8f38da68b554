/**
 * Copying from content to content in steps, so that it can be a job with progress and an end before its
 * time. A copy makes chunks of its own and so takes space of its own; that the bytes lie in the same
 * block is nobody's business but the disk's.
 */
import type { Chunks } from './chunks.ts';
import type { Geometry } from './geometry.ts';
import type { Nodes } from './nodes.ts';
import type { Tree } from './tree.ts';
import { type Leaf, walk } from './walk.ts';

interface CopyParts {
  readonly geometry: Geometry;
  readonly nodes: Nodes;
  readonly chunks: Chunks;
  readonly tree: Tree;
}

export interface CopyRequest {
  /** Its caller holds both until the last step, as roots of the job's own. */
  readonly source: number;
  /** What differs between this and `source` is copied; 0: everything allocated in `source`. */
  readonly base: number;
  /** Of it the reference is used up. */
  readonly target: number;
  /** Whose space the copies take. */
  readonly poolNo: number;
  /** 0, or `next` of the step before. */
  readonly from: number;
  /** Nodes to look at, about, in this step. */
  readonly budget: number;
}

export interface CopyStep {
  /** The root of the target now. */
  readonly target: number;
  /** Where to go on; undefined: all is copied. */
  readonly next: number | undefined;
  /** Chunks that this step has written or made holes of. */
  readonly copied: number;
}

/** One step of a copy. A step repeated after its transaction was undone does the same again. */
export function copyStep(parts: CopyParts, request: CopyRequest): CopyStep {
  const { geometry, nodes, tree, chunks } = parts;
  const range = { first: request.from, last: geometry.fanOut ** geometry.levels - 1 };
  let target = request.target;
  let copied = 0;
  const visit = ({ first, left, right }: Leaf) => {
    const last = first + left.length - 1;
    target = tree.edit(target, { first, last }, (index, old, mine) => {
      const source = left[index - first] ?? 0;
      const base = right[index - first] ?? 0;
      if (isSame(chunks, source, base)) return old;
      copied += 1;
      if (source === 0) return chunks.drop(old, mine);
      return chunks.put(old, mine, chunks.blockOf(source), request.poolNo);
    });
    return true;
  };
  const { source, base, budget } = request;
  const end = walk(geometry, nodes, source, base, { range, budget, visit });
  return { target, next: end > range.last ? undefined : end, copied };
}

/** A hole is not the same as a chunk of zeros here: a copy is allocated where its source is. */
function isSame(chunks: Chunks, one: number, other: number): boolean {
  if (one === other) return true;
  return one !== 0 && other !== 0 && chunks.blockOf(one) === chunks.blockOf(other);
}
