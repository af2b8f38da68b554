/** Verifies a certification log: whether anything in it was changed after it was signed, and whose signature it is. */
import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { unpack } from './archive.ts';
import { filesIn } from './folder.ts';
import {
  differencesFrom,
  digestOf,
  type Files,
  MANIFEST_NAME,
  type Manifest,
  readManifest,
  SIGNATURE_NAME,
} from './manifest.ts';
import { checkSignature } from './signature.ts';

export interface Verification {
  /** What is wrong, each in a sentence; empty: nothing. */
  readonly problems: readonly string[];
  /** Whose key signed; undefined where no signature is valid. */
  readonly signer: { readonly subject: string; readonly fingerprint: string } | undefined;
  /** Whether who signed was compared with a certificate that is trusted. */
  readonly isIdentified: boolean;
  /** As it is in the log; proven only when there are no problems. */
  readonly manifest: Manifest | undefined;
}

/**
 * Verifies an archive, or the report folder that it was made from. `trustPem` is the signer's certificate, or that of the authority that issued it. Throws
 * RangeError when that is none, or there is no log of ours.
 */
export function verifyCertification(file: string, trustPem?: string): Verification {
  const trusted = trustPem === undefined ? undefined : certificateIn(trustPem);
  const files = statSync(file).isDirectory() ? filesIn(file) : unpack(file);
  const bytes = files.get(MANIFEST_NAME);
  const manifest = bytes && readManifest(bytes);
  const problems: string[] = [];
  if (bytes === undefined) problems.push(`${MANIFEST_NAME} is missing`);
  else if (manifest === undefined)
    problems.push(`${MANIFEST_NAME} is none that this release knows`);
  if (manifest !== undefined) problems.push(...differencesFrom(manifest, files));
  const certificate = signedBy(files, problems);
  if (certificate !== undefined && manifest !== undefined && !isValidAt(certificate, manifest))
    problems.push('the certificate was not valid at the time of the run');
  if (certificate !== undefined && trusted !== undefined && !isTrusted(certificate, trusted))
    problems.push('it was signed with another key than the trusted one');
  return {
    problems,
    signer: certificate && {
      subject: certificate.subject.replaceAll('\n', ', '),
      fingerprint: certificate.fingerprint256,
    },
    isIdentified: trusted !== undefined,
    manifest,
  };
}

function signedBy(files: Files, problems: string[]): X509Certificate | undefined {
  const signature = files.get(SIGNATURE_NAME);
  const manifest = files.get(MANIFEST_NAME);
  if (signature === undefined) {
    problems.push(`${SIGNATURE_NAME} is missing`);
    return undefined;
  }
  try {
    const { sha256, certificate } = checkSignature(signature.toString('utf8'));
    if (manifest !== undefined && digestOf(manifest) !== sha256)
      problems.push(`${MANIFEST_NAME} was changed`);
    return certificate;
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function isValidAt({ validFrom, validTo }: X509Certificate, { run }: Manifest): boolean {
  const begun = Date.parse(run.startedAt);
  return Date.parse(validFrom) <= begun && begun <= Date.parse(validTo);
}

function certificateIn(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new RangeError('the trusted certificate cannot be read', { cause: error });
  }
}

function isTrusted(certificate: X509Certificate, trusted: X509Certificate): boolean {
  if (trusted.raw.equals(certificate.raw)) return true;
  return trusted.ca && certificate.checkIssued(trusted) && certificate.verify(trusted.publicKey);
}
