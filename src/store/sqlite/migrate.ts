/**
 * Brings a database file to the present shape, one numbered step at a time, each in one transaction with
 * its number (`user_version`). There is no way back: restore the copy taken before the upgrade.
 * A released step is never edited; migrations/SHA256SUMS lists them and a test compares.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';
import { StoreError } from '../errors.ts';

export interface Migration {
  /** From 1, without gaps; `user_version` after this step. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** "KEEL": marks a SQLite file as this program's. */
const APPLICATION_ID = 0x4b45454c;
const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

/** The steps that ship with the program, in order. */
export function readMigrations(): readonly Migration[] {
  const folder = fileURLToPath(new URL('./migrations/', import.meta.url));
  return readdirSync(folder)
    .filter((name) => FILE_NAME.test(name))
    .sort()
    .map((name) => ({
      number: Number(name.slice(0, 4)),
      name,
      sql: readFileSync(`${folder}${name}`, 'utf8'),
    }));
}

/**
 * The number of the last step that the database has; 0 for an empty one. Takes the lock, so that a second
 * process is told so here and not in mid-work; changes nothing. Throws StoreError `newerDatabase` when
 * the database has more steps than the `known` ones, `foreign` when it is not this program's.
 */
export function checkIdentity(database: Database.Database, file: string, known: number): number {
  database.exec('BEGIN IMMEDIATE; COMMIT');
  const version = Number(database.pragma('user_version', { simple: true }));
  const applicationId = Number(database.pragma('application_id', { simple: true }));
  const schema = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema');
  const isEmpty = version === 0 && applicationId === 0 && schema.get()?.n === 0;
  if (!isEmpty && applicationId !== APPLICATION_ID) {
    throw new StoreError('foreign', `${file}: a database, but not one of this program’s`);
  }
  if (version > known) {
    throw new StoreError(
      'newerDatabase',
      `${file}: written by a later release (schema ${version}, this program knows ${known}); ` +
        'run that release, or restore the copy taken before the upgrade',
    );
  }
  return version;
}

/** Applies the steps. An interrupted upgrade stands at the last whole step and goes on from there. */
export function migrate(database: Database.Database, missing: readonly Migration[]): void {
  for (const migration of missing) {
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${migration.number}`);
    })();
  }
}
