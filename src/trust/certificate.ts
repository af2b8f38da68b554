/**
 * A certificate, read once into what path validation asks of it. OpenSSL (node:crypto) reads it and
 * checks signatures; @peculiar/x509 reads the extensions. Source: RFC 5280.
 */
import 'reflect-metadata';
import { createHash, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { type EpochMs, epochMs } from '../model/units.ts';
import { invalid } from './pem.ts';

export interface Certificate {
  readonly der: Buffer;
  /** SHA-256 of `der`, 64 lower-case hex digits. */
  readonly fingerprint: string;
  /** OpenSSL's view, for signature checks. */
  readonly openssl: X509Certificate;
  /** One line, e.g. `CN=CA, DC=vsphere`. */
  readonly subject: string;
  readonly issuer: string;
  /** Comparable forms of the names: equal for names that RFC 5280 7.1 calls equal. */
  readonly subjectKey: string;
  readonly issuerKey: string;
  /** Lower-case hex without leading zeros. */
  readonly serial: string;
  readonly notBefore: EpochMs;
  readonly notAfter: EpochMs;
  /** Subject key identifier in hex; undefined when there is none. */
  readonly keyId: string | undefined;
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
  /** Key usage bits; undefined when the extension is absent: any use. */
  readonly keyUsage: number | undefined;
  /** Extended key usages; undefined when the extension is absent: any use. */
  readonly usages: readonly string[] | undefined;
  /** What is too weak about its key, e.g. `an RSA key of 1024 bits`; undefined when nothing is. */
  readonly weakKey: string | undefined;
  /** The same of the signature over it, which does not matter in a trust anchor. */
  readonly weakSignature: string | undefined;
  /** First critical extension that this program does not process; undefined when there is none. */
  readonly unprocessed: string | undefined;
}

/** Extensions whose meaning path validation honours, or that restrict nothing it decides. */
const PROCESSED = new Set([
  '2.5.29.14', // subjectKeyIdentifier
  '2.5.29.15', // keyUsage
  '2.5.29.17', // subjectAltName
  '2.5.29.19', // basicConstraints
  '2.5.29.32', // certificatePolicies: any policy is acceptable here
  '2.5.29.35', // authorityKeyIdentifier
  '2.5.29.37', // extendedKeyUsage
]);
const STRONG_HASHES = new Set(['SHA-256', 'SHA-384', 'SHA-512']);
const STRONG_CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** Throws VasaFault InvalidCertificate, carrying the bytes, when they are no certificate. */
export function readCertificate(der: Uint8Array): Certificate {
  try {
    return read(Buffer.from(der));
  } catch {
    throw invalid('A certificate cannot be read.', der, 'CERTIFICATE');
  }
}

/** SHA-256, 64 lower-case hex digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Bits of the key usage extension. */
export const KEY_USAGE = {
  digitalSignature: x509.KeyUsageFlags.digitalSignature,
  keyAgreement: x509.KeyUsageFlags.keyAgreement,
  keyCertSign: x509.KeyUsageFlags.keyCertSign,
  cRLSign: x509.KeyUsageFlags.cRLSign,
} as const;

/** A distinguished name from its DER form: one line of text, and the comparable form. */
export function readName(der: Uint8Array): { readonly text: string; readonly key: string } {
  const name = new x509.Name(der);
  return { text: name.toString(), key: nameKey(name) };
}

/**
 * A name in a form that is equal for names RFC 5280 7.1 calls equal: case and runs of spaces do not
 * matter. Names only find candidates; whether one really signed another the signature says.
 */
function nameKey(name: x509.Name): string {
  return JSON.stringify(name.toJSON()).toLowerCase().replace(/\s+/g, ' ');
}

/** For messages and logs: the name and enough of the fingerprint to find the certificate by. */
export function labelOf(certificate: Certificate): string {
  return `"${certificate.subject}" (${certificate.fingerprint.slice(0, 16)})`;
}

function read(der: Buffer): Certificate {
  const openssl = new X509Certificate(der);
  // OpenSSL takes PEM as well and stops at the end of the structure: what it read must be all there is.
  if (!openssl.raw.equals(der)) throw new TypeError('bytes after the end');
  // A negative number is forbidden, and a CRL would name it in another form than OpenSSL does.
  if (openssl.serialNumber.startsWith('-')) throw new TypeError('a negative serial number');
  const parsed = new x509.X509Certificate(der);
  const byType = extensionsByType(parsed);
  const constraints = byType.get('2.5.29.19');
  const keyUsage = byType.get('2.5.29.15');
  const usages = byType.get('2.5.29.37');
  const keyId = byType.get('2.5.29.14');
  return Object.freeze({
    der,
    fingerprint: sha256Hex(der),
    openssl,
    subject: parsed.subject,
    issuer: parsed.issuer,
    subjectKey: nameKey(parsed.subjectName),
    issuerKey: nameKey(parsed.issuerName),
    serial: openssl.serialNumber.toLowerCase().replace(/^0+(?=.)/, ''),
    notBefore: epochMs(parsed.notBefore.getTime()),
    notAfter: epochMs(parsed.notAfter.getTime()),
    keyId: keyId instanceof x509.SubjectKeyIdentifierExtension ? keyId.keyId : undefined,
    isAuthority: constraints instanceof x509.BasicConstraintsExtension && constraints.ca,
    pathLength:
      constraints instanceof x509.BasicConstraintsExtension ? constraints.pathLength : undefined,
    keyUsage: keyUsage instanceof x509.KeyUsagesExtension ? keyUsage.usages : undefined,
    usages:
      usages instanceof x509.ExtendedKeyUsageExtension ? usages.usages.map(String) : undefined,
    weakKey: weakKeyOf(openssl),
    weakSignature: weakSignatureOf(parsed),
    unprocessed: parsed.extensions.find(({ critical, type }) => critical && !PROCESSED.has(type))
      ?.type,
  });
}

function extensionsByType(parsed: x509.X509Certificate): Map<string, x509.Extension> {
  const byType = new Map(parsed.extensions.map((extension) => [extension.type, extension]));
  if (byType.size !== parsed.extensions.length) throw new TypeError('an extension stands twice');
  return byType;
}

function weakKeyOf({ publicKey }: X509Certificate): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKey;
  if (type === 'rsa' || type === 'rsa-pss') {
    const bits = details?.modulusLength ?? 0;
    return bits < 2048 ? `an RSA key of ${bits} bits` : undefined;
  }
  if (type === 'ec') {
    const curve = details?.namedCurve ?? 'without a name';
    return STRONG_CURVES.has(curve) ? undefined : `a key on the curve ${curve}`;
  }
  return type === 'ed25519' || type === 'ed448' ? undefined : `a key of the kind ${type}`;
}

function weakSignatureOf(parsed: x509.X509Certificate): string | undefined {
  // The library types this with the browser's `Algorithm`, which is not declared here.
  const algorithm: { readonly name?: string; readonly hash?: { readonly name?: string } } =
    parsed.signatureAlgorithm;
  const { name = 'unknown', hash } = algorithm;
  if (name === 'Ed25519' || name === 'Ed448' || STRONG_HASHES.has(hash?.name ?? '')) {
    return undefined;
  }
  return `a signature with ${hash?.name ?? name}`;
}
