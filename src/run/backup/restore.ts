/**
 * Brings a backup back into a data folder that holds no provider's data; the array's, if it lies there, stays as it
 * is. Nothing is overwritten, and nothing takes its place before all of it has been proven.
 */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AuditEntry } from '../../audit/record.ts';
import type { Clock } from '../../model/clock.ts';
import { type CopyFigures, prepareRestored } from '../../store/sqlite/restored.ts';
import { openFolderTrail, thisAccount } from '../audit/audit.ts';
import { openDataFolder } from '../data-folder.ts';
import { makeFolder, removeLeftovers, UNFINISHED_RESTORE } from '../folders.ts';
import { StartError } from '../start-error.ts';
import { type Manifest, synced, unpackBackup } from './archive.ts';

/** The provider's own data, in the order in which they take their places: without the database nothing is there. */
const PLACES = ['keys', 'provider.db'] as const;
const IN_THE_WAY = [...PLACES, 'provider.db-wal', 'provider.pem'];

export interface Restored extends Pick<CopyFigures, 'uid' | 'users' | 'registrations'> {
  readonly dataDir: string;
  /** When the backup was made. */
  readonly createdAt: string;
}

/** Restores `file`. Rejects with StartError or StoreError, and with the folder as it was. */
export async function restoreBackup(file: string, dir: string, clock: Clock): Promise<Restored> {
  const dataDir = resolve(dir);
  makeFolder(dataDir, 0o700);
  const found = IN_THE_WAY.find((name) => existsSync(join(dataDir, name)));
  if (found !== undefined) {
    const why = `${join(dataDir, found)} is there already; a backup is restored only where no provider's data is`;
    throw new StartError('refused', `${why}: move it away, or name another --data-dir`);
  }
  removeLeftovers(dataDir, UNFINISHED_RESTORE);
  const folder = mkdtempSync(join(dataDir, UNFINISHED_RESTORE));
  try {
    const manifest: Manifest = await unpackBackup(file, folder);
    const { uid, users, registrations } = prepareRestored(join(folder, 'provider.db'), clock);
    for (const { name } of manifest.files) await synced(join(folder, name));
    await synced(join(folder, 'keys'));
    for (const name of PLACES) renameSync(join(folder, name), join(dataDir, name));
    await synced(dataDir);
    const { createdAt } = manifest;
    await recordRestore(dataDir, clock, { uid, created_at: createdAt, users, registrations });
    return { dataDir, uid, users, registrations, createdAt };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The audit trail begins with it, or goes on with it where the folder has one. */
async function recordRestore(
  dataDir: string,
  clock: Clock,
  details: AuditEntry['details'],
): Promise<void> {
  const { path, store } = openDataFolder(dataDir, clock);
  try {
    const trail = await openFolderTrail({ path, store }, clock);
    const about = { actor: thisAccount(), action: 'backup.restore', subject: path };
    trail.append({ ...about, outcome: 'told', details });
    await trail.close();
  } finally {
    await store.close();
  }
}
