/**
 * Whether a bundle is as it was made: every file is there, none besides, each with the bytes that the manifest
 * promises. Finds damage and carelessness, and no forgery: whoever changes a file can change the manifest too.
 */
import { createHash } from 'node:crypto';
import { list, type ReadEntry } from 'tar';
import { LIMITS } from '../../model/limits.ts';
import { MANIFEST, type Manifest, manifestSchema } from './manifest.ts';

export interface BundleVerification {
  /** Empty: it is as it was made. */
  readonly problems: readonly string[];
  /** Undefined: it cannot be read. */
  readonly manifest: Manifest | undefined;
}

interface Found {
  readonly bytes: number;
  readonly sha256: string;
}

/** Reads the whole bundle and unpacks nothing. Rejects with the system's error when there is no such file. */
export async function verifyBundle(file: string): Promise<BundleVerification> {
  const { found, manifestText, problems } = await read(file);
  const manifest = parsed(manifestText);
  if (manifest === undefined) {
    const why = `${MANIFEST} is missing, or not of a form that this release reads`;
    return { problems: [...problems, why], manifest };
  }
  const expected = new Map(manifest.files.map((each) => [each.name, each]));
  for (const [name, { bytes, sha256 }] of expected) {
    const there = found.get(name);
    if (there === undefined) problems.push(`${name} is missing`);
    else if (there.bytes !== bytes || there.sha256 !== sha256) problems.push(`${name} was changed`);
  }
  for (const name of found.keys())
    if (!expected.has(name)) problems.push(`${name} is no part of the bundle`);
  return { problems, manifest };
}

async function read(file: string) {
  const found = new Map<string, Found>();
  const problems: string[] = [];
  let manifestText: string | undefined;
  let left: number = LIMITS.supportBundleBytes;
  const take = (entry: ReadEntry): void => {
    const name = entry.path.replace(/^[^/]+\//, '');
    left -= entry.size;
    if (entry.type !== 'File' || left < 0) {
      problems.push(left < 0 ? 'it is too large' : `${name} is no plain file`);
      entry.resume();
      return;
    }
    const hash = createHash('sha256');
    const parts: Buffer[] = [];
    entry.on('data', (part: Buffer) => {
      hash.update(part);
      if (name === MANIFEST) parts.push(part);
    });
    entry.on('end', () => {
      if (name === MANIFEST) manifestText = Buffer.concat(parts).toString();
      else if (found.has(name)) problems.push(`${name} is there twice`);
      else found.set(name, { bytes: entry.size, sha256: hash.digest('hex') });
    });
  };
  try {
    await list({ file, strict: true, onReadEntry: take });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^E[A-Z]+$/.test(code)) throw error;
    problems.push(`it cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { found, problems, manifestText };
}

function parsed(text: string | undefined): Manifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
