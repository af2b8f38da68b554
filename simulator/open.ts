/**
 * Opens array.db: one file, WAL, every commit on disk before it is acknowledged, held by one process at
 * a time. Knows nothing of what the tables mean.
 * Source: ADR 0004; sqlite.org/wal.html (exclusive locking mode needs no shared memory file, and the
 * operating system drops the lock of a process that died).
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ArrayError } from '../src/array/errors.ts';
import { LIMITS } from '../src/model/limits.ts';

export type Db = Database.Database;

/** The shape of the file that this program reads and writes, and the way to it from older ones. */
interface Shape {
  readonly version: number;
  /** Together they make the present shape in an empty file. */
  readonly schema: readonly URL[];
  /** Folder of `NNNN-what-it-does.sql`; step NNNN leads from version NNNN - 1 to NNNN. */
  readonly migrations: URL;
}

export const SHAPE: Shape = {
  version: 6,
  schema: [
    new URL('./schema.sql', import.meta.url),
    new URL('./content/schema.sql', import.meta.url),
  ],
  migrations: new URL('./migrations/', import.meta.url),
};

/** Marks the file as ours in its header ("KArr"), so that no other database is taken for one. */
const APPLICATION_ID = 0x4b417272;
/** How long opening waits for a process that is just ending. */
const LOCK_WAIT_MS = 1_000;
/**
 * So much of the file is read in place, as memory that the operating system can take back, the rest by
 * copying pages. A million volumes are half of it; without it a page that is not in SQLite's own small
 * cache costs a system call (docs/performance.md). Writing is not affected.
 */
const MAPPED_BYTES = 1024 * 1024 * 1024;

/**
 * The open database of the array in `dataDirectory`, made when absent. Errors, all `failed` with a
 * message for the operator: the folder is held by another process, cannot be read or written, or holds
 * a damaged file, another program's, or a newer Keelson's.
 */
export function openDatabase(dataDirectory: string, shape: Shape = SHAPE): Db {
  const file = join(dataDirectory, 'array.db');
  let db: Db | undefined;
  try {
    db = new Database(file, { timeout: LOCK_WAIT_MS });
    db.defaultSafeIntegers(true);
    refuseStrangers(db, shape, file);
    secure(db);
    migrate(db, shape);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof ArrayError) throw error;
    throw new ArrayError('failed', explain(error, file), error);
  }
}

function refuseStrangers(db: Db, shape: Shape, file: string): void {
  const owner = pragma(db, 'application_id');
  const version = pragma(db, 'user_version');
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (owner !== BigInt(APPLICATION_ID) && tables !== 0n) {
    throw new ArrayError('failed', `${file} is not the database of a simulated array`);
  }
  if (Number(version) > shape.version) {
    throw new ArrayError(
      'failed',
      `${file} was written by a newer release (shape ${version}; this release knows ${shape.version})`,
    );
  }
}

/** Sets what durability rests on, and believes only what reads back. */
function secure(db: Db): void {
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma(`mmap_size = ${MAPPED_BYTES}`);
  // Takes the lock now; otherwise the first write would, after others have been told that we are up.
  db.exec('BEGIN EXCLUSIVE; COMMIT');
  const wanted = {
    locking_mode: 'exclusive',
    journal_mode: 'wal',
    synchronous: 2n,
    foreign_keys: 1n,
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (pragma(db, name) !== value)
      throw new ArrayError('failed', `SQLite refuses ${name} ${value}`);
  }
  // The check reads the whole file; on a large one it would keep hosts waiting for their storage.
  if (statSync(db.name).size > LIMITS.arrayCheckedAtOpenBytes) return;
  const verdict = pragma(db, 'quick_check(1)');
  if (verdict === 'ok') return;
  const oneLine = String(verdict).split('\n').join('; ');
  throw new ArrayError('failed', `${db.name} is damaged: ${oneLine}`);
}

/** Brings the file to the present shape, each step in one transaction with its version. */
function migrate(db: Db, shape: Shape): void {
  const found = Number(pragma(db, 'user_version'));
  if (found === shape.version) return;
  if (found === 0) {
    const texts = shape.schema.map((url) => readFileSync(url, 'utf8'));
    step(db, texts.join('\n'), shape.version);
    return;
  }
  const files = readdirSync(shape.migrations);
  for (let version = found + 1; version <= shape.version; version += 1) {
    const name = files.find((candidate) =>
      candidate.startsWith(`${String(version).padStart(4, '0')}-`),
    );
    if (name === undefined) throw new ArrayError('failed', `no migration to shape ${version}`);
    step(db, readFileSync(new URL(name, shape.migrations), 'utf8'), version);
  }
}

/** Foreign keys rest meanwhile: a table that is made anew is gone for a moment. */
function step(db: Db, sql: string, version: number): void {
  db.pragma('foreign_keys = OFF');
  db.transaction(() => {
    db.exec(sql);
    const orphans = db.pragma('foreign_key_check');
    if (!Array.isArray(orphans) || orphans.length > 0) {
      throw new ArrayError('failed', `${db.name} does not fit shape ${version}`);
    }
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${version}`);
  }).exclusive();
  db.pragma('foreign_keys = ON');
}

function pragma(db: Db, name: string): unknown {
  return db.pragma(name, { simple: true });
}

function explain(error: unknown, file: string): string {
  const code = error instanceof Database.SqliteError ? error.code : '';
  if (code.startsWith('SQLITE_BUSY')) return `${file} is in use by another process`;
  if (code.startsWith('SQLITE_FULL')) return `no space left on the disk of ${file}`;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return `${file} is damaged`;
  return `${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
}
