/** Describes a file of a release for the download table: its size and checksums, under the release's version. */
import { createHash } from 'node:crypto';
import type { Release } from '../../src/release/release.ts';
import type { MadeFile } from './contract.ts';

function hexOf(algorithm: 'md5' | 'sha1' | 'sha256', bytes: Buffer): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

/** SHA-256, lower-case hex. */
export function sha256Of(bytes: Buffer): string {
  return hexOf('sha256', bytes);
}

/** The row of a file. MD5 and SHA-1 are there because compatibility listings ask for them, not as protection. */
export function describeFile(
  file: { readonly path: string; readonly bytes: Buffer },
  fileType: string,
  release: Pick<Release, 'version' | 'date'>,
): MadeFile {
  const { path, bytes } = file;
  return {
    name: path,
    version: release.version,
    fileType,
    sizeBytes: bytes.length,
    postingDate: release.date,
    md5: hexOf('md5', bytes),
    sha1: hexOf('sha1', bytes),
    sha256: sha256Of(bytes),
  };
}
