/** Makes the certification log of a run from its report folder. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Acceptance } from '../../accept.ts';
import { summaryOf } from '../json.ts';
import { pack } from './archive.ts';
import {
  ARCHIVE_NAME,
  CERTIFICATE_NAME,
  digestOf,
  MANIFEST_NAME,
  makeManifest,
  SIGNATURE_NAME,
} from './manifest.ts';
import { makeRunSigner, type Signer, signDigest } from './signature.ts';

export interface CertificationOptions {
  /** What `writeReports` has written. */
  readonly files: readonly string[];
  /** Release signature of the runner. */
  readonly madeBy: string;
  /** Default: a key that is made for this run alone. */
  readonly signer?: Signer | undefined;
}

/** Writes the archive, its parts, and the certificate to verify it with, into `folder`. Gives their paths. */
export async function writeCertification(
  folder: string,
  run: Acceptance,
  { files, madeBy, signer }: CertificationOptions,
): Promise<readonly string[]> {
  const by = signer ?? (await makeRunSigner(run.startedAt));
  const names = files.map((file) => basename(file));
  const contents = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  const manifest = makeManifest(contents, summaryOf(run), madeBy);
  const written = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const parts = [
    written(MANIFEST_NAME, manifest),
    written(SIGNATURE_NAME, signDigest(digestOf(manifest), by)),
    written(CERTIFICATE_NAME, by.certificatePem),
  ];
  const archive = join(folder, ARCHIVE_NAME);
  pack(archive, folder, [...names, MANIFEST_NAME, SIGNATURE_NAME], new Date(run.startedAt));
  return [...parts, archive];
}
