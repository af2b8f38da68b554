/** Whom the provider trusts and what it serves: public parts, and when each of them ends. */
import type { Clock } from '../../model/clock.ts';
import type { Registration } from '../../store/port.ts';
import type { Certificate } from '../../trust/certificate.ts';
import type { Crl } from '../../trust/crl.ts';
import type { Trust } from '../../trust/trust.ts';
import type { CertificateRow, TrustReport } from '../shapes/certificates.ts';
import { daysLeft, iso } from './text.ts';

/** See `Queries`. */
export function trustReport(
  { certificate, registrations }: Pick<Trust, 'certificate' | 'registrations'>,
  clock: Clock,
): TrustReport {
  const now = clock.now();
  const { installedBy } = certificate.record();
  const row = (registration: Registration): TrustReport['registrations'][number] => {
    const { own, authorities, crls } = registrations.parts(registration);
    const { registrationId, kind, userName, peerAddress, vcenterIds } = registration;
    return {
      ...{ registrationId, kind, userName, peerAddress, vcenterIds },
      createdAt: iso(registration.createdAt),
      changedAt: iso(registration.changedAt),
      certificates: [...(own === undefined ? [] : [own]), ...authorities].map((each) =>
        certificateRow(each, now),
      ),
      crls: crls.map((each) => crlRow(each, now)),
    };
  };
  return {
    served: certificate.chain().map((each) => certificateRow(each, now)),
    installedBy:
      typeof installedBy === 'string' ? installedBy : `registration ${installedBy.registrationId}`,
    registrations: registrations.all().map(row),
  };
}

function certificateRow(certificate: Certificate, now: number): CertificateRow {
  const { subject, issuer, serial, notBefore, notAfter, fingerprint, isAuthority } = certificate;
  return {
    ...{ subject, issuer, serial },
    notBefore: iso(notBefore),
    notAfter: iso(notAfter),
    daysLeft: daysLeft(notAfter, now),
    sha256: fingerprint,
    isAuthority,
  };
}

function crlRow({ issuer, thisUpdate, nextUpdate, revoked }: Crl, now: number) {
  const end =
    nextUpdate === undefined
      ? {}
      : { nextUpdate: iso(nextUpdate), daysLeft: daysLeft(nextUpdate, now) };
  return { issuer, thisUpdate: iso(thisUpdate), ...end, revoked: revoked.size };
}
