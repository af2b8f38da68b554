/**
 * The files of a trail in a folder: `audit.jsonl` is written to, `audit-<first record>.jsonl` are the full ones
 * before it, oldest first by name. A trail that was found broken lies in `audit-broken-<time>/` and is nobody's any
 * more but the reader's. Knows lines and bytes, no records.
 */
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { TrailFile } from './verify.ts';

/** The file that is written to. */
export const OPEN_FILE = 'audit.jsonl';
const FULL_FILE = /^audit-(\d{12})\.jsonl$/;

/** Names of the trail's files in the folder, oldest first. */
function trailNames(folder: string): readonly string[] {
  const names = readdirSync(folder);
  const full = names.filter((name) => FULL_FILE.test(name)).sort();
  return names.includes(OPEN_FILE) ? [...full, OPEN_FILE] : full;
}

/** The trail's files with their content, oldest first. Throws the system's error. */
export function readTrailFiles(folder: string): readonly TrailFile[] {
  return trailNames(folder).map((name) => ({
    name,
    text: readFileSync(join(folder, name), 'utf8'),
  }));
}

/** What went, and the number of the first record of the oldest full file that is left; undefined: none is. */
export interface Dropped {
  readonly dropped: readonly string[];
  readonly oldest: number | undefined;
}

/** The end of the trail, for one process at a time. Every method throws the system's error. */
export interface OpenTrail {
  readonly bytes: number;
  /** Adds a line; it is on the disk on return. After an error the file is as it was before, as far as that can be. */
  write(line: string): void;
  /** Cuts the open file to this many bytes. */
  cutTo(bytes: number): void;
  /** Makes the open file a full one, whose first record has this number, and begins another. */
  rotate(firstSeq: number): void;
  /** Removes the oldest full files until `kept` files are left in all, the open one included. */
  drop(kept: number): Dropped;
  /** Moves every file into a folder of this name and begins anew. */
  setAside(name: string): void;
  close(): void;
}

/** Opens the end of the trail in the folder, making it when there is none. */
export function openTrailFile(folder: string): OpenTrail {
  const path = join(folder, OPEN_FILE);
  let file = openDurably(path, folder);
  let bytes = fstatSync(file).size;
  const begin = (): void => {
    const before = file;
    file = openDurably(path, folder);
    bytes = 0;
    closeSync(before);
  };
  const cutTo = (length: number): void => {
    ftruncateSync(file, length);
    fdatasyncSync(file);
    bytes = length;
  };
  return {
    get bytes() {
      return bytes;
    },
    write: (line) => {
      const whole = Buffer.from(line);
      try {
        for (let at = 0; at < whole.length; ) at += writeSync(file, whole, at);
        fdatasyncSync(file);
        bytes += whole.length;
      } catch (error) {
        cutTo(bytes);
        throw error;
      }
    },
    cutTo,
    rotate: (firstSeq) => {
      renameSync(path, join(folder, `audit-${String(firstSeq).padStart(12, '0')}.jsonl`));
      begin();
    },
    drop: (kept) => {
      const names = trailNames(folder);
      const gone = names.slice(0, Math.max(0, names.length - kept));
      for (const name of gone) rmSync(join(folder, name));
      const oldest = FULL_FILE.exec(names[gone.length] ?? '')?.[1];
      return { dropped: gone, oldest: oldest === undefined ? undefined : Number(oldest) };
    },
    setAside: (name) => {
      mkdirSync(join(folder, name), { mode: 0o700 });
      for (const each of trailNames(folder)) {
        renameSync(join(folder, each), join(folder, name, each));
      }
      syncFolder(join(folder, name));
      begin();
    },
    close: () => closeSync(file),
  };
}

/** Opens for adding, for the owner alone, with its name in the folder on the disk. */
function openDurably(path: string, folder: string): number {
  const file = openSync(path, 'a', 0o600);
  syncFolder(folder);
  return file;
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
