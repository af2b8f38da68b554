/**
 * A certificate, read once into what path validation asks of it. OpenSSL (node:crypto) reads the key and
 * checks signatures. The extensions are read with `der.ts` and not with a library: this is code that
 * anybody can reach who opens a TLS connection, so it is to be small, strict and quick. Source: RFC 5280.
 */
import { hash, X509Certificate } from 'node:crypto';
import { type EpochMs, epochMs } from '../model/units.ts';
import {
  children,
  DerError,
  type Element,
  expect,
  objectIdentifier,
  single,
  TAG,
  time,
} from './der.ts';
import { extensionsIn } from './extensions.ts';
import { readName } from './name.ts';
import { invalid } from './pem.ts';
import { readSignatureAlgorithm } from './signature-algorithm.ts';

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
  /** Bits of KEY_USAGE; undefined when the extension is absent: any use. */
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

/** Bits of the first byte of the key usage extension. */
export const KEY_USAGE = {
  digitalSignature: 0x80,
  keyAgreement: 0x08,
  keyCertSign: 0x04,
  cRLSign: 0x02,
} as const;

/** Throws VasaFault InvalidCertificate, carrying the bytes, when they are no certificate. */
export function readCertificate(der: Uint8Array): Certificate {
  try {
    const bytes = Buffer.from(der);
    return read(bytes, new X509Certificate(bytes));
  } catch {
    throw invalid('A certificate cannot be read.', der, 'CERTIFICATE');
  }
}

/** The same of one that OpenSSL has read already, which costs it more than checking a signature. */
export function certificateOf(openssl: X509Certificate): Certificate {
  try {
    return read(openssl.raw, openssl);
  } catch {
    throw invalid('A certificate cannot be read.', openssl.raw, 'CERTIFICATE');
  }
}

/** SHA-256, 64 lower-case hex digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** For messages and logs: the name and enough of the fingerprint to find the certificate by. */
export function labelOf(certificate: Certificate): string {
  return `"${certificate.subject}" (${certificate.fingerprint.slice(0, 16)})`;
}

function read(der: Buffer, openssl: X509Certificate): Certificate {
  // OpenSSL takes PEM as well and stops at the end of the structure: what it read must be all there is.
  if (!openssl.raw.equals(der)) throw new DerError('bytes after the end');
  const fields = fieldsOf(der);
  const [subject, issuer] = [readName(fields.subject.whole), readName(fields.issuer.whole)];
  const [notBefore, notAfter] = [...children(fields.validity)].map(time);
  return Object.freeze({
    der,
    fingerprint: sha256Hex(der),
    openssl,
    subject: subject.text,
    issuer: issuer.text,
    subjectKey: subject.key,
    issuerKey: issuer.key,
    serial: serialOf(fields.serial),
    notBefore: epochMs(notBefore ?? Number.NaN),
    notAfter: epochMs(notAfter ?? Number.NaN),
    weakKey: weakKeyOf(openssl),
    weakSignature: fields.algorithm.isStrong
      ? undefined
      : `a signature with the algorithm ${fields.algorithm.oid}`,
    ...readExtensions(fields.extensions),
  });
}

/** TBSCertificate, whose optional fields are told apart by their tags. */
function fieldsOf(der: Buffer) {
  const [tbs, outer] = children(single(der, TAG.sequence));
  const all = [...children(expect(tbs, TAG.sequence))];
  if (all[0]?.tag === TAG.context0) all.shift();
  const [serial, inner, issuer, validity, subject, , ...rest] = all;
  const algorithm = readSignatureAlgorithm(expect(inner, TAG.sequence));
  if (readSignatureAlgorithm(expect(outer, TAG.sequence)).oid !== algorithm.oid) {
    throw new DerError('two signature algorithms');
  }
  const wrapper = rest.find(({ tag }) => tag === TAG.context3);
  return {
    serial: expect(serial, TAG.integer),
    algorithm,
    issuer: expect(issuer, TAG.sequence),
    validity: expect(validity, TAG.sequence),
    subject: expect(subject, TAG.sequence),
    extensions: wrapper === undefined ? undefined : [...children(wrapper)][0],
  };
}

/** A negative number is forbidden; the same bytes in a CRL must give the same text. */
function serialOf({ content }: Element): string {
  if ((content[0] ?? 0x80) >= 0x80) throw new DerError('a serial number that is not positive');
  return Buffer.from(content)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
}

type Extensions = Pick<
  Certificate,
  'keyId' | 'isAuthority' | 'pathLength' | 'keyUsage' | 'usages' | 'unprocessed'
>;

/** Extensions that restrict nothing which path validation decides: names, identifiers, policies. */
const HARMLESS = new Set(['2.5.29.17', '2.5.29.32', '2.5.29.35']);

function readExtensions(list: Element | undefined): Extensions {
  const read: { -readonly [Name in keyof Extensions]: Extensions[Name] } = {
    keyId: undefined,
    isAuthority: false,
    pathLength: undefined,
    keyUsage: undefined,
    usages: undefined,
    unprocessed: undefined,
  };
  const seen = new Set<string>();
  for (const { type, isCritical, value } of extensionsIn(list)) {
    if (seen.has(type)) throw new DerError('an extension stands twice');
    seen.add(type);
    if (type === '2.5.29.14') {
      read.keyId = Buffer.from(single(value, TAG.octetString).content).toString('hex');
    } else if (type === '2.5.29.15') {
      read.keyUsage = single(value, TAG.bitString).content[1] ?? 0;
    } else if (type === '2.5.29.19') {
      Object.assign(read, readConstraints(value));
    } else if (type === '2.5.29.37') {
      read.usages = [...children(single(value, TAG.sequence))].map(objectIdentifier);
    } else if (isCritical && !HARMLESS.has(type)) {
      read.unprocessed ??= type;
    }
  }
  return read;
}

function readConstraints(value: Uint8Array): Pick<Extensions, 'isAuthority' | 'pathLength'> {
  const all = [...children(single(value, TAG.sequence))];
  const flag = all[0]?.tag === TAG.boolean ? all.shift() : undefined;
  const isAuthority = flag !== undefined && flag.content[0] !== 0;
  const [length] = all;
  if (length === undefined) return { isAuthority, pathLength: undefined };
  const { content } = expect(length, TAG.integer);
  if (content.length !== 1 || (content[0] ?? 0x80) >= 0x80) throw new DerError('no path length');
  return { isAuthority, pathLength: content[0] };
}

const STRONG_CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

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
