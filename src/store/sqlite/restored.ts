/**
 * A copy of the provider's database made ready to be used again: proven whole, brought to the present shape, and with
 * its numberings begun anew. Since the copy was made clients have been given ids that it does not know; told an old
 * numbering they would miss what came between, and so they are told that events are lost and read everything.
 * Source: docs/reliability.md.
 */
import Database from 'better-sqlite3';
import type { Clock } from '../../model/clock.ts';
import { StoreError } from '../errors.ts';
import { asStoreError } from './errors.ts';
import { firstEventId } from './events.ts';
import { checkIdentity, migrate, readMigrations } from './migrate.ts';

/** What is in a copy. */
export interface CopyFigures {
  readonly uid: string;
  readonly users: number;
  readonly registrations: number;
  /** The certificate that TLS serves, PEM; undefined before the first start has made one. */
  readonly chain: string | undefined;
}

/** Reads a copy and leaves it as it is. Throws StoreError. */
export function readCopy(file: string): CopyFigures {
  return withDatabase(file, figuresOf);
}

/**
 * Does it to the database in `file`, which nobody else has open. Throws StoreError: `damaged`, `foreign`,
 * `newerDatabase`, `full`. Repeatable.
 */
export function prepareRestored(file: string, clock: Clock): CopyFigures {
  return withDatabase(file, (database) => {
    const migrations = readMigrations();
    const version = checkIdentity(database, file, migrations.length);
    const verdict = database.pragma('integrity_check(1)', { simple: true });
    if (verdict !== 'ok') throw new StoreError('damaged', `${file}: is damaged: ${verdict}`);
    migrate(database, migrations.slice(version));
    begin(database, firstEventId(clock.now()));
    return figuresOf(database);
  });
}

function withDatabase<Result>(file: string, work: (database: Database.Database) => Result): Result {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { fileMustExist: true });
    return work(database);
  } catch (thrown) {
    throw asStoreError(thrown, file);
  } finally {
    database?.close();
  }
}

/** One id is left out at least, so that every id given out before counts as lost. */
function begin(database: Database.Database, first: bigint): void {
  const events = database.prepare<[bigint]>(
    'UPDATE event_numbering SET next_event_id = max(next_event_id + 1, ?)',
  );
  const alarms = database.prepare<[bigint]>(
    `UPDATE alarm_numbering SET next_alarm_id = max(next_alarm_id + 1, ?),
       judged_event_id = (SELECT next_event_id - 1 FROM event_numbering)`,
  );
  database.transaction(() => {
    // The audit trail is no part of a copy: where it is restored, that of the folder goes on, or another begins.
    database.exec('DELETE FROM storage_event; DELETE FROM alarm_log; DELETE FROM audit_head');
    events.run(first);
    alarms.run(first);
  })();
}

function figuresOf(database: Database.Database): CopyFigures {
  const text = (sql: string) => database.prepare<[], string>(sql).pluck().get();
  const count = (table: 'user' | 'registration') =>
    database.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0;
  const uid = text('SELECT uid FROM installation');
  if (uid === undefined) throw new StoreError('damaged', `${database.name}: names no provider`);
  const chain = text('SELECT chain FROM provider_certificate');
  return { uid, users: count('user'), registrations: count('registration'), chain };
}
