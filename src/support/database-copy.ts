/**
 * A copy of the provider's database to look at, so that the one in use is neither opened nor disturbed. A running
 * provider is asked for it; of a stopped one the files are copied. The copy has password hashes: it lies in a folder
 * for its owner alone, and is gone after `close`.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import { UNFINISHED_BACKUP } from '../run/folders.ts';
import type { ProviderStore } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Installation } from './installation.ts';

const PREFIX = 'keelson-look-';

export interface DatabaseCopy {
  /** The folder with a `provider.db` of its own; made at the first call. Rejects when there can be none. */
  folder(): Promise<string>;
  /** The store on another copy, because opening it may bring the file to this release's shape. Close it. */
  openStore(clock: Clock): Promise<ProviderStore>;
  /** Takes the copy away. Repeatable. */
  close(): void;
}

/** Nothing is copied before it is asked for. */
export function databaseCopy(installation: Installation): DatabaseCopy {
  const made: string[] = [];
  const make = (parent: string, prefix: string): string => {
    const folder = mkdtempSync(join(parent, prefix));
    made.push(folder);
    return folder;
  };
  let copied: Promise<string> | undefined;
  const folder = (): Promise<string> => {
    copied ??= copyInto(installation, make);
    return copied;
  };
  return {
    folder,
    openStore: async (clock) => {
      const file = join(await folder(), basename(installation.database));
      return openSqliteStore({ dir: copyFiles(file, make(tmpdir(), PREFIX)), clock });
    },
    close: () => {
      for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function copyInto(
  { state, database, dataDir, answering }: Installation,
  make: (parent: string, prefix: string) => string,
): Promise<string> {
  if (state === 'absent') throw new Error(`there is no database in ${dataDir}`);
  const { size } = statSync(database);
  if (size > LIMITS.supportDatabaseBytes) throw new Error(`${database} is too large to be copied`);
  if (answering !== undefined) {
    // The provider writes it, and may have a temporary folder of its own that is not ours.
    const folder = make(dataDir, UNFINISHED_BACKUP);
    await answering.admin.copyDatabase(join(folder, basename(database)));
    return folder;
  }
  if (state === 'silent') throw new Error('a process holds the database and does not answer');
  return copyFiles(database, make(tmpdir(), PREFIX));
}

/** The files as they lie there; SQLite puts the copy in order when it is opened. */
function copyFiles(database: string, folder: string): string {
  for (const suffix of ['', '-wal']) {
    const file = `${database}${suffix}`;
    if (existsSync(file)) copyFileSync(file, join(folder, basename(file)));
  }
  return folder;
}

/** The same for any other database that nobody has open. The caller removes the folder. */
export function copyOfStopped(database: string): string {
  return copyFiles(database, mkdtempSync(join(tmpdir(), PREFIX)));
}
