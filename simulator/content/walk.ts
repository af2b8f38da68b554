/**
 * Reading trees: the leaves of one, or where two differ. Subtrees that both share are passed over unseen,
 * so the cost follows from what differs, not from what there is nor from how the two came about.
 */
import { type ChunkSpan, chunksPerChild, type Geometry } from './geometry.ts';
import type { Node, Nodes } from './nodes.ts';

/** A run of chunks as two trees have it, within one leaf. */
export interface Leaf {
  /** Number of the run's first chunk. */
  readonly first: number;
  /** Chunk numbers, one for each chunk of the run; 0 is a hole. */
  readonly left: readonly number[];
  readonly right: readonly number[];
}

interface WalkOptions {
  readonly range: ChunkSpan;
  /**
   * Nodes to look at, about; then the walk ends early, but never before it has come past the first chunk
   * of the range. Undefined: no bound.
   */
  readonly budget?: number | undefined;
  /** Nodes of the left tree for which this is false are passed over with all below. */
  readonly enters?: (node: Node) => boolean;
  /** Called in order; false ends the walk behind this leaf. */
  readonly visit: (leaf: Leaf) => boolean;
}

/**
 * Visits the leaves at which the trees differ; against root 0, all leaves of the left one. Returns the
 * number of the chunk up to which (that one left out) all is seen: `range.last + 1` when it came through.
 */
export function walk(
  geometry: Geometry,
  nodes: Nodes,
  left: number,
  right: number,
  options: WalkOptions,
): number {
  const { range, visit } = options;
  const { fanOut } = geometry;
  const none = new Array<number>(fanOut).fill(0);
  let budget = options.budget ?? Number.POSITIVE_INFINITY;
  let end = range.last + 1;

  /** False: the walk is over, `end` says where. */
  const visitNodes = (leftNo: number, rightNo: number, level: number, base: number): boolean => {
    if (leftNo === rightNo) return true;
    if (budget <= 0 && base > range.first) {
      end = base;
      return false;
    }
    const leftNode = leftNo === 0 ? undefined : nodes.get(leftNo);
    const rightNode = rightNo === 0 ? undefined : nodes.get(rightNo);
    budget -= Number(leftNode !== undefined) + Number(rightNode !== undefined);
    if (leftNode !== undefined && options.enters?.(leftNode) === false) return true;
    const lefts = leftNode?.children ?? none;
    const rights = rightNode?.children ?? none;
    const width = chunksPerChild(geometry, level);
    const from = Math.max(0, Math.floor((range.first - base) / width));
    const to = Math.min(fanOut - 1, Math.floor((range.last - base) / width));
    if (level === 0) {
      const first = base + from;
      const run = { left: lefts.slice(from, to + 1), right: rights.slice(from, to + 1) };
      if (visit({ first, ...run })) return true;
      end = base + to + 1;
      return false;
    }
    for (let slot = from; slot <= to; slot += 1) {
      if (!visitNodes(lefts[slot] ?? 0, rights[slot] ?? 0, level - 1, base + slot * width)) {
        return false;
      }
    }
    return true;
  };

  if (range.first <= range.last) visitNodes(left, right, geometry.levels - 1, 0);
  return end;
}
