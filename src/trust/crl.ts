/**
 * A certificate revocation list: complete lists of a CA's own certificates (RFC 5280, 5). Delta lists,
 * indirect lists and lists of a part only are refused, because treating them as complete would let
 * revoked clients in.
 */
import { constants, verify } from 'node:crypto';
import { type EpochMs, epochMs } from '../model/units.ts';
import { type Certificate, KEY_USAGE, sha256Hex } from './certificate.ts';
import { children, type Element, expect, single, TAG, time } from './der.ts';
import { extensionsIn } from './extensions.ts';
import { readName } from './name.ts';
import { invalid } from './pem.ts';
import { readSignatureAlgorithm, type SignatureAlgorithm } from './signature-algorithm.ts';

export interface Crl {
  readonly der: Buffer;
  /** SHA-256 of `der`, hex. */
  readonly fingerprint: string;
  readonly issuer: string;
  readonly issuerKey: string;
  /** Identifier of the key that signed it, in hex, where the list says. */
  readonly authorityKeyId: string | undefined;
  readonly thisUpdate: EpochMs;
  /** Undefined: the list does not say when the next comes. */
  readonly nextUpdate: EpochMs | undefined;
  /** cRLNumber; undefined when absent. */
  readonly number: bigint | undefined;
  /** Serial numbers in lower-case hex without leading zeros. */
  readonly revoked: ReadonlySet<string>;
  readonly algorithm: SignatureAlgorithm;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const CRL_NUMBER = '2.5.29.20';
const AUTHORITY_KEY_ID = '2.5.29.35';
const REFUSED: Readonly<Record<string, string>> = {
  '2.5.29.27': 'is a delta list',
  '2.5.29.28': 'is indirect or for a part of the certificates only',
};
const CERTIFICATE_ISSUER = '2.5.29.29';

/** Throws VasaFault InvalidCertificate, carrying the bytes, when they are no complete, strong CRL. */
export function readCrl(der: Uint8Array): Crl {
  try {
    return read(Buffer.from(der));
  } catch (thrown) {
    const why = thrown instanceof RefusedCrl ? thrown.message : 'cannot be read';
    throw invalid(`A CRL ${why}.`, der, 'X509 CRL');
  }
}

/** Did `issuer` sign this list, and may it? Names must have been compared by the caller. */
export function isSignedBy(crl: Crl, issuer: Certificate): boolean {
  const mayNot = issuer.keyUsage !== undefined && (issuer.keyUsage & KEY_USAGE.cRLSign) === 0;
  if (mayNot) return false;
  try {
    const { digest, isPss } = crl.algorithm;
    const key = issuer.openssl.publicKey;
    const padded = isPss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING } : key;
    return verify(digest, crl.signed, padded, crl.signature);
  } catch {
    return false;
  }
}

/**
 * True when `a` is the later issue of the two: by number where both have one, else by date. Dates have whole seconds:
 * of two lists of one second that which revokes more counts, because lists grow.
 */
export function isNewer(a: Crl, b: Crl): boolean {
  if (a.number !== undefined && b.number !== undefined && a.number !== b.number) {
    return a.number > b.number;
  }
  if (a.thisUpdate !== b.thisUpdate) return a.thisUpdate > b.thisUpdate;
  return a.revoked.size > b.revoked.size;
}

class RefusedCrl extends Error {}

function read(der: Buffer): Crl {
  const [tbs, outer, signature] = children(single(der, TAG.sequence));
  const algorithm = readSignatureAlgorithm(expect(outer, TAG.sequence));
  if (!algorithm.isStrong) throw new RefusedCrl('has a weak or unknown signature');
  const fields = fieldsOf(expect(tbs, TAG.sequence));
  if (readSignatureAlgorithm(fields.algorithm).oid !== algorithm.oid) {
    throw new RefusedCrl('names two signature algorithms');
  }
  const name = readName(fields.issuer.whole);
  const bits = expect(signature, TAG.bitString).content;
  const extensions = readExtensions(fields.extensions);
  return Object.freeze({
    der,
    fingerprint: sha256Hex(der),
    issuer: name.text,
    issuerKey: name.key,
    ...extensions,
    thisUpdate: epochMs(time(fields.thisUpdate)),
    nextUpdate: fields.nextUpdate === undefined ? undefined : epochMs(time(fields.nextUpdate)),
    revoked: readRevoked(fields.revoked),
    algorithm,
    signed: expect(tbs, TAG.sequence).whole,
    // The first byte counts unused bits, of which a signature has none.
    signature: bits.subarray(1),
  });
}

/** TBSCertList, whose optional fields are told apart by their tags. */
function fieldsOf(tbs: Element) {
  const all = [...children(tbs)];
  if (all[0]?.tag === TAG.integer) all.shift();
  const [algorithm, issuer, thisUpdate] = all.splice(0, 3);
  const isTime = all[0]?.tag === TAG.utcTime || all[0]?.tag === TAG.generalizedTime;
  const nextUpdate = isTime ? all.shift() : undefined;
  const revoked = all[0]?.tag === TAG.sequence ? all.shift() : undefined;
  const extensions = all[0]?.tag === TAG.context0 ? all.shift() : undefined;
  if (all.length > 0 || thisUpdate === undefined) throw new TypeError('not a TBSCertList');
  return {
    algorithm: expect(algorithm, TAG.sequence),
    issuer: expect(issuer, TAG.sequence),
    thisUpdate,
    nextUpdate,
    revoked,
    extensions,
  };
}

function readRevoked(list: Element | undefined): ReadonlySet<string> {
  const serials = new Set<string>();
  if (list === undefined) return serials;
  for (const entry of children(list)) {
    const [serial, , extensions] = children(expect(entry, TAG.sequence));
    serials.add(hexOf(expect(serial, TAG.integer).content));
    for (const { type, isCritical } of extensionsIn(extensions)) {
      if (type === CERTIFICATE_ISSUER) throw new RefusedCrl('is indirect');
      if (isCritical) throw new RefusedCrl(`has an entry with the unknown extension ${type}`);
    }
  }
  return serials;
}

function readExtensions(wrapper: Element | undefined): Pick<Crl, 'number' | 'authorityKeyId'> {
  let number: bigint | undefined;
  let authorityKeyId: string | undefined;
  const [list] = wrapper === undefined ? [] : children(wrapper);
  for (const { type, isCritical, value } of extensionsIn(list)) {
    const refused = REFUSED[type];
    if (refused !== undefined) throw new RefusedCrl(refused);
    if (type === CRL_NUMBER) number = BigInt(`0x${hexOf(single(value, TAG.integer).content)}`);
    else if (type === AUTHORITY_KEY_ID) authorityKeyId = keyIdOf(single(value, TAG.sequence));
    else if (isCritical) throw new RefusedCrl(`has the unknown critical extension ${type}`);
  }
  return { number, authorityKeyId };
}

/** keyIdentifier of an AuthorityKeyIdentifier: context tag 0, primitive. */
function keyIdOf(element: Element): string | undefined {
  for (const child of children(element)) {
    if (child.tag === 0x80) return Buffer.from(child.content).toString('hex');
  }
  return undefined;
}

function hexOf(content: Uint8Array): string {
  const hex = Buffer.from(content)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
  if (hex === '') throw new TypeError('an empty number');
  return hex;
}
