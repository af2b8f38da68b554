/**
 * Making folders that survive the loss of power: a file that was synced is found again only in a folder that was.
 * Node's own recursive mkdir never ends where a file system refuses with ENOENT (/proc).
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How the folder begins that a backup, or a restore, works in: like nothing that an operator would call his own. */
export const UNFINISHED_BACKUP = '.unfinished-backup-';
export const UNFINISHED_RESTORE = '.unfinished-restore-';

/** Makes the folder and those above it that are missing, durably. Throws the system's error; repeatable. */
export function makeFolder(path: string, mode: number): void {
  try {
    makeOne(path, mode);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolder(dirname(path), mode);
    makeOne(path, mode);
  }
}

function makeOne(path: string, mode: number): void {
  mkdirSync(path, { mode });
  const above = openSync(dirname(path), 'r');
  try {
    fsyncSync(above);
  } finally {
    closeSync(above);
  }
}

/** Takes away what `mkdtemp` made in the folder with this prefix for somebody who died. Throws the system's error. */
export function removeLeftovers(folder: string, prefix: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true });
}
