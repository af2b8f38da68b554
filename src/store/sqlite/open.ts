/**
 * The embedded default of `ProviderStore`: one SQLite file, `provider.db`, in the data folder, held by
 * one process at a time. WAL with synchronous FULL: what a method has resolved is on the disk.
 * Knows SQL and files; knows nothing of certificates, sessions or VASA.
 *
 * The exclusive lock is the operating system's and goes with the process, however it dies. Because no
 * other process writes, what is read once may be remembered (see events.ts).
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import { StoreError } from '../errors.ts';
import type { ProviderStore } from '../port.ts';
import { alarmMethods } from './alarms.ts';
import { auditHeadMethods } from './audit-head.ts';
import { certificateMethods } from './certificates.ts';
import { asStoreError, DAMAGED, guarded } from './errors.ts';
import { eventMethods } from './events.ts';
import { installationMethods } from './installation.ts';
import { checkIdentity, type Migration, migrate, readMigrations } from './migrate.ts';
import { noticeMethods } from './notices.ts';
import { registrationMethods } from './registrations.ts';
import { userMethods } from './users.ts';

/** Pages copied before others have their turn: 256 KiB, well below a millisecond. */
const PAGES_PER_TURN = 64;

interface SqliteStoreOptions {
  /** The data folder; it must exist. */
  readonly dir: string;
  readonly clock: Clock;
  /** Release signature, kept in the file for whoever is sent a copy of it. */
  readonly openedBy?: string;
  readonly eventsKept?: number;
  readonly alarmsKept?: number;
  readonly noticesKept?: number;
  /** For tests of upgrades. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the database of the data folder, making it when there is none and upgrading an older one.
 * Throws StoreError: `inUse`, `newerDatabase`, `foreign`, `unreadable`, `damaged`, `full`. Whatever it
 * throws, an existing file is as it was before.
 */
export function openSqliteStore(options: SqliteStoreOptions): ProviderStore {
  const file = join(options.dir, 'provider.db');
  const database = openFile(file);
  try {
    const migrations = options.migrations ?? readMigrations();
    database.pragma('locking_mode = EXCLUSIVE');
    const version = checkIdentity(database, file, migrations.length);
    prepare(database, file);
    checkPages(database, file);
    migrate(database, migrations.slice(version));
    return methods(database, options);
  } catch (thrown) {
    database.close();
    throw asStoreError(thrown, file);
  }
}

function openFile(file: string): Database.Database {
  try {
    // SQLite would make the file readable for everybody; it holds password hashes.
    closeSync(openSync(file, 'a', 0o600));
    syncFolder(dirname(file));
    return new Database(file, { timeout: 1_000 });
  } catch (thrown) {
    throw asStoreError(thrown, file);
  }
}

/** Makes the file's entry in its folder durable; SQLite does this for its journals only. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function prepare(database: Database.Database, file: string): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true });
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  const synchronous = database.pragma('synchronous', { simple: true });
  if (mode !== 'wal' || synchronous !== 2) {
    throw new StoreError(
      'unreadable',
      `${file}: this file system does not allow a write-ahead log (journal mode ${mode}); ` +
        'put the data folder on a local disk',
    );
  }
}

/** A damaged page is told at the start, and not in the middle of the work of the one who needs it. */
function checkPages(database: Database.Database, file: string): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict === 'ok') return;
  throw new StoreError('damaged', `${file}: ${DAMAGED}`, new Error(String(verdict)));
}

function methods(database: Database.Database, options: SqliteStoreOptions): ProviderStore {
  const { clock } = options;
  const guard = guarded(database);
  // First of all: it makes the rows that the numberings begin with.
  const installation = installationMethods(database, guard, clock, options.openedBy);
  const events = eventMethods(database, guard, options.eventsKept ?? LIMITS.eventsKept);
  const alarmsKept = options.alarmsKept ?? LIMITS.alarmsKept;
  return Object.freeze({
    ...installation,
    ...userMethods(database, guard),
    ...registrationMethods(database, guard),
    ...certificateMethods(database, guard),
    ...auditHeadMethods(database, guard),
    ...noticeMethods(database, guard, clock, options.noticesKept ?? LIMITS.noticesKept),
    ...events.methods,
    ...alarmMethods(database, guard, { kept: alarmsKept, appendMessages: events.appendMessages }),
    copyTo: async (file: string) => {
      await database.backup(file, { progress: () => PAGES_PER_TURN });
    },
    close: async () => {
      if (database.open) database.close();
    },
  });
}
