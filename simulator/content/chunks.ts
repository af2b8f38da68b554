/**
 * Chunks: one writing of one chunk each, counted by the leaves that refer to it. All that is said of
 * space rests on these, not on blocks: two volumes that were written the same bytes share a block, but
 * nothing that the array would tell its clients of. A chunk is shared by descent only.
 */
import { ArrayError } from '../../src/array/errors.ts';
import type { Db } from '../open.ts';
import type { BlockNo } from './blocks.ts';

interface ChunkRow {
  readonly refs: number;
  readonly block_no: BlockNo;
}

export class Chunks {
  readonly #row;
  readonly #insert;
  readonly #rewrite;
  readonly #release;
  readonly #retainAll;
  readonly #releaseAll;
  readonly #countExclusive;

  constructor(db: Db) {
    this.#row = db
      .prepare<[number], ChunkRow>('SELECT refs, block_no FROM content_chunk WHERE chunk_no = ?')
      .safeIntegers(false);
    this.#insert = db
      .prepare<[BlockNo, number], number>(
        `INSERT INTO content_chunk (refs, block_no, pool_no) VALUES (1, ?, ?) RETURNING chunk_no`,
      )
      .pluck()
      .safeIntegers(false);
    this.#rewrite = db.prepare<[BlockNo, number]>(
      'UPDATE content_chunk SET block_no = ? WHERE chunk_no = ?',
    );
    this.#release = db.prepare<[number]>(
      'UPDATE content_chunk SET refs = refs - 1 WHERE chunk_no = ?',
    );
    const listed = 'chunk_no IN (SELECT value FROM json_each(?))';
    this.#retainAll = db.prepare<[string]>(
      `UPDATE content_chunk SET refs = refs + 1 WHERE ${listed}`,
    );
    this.#releaseAll = db.prepare<[string]>(
      `UPDATE content_chunk SET refs = refs - 1 WHERE ${listed}`,
    );
    this.#countExclusive = db
      .prepare<[string], number>(`SELECT count(*) FROM content_chunk WHERE refs = 1 AND ${listed}`)
      .pluck()
      .safeIntegers(false);
  }

  /** Where its bytes are. Errors: failed (there is no such chunk: the file is damaged). */
  blockOf(chunkNo: number): BlockNo {
    return this.#get(chunkNo).block_no;
  }

  /**
   * Writes a place of a leaf that held `old` (0: hole); returns the chunk to be there now. `mine`: the
   * leaf belongs to the writer alone, and its reference to `old` is used up.
   */
  put(old: number, mine: boolean, blockNo: BlockNo, poolNo: number): number {
    if (mine && old !== 0) {
      if (this.#get(old).refs === 1) {
        this.#rewrite.run(blockNo, old);
        return old;
      }
      this.#release.run(old);
    }
    const chunkNo = this.#insert.get(blockNo, poolNo);
    if (chunkNo === undefined) throw new Error('an insert gave no row back');
    return chunkNo;
  }

  /** Empties a place of a leaf; `mine` as above. Returns the hole. */
  drop(old: number, mine: boolean): 0 {
    if (mine && old !== 0) this.#release.run(old);
    return 0;
  }

  /** One more reference to each in this JSON list of numbers. */
  retainAll(chunkNos: string): void {
    this.#retainAll.run(chunkNos);
  }

  /** One reference less to each in this JSON list of numbers; what has none left is gone. */
  releaseAll(chunkNos: string): void {
    this.#releaseAll.run(chunkNos);
  }

  /** How many of these have no second reference. */
  countExclusive(chunkNos: readonly number[]): number {
    return this.#countExclusive.get(JSON.stringify(chunkNos)) ?? 0;
  }

  #get(chunkNo: number): ChunkRow {
    const row = this.#row.get(chunkNo);
    if (row === undefined) throw new ArrayError('failed', `content lacks chunk ${chunkNo}`);
    return row;
  }
}
