/** What a certification log vouches for: the run in a few facts, and the digest of every file. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Summary } from '../document.ts';

/** The files of an archive by name. */
export type Files = ReadonlyMap<string, Buffer>;

export const MANIFEST_NAME = 'manifest.json';
export const SIGNATURE_NAME = 'signature.xml';
export const ARCHIVE_NAME = 'certification.tar.gz';
export const CERTIFICATE_NAME = 'certification.pem';

const FORMAT = 1;

const MANIFEST = z.object({
  format: z.literal(FORMAT),
  /** Release signature of the runner. */
  madeBy: z.string(),
  run: z.object({
    ...{ url: z.string(), soap: z.string(), startedAt: z.iso.datetime(), seconds: z.number() },
    ...{ passed: z.number(), failed: z.number(), skipped: z.number(), known: z.number() },
    calls: z.number(),
    servers: z.array(z.string()),
  }),
  files: z.record(
    z.string(),
    z.object({ bytes: z.number(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

export type Manifest = Readonly<z.infer<typeof MANIFEST>>;

/** SHA-256, lower-case hex. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function makeManifest(files: Files, summary: Summary, madeBy: string): Buffer {
  const { left: _left, settled: _settled, ...run } = summary;
  const listed = [...files].map(([name, bytes]) => [
    name,
    { bytes: bytes.length, sha256: digestOf(bytes) },
  ]);
  const manifest = { format: FORMAT, madeBy, run, files: Object.fromEntries(listed) };
  return Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** The manifest; undefined when these bytes are none that we know. */
export function readManifest(bytes: Buffer): Manifest | undefined {
  try {
    return MANIFEST.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** How the files differ from what the manifest says, each in a sentence; empty: not at all. */
export function differencesFrom({ files: listed }: Manifest, files: Files): readonly string[] {
  const own = new Set([MANIFEST_NAME, SIGNATURE_NAME]);
  const found = Object.entries(listed).flatMap(([name, { sha256 }]) => {
    const bytes = files.get(name);
    if (bytes === undefined) return [`${name} is missing`];
    return digestOf(bytes) === sha256 ? [] : [`${name} was changed`];
  });
  const added = [...files.keys()].filter((name) => !own.has(name) && !Object.hasOwn(listed, name));
  return [...found, ...added.map((name) => `${name} was added`)];
}
