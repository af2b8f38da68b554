/** The data folder as a place: made for its owner alone, with the served certificate beside the database. */
import { renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clock } from '../model/clock.ts';
import { RELEASE } from '../release/release.ts';
import type { ProviderStore } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { makeFolder, removeLeftovers, UNFINISHED_BACKUP } from './folders.ts';
import { StartError } from './start-error.ts';

export interface DataFolder {
  readonly path: string;
  readonly store: ProviderStore;
  /** PEM of what TLS serves at the moment, for clients that want to trust it. */
  readonly certificateFile: string;
  /** Replaces that file as a whole. */
  publishCertificate(chain: string): void;
}

/**
 * Opens the folder, making it when there is none; from then on it is locked for other processes until the
 * store is closed. Throws StartError or StoreError, with nothing changed in a folder that was there.
 */
export function openDataFolder(dataDir: string, clock: Clock): DataFolder {
  const path = resolve(dataDir);
  try {
    makeFolder(path, 0o700);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError('dataFolder', `the data folder ${path} cannot be made: ${why}`, error);
  }
  const certificateFile = join(path, 'provider.pem');
  const store = openSqliteStore({ dir: path, clock, openedBy: RELEASE.signature });
  // Nobody else has the folder now: a backup that is half made there has private keys, and nobody to end it.
  removeLeftovers(path, UNFINISHED_BACKUP);
  return {
    path,
    store,
    certificateFile,
    publishCertificate: (chain) => {
      writeFileSync(`${certificateFile}.new`, chain, { mode: 0o600 });
      renameSync(`${certificateFile}.new`, certificateFile);
    },
  };
}
