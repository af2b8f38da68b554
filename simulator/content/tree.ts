/**
 * Changing trees. A root is the number of a node at the highest level, or 0 for a content with nothing in
 * it. Trees share nodes; a change copies those on its way that others can reach too, and changes the
 * rest in place. Reading them is walk.ts's business.
 */
import type { Chunks } from './chunks.ts';
import { type ChunkSpan, chunksPerChild, type Geometry } from './geometry.ts';
import type { Node, Nodes } from './nodes.ts';

/**
 * Returns what is to stand at chunk `index`, where `old` (0: hole) stands. A number other than `old`
 * brings a reference with it. `mine`: the leaf is the editor's alone, and its reference to `old` is used
 * up when another number is returned; otherwise it stays with the leaf, which others go on using.
 */
type ChunkAt = (index: number, old: number, mine: boolean) => number;

interface Edit extends ChunkSpan {
  readonly chunkAt: ChunkAt;
  /** All becomes a hole: what lies wholly within the range is cut off unseen. */
  readonly isDrop: boolean;
}

/** A subtree after a change: its node (0: none left), and how many chunks it has gained. */
interface Changed {
  readonly nodeNo: number;
  readonly gained: number;
}

/** The place of a subtree: what its first chunk is, and whether the editor alone can reach its parent. */
interface Place {
  readonly level: number;
  readonly base: number;
  readonly alone: boolean;
}

export class Tree {
  readonly #geometry: Geometry;
  readonly #nodes: Nodes;
  readonly #chunks: Chunks;
  readonly #nothing: Node;
  readonly #top: Place;

  constructor(geometry: Geometry, nodes: Nodes, chunks: Chunks) {
    this.#geometry = geometry;
    this.#nodes = nodes;
    this.#chunks = chunks;
    this.#nothing = { refs: 1, chunks: 0, children: new Array<number>(geometry.fanOut).fill(0) };
    this.#top = { level: geometry.levels - 1, base: 0, alone: true };
  }

  /** Changes a range of chunks. Uses up the caller's reference to `root`, returns one to the new root. */
  edit(root: number, { first, last }: ChunkSpan, chunkAt: ChunkAt): number {
    return this.#change(root, this.#top, { first, last, chunkAt, isDrop: false }).nodeNo;
  }

  /** Makes holes of a range of chunks. References as above. */
  drop(root: number, { first, last }: ChunkSpan): number {
    const chunkAt: ChunkAt = (_index, old, mine) => this.#chunks.drop(old, mine);
    return this.#change(root, this.#top, { first, last, chunkAt, isDrop: true }).nodeNo;
  }

  #change(nodeNo: number, place: Place, edit: Edit): Changed {
    if (nodeNo === 0 && edit.isDrop) return { nodeNo, gained: 0 };
    const { level, base, alone } = place;
    const { fanOut } = this.#geometry;
    const node = nodeNo === 0 ? this.#nothing : this.#nodes.get(nodeNo);
    const width = chunksPerChild(this.#geometry, level);
    const isWithin = edit.first <= base && base + fanOut * width - 1 <= edit.last;
    if (edit.isDrop && isWithin) {
      if (alone) this.#nodes.release(nodeNo);
      return { nodeNo: 0, gained: -node.chunks };
    }
    const mine = alone && node.refs === 1;
    const children = [...node.children];
    let gained = 0;
    const from = Math.max(0, Math.floor((edit.first - base) / width));
    const to = Math.min(fanOut - 1, Math.floor((edit.last - base) / width));
    for (let slot = from; slot <= to; slot += 1) {
      const old = children[slot] ?? 0;
      const start = base + slot * width;
      const child =
        level === 0
          ? changedChunk(old, edit.chunkAt(start, old, mine))
          : this.#change(old, { level: level - 1, base: start, alone: mine }, edit);
      children[slot] = child.nodeNo;
      gained += child.gained;
    }
    return this.#keep(nodeNo, node, { ...place, alone: mine }, alone, children, gained);
  }

  /** Puts a node with other children where `nodeNo` was: the same one if nobody else can reach it. */
  #keep(
    nodeNo: number,
    before: Node,
    { level, alone: mine }: Place,
    alone: boolean,
    children: readonly number[],
    gained: number,
  ): Changed {
    const chunks = before.chunks + gained;
    const isChanged = children.some((child, slot) => child !== before.children[slot]);
    if (!isChanged && gained === 0) return { nodeNo, gained };
    if (mine && nodeNo !== 0) {
      if (chunks > 0) this.#nodes.update(nodeNo, chunks, isChanged ? children : undefined);
      else this.#nodes.delete(nodeNo);
      return { nodeNo: chunks > 0 ? nodeNo : 0, gained };
    }
    if (nodeNo !== 0) {
      const kept = children.filter((child, slot) => child !== 0 && child === before.children[slot]);
      this.#nodes.retainChildren(level, kept);
      if (alone) this.#nodes.release(nodeNo);
    }
    return { nodeNo: chunks > 0 ? this.#nodes.create(level, chunks, children) : 0, gained };
  }
}

function changedChunk(old: number, now: number): Changed {
  return { nodeNo: now, gained: Number(now !== 0) - Number(old !== 0) };
}
