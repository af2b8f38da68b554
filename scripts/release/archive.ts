/**
 * Archives with the same bytes each time: names in order, one time for all files, no owner, and permissions that do
 * not depend on the umask of whoever builds.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'tar';

/** Every folder and file under a folder, relative, with `/`, a folder before what is in it. */
export function entriesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted((a, b) =>
    a.split('/').join('\0') < b.split('/').join('\0') ? -1 : 1,
  );
}

export interface Packing {
  /** The folder whose name is the one folder at the archive's top. */
  readonly parent: string;
  readonly name: string;
  readonly at: Date;
  /** 1 to 9, as gzip's. */
  readonly level: number;
}

/** The folder as a gzipped tar. Rejects when a file cannot be read. */
export async function packFolder({ parent, name, at, level }: Packing): Promise<Buffer> {
  const entries = entriesOf(join(parent, name)).map((entry) => `${name}/${entry}`);
  const parts: Buffer[] = [];
  const archive = create(
    {
      cwd: parent,
      portable: true,
      mtime: at,
      noDirRecurse: true,
      gzip: { level },
      onWriteEntry: (entry) => {
        const { stat } = entry;
        if (stat !== undefined) stat.mode = modeOf(stat.mode, stat.isDirectory());
      },
    },
    [name, ...entries],
  );
  for await (const part of archive) parts.push(part);
  return Buffer.concat(parts);
}

function modeOf(mode: number, isFolder: boolean): number {
  return isFolder || (mode & 0o100) !== 0 ? 0o755 : 0o644;
}

/** Sum of the sizes and number of the files under a folder. */
export function sizeOf(folder: string): { readonly bytes: number; readonly files: number } {
  const stats = entriesOf(folder).map((entry) => statSync(join(folder, entry)));
  const files = stats.filter((stat) => stat.isFile());
  return { bytes: files.reduce((sum, { size }) => sum + size, 0), files: files.length };
}
