/**
 * Certificates and CRLs as clients send them: PEM with any line ends, base64 DER without header lines,
 * several in one text. Only the envelope is read here; `certificate.ts` and `crl.ts` read what is inside.
 */
import { VasaFault } from '../model/faults.ts';
import { LIMITS } from '../model/limits.ts';

type PemLabel = 'CERTIFICATE' | 'X509 CRL';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END ([A-Z0-9 ]+)-----/g;
/** Labels that stand for the same thing: OpenSSL's older and newer names. */
const SAME: Readonly<Record<string, PemLabel>> = {
  CERTIFICATE: 'CERTIFICATE',
  'X509 CERTIFICATE': 'CERTIFICATE',
  'TRUSTED CERTIFICATE': 'CERTIFICATE',
  'X509 CRL': 'X509 CRL',
  CRL: 'X509 CRL',
};

/**
 * The DER forms in `texts`, in order, each once. Empty texts hold none. VasaFault InvalidCertificate,
 * carrying the text, when one is neither PEM of that label nor base64, or when there are more than
 * `LIMITS.certificatesPerCall`.
 */
export function derFrom(texts: readonly string[], label: PemLabel): readonly Buffer[] {
  const found = new Map<string, Buffer>();
  for (const text of texts) {
    for (const der of blocksOf(text, label)) found.set(der.toString('base64'), der);
    if (found.size > LIMITS.certificatesPerCall) {
      throw new VasaFault(
        'InvalidCertificate',
        `More than ${LIMITS.certificatesPerCall} certificates or CRLs in one call.`,
      );
    }
  }
  return [...found.values()];
}

/** PEM of one thing: lines of 64, LF alone, a LF at the end. */
export function pemOf(der: Uint8Array, label: PemLabel): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** An InvalidCertificate fault that carries what it is about. */
export function invalid(message: string, der: Uint8Array, label: PemLabel): VasaFault {
  const pem = [pemOf(der, label)];
  const data =
    label === 'CERTIFICATE' ? { certificate: pem, crl: [] } : { certificate: [], crl: pem };
  return new VasaFault('InvalidCertificate', message, { data });
}

function blocksOf(text: string, label: PemLabel): Buffer[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (!trimmed.includes('-----BEGIN')) return [decoded(trimmed, label)];
  const blocks = [...trimmed.matchAll(BLOCK)];
  if (blocks.length !== trimmed.split('-----BEGIN').length - 1) throw unreadable(label);
  return blocks.map(([, begin = '', body = '', end]) => {
    if (SAME[begin] !== label || begin !== end) throw unreadable(label);
    return decoded(body, label);
  });
}

function decoded(base64: string, label: PemLabel): Buffer {
  const compact = base64.replace(/\s+/g, '');
  const der = Buffer.from(compact, 'base64');
  // Node's decoder skips what is not base64; what it understood must be what was sent.
  if (der.length === 0 || withoutPadding(der.toString('base64')) !== withoutPadding(compact)) {
    throw unreadable(label);
  }
  return der;
}

function withoutPadding(base64: string): string {
  return base64.replace(/=+$/, '');
}

function unreadable(label: PemLabel): VasaFault {
  const what = label === 'CERTIFICATE' ? 'certificate' : 'CRL';
  return new VasaFault('InvalidCertificate', `A ${what} is neither PEM nor base64 of DER.`);
}
