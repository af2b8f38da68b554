/**
 * Blocks: the bytes of chunks, each kept once however often it was written. Knows nothing of volumes or
 * trees. Order of things, so that no crash leaves a reference to bytes that are not there: bytes go to a
 * block that nothing refers to, `flush` makes them durable, then array.db commits the references; what a
 * transaction frees is written over by later ones only.
 */
import { hash } from 'node:crypto';
import { ArrayError } from '../../src/array/errors.ts';
import type { Db } from '../open.ts';
import type { DataFile } from './data-file.ts';

/** The number of a block; null stands for bytes that are all zero, which need none. */
export type BlockNo = number | null;

export class Blocks {
  readonly #file: DataFile;
  readonly #zeros: Uint8Array;
  readonly #byHash;
  readonly #vacant;
  readonly #occupy;
  readonly #append;
  readonly #vacate;
  readonly #dropTail;
  readonly #last;
  #unsynced = false;
  #holds = 0;

  constructor(db: Db, file: DataFile, blockBytes: number) {
    this.#file = file;
    this.#zeros = new Uint8Array(blockBytes);
    this.#byHash = db
      .prepare<[Buffer], number>('SELECT block_no FROM content_block WHERE hash = ?')
      .pluck()
      .safeIntegers(false);
    this.#vacant = db
      .prepare<[], number | null>(`SELECT min(block_no) FROM content_block WHERE state = 'vacant'`)
      .pluck()
      .safeIntegers(false);
    this.#occupy = db.prepare<[Buffer, number]>(
      `UPDATE content_block SET state = 'used', hash = ? WHERE block_no = ?`,
    );
    this.#append = db
      .prepare<[Buffer], number>(
        `INSERT INTO content_block (state, hash) VALUES ('used', ?) RETURNING block_no`,
      )
      .pluck()
      .safeIntegers(false);
    this.#vacate = db.prepare(`UPDATE content_block SET state = 'vacant' WHERE state = 'freed'`);
    this.#dropTail = db.prepare(
      `DELETE FROM content_block WHERE state = 'vacant' AND block_no > coalesce(
         (SELECT block_no FROM content_block WHERE state = 'used' ORDER BY block_no DESC LIMIT 1), 0)`,
    );
    this.#last = db
      .prepare<[], number | null>('SELECT max(block_no) FROM content_block')
      .pluck()
      .safeIntegers(false);
  }

  /**
   * A block that holds these bytes (a whole block of them). It belongs to nobody until a chunk refers
   * to it, which must be in the same savepoint. Errors: noSpace.
   */
  store(data: Uint8Array): BlockNo {
    if (Buffer.compare(data, this.#zeros) === 0) return null;
    const digest = hash('sha256', data, 'buffer');
    const known = this.#byHash.get(digest);
    if (known !== undefined) return known;
    const vacant = this.#vacant.get() ?? null;
    const blockNo = vacant ?? this.#append.get(digest);
    if (blockNo === undefined) throw new Error('an insert gave no row back');
    if (vacant !== null) this.#occupy.run(digest, vacant);
    this.#file.write(blockNo, data);
    this.#unsynced = true;
    return blockNo;
  }

  /** Fills `target` with the block's bytes from `within` on. */
  read(blockNo: BlockNo, within: number, target: Uint8Array): void {
    if (blockNo === null) target.fill(0);
    else this.#file.read(blockNo, within, target);
  }

  /**
   * From now until the returned function is called, blocks that come free stay as they are: whoever reads
   * the file beside us finds all that was ever referred to meanwhile.
   */
  hold(): () => void {
    this.#holds += 1;
    let isHeld = true;
    return () => {
      if (isHeld) this.#holds -= 1;
      isHeld = false;
    };
  }

  /** Before COMMIT, as its last step: nothing may be stored between this and COMMIT. */
  flush(): void {
    if (this.#unsynced) this.#file.sync();
    this.#unsynced = false;
    if (this.#holds === 0 && this.#vacate.run().changes > 0) this.#dropTail.run();
  }

  /**
   * Outside of a transaction: gives the end of the file that no block needs back to the disk.
   * Errors: failed (the file lacks blocks).
   */
  settle(): void {
    const blocks = this.#last.get() ?? 0;
    const length = this.#file.length();
    if (length < blocks) {
      throw new ArrayError('failed', 'content.data is shorter than array.db says');
    }
    if (length > blocks) this.#file.truncate(blocks);
  }
}
