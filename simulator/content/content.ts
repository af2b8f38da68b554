/**
 * The content of volumes: everything that the rest of the simulated array may do with bytes. A content is
 * a root number; from what it was forked and how often does not show and costs nothing. What changes
 * something runs inside a transaction of array.db, whose rollback (of a savepoint too) undoes it wholly;
 * the caller keeps its roots in its own rows. Offsets and lengths are bytes, below 2^46.
 * Source: docs/adr/0010-copy-on-write-content.md.
 */
import type { Db } from '../open.ts';
import { Blocks } from './blocks.ts';
import { checkContent } from './check.ts';
import { Chunks } from './chunks.ts';
import { type CopyRequest, type CopyStep, copyStep } from './copy.ts';
import { type DataFile, openDataFile } from './data-file.ts';
import { readBytes, trimBytes, writeBytes } from './data-path.ts';
import { capacityOf, GEOMETRY, type Geometry } from './geometry.ts';
import * as maps from './maps.ts';
import { Nodes } from './nodes.ts';
import { Tree } from './tree.ts';

/** The root of a content that nothing was ever written to. */
export const EMPTY = 0;

/** Nodes taken apart in one step, one for each transaction, when content is given up: 512 chunks, some 10 ms. */
const RECLAIMED_PER_COMMIT = 16;

/** Without a bound. */
const AT_ONCE: maps.BitmapStep = { begun: undefined, budget: Number.POSITIVE_INFINITY };

interface ContentOptions {
  /** array.db, with the tables of schema.sql. */
  readonly db: Db;
  /** content.data, which belongs to it. Closed by the content. */
  readonly file: DataFile;
  /** Other measures, for tests. */
  readonly geometry?: Geometry;
}

/** Opens content.data in `directory` beside its array.db. Errors: failed (no access; blocks are missing). */
export function openContent(db: Db, directory: string): Content {
  return new Content({ db, file: openDataFile(directory, GEOMETRY.chunkBytes) });
}

export class Content {
  readonly #db: Db;
  readonly #file: DataFile;
  readonly #geometry: Geometry;
  readonly #nodes: Nodes;
  readonly #blocks: Blocks;
  readonly #parts;
  readonly #chunksOfPool;

  constructor({ db, file, geometry = GEOMETRY }: ContentOptions) {
    const chunks = new Chunks(db);
    const nodes = new Nodes(db, chunks);
    const blocks = new Blocks(db, file, geometry.chunkBytes);
    const tree = new Tree(geometry, nodes, chunks);
    this.#db = db;
    this.#file = file;
    this.#geometry = geometry;
    this.#nodes = nodes;
    this.#blocks = blocks;
    this.#parts = { geometry, nodes, chunks, blocks, tree };
    this.#chunksOfPool = db
      .prepare<[number], number>('SELECT chunks FROM content_pool WHERE pool_no = ?')
      .pluck()
      .safeIntegers(false);
    blocks.settle();
  }

  /** Bytes of a chunk: what is shared, allocated and counted as one. */
  get chunkBytes(): number {
    return this.#geometry.chunkBytes;
  }

