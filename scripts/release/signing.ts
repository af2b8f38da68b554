/**
 * Checksums over all files of a release and the signature over the checksums. Ed25519, because its signatures are the
 * same each time and OpenSSL checks them. The private key comes from whoever releases and is kept nowhere here.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ReleaseFile } from './contract.ts';

const SIGNED_FILE = 'SHA256SUMS';
export const SIGNATURE_FILE = 'SHA256SUMS.sig';
export const PUBLIC_KEY_FILE = 'release-key.pub';

const SUMS = [
  ['MD5SUMS', 'md5'],
  ['SHA1SUMS', 'sha1'],
  [SIGNED_FILE, 'sha256'],
] as const;

/** Reads a private key, PEM. Throws RangeError when it is not an Ed25519 key without passphrase. */
export function readSigningKey(file: string): KeyObject {
  const key = createPrivateKey(readFileSync(file));
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new RangeError(`${file}: ${key.asymmetricKeyType} key; a release is signed with Ed25519`);
  }
  return key;
}

/** The public half as it is published beside the release. */
export function publicKeyFile(key: KeyObject): ReleaseFile {
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' });
  return { path: PUBLIC_KEY_FILE, bytes: Buffer.from(pem) };
}

/** The lists of checksums, in the form that `sha256sum --check` reads, over `files` in order of their names. */
export function checksumFiles(files: readonly ReleaseFile[]): readonly ReleaseFile[] {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return SUMS.map(([path, algorithm]) => {
    const lines = sorted.map(
      (file) => `${createHash(algorithm).update(file.bytes).digest('hex')}  ${file.path}\n`,
    );
    return { path, bytes: Buffer.from(lines.join('')) };
  });
}

/** The detached signature of the list of SHA-256: 64 bytes. */
export function signatureFile(sums: readonly ReleaseFile[], key: KeyObject): ReleaseFile {
  const signed = sums.find(({ path }) => path === SIGNED_FILE);
  if (signed === undefined) throw new RangeError(`no ${SIGNED_FILE} to sign`);
  return { path: SIGNATURE_FILE, bytes: sign(null, signed.bytes, key) };
}
