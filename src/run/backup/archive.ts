/**
 * A backup in one file: a tar archive of the provider's own data with a manifest that has the size and SHA-256 sum of
 * each part, so that `tar` and `sha256sum` read it too. It holds private keys, and is made for its owner alone.
 * Nothing in the file chooses where anything is written. Knows nothing of what the parts mean.
 */
import { createHash } from 'node:crypto';
import { chmodSync, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create, extract } from 'tar';
import { z } from 'zod';
import { LIMITS } from '../../model/limits.ts';
import { RELEASE } from '../../release/release.ts';
import { StartError } from '../start-error.ts';

const MANIFEST = 'manifest.json';
/** Raised when an older release could not read what a newer one writes. */
const FORMAT = 1;
/** The provider's data by their places in the data folder, and nothing else. */
const PART = /^(?:provider\.db|keys\/[0-9a-f]{64}(?:\.pending)?\.pem)$/;

/** What every release can read of a manifest. */
const headSchema = z.object({
  format: z.number(),
  product: z.literal('keelson provider data'),
  release: z.string(),
});
const manifestSchema = z.strictObject({
  ...headSchema.shape,
  /** ISO 8601. */
  createdAt: z.string(),
  files: z.array(
    z.strictObject({ name: z.string().regex(PART), bytes: z.int(), sha256: z.string().length(64) }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

async function sumOf(file: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const { size } = await stat(file);
  const hash = createHash('sha256');
  const handle = await open(file, 'r');
  for await (const part of handle.createReadStream()) hash.update(part);
  return { bytes: size, sha256: hash.digest('hex') };
}

/** Packs `names` of `folder`, where the manifest is written too, into a file that must not be there. */
export async function packBackup(
  file: string,
  folder: string,
  names: readonly string[],
  createdAt: string,
): Promise<Manifest> {
  const files = [];
  for (const name of names) files.push({ name, ...(await sumOf(join(folder, name))) });
  const facts = { format: FORMAT, product: 'keelson provider data', release: RELEASE.signature };
  const manifest: Manifest = manifestSchema.parse({ ...facts, createdAt, files });
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  writeFileSync(join(folder, MANIFEST), text, { mode: 0o600 });
  const packed = create({ cwd: folder, portable: true }, [MANIFEST, ...names]);
  await pipeline(packed, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  await synced(file);
  return manifest;
}

/** What was written to a file or folder survives the loss of power. */
export async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/**
 * Unpacks a backup into an empty folder, proven against its manifest. Rejects with StartError: `refused` (no backup,
 * cut off, damaged), `newer`; with the system's error when it cannot be read or written.
 */
export async function unpackBackup(file: string, folder: string): Promise<Manifest> {
  const none = (why: string, cause?: unknown) =>
    new StartError('refused', `${file} is no whole backup: ${why}; nothing was restored`, cause);
  try {
    extractAll(file, folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^E[A-Z]+$/.test(code)) throw error;
    throw none(error instanceof Error ? error.message : String(error), error);
  }
  const manifest = readManifest(file, folder, none);
  for (const { name, bytes, sha256 } of manifest.files) {
    const found = await sumOf(join(folder, name)).catch(() => undefined);
    if (found === undefined) throw none(`${name} is missing`);
    if (found.bytes !== bytes || found.sha256 !== sha256) throw none(`${name} is damaged`);
    chmodSync(join(folder, name), 0o600);
  }
  return manifest;
}

function extractAll(file: string, folder: string): void {
  let left: number = LIMITS.backupBytes;
  let count = 0;
  let wrong: string | undefined;
  extract({
    // Told to stop, the other kind goes on writing into a folder that is being removed.
    sync: true,
    file,
    cwd: folder,
    strict: true,
    dmode: 0o700,
    filter: (path, entry) => {
      count += 1;
      left -= entry.size;
      const isFile = 'type' in entry && entry.type === 'File';
      if (!isFile || !(path === MANIFEST || PART.test(path)))
        wrong ??= `it holds ${path}, which is no part of a backup`;
      if (count > LIMITS.backupFiles || left < 0) wrong ??= 'it is too large';
      return wrong === undefined;
    },
  });
  if (wrong !== undefined) throw new Error(wrong);
}

function readManifest(
  file: string,
  folder: string,
  none: (why: string, cause?: unknown) => StartError,
): Manifest {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
    const { format, release } = headSchema.parse(read);
    if (format <= FORMAT) return manifestSchema.parse(read);
    const why = `${file} was written by a newer release (${release}); restore it with that release`;
    throw new StartError('newer', why);
  } catch (error) {
    throw error instanceof StartError ? error : none('its manifest cannot be read', error);
  }
}