  /** Largest offset that a byte can be before. */
  get capacity(): number {
    return capacityOf(this.#geometry);
  }

  // Holding. Every root that the caller keeps is one reference: one from write, trim, copyStep or fork.

  /** A second reference: from now on both are contents of their own. At once, at any size. */
  fork(root: number): number {
    if (root !== EMPTY) this.#nodes.retain(root);
    return root;
  }

  /** Gives a reference up. What nobody else shares is freed by this flush and, if it is much, later ones. */
  release(root: number): void {
    if (root !== EMPTY) this.#nodes.release(root);
  }

  // Bytes. The caller keeps to the size of its volume.

  /** Holes read as zeros. Errors: invalid (range). */
  read(root: number, offset: number, length: number): Buffer {
    return readBytes(this.#parts, root, offset, length);
  }

  /**
   * Uses up the reference to `root`, returns one to the content as written. New chunks take space of
   * `poolNo`. Errors: invalid (range), noSpace (of the disk).
   */
  write(root: number, offset: number, data: Uint8Array, poolNo: number): number {
    return writeBytes(this.#parts, root, offset, data, poolNo);
  }

  /**
   * Makes bytes zero, and gives back chunks in which nothing else is left. References, pool and errors
   * as for `write`.
   */
  trim(root: number, offset: number, length: number, poolNo: number): number {
    return trimBytes(this.#parts, root, offset, length, poolNo);
  }

  /** One step of a full copy (base 0) or of copying what differs. */
  copyStep(request: CopyRequest): CopyStep {
    return copyStep(this.#parts, request);
  }

  // What can be told without reading bytes.

  /** Bytes allocated, shared or not. At once. */
  committed(root: number): number {
    return root === EMPTY ? 0 : this.#nodes.get(root).chunks * this.chunkBytes;
  }

  /** Bytes that giving up this reference would free; undefined when more than `budget` nodes tell it. */
  unshared(root: number, budget: number): number | undefined {
    const all = { start: 0, length: this.capacity };
    const { scanned, unshared, chunkBytes } = this.countUnshared(root, undefined, all, budget);
    return scanned * chunkBytes < this.capacity ? undefined : unshared * chunkBytes;
  }

  /** Bytes of all chunks in a pool, a shared one counted once, those waiting to be freed included. */
  used(poolNo: number): number {
    return (this.#chunksOfPool.get(poolNo) ?? 0) * this.chunkBytes;
  }

  /** Bitmap of the chunks of a range that touch something allocated, or a step of it. Errors: invalid (range). */
  allocated(root: number, range: maps.BitmapRange, step = AT_ONCE): maps.BitmapPart {
    return maps.allocatedBitmap(this.#parts, root, range, step);
  }

  /**
   * Bitmap of the chunks of a range whose bytes differ, or a step of it. Costs what the difference is, at any depth.
   * Finer than our chunks it says too much, never too little. Errors: invalid (range).
   */
  differing(
    roots: readonly [left: number, right: number],
    range: maps.BitmapRange,
    step = AT_ONCE,
  ): maps.BitmapPart {
    return maps.differingBitmap(this.#parts, roots, range, step);
  }

  /**
   * At most `most` runs of data, zeros and holes, without gaps from the start; ends early after about
   * `budget` nodes, in the middle of a run perhaps. Errors: invalid (range).
   */
  extents(
    root: number,
    bytes: maps.ByteRange,
    most: number,
    budget = Number.POSITIVE_INFINITY,
  ): readonly maps.Extent[] {
    return maps.extents(this.#parts, root, bytes, { most, budget });
  }

  /**
   * Counts the chunks of a range that differ from `base`, or (undefined) that nobody shares; ends early
   * after about `budget` nodes, see `scanned`. Errors: invalid (range).
   */
  countUnshared(
    root: number,
    base: number | undefined,
    bytes: maps.ByteRange,
    budget: number,
  ): maps.UnsharedCount {
    return maps.countUnshared(this.#parts, root, base, bytes, budget);
  }

  // Around each transaction.

  /** Inside a transaction: frees a little of what was given up. Returns whether more waits. */
  reclaim(): boolean {
    return this.#nodes.reclaim(RECLAIMED_PER_COMMIT);
  }

  /**
   * The last step inside every transaction, before COMMIT: frees some of what was given up, and makes
   * the written bytes durable. Returns whether more waits to be freed by another transaction.
   * Errors: failed (disk); then the transaction must be rolled back.
   */
  flush(): boolean {
    const hasMore = this.reclaim();
    this.#blocks.flush();
    return hasMore;
  }

  /** After every transaction, outside of it: shortens content.data where its end is free. */
  settle(): void {
    this.#blocks.settle();
  }

  /**
   * From now until the returned function is called no bytes that something referred to are written over, so
   * that content.data can be copied or read beside us.
   */
  hold(): () => void {
    return this.#parts.blocks.hold();
  }

  /** What does not add up, given every reference held; empty is good. Reads everything. */
  check(roots: Iterable<number>): readonly string[] {
    return checkContent(this.#db, this.#file, this.#geometry, roots);
  }

  /** Closes content.data; array.db is the caller's. */
  close(): void {
    this.#file.close();
  }
}
