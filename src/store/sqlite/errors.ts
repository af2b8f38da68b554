/**
 * SQLite's failures in the words of `StoreError`, each with what the operator can do about it.
 */
import Database from 'better-sqlite3';
import { StoreError, type StoreErrorKind } from '../errors.ts';

/** Runs synchronous database work as an async method whose failures are StoreErrors. */
export type Guard = <T>(work: () => T) => Promise<T>;

export function guarded(database: Database.Database): Guard {
  return async (work) => {
    if (!database.open) throw new StoreError('closed', 'the provider’s database has been closed');
    try {
      return work();
    } catch (thrown) {
      throw asStoreError(thrown, database.name);
    }
  };
}

/** `thrown` as a StoreError that names `file`. A StoreError is handed through. */
export function asStoreError(thrown: unknown, file: string): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const [kind, message] = meaning(codeOf(thrown));
  return new StoreError(kind, `${file}: ${message}`, thrown);
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof Database.SqliteError) return thrown.code;
  if (thrown instanceof Error && 'code' in thrown) return String(thrown.code);
  return '';
}

/** What is said of a file whose content is broken. */
export const DAMAGED =
  'the file is damaged or no database; move it away and restore a backup, or register again';

function meaning(code: string): readonly [StoreErrorKind, string] {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return [
      'inUse',
      'another process has it open; stop that one, or give this one its own data folder',
    ];
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return ['full', 'no space left on the disk; free some and try again'];
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return ['damaged', DAMAGED];
  }
  if (
    /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|ENOENT|ENOTDIR|EISDIR|EROFS)/.test(code)
  ) {
    return ['unreadable', `cannot be opened for writing (${code}); check the folder and its owner`];
  }
  return ['failed', `the database failed (${code || 'no code'})`];
}
