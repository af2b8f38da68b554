/**
 * Whom the registrations make trusted, as path validation wants it: anchors, intermediates and CRLs by
 * name, and single certificates by fingerprint. Made anew from the registrations after every change;
 * never changed. Knows nothing of where registrations come from.
 */
import type { Registration } from '../store/port.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { type Crl, isNewer, isSignedBy, readCrl } from './crl.ts';

export interface Anchor {
  readonly certificate: Certificate;
  /** Registrations that hold it; it stays an anchor while one does. */
  readonly registrationIds: readonly string[];
}

export interface Anchors {
  /** Fingerprint of a client's own registered certificate to the registrations that hold it. */
  readonly exact: ReadonlyMap<string, readonly string[]>;
  /** All anchors; a list because several CAs may have one name (every VMCA is called the same). */
  bySubject(subjectKey: string): readonly Anchor[];
  all(): readonly Anchor[];
  /** An anchor's certificate; undefined when none has this fingerprint. */
  byFingerprint(fingerprint: string): Certificate | undefined;
  /** CA certificates that came with a registration and are signed by another of it. */
  intermediates(subjectKey: string): readonly Certificate[];
  /** The newest CRL that this CA's key has signed; undefined when there is none. */
  crlOf(authority: Certificate): Crl | undefined;
}

/** A registration's certificates, told apart. */
export interface Parts {
  /** The client's own certificate; registrations of kind `certificate` have one. */
  readonly own: Certificate | undefined;
  readonly authorities: readonly Certificate[];
  readonly crls: readonly Crl[];
}

/**
 * Reads a registration. Of kind `certificate` the first certificate is the client's own, and any after it
 * are roots that this client has pushed since; of kind `authorities` all are CAs.
 */
export function partsOf(registration: Registration): Parts {
  const certificates = registration.certificates.map(({ der }) =>
    readCertificate(Buffer.from(der, 'base64')),
  );
  const own = registration.kind === 'certificate' ? certificates.shift() : undefined;
  const crls = registration.crls.map((der) => readCrl(Buffer.from(der, 'base64')));
  return { own, authorities: certificates, crls };
}

/** Did `issuer` sign `subject`, by names, key identifiers and signature? */
export function hasIssued(issuer: Certificate, subject: Certificate): boolean {
  if (issuer.subjectKey !== subject.issuerKey) return false;
  return (
    subject.openssl.checkIssued(issuer.openssl) && subject.openssl.verify(issuer.openssl.publicKey)
  );
}

/** `hasIssued` that checks each pair once, for as long as both are held: a signature does not change. */
export function rememberingIssued(): typeof hasIssued {
  const known = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();
  return (issuer, subject) => {
    const ofSubject = known.get(subject) ?? new WeakMap<Certificate, boolean>();
    const answer = ofSubject.get(issuer) ?? hasIssued(issuer, subject);
    known.set(subject, ofSubject.set(issuer, answer));
    return answer;
  };
}

export function isSelfSigned(certificate: Certificate): boolean {
  return hasIssued(certificate, certificate);
}

/** `read` is `partsOf`, or one that remembers what it has read. */
export function anchorsOf(
  registrations: readonly Registration[],
  read: (registration: Registration) => Parts = partsOf,
): Anchors {
  const exact = new Map<string, string[]>();
  const anchors = new Map<string, { certificate: Certificate; registrationIds: string[] }>();
  const intermediates = new Map<string, Map<string, Certificate>>();
  const crls = new Map<string, Crl[]>();
  for (const registration of registrations) {
    const { own, authorities, crls: lists } = read(registration);
    const { registrationId } = registration;
    if (own !== undefined) listed(exact, own.fingerprint).push(registrationId);
    for (const certificate of authorities) {
      if (isBelowAnother(certificate, authorities)) {
        const same = intermediates.get(certificate.subjectKey) ?? new Map<string, Certificate>();
        intermediates.set(certificate.subjectKey, same.set(certificate.fingerprint, certificate));
        continue;
      }
      const anchor = anchors.get(certificate.fingerprint) ?? { certificate, registrationIds: [] };
      anchor.registrationIds.push(registrationId);
      anchors.set(certificate.fingerprint, anchor);
    }
    for (const crl of lists) listed(crls, crl.issuerKey).push(crl);
  }
  return lookup(exact, [...anchors.values()], intermediates, crls);
}

/** The newest of `candidates` that `authority` signed. */
function newestOf(candidates: readonly Crl[], authority: Certificate): Crl | undefined {
  let newest: Crl | undefined;
  for (const crl of candidates) {
    if (newest !== undefined && !isNewer(crl, newest)) continue;
    if (isSignedBy(crl, authority)) newest = crl;
  }
  return newest;
}

function lookup(
  exact: ReadonlyMap<string, readonly string[]>,
  anchors: readonly Anchor[],
  intermediates: ReadonlyMap<string, ReadonlyMap<string, Certificate>>,
  crls: ReadonlyMap<string, readonly Crl[]>,
): Anchors {
  const bySubject = new Map<string, Anchor[]>();
  const byFingerprint = new Map<string, Certificate>();
  for (const anchor of anchors) {
    listed(bySubject, anchor.certificate.subjectKey).push(anchor);
    byFingerprint.set(anchor.certificate.fingerprint, anchor.certificate);
  }
  // Signatures over CRLs are checked once per CA; only CAs on a valid path are ever asked for.
  const newest = new Map<string, Crl | undefined>();
  return Object.freeze({
    exact,
    bySubject: (key: string) => bySubject.get(key) ?? [],
    all: () => anchors,
    byFingerprint: (fingerprint: string) => byFingerprint.get(fingerprint),
    intermediates: (key: string) => [...(intermediates.get(key)?.values() ?? [])],
    crlOf: (authority: Certificate) => {
      const { fingerprint, subjectKey } = authority;
      if (!newest.has(fingerprint)) {
        newest.set(fingerprint, newestOf(crls.get(subjectKey) ?? [], authority));
      }
      return newest.get(fingerprint);
    },
  });
}

/** A CA below another of the same list is no anchor: the one above may have revoked it. */
function isBelowAnother(certificate: Certificate, all: readonly Certificate[]): boolean {
  return all.some(
    (other) => other.fingerprint !== certificate.fingerprint && hasIssued(other, certificate),
  );
}

function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
