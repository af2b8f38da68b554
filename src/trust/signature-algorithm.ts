/** Signature algorithms of certificates and CRLs: which are strong enough, and what OpenSSL calls them. */
import { children, type Element, expect, objectIdentifier, TAG } from './der.ts';

export interface SignatureAlgorithm {
  /** Identifier, dotted. */
  readonly oid: string;
  /** False: MD5, SHA-1, or one that this program does not know. */
  readonly isStrong: boolean;
  /** Digest for `crypto.verify`; undefined where the key's kind decides (Edwards curves). */
  readonly digest: string | undefined;
  /** `crypto.verify` needs to be told of this padding. */
  readonly isPss: boolean;
}

const PSS = '1.2.840.113549.1.1.10';
const DIGESTS: ReadonlyMap<string, string | undefined> = new Map([
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
  ['1.3.101.112', undefined],
  ['1.3.101.113', undefined],
]);
/** Hash functions by their own identifiers, as RSASSA-PSS names them. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** Reads an AlgorithmIdentifier. Throws DerError when it is none. */
export function readSignatureAlgorithm(element: Element): SignatureAlgorithm {
  const [type, parameters] = children(expect(element, TAG.sequence));
  const oid = objectIdentifier(expect(type, TAG.objectIdentifier));
  if (oid === PSS) {
    const digest = pssDigest(parameters);
    return { oid, isStrong: digest !== undefined, digest, isPss: true };
  }
  return { oid, isStrong: DIGESTS.has(oid), digest: DIGESTS.get(oid), isPss: false };
}

/** The hash of RSASSA-PSS-params; left out, it is SHA-1. */
function pssDigest(parameters: Element | undefined): string | undefined {
  if (parameters?.tag !== TAG.sequence) return undefined;
  const [first] = children(parameters);
  if (first?.tag !== TAG.context0) return undefined;
  const [identifier] = children(first);
  const [type] = children(expect(identifier, TAG.sequence));
  return HASHES.get(objectIdentifier(expect(type, TAG.objectIdentifier)));
}
