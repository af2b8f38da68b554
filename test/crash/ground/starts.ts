/** Starts on broken ground: each breaks a data folder, and says what is told, and the way back. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openDatabase } from '../../../simulator/open.ts';
import { systemClock } from '../../../src/model/clock.ts';
import { restoreBackup } from '../../../src/run/backup/restore.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { BrokenStart, Ground } from './row.ts';

const NOTHING = 'nothing';
const DAMAGED =
  'the file is damaged or no database; move it away and restore a backup, or register again';
const PAGE = 4_096;
/** Whoever may do less than root. */
const NOBODY = 65_534;

/** Overwrites pages of a file, from `page` on, with what is none. */
function garble(file: string, page: number, pages = 1): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(PAGE * pages, 0xa5), 0, PAGE * pages, page * PAGE);
  closeSync(handle);
}

function set(file: string, pragma: string): void {
  const database = new Database(file);
  database.pragma(pragma);
  database.close();
}

/** Puts a part of the data folder back from the copy. */
const putBack =
  ({ data, copy }: Ground, part: string) =>
  () => {
    rmSync(join(data, part), { recursive: true, force: true });
    cpSync(join(copy, part), join(data, part), { recursive: true });
  };

/** Moves the provider's own data away, and restores the backup. */
const restored =
  ({ data, backup }: Ground) =>
  async () => {
    for (const name of readdirSync(data).filter((each) => each !== 'array'))
      renameSync(join(data, name), `${data}-away-${name}`);
    await restoreBackup(backup, data, systemClock);
  };

const FOREIGN = 'a database, but not one of this program’s';

export const BROKEN_STARTS: readonly BrokenStart[] = [
  {
    breaks: 'a page of `provider.db`',
    exit: 4,
    line: `DATA/provider.db: ${DAMAGED}`,
    lost: 'what the backup does not have of the provider’s own data; nothing of the array’s',
    back: 'move the provider’s own data away and `keelson backup restore`, or register again',
    breakIt: async (ground) => {
      garble(join(ground.data, 'provider.db'), 2, 4);
      return restored(ground);
    },
  },
  {
    breaks: 'the header of `provider.db`',
    exit: 4,
    line: `DATA/provider.db: ${DAMAGED}`,
    lost: 'the same',
    back: 'the same',
    breakIt: async (ground) => {
      garble(join(ground.data, 'provider.db'), 0);
      return restored(ground);
    },
  },
  {
    breaks: 'a page of `array.db`',
    exit: 8,
    line: 'the array cannot be opened: DATA/array/array.db is damaged: …',
    lost: 'what the copy does not have: an array’s own disks are the array’s to protect',
    back: 'put back a copy of `array/` made while stopped, or start on an empty one and `keelson array import` an export',
    breakIt: async (ground) => {
      garble(join(ground.data, 'array/array.db'), 4, 8);
      return putBack(ground, 'array');
    },
  },
  {
    breaks: '`provider.db` is from a newer release',
    exit: 6,
    line: 'DATA/provider.db: written by a later release (schema 9999, this program knows 3); run that release, or restore the copy taken before the upgrade',
    lost: NOTHING,
    back: 'run that release',
    breakIt: async ({ data }) => {
      set(join(data, 'provider.db'), 'user_version = 9999');
      return () => set(join(data, 'provider.db'), 'user_version = 3');
    },
  },
  {
    breaks: '`array.db` is from a newer release',
    exit: 8,
    line: 'the array cannot be opened: DATA/array/array.db was written by a newer release (shape 9999; this release knows 6)',
    lost: NOTHING,
    back: 'run that release',
    breakIt: async ({ data }) => {
      set(join(data, 'array/array.db'), 'user_version = 9999');
      return () => set(join(data, 'array/array.db'), 'user_version = 6');
    },
  },
  {
    breaks: '`provider.db` is another program’s',
    exit: 6,
    line: `DATA/provider.db: ${FOREIGN}`,
    lost: NOTHING,
    back: 'name the right data folder',
    breakIt: async (ground) => {
      set(join(ground.data, 'provider.db'), 'application_id = 7');
      return putBack(ground, 'provider.db');
    },
  },
  {
    breaks: 'another process runs on the data folder',
    exit: 5,
    line: 'DATA/provider.db: another process has it open; stop that one, or give this one its own data folder',
    lost: 'nothing; the other goes on',
    back: 'stop one of them',
    breakIt: async ({ data }) => {
      const store = openSqliteStore({ dir: data, clock: systemClock });
      return () => store.close();
    },
  },
  {
    breaks: 'another process holds the array’s folder',
    exit: 8,
    line: 'the array cannot be opened: DATA/array/array.db is in use by another process: database is locked',
    lost: 'nothing; the other goes on',
    back: 'stop one of them, or have both use one array by `keelson array serve`',
    breakIt: async ({ data }) => {
      const database = openDatabase(join(data, 'array'));
      return () => void database.close();
    },
  },
  {
    breaks: 'the key file of the certificate is garbled',
    exit: 4,
    line: 'DATA/keys/KEY.pem holds no private key; restore it from a backup, or move it away for a new one',
    lost: NOTHING,
    back: 'take the key file out of a backup (it is a tar file), or move it away: see the missing key below',
    breakIt: async (ground) => {
      for (const name of readdirSync(join(ground.data, 'keys')))
        writeFileSync(join(ground.data, 'keys', name), '-----BEGIN PRIVATE KEY-----\nnone\n');
      return putBack(ground, 'keys');
    },
  },
  {
    breaks: 'the data folder is not the owner’s',
    exit: 4,
    line: 'DATA/provider.db: cannot be opened for writing (EACCES); check the folder and its owner',
    lost: NOTHING,
    back: 'give it back to its owner, mode 0700',
    breakIt: async ({ data }) => {
      const isRoot = process.getuid?.() === 0;
      // Permissions do not bind root.
      if (isRoot) process.seteuid?.(NOBODY);
      else chmodSync(data, 0);
      return () => (isRoot ? process.seteuid?.(0) : chmodSync(data, 0o700));
    },
  },
  {
    breaks: 'the file system is read-only',
    exit: 4,
    line: 'DATA/provider.db: cannot be opened for writing (EROFS); check the folder and its owner',
    lost: NOTHING,
    back: 'mount it for writing, after its check if the disk asked for it',
    breakIt: async ({ data }) => {
      const mount = (...options: string[]) => spawnSync('mount', [...options, data]).status === 0;
      if (!mount('--bind', data) || !mount('-o', 'remount,bind,ro')) return undefined;
      return () => void spawnSync('umount', [data]);
    },
  },
];
