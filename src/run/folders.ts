/**
 * Making folders that survive the loss of power: a file that was synced is found again only in a folder that was.
 * Node's own recursive mkdir never ends where a file system refuses with ENOENT (/proc).
 */
import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

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
