/**
 * What can be told of any SQLite file without telling its contents: shape, numbers of rows, whether it is whole.
 * Opens it for reading and writing, because a copy may have a write-ahead log: only ever given a copy.
 */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';

export interface SqliteFacts {
  readonly bytes: number;
  /** The file's own number of its shape, and whose it is. */
  readonly userVersion: number;
  readonly applicationId: number;
  /** What SQLite found wrong; empty: the file is whole. */
  readonly damage: readonly string[];
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Statements that made tables and indexes, in order of their names. */
  readonly schema: readonly string[];
}

/** More is not told of one file: one reason is enough. */
const DAMAGE_TOLD = 20;

/** Looks through a whole copy. Throws SQLite's error when it is no database. */
export function sqliteFacts(file: string): SqliteFacts {
  const { size } = statSync(file);
  const database = new Database(file, { fileMustExist: true });
  try {
    const number = (name: string) => Number(database.pragma(name, { simple: true }));
    const column = (sql: string): string[] => database.prepare<[], string>(sql).pluck().all();
    const damage = column(`PRAGMA integrity_check(${DAMAGE_TOLD})`).filter((line) => line !== 'ok');
    const tables = column(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    const count = (table: string): number =>
      database.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0;
    return {
      bytes: size,
      userVersion: number('user_version'),
      applicationId: number('application_id'),
      damage,
      rows: Object.fromEntries(
        tables.map((table) => [table, damage.length > 0 ? -1 : count(table)]),
      ),
      schema: column('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name'),
    };
  } finally {
    database.close();
  }
}
