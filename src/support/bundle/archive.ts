/** Packs what was gathered: a gzipped tar with one folder in it, readable by its owner alone, and on the disk. */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';

interface Packing {
  /** Must not be there. */
  readonly file: string;
  /** Where the files lie. */
  readonly folder: string;
  /** The folder in the archive. */
  readonly prefix: string;
  /** In the order in which they are to stand. */
  readonly names: readonly string[];
  /** Time of all files. */
  readonly now: number;
}

/** Rejects with the system's error. */
export async function pack({ file, folder, prefix, names, now }: Packing): Promise<void> {
  const packed = create({ cwd: folder, gzip: true, portable: true, prefix, mtime: new Date(now) }, [
    ...names,
  ]);
  await pipeline(packed, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  for (const path of [file, dirname(file)]) {
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  }
}
