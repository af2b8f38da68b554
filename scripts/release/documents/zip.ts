/** A zip archive whose bytes follow from its content alone: sorted names, one time for all, plain permissions. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** Packs files, by their paths in the archive; all bear `date`, `YYYY-MM-DD`. */
export async function zipOf(files: ReadonlyMap<string, Buffer>, date: string): Promise<Buffer> {
  const zip = new ZipFile();
  // The format keeps local time without a zone: noon of the machine's own day reads the same everywhere.
  const mtime = new Date(`${date}T12:00:00`);
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    zip.addBuffer(bytes, path, { mtime, mode: 0o100644, forceDosTimestamp: true });
  zip.end();
  return buffer(zip.outputStream);
}
