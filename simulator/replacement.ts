/**
 * The array's files exchanged for others as a whole. A folder `replacement` beside them, complete and
 * durable, is the decision; from then on every opening finishes the exchange, so that a crash at any point
 * leaves the old array or the new one. Knows nothing of what the files hold.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';

/** What an array consists of on disk while it is closed. */
export const ARRAY_FILES = ['array.db', 'content.data'] as const;

/** Logs of array.db: those of the old one must never meet the new one. */
const LEFT_BESIDE = ['array.db-wal', 'array.db-shm', 'array.db-journal'] as const;

const decided = (directory: string) => join(directory, 'replacement');

/** Puts the files in `incoming` in the place of those in `directory`; nobody may have either open. */
export function replaceFiles(directory: string, incoming: string): void {
  syncFolder(incoming);
  renameSync(incoming, decided(directory));
  syncPath(directory);
  finishReplacement(directory);
}

/** Finishes an exchange that was decided; without one, nothing. Repeatable; to be called before opening. */
export function finishReplacement(directory: string): void {
  const folder = decided(directory);
  if (!existsSync(folder)) return;
  for (const name of LEFT_BESIDE) rmSync(join(directory, name), { force: true });
  for (const name of ARRAY_FILES) {
    // One that is not there any more was moved before the crash.
    if (existsSync(join(folder, name))) renameSync(join(folder, name), join(directory, name));
  }
  // Before the decision goes: else a crash could bring it back when the new files have changed.
  syncPath(folder);
  syncPath(directory);
  rmSync(folder, { recursive: true });
  syncPath(directory);
}

/** An empty folder at `path`, whatever lay there. */
export function emptyFolder(path: string): string {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

/** What was written to the files of a folder, and their names, survives the loss of power. */
function syncFolder(folder: string): void {
  for (const name of readdirSync(folder)) syncPath(join(folder, name));
  syncPath(folder);
}

/** The same for one file or the names of a folder. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
