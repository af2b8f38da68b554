/** What is in a bundle, read with the archive library alone. */
import { list } from 'tar';

/** Name, without the bundle's folder, to content as bytes in Latin-1. */
export async function contents(file: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  await list({
    file,
    onReadEntry: (entry) => {
      const parts: Buffer[] = [];
      entry.on('data', (part: Buffer) => parts.push(part));
      entry.on('end', () =>
        found.set(entry.path.replace(/^[^/]+\//, ''), Buffer.concat(parts).toString('latin1')),
      );
    },
  });
  return found;
}
