/**
 * Makes a backup of the provider's own data while it runs: database, keys, and with them who is trusted. The array's
 * data are the array's. Whatever certificate is installed meanwhile, the backup has the key of the one in it.
 */
import { X509Certificate } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BackupReport } from '../../admin/port.ts';
import { AdminError } from '../../admin/port.ts';
import type { Clock } from '../../model/clock.ts';
import type { ProviderStore } from '../../store/port.ts';
import { readCopy } from '../../store/sqlite/restored.ts';
import { keyIdOf } from '../../trust/provider-keys.ts';
import { UNFINISHED_BACKUP } from '../folders.ts';
import { packBackup, synced } from './archive.ts';

const DATABASE = 'provider.db';

export interface BackupSource {
  readonly dataDir: string;
  readonly store: ProviderStore;
  readonly clock: Clock;
}

/** Writes a backup into a new file, durably, mode 0600. Errors: AdminError; no file is left then. */
export async function createBackup(source: BackupSource, file: string): Promise<BackupReport> {
  if (existsSync(file))
    throw new AdminError(`${file} is there already; a backup overwrites nothing`);
  const folder = mkdtempSync(join(source.dataDir, UNFINISHED_BACKUP));
  try {
    const keys = await copied(source, folder);
    const { uid, users, registrations } = readCopy(join(folder, DATABASE));
    const createdAt = new Date(source.clock.now()).toISOString();
    const names = [DATABASE, ...keys.map((name) => `keys/${name}`)];
    const { files } = await packBackup(file, folder, names, createdAt);
    await synced(dirname(file));
    const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
    return { file, uid, users, registrations, keys: keys.length, bytes, createdAt };
  } catch (error) {
    if (!isThere(error)) rmSync(file, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new AdminError(`no backup was made: ${why}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/** Copies database and keys, and gives the names of the keys. */
async function copied(
  { dataDir, store }: BackupSource,
  folder: string,
): Promise<readonly string[]> {
  // A key is there before the database names it, and goes after the database names another: what was there before
  // and after the database was copied has the one that it names.
  copyKeys(dataDir, folder);
  await store.copyTo(join(folder, DATABASE));
  copyKeys(dataDir, folder);
  const keys = readdirSync(join(folder, 'keys'));
  const { chain } = readCopy(join(folder, DATABASE));
  const wanted = chain === undefined ? '' : keyIdOf(new X509Certificate(chain).publicKey);
  if (!keys.some((name) => name.startsWith(wanted)))
    throw new Error('the certificate was changed twice meanwhile; try again');
  return keys;
}

function copyKeys(dataDir: string, folder: string): void {
  const [from, to] = [join(dataDir, 'keys'), join(folder, 'keys')];
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(from).filter((each) => each.endsWith('.pem'))) {
    try {
      copyFileSync(join(from, name), join(to, name));
    } catch (error) {
      // It was put in force, or deleted, just now; whether the one that counts is there is looked at afterwards.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}
