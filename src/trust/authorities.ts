/**
 * Checks what a client brings before it becomes trusted: CA certificates with their CRLs, or a client's
 * own certificate. Refusals are VasaFault InvalidCertificate that carry the offending one. Pure.
 */
import type { EpochMs } from '../model/units.ts';
import { type Certificate, KEY_USAGE, readCertificate } from './certificate.ts';
import { type Crl, isNewer, isSignedBy, readCrl } from './crl.ts';
import { derFrom, invalid } from './pem.ts';

/** The CA certificates in `texts`, each once, fit to be trust anchors at the time `at`. */
export function readAuthorities(texts: readonly string[], at: EpochMs): readonly Certificate[] {
  const certificates = derFrom(texts, 'CERTIFICATE').map(readCertificate);
  for (const certificate of certificates) {
    checkCommon(certificate, at);
    const { isAuthority, keyUsage } = certificate;
    const maySign = keyUsage === undefined || (keyUsage & KEY_USAGE.keyCertSign) !== 0;
    if (!isAuthority || !maySign) {
      throw invalid('The certificate is not that of a CA.', certificate.der, 'CERTIFICATE');
    }
  }
  return certificates;
}

/** A client's own certificate: the first in `text`; issuers after it are not trusted. */
export function readOwnCertificate(text: string | undefined, at: EpochMs): Certificate | undefined {
  const [der] = derFrom([text ?? ''], 'CERTIFICATE');
  if (der === undefined) return undefined;
  const certificate = readCertificate(der);
  checkCommon(certificate, at);
  if (certificate.weakSignature !== undefined) {
    throw invalid(`The certificate has ${certificate.weakSignature}.`, der, 'CERTIFICATE');
  }
  return certificate;
}

/** The CRLs in `texts`, each complete and strongly signed. */
export function readCrls(texts: readonly string[]): readonly Crl[] {
  return derFrom(texts, 'X509 CRL').map(readCrl);
}

/**
 * Sorts out `crls` against the CAs known. Throws when one names a CA that is known and that CA did not
 * sign it. One of an unknown CA is kept, without effect until that CA is seen on a chain.
 */
export function checkCrls(
  crls: readonly Crl[],
  known: readonly Certificate[],
): { readonly unused: readonly Crl[] } {
  const unused: Crl[] = [];
  for (const crl of crls) {
    const named = known.filter((authority) => isNamed(authority, crl));
    if (named.some((authority) => isSignedBy(crl, authority))) continue;
    if (named.length > 0) {
      throw invalid('The CRL is not signed by the CA that it names.', crl.der, 'X509 CRL');
    }
    unused.push(crl);
  }
  return { unused };
}

/**
 * The CRLs to hold after `given` came to those `held`: for each CA the newest, so that no older list and
 * no list left out makes a revoked certificate good again.
 */
export function newestCrls(held: readonly Crl[], given: readonly Crl[]): readonly Crl[] {
  const newest = new Map<string, Crl>();
  for (const crl of [...held, ...given]) {
    const key = `${crl.issuerKey} ${crl.authorityKeyId ?? ''}`;
    const other = newest.get(key);
    if (other === undefined || isNewer(crl, other)) newest.set(key, crl);
  }
  return [...newest.values()];
}

/** Many CAs have one name; the key's identifier tells them apart where both sides give it. */
function isNamed(authority: Certificate, crl: Crl): boolean {
  if (authority.subjectKey !== crl.issuerKey) return false;
  const { keyId } = authority;
  const { authorityKeyId } = crl;
  return keyId === undefined || authorityKeyId === undefined || keyId === authorityKeyId;
}

function checkCommon(certificate: Certificate, at: EpochMs): void {
  const { der, notBefore, notAfter, weakKey, unprocessed } = certificate;
  if (at < notBefore) throw invalid('The certificate is not yet valid.', der, 'CERTIFICATE');
  if (at > notAfter) throw invalid('The certificate has expired.', der, 'CERTIFICATE');
  if (weakKey !== undefined) throw invalid(`The certificate has ${weakKey}.`, der, 'CERTIFICATE');
  if (unprocessed !== undefined) {
    const message = `The certificate has the unknown critical extension ${unprocessed}.`;
    throw invalid(message, der, 'CERTIFICATE');
  }
}
