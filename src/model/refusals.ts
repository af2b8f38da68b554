/**
 * Why a caller is refused before its operation is looked at: the one list of the words that stand first in the
 * field `refusal` of a log line. The caller itself learns only the kind of problem.
 */
import type { Explanation } from './explanation.ts';

const REFRESH =
  'Have vCenter refresh the CA certificates of this provider (storage providers, refresh certificates).';
const CLOCKS = 'Compare the time of both machines; set both by the same NTP servers.';

/** Why a client certificate is not trusted. */
export const CERTIFICATE_REFUSALS = {
  missing: {
    means: 'The client presented no certificate.',
    causes: [
      'A load balancer or proxy in front ends TLS itself, so that the client’s certificate never arrives.',
      'The client is no vCenter and no host: a browser or a monitor, for example.',
      'The host has no certificate for VASA yet: it gets one when the provider is registered.',
    ],
    remedy:
      'Have TLS passed through to the provider. If it is a host: rescan the storage provider in vCenter.',
  },
  malformed: {
    means: 'The client’s certificate cannot be read.',
    causes: ['It was made by a program with a mistake.'],
    remedy: 'Renew the client’s certificate.',
  },
  unknownIssuer: {
    means: 'No CA that this provider trusts has signed the client’s certificate.',
    causes: [
      'The host belongs to another vCenter, which has not registered this provider.',
      'vCenter’s CA was replaced, and this provider was not told the new one.',
      'The data folder was restored from a backup that is older than the registration.',
    ],
    remedy: `Add this provider in the vCenter of that host. If it is there: ${REFRESH}`,
  },
  removedIssuer: {
    means: 'The CA that signed the client’s certificate was trusted once and was removed.',
    causes: [
      'vCenter removed the CA, and this host still has a certificate of the old one.',
      'The registration of that vCenter was removed.',
    ],
    remedy:
      'Renew the host’s certificate in vCenter (Certificate, Renew), or add this provider there again.',
  },
  invalidPath: {
    means:
      'The chain from the client’s certificate to a trusted CA breaks a rule: `refusal` says at which certificate.',
    causes: [
      'An intermediate CA that may not issue certificates, or not so far down.',
      'A certificate with an extension that is critical and unknown.',
    ],
    remedy: 'Have the CA issue its certificates anew; the detail names the one that is at fault.',
  },
  weak: {
    means: 'A key or signature in the chain is too weak to prove anything.',
    causes: ['Certificates that were made years ago, with SHA-1 or short RSA keys.'],
    remedy: 'Renew the certificate that the detail names, with SHA-256 and at least 2048 bits.',
  },
  wrongUsage: {
    means: 'The certificate may not be used by a client.',
    causes: ['A certificate made for a web server was given to a host or vCenter.'],
    remedy: 'Issue it with the usage “client authentication”, or without any usage.',
  },
  notYetValid: {
    means: 'The certificate begins to be valid only later, by this provider’s clock.',
    causes: [
      'The clock of this machine is behind, or that of the issuing machine is ahead.',
      'The certificate was made a moment ago.',
    ],
    remedy: CLOCKS,
  },
  expired: {
    means: 'The certificate, or one above it, has expired.',
    causes: ['It was not renewed in time.', 'The clock of this machine is ahead.'],
    remedy: `Renew the certificate that the detail names. ${CLOCKS}`,
  },
  crlMissing: {
    means:
      'The CA gave no revocation list, and the setting `trust.missingCrl` says to refuse then.',
    causes: ['vCenter did not send the list, or the CA publishes none.'],
    remedy: `${REFRESH} Where the CA has no list, set \`trust.missingCrl\` to \`accept\`.`,
  },
  crlExpired: {
    means:
      'The CA’s revocation list is out of date, and the setting `trust.expiredCrl` says to refuse then.',
    causes: ['vCenter has not sent a newer list.'],
    remedy: REFRESH,
  },
  revoked: {
    means: 'The CA has taken the certificate back.',
    causes: [
      'The host was removed from vCenter, or its certificate was renewed and the old one revoked.',
      'The host’s key is no longer safe.',
    ],
    remedy:
      'If the host belongs here, renew its certificate in vCenter. If it does not, this is as it should be.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

export type RefusalReason = keyof typeof CERTIFICATE_REFUSALS;

/** Why a caller has no session that counts. */
export const SESSION_REFUSALS = {
  'no cookie': {
    means: 'The call came without a session.',
    causes: ['The client has not called setContext yet.', 'A proxy in front takes cookies away.'],
    remedy:
      'Nothing: vCenter and hosts open a session by themselves. If it goes on, have them reach the provider directly.',
  },
  unknown: {
    means: 'The provider does not know the session.',
    causes: [
      'The provider was restarted: sessions live in its memory.',
      'The session ended with a change of trust, or to make room for newer ones of the same certificate.',
      'A load balancer sends the client now to one provider, now to another.',
    ],
    remedy:
      'Nothing: the client opens a new one. If it goes on, look for a load balancer between them.',
  },
  expired: {
    means: 'The session ended because nothing was asked for too long.',
    causes: ['The host or vCenter was down or cut off.'],
    remedy: 'Nothing: the client opens a new one.',
  },
  'other certificate': {
    means: 'The session belongs to another client certificate.',
    causes: [
      'The client’s certificate was renewed, and it came back with its old session.',
      'Somebody tries the session of another.',
    ],
    remedy: 'Nothing, if it happens once after a renewal. Else find out who is at that address.',
  },
  'no grant': {
    means:
      'The call needs a session, or a registration with name and password shortly before from the same place.',
    causes: [
      'vCenter registered through a proxy that hides addresses, and goes on from another one.',
      'More than a quarter of an hour passed between the steps of the registration.',
      'Somebody who has not registered asks for a certificate to be signed.',
    ],
    remedy:
      'Add the provider in vCenter again, in one go. Behind a proxy that hides addresses, set `trust.grantByAddress` to `false`.',
  },
  'vCenter or host': {
    means:
      'Whoever unregisters has a trusted certificate, but has not said in a session whether it is a vCenter or a host.',
    causes: ['A program that calls unregisterVASACertificate without setContext before.'],
    remedy:
      'Call setContext first. The operator can remove a registration: `keelson registrations`.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

/** Why there is no session that the provider would go by, in a word. */
export type SessionRefusal = keyof typeof SESSION_REFUSALS;

const NO_SESSION = 'no session: ';

/** The field `refusal` of a line whose caller has no session. */
export function withoutSession(why: SessionRefusal): string {
  return `${NO_SESSION}${why}`;
}

/** The word after it in such a field, also one that this release does not know; undefined for other refusals. */
export function withoutSessionFor(refusal: string): string | undefined {
  return refusal.startsWith(NO_SESSION) ? refusal.slice(NO_SESSION.length) : undefined;
}
