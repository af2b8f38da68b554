/**
 * Every use of cryptography, with the place in the sources that says so. The place is read when the document is
 * made: a row that the sources no longer bear out stops the release.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../template.ts';

interface Use {
  readonly use: string;
  readonly file: string;
  readonly what: string;
  /** What must stand in the file for the row to be true. */
  readonly evidence: readonly string[];
}

const USES: readonly Use[] = [
  {
    use: 'TLS with vCenter and hosts',
    file: 'src/wire/listener.ts',
    what: 'TLS 1.2 and 1.3; the suites of OpenSSL’s default list in the server’s order; no renegotiation',
    evidence: ["minVersion: 'TLSv1.2'", 'honorCipherOrder: true', 'SSL_OP_NO_RENEGOTIATION'],
  },
  {
    use: 'the provider’s own key and its signing requests',
    file: 'src/trust/provider-keys.ts',
    what: 'RSA of 2,048 bits, or ECDSA on P-256',
    evidence: ['modulusLength: 2048', "namedCurve: 'P-256'"],
  },
  {
    use: 'certificates of clients and CAs',
    file: 'src/trust/certificate.ts',
    what: 'RSA of 2,048 bits or more; ECDSA on P-256, P-384 or P-521; Ed25519, Ed448',
    evidence: ['bits < 2048', "['prime256v1', 'secp384r1', 'secp521r1']", "'ed25519'", "'ed448'"],
  },
  {
    use: 'signatures of certificates and revocation lists',
    file: 'src/trust/signature-algorithm.ts',
    what: 'RSA (also PSS), ECDSA and EdDSA with SHA-256, SHA-384 or SHA-512; MD5 and SHA-1 are refused',
    evidence: ["'sha256'", "'sha384'", "'sha512'", 'False: MD5, SHA-1'],
  },
  {
    use: 'passwords at rest',
    file: 'src/trust/passwords.ts',
    what: 'scrypt with N = 32,768, r = 8, p = 3; 16 bytes of salt, 32 of hash',
    evidence: ['{ ln: 15, r: 8, p: 3 }', 'HASH_BYTES = 32', 'randomBytes(16)'],
  },
  {
    use: 'session ids',
    file: 'src/trust/sessions.ts',
    what: '128 random bits; kept as their SHA-256 only',
    evidence: ['128 random bits'],
  },
  {
    use: 'the certification log of an acceptance run',
    file: 'src/accept/report/certification/signature.ts',
    what: 'XML-DSig with exclusive canonicalisation; RSA of 2,048 bits or more, or ECDSA on P-256, with SHA-256',
    evidence: ['RSA of 2,048 bits or more, or ECDSA on P-256'],
  },
  {
    use: 'checksums of a release',
    file: 'scripts/release/describe.ts',
    what: 'SHA-256; MD5 and SHA-1 because listings ask for them, never as protection',
    evidence: ["'md5'", "'sha1'", "'sha256'"],
  },
];

/** The table. Throws RangeError when the sources do not bear a row out. */
export function encryptionUses(tree: string): string {
  for (const { file, evidence, use } of USES) {
    const text = readFileSync(join(tree, file), 'utf8');
    const missing = evidence.find((words) => !text.includes(words));
    if (missing !== undefined)
      throw new RangeError(
        `${use}: ${file} no longer says ${missing}; correct guides/encryption.ts`,
      );
  }
  return table(
    ['use', 'where', 'algorithms and sizes'],
    USES.map(({ use, file, what }) => [use, `\`${file}\``, what]),
  );
}
