/** The archive of a certification log: a gzipped tar of plain files in one folder, read in memory. */
import { create, list, type ReadEntry } from 'tar';
import type { Files } from './manifest.ts';

/** Files in an archive, and their bytes together, that are read: a report of 100,000 long exchanges is smaller. */
export const ARCHIVE_FILES = 64;
export const ARCHIVE_BYTES = 1024 * 1024 * 1024;

/** Packs files of `folder`; the same files and time give the same bytes. */
export function pack(file: string, folder: string, names: readonly string[], time: Date): void {
  create({ file, cwd: folder, sync: true, gzip: true, portable: true, mtime: time }, [...names]);
}

/** The files of an archive, nothing written to disk. Throws RangeError when it is none, or not one of ours. */
export function unpack(file: string): Files {
  const files = new Map<string, Buffer>();
  let left = ARCHIVE_BYTES;
  const take = (entry: ReadEntry) => {
    const { path, type, size } = entry;
    left -= size;
    if (type !== 'File' && type !== 'OldFile') throw new RangeError(`${path} is no plain file`);
    if (files.has(path)) throw new RangeError(`${path} is there twice`);
    if (files.size >= ARCHIVE_FILES || left < 0) throw new RangeError('it is too large');
    const pieces: Buffer[] = [];
    files.set(path, Buffer.alloc(0));
    entry.on('data', (piece: Buffer) => pieces.push(piece));
    entry.on('end', () => files.set(path, Buffer.concat(pieces)));
  };
  try {
    list({ file, sync: true, strict: true, onReadEntry: take });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'EACCES') throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw new RangeError(`${file} is no certification log: ${words}`, { cause: error });
  }
  if (files.size === 0) throw new RangeError(`${file} is no certification log: it is empty`);
  return files;
}
