/**
 * What the trust room tells, where it has to go: a line in the log for each, a VASA event for what a vSphere
 * administrator must know, and new TLS ticket keys when trust has changed.
 */
import type { Log } from '../log/log.ts';
import type { Notice } from '../log/messages/catalogue.ts';
import type { EpochMs } from '../model/units.ts';
import type { ProviderEvents } from '../operations/events/provider-events.ts';
import type { Actor, ExpiryNotice, TrustEvent, TrustListener } from '../trust/events.ts';

export interface TrustListening {
  readonly log: Log;
  readonly announce: ProviderEvents['announce'];
  /** Called at once when trust has changed. */
  readonly trustChanged: () => void;
}

/** A listener for `createTrust`. Returns at once and never throws. */
export function trustListener({ log, announce, trustChanged }: TrustListening): TrustListener {
  return (event) => {
    const { id, facts } = noticeOf(event);
    log.notice(id, facts);
    if (event.kind === 'trustChanged') trustChanged();
    if (event.kind !== 'expiry' || event.notice.subject !== 'provider certificate') return;
    const { daysLeft, notAfter } = event.notice;
    const date = iso(notAfter);
    const told =
      daysLeft === 0
        ? announce('CertificateExpired', { date })
        : announce('CertificateExpires', { days: `${daysLeft}`, date });
    told.catch((cause: unknown) => log.notice('events.expiry_lost', { cause }));
  };
}

type Telling = {
  readonly [Kind in TrustEvent['kind']]: (event: Extract<TrustEvent, { kind: Kind }>) => Notice;
};

const TELLING: Telling = {
  registered: ({ change, registrationId, certificates, crls, by }) => ({
    id: change === 'added' ? 'trust.registration_added' : 'trust.registration_renewed',
    facts: { registration: registrationId, ...who(by), certificates, crls },
  }),
  refreshed: ({ registrationId, added, removed, crls, by }) => ({
    id: 'trust.registration_refreshed',
    facts: { registration: registrationId, ...who(by), added, removed, crls },
  }),
  unregistered: ({ registrationId, by }) => ({
    id: 'trust.registration_removed',
    facts: { registration: registrationId, ...who(by) },
  }),
  vcenterLearned: ({ registrationId, vcenterId }) => ({
    id: 'trust.vcenter_learned',
    facts: { registration: registrationId, vcenter_id: vcenterId },
  }),
  vcenterLeft: ({ registrationId, vcenterId, by }) => ({
    id: 'trust.vcenter_left',
    facts: { registration: registrationId, ...who(by), vcenter_id: vcenterId },
  }),
  trustChanged: ({ epoch, sessionsEnded }) => ({
    id: 'trust.changed',
    facts: { epoch, sessions_ended: sessionsEnded },
  }),
  crlMissing: ({ authority }) => ({ id: 'trust.crl_missing', facts: { authority } }),
  crlExpired: ({ issuer, nextUpdate }) => ({
    id: 'trust.crl_outdated',
    facts: { issuer, next_update: iso(nextUpdate) },
  }),
  crlUnused: ({ issuer, registrationId }) => ({
    id: 'trust.crl_unused',
    facts: { registration: registrationId, issuer },
  }),
  distrusted: ({ certificate, reason, detail }) => ({
    id: 'trust.client_distrusted',
    facts: { peer_certificate: short(certificate), reason, detail },
  }),
  loginFailed: ({ by, why }) => ({ id: 'users.login_failed', facts: { ...who(by), why } }),
  lockedOut: ({ what, name }) => ({ id: 'users.locked_out', facts: { what, name } }),
  passwordGuessed: ({ userName }) => ({ id: 'users.password_guessed', facts: { user: userName } }),
  certificateRequested: ({ by }) => ({ id: 'certificate.requested', facts: who(by) }),
  certificateInstalled: ({ label, notAfter, installedBy, by }) => ({
    id: 'certificate.installed',
    facts: { ...who(by), label, not_after: iso(notAfter), installed_by: installedBy },
  }),
  certificateHeld: ({ holder, by }) => ({
    id: 'certificate.held',
    facts: { ...who(by), holder },
  }),
  keyLost: ({ label }) => ({ id: 'certificate.key_lost', facts: { label } }),
  expiry: ({ notice }) => expiryOf(notice),
};

function noticeOf<Kind extends TrustEvent['kind']>(
  event: Extract<TrustEvent, { kind: Kind }>,
): Notice {
  const kind: Kind = event.kind;
  return TELLING[kind](event);
}

const ENDS = {
  'provider certificate': { soon: 'certificate.expires', now: 'certificate.expired' },
  'trusted certificate': { soon: 'trust.ca_expires', now: 'trust.ca_expired' },
  CRL: { soon: 'trust.crl_expires', now: 'trust.crl_expired' },
} as const satisfies Record<ExpiryNotice['subject'], unknown>;

function expiryOf({ subject, label, notAfter, daysLeft }: ExpiryNotice): Notice {
  const id = ENDS[subject][daysLeft === 0 ? 'now' : 'soon'];
  return { id, facts: { label, not_after: iso(notAfter), days_left: daysLeft } };
}

function who(by: Actor | undefined) {
  return {
    peer_address: by?.peerAddress,
    peer_certificate: by?.certificate && short(by.certificate),
    user: by?.userName,
  };
}

function short(fingerprint: string): string {
  return fingerprint.slice(0, 16);
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}
