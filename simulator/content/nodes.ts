/**
 * Nodes: the rows of the trees, counted by those who refer to them. A node whose count comes to nothing
 * is taken apart later, in small steps, so that giving up a volume costs the same at any size. Keeps
 * nothing in memory: a savepoint that is undone undoes all of it.
 */
import { ArrayError } from '../../src/array/errors.ts';
import type { Db } from '../open.ts';
import type { Chunks } from './chunks.ts';

export interface Node {
  /** Lists of children and holders that refer to it. */
  readonly refs: number;
  /** Chunks allocated at or below it. */
  readonly chunks: number;
  /** Chunks at level 0, else nodes one level lower; 0 is a hole. */
  readonly children: readonly number[];
}

interface NodeRow {
  readonly level: number;
  readonly refs: number;
  readonly chunks: number;
  readonly children: string;
}

export class Nodes {
  readonly #chunks: Chunks;
  readonly #row;
  readonly #insert;
  readonly #update;
  readonly #updateCount;
  readonly #delete;
  readonly #retain;
  readonly #retainAll;
  readonly #release;
  readonly #releaseAll;
  readonly #doomed;

  constructor(db: Db, chunks: Chunks) {
    this.#chunks = chunks;
    this.#row = db
      .prepare<[number], NodeRow>(
        'SELECT level, refs, chunks, children FROM content_node WHERE node_no = ?',
      )
      .safeIntegers(false);
    this.#insert = db
      .prepare<[number, number, string], number>(
        `INSERT INTO content_node (level, refs, chunks, children) VALUES (?, 1, ?, ?)
         RETURNING node_no`,
      )
      .pluck()
      .safeIntegers(false);
    this.#update = db.prepare<[number, string, number]>(
      'UPDATE content_node SET chunks = ?, children = ? WHERE node_no = ?',
    );
    this.#updateCount = db.prepare<[number, number]>(
      'UPDATE content_node SET chunks = ? WHERE node_no = ?',
    );
    this.#delete = db.prepare<[number]>('DELETE FROM content_node WHERE node_no = ?');
    const change = (by: string, which: string) =>
      `UPDATE content_node SET refs = refs ${by} WHERE node_no ${which}`;
    this.#retain = db.prepare<[number]>(change('+ 1', '= ?'));
    this.#release = db.prepare<[number]>(change('- 1', '= ?'));
    const listed = 'IN (SELECT value FROM json_each(?))';
    this.#retainAll = db.prepare<[string]>(change('+ 1', listed));
    this.#releaseAll = db.prepare<[string]>(change('- 1', listed));
    this.#doomed = db
      .prepare<[], number>('SELECT node_no FROM content_node WHERE refs = 0 LIMIT 1')
      .pluck()
      .safeIntegers(false);
  }

  /** Errors: failed (there is no such node: the file is damaged, or the root was given up). */
  get(nodeNo: number): Node {
    const { refs, chunks, children } = this.#get(nodeNo);
    // The schema admits JSON only, and nothing else than this file writes it.
    return { refs, chunks, children: JSON.parse(children) as number[] };
  }

  /** A new node with one reference, the caller's; it takes over the caller's to the children. */
  create(level: number, chunks: number, children: readonly number[]): number {
    const nodeNo = this.#insert.get(level, chunks, JSON.stringify(children));
    if (nodeNo === undefined) throw new Error('an insert gave no row back');
    return nodeNo;
  }

  /** Changes a node that the caller alone refers to. `children` undefined: as they are. */
  update(nodeNo: number, chunks: number, children: readonly number[] | undefined): void {
    if (children === undefined) this.#updateCount.run(chunks, nodeNo);
    else this.#update.run(chunks, JSON.stringify(children), nodeNo);
  }

  /** Ends a node that the caller alone refers to and that has no children left. */
  delete(nodeNo: number): void {
    this.#delete.run(nodeNo);
  }

  retain(nodeNo: number): void {
    this.#retain.run(nodeNo);
  }

  release(nodeNo: number): void {
    this.#release.run(nodeNo);
  }

  /** One more reference to each of these children of a node at `level`. */
  retainChildren(level: number, children: readonly number[]): void {
    const listed = JSON.stringify(children);
    if (level === 0) this.#chunks.retainAll(listed);
    else this.#retainAll.run(listed);
  }

  /** Takes at most `most` nodes apart that nobody refers to; returns whether there may be more. */
  reclaim(most: number): boolean {
    for (let taken = 0; taken < most; taken += 1) {
      const nodeNo = this.#doomed.get();
      if (nodeNo === undefined) return false;
      const { level, children } = this.#get(nodeNo);
      if (level === 0) this.#chunks.releaseAll(children);
      else this.#releaseAll.run(children);
      this.#delete.run(nodeNo);
    }
    return true;
  }

  #get(nodeNo: number): NodeRow {
    const row = this.#row.get(nodeNo);
    if (row === undefined) throw new ArrayError('failed', `content lacks node ${nodeNo}`);
    return row;
  }
}
