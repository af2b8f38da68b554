/**
 * An array.db with nothing in it but the tables of the content, and what its owner does around each
 * transaction. Tests use small measures, so that few bytes cross every kind of boundary.
 */
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Content } from '../../../simulator/content/content.ts';
import { type DataFile, openDataFile } from '../../../simulator/content/data-file.ts';
import { GEOMETRY, type Geometry } from '../../../simulator/content/geometry.ts';

const SCHEMA = new URL('../../../simulator/content/schema.sql', import.meta.url);

/** 64 chunks of 16 bytes: 1 KiB. */
export const SMALL: Geometry = { chunkBytes: 16, fanOut: 4, levels: 3 };

export interface Counted {
  readonly nodes: number;
  readonly chunks: number;
  readonly blocks: number;
}

export interface Harness {
  readonly db: Database.Database;
  readonly content: Content;
  /** Runs `work` in a transaction of its own, as the array would, and frees all that can be freed. */
  commit<Result>(work: () => Result): Result;
  /** Rows of each kind; blocks: those that hold bytes. */
  count(): Counted;
  close(): void;
}

interface HarnessOptions {
  /** Folder of array.db and content.data; undefined: array.db in memory. */
  readonly directory?: string;
  readonly geometry?: Geometry;
  readonly file?: DataFile;
  /** Told of each SQL statement that runs. */
  readonly verbose?: () => void;
}

export function openHarness(options: HarnessOptions): Harness {
  const { directory, geometry = GEOMETRY, verbose } = options;
  const name = directory === undefined ? ':memory:' : `${directory}/array.db`;
  const db = new Database(name, verbose === undefined ? {} : { verbose });
  db.defaultSafeIntegers(true);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (tables === 0n) db.exec(readFileSync(SCHEMA, 'utf8'));
  const file = options.file ?? openDataFile(directory ?? '', geometry.chunkBytes);
  const content = new Content({ db, file, geometry });
  const count = (sql: string) =>
    Number(db.prepare<[], bigint>(`SELECT count(*) FROM ${sql}`).pluck().get());
  const inTransaction = <Result>(work: () => Result): Result => {
    const result = db.transaction(work).immediate();
    content.settle();
    return result;
  };
  return {
    db,
    content,
    commit: (work) => {
      let hasMore = false;
      const result = inTransaction(() => {
        const value = work();
        hasMore = content.flush();
        return value;
      });
      while (hasMore) hasMore = inTransaction(() => content.flush());
      return result;
    },
    count: () => ({
      nodes: count('content_node'),
      chunks: count('content_chunk'),
      blocks: count(`content_block WHERE state = 'used'`),
    }),
    close: () => {
      content.close();
      db.close();
    },
  };
}
