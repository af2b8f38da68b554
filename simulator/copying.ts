/**
 * Copies of the files of an array that is in use, of one moment, while hosts go on: the database by
 * SQLite's own backup, a few pages in each turn, the content behind it. Source: sqlite.org/backup.html (what
 * the same connection writes meanwhile is in the copy too, so that it is of the moment at which it ends).
 */
import { constants, copyFile, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Db } from './open.ts';

/** An array in use. */
export interface RunningArray {
  readonly db: Db;
  /** Where its files lie. */
  readonly directory: string;
  /** Until the function that it returns is called, no bytes of content that were referred to are written over. */
  readonly holdBlocks: () => () => void;
}

/** What a copy holds. */
export interface CopyFigures {
  readonly volumes: number;
  readonly bindings: number;
  readonly bytes: number;
}

/** Pages copied in one turn: 256 KiB, well below a millisecond. */
const PAGES_PER_TURN = 64;
/** Volumes counted in one turn: a few milliseconds. */
const VOLUMES_PER_TURN = 10_000;

/** Copies array.db into `folder`, as it is when the copying ends. */
export async function copyDatabase(db: Db, folder: string): Promise<void> {
  await db.backup(join(folder, 'array.db'), { progress: () => PAGES_PER_TURN });
}

/** Copies both files into an empty folder; they fit together, and are durable. */
export async function copyFiles(array: RunningArray, folder: string): Promise<void> {
  const letGo = array.holdBlocks();
  try {
    await copyDatabase(array.db, folder);
    // After the database: whatever it refers to lies in the file by now, and stays there.
    const [from, to] = [array.directory, folder].map((place) => join(place, 'content.data'));
    if (from !== undefined && to !== undefined)
      await copyFile(from, to, constants.COPYFILE_FICLONE);
  } finally {
    letGo();
  }
  await syncFiles(folder);
}

/** Counts what the copy in `folder` holds. */
export async function figuresOf(folder: string): Promise<CopyFigures> {
  const db = new Database(join(folder, 'array.db'));
  try {
    const page = db.prepare<
      [number, number],
      { last: number | null; volumes: number; bytes: number }
    >(
      `SELECT max(volume_no) AS last, count(*) AS volumes, coalesce(sum(committed_bytes), 0) AS bytes
       FROM (SELECT volume_no, committed_bytes FROM volume WHERE volume_no > ? ORDER BY volume_no LIMIT ?)`,
    );
    const bindings = db.prepare<[], number>('SELECT sum(binding_count) FROM endpoint').pluck();
    let [volumes, bytes] = [0, 0];
    for (let after: number | null = 0; after !== null; ) {
      const found = page.get(after, VOLUMES_PER_TURN);
      volumes += found?.volumes ?? 0;
      bytes += found?.bytes ?? 0;
      after = found?.last ?? null;
      await setImmediate();
    }
    return { volumes, bytes, bindings: bindings.get() ?? 0 };
  } finally {
    db.close();
  }
}

/** What was written to the files of a folder, and their names, survives the loss of power. */
export async function syncFiles(folder: string): Promise<void> {
  const paths = (await readdir(folder)).map((name) => join(folder, name));
  for (const path of [...paths, folder]) {
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  }
}
