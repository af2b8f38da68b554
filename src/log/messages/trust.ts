/** Messages about whom the provider trusts: registrations, the CAs they brought, and revocation lists. */
import { ACTOR_FACTS, type Message } from './message.ts';

const REGISTRATION = {
  registration: 'id of the registration, as `keelson registrations` shows it',
};
const EXPIRY = {
  label: 'name and fingerprint of what ends',
  not_after: 'ISO 8601, when it ends',
  days_left: 'the mark that was passed: 90, 30, 7 or 1 days; 0: it has ended',
};

export const TRUST_MESSAGES = {
  'trust.registration_added': {
    level: 'info',
    text: 'a vCenter was registered',
    facts: {
      ...REGISTRATION,
      ...ACTOR_FACTS,
      certificates: 'the CA certificates that it brought and that are trusted now',
      crls: 'how many certificate revocation lists came with them',
    },
    means:
      'A vCenter gave name and password of a provider user, and its CA certificates are trusted from now on.',
    causes: ['An administrator added this provider in vCenter.'],
    remedy:
      'Nothing, if an administrator did it. Else remove the registration and change the password.',
  },
  'trust.registration_renewed': {
    level: 'info',
    text: 'a registration came again',
    facts: {
      ...REGISTRATION,
      ...ACTOR_FACTS,
      certificates: 'the CA certificates of the registration',
      crls: 'how many certificate revocation lists came with them',
    },
    means: 'A vCenter that is registered already did so once more, with the same CA certificates.',
    causes: [
      'The provider was removed and added again in vCenter, or its storage provider was rescanned.',
      'A second vCenter whose certificates come from the same CA was registered.',
    ],
    remedy: 'Nothing: the revocation lists that came with it replace the earlier ones.',
  },
  'trust.registration_refreshed': {
    level: 'info',
    text: 'vCenter replaced the CA certificates of a registration',
    facts: {
      ...REGISTRATION,
      ...ACTOR_FACTS,
      added: 'CA certificates that are trusted from now on',
      removed: 'CA certificates that are trusted no longer',
      crls: 'how many certificate revocation lists came with them',
    },
    means:
      'vCenter sent the CA certificates and revocation lists that hold from now on. Clients of a removed CA are refused.',
    causes: [
      'vCenter’s certificates were renewed.',
      'An administrator refreshed the CA certificates.',
    ],
    remedy:
      'Nothing. If hosts are refused afterwards, their certificates still come from a removed CA: renew those.',
  },
  'trust.registration_removed': {
    level: 'info',
    text: 'a registration was removed',
    facts: { ...REGISTRATION, ...ACTOR_FACTS },
    means:
      'The CA certificates of this registration are trusted no longer, and the sessions that rested on them have ended.',
    causes: [
      'The provider was removed in vCenter.',
      'The operator ran `keelson registrations remove`.',
    ],
    remedy: 'Nothing, if it was meant. Else add the provider in vCenter again.',
  },
  'trust.vcenter_learned': {
    level: 'info',
    text: 'a registration belongs to this vCenter',
    facts: { ...REGISTRATION, vcenter_id: 'id of the vCenter' },
    means: 'The first session of a vCenter told whose registration it is.',
    causes: [],
    remedy: 'Nothing. Two vCenters with one registration share a CA: each sees the same volumes.',
  },
  'trust.vcenter_left': {
    level: 'info',
    text: 'a vCenter left a registration that others share',
    facts: { ...REGISTRATION, ...ACTOR_FACTS, vcenter_id: 'id of the vCenter that left' },
    means:
      'One of several vCenters with the same CA removed this provider. Its CA stays trusted for the others.',
    causes: ['The provider was removed in one vCenter of several.'],
    remedy:
      'Nothing. Where that vCenter shall have no way in any more, have its certificate revoked by the CA.',
  },
  'trust.changed': {
    level: 'info',
    text: 'trust changed, and sessions that rested on it ended',
    facts: {
      epoch: 'number of this change since the provider started',
      sessions_ended: 'how many sessions ended',
    },
    means:
      'Whom the provider trusts is different from now on. Every client makes a full TLS handshake next time.',
    causes: ['A registration was added, refreshed or removed: the line before says which.'],
    remedy: 'Nothing: clients that are still trusted open their sessions anew by themselves.',
  },
  'trust.crl_missing': {
    level: 'warn',
    text: 'a CA gave no revocation list, so its clients are accepted unchecked',
    facts: { authority: 'the CA' },
    means:
      'Nothing tells whether certificates of this CA have been revoked. Told once for each CA.',
    causes: [
      'The CA publishes no revocation list, or vCenter did not send it with the registration.',
    ],
    remedy:
      'Have vCenter refresh the CA certificates, or set `trust.missingCrl` to `refuse` where every CA has a list.',
  },
  'trust.crl_outdated': {
    level: 'warn',
    text: 'a revocation list is out of date, and what it lists still counts',
    facts: { issuer: 'who signed the list', next_update: 'ISO 8601, when a newer one was due' },
    means: 'Certificates that were revoked after that day are still accepted.',
    causes: ['vCenter has not sent a newer list.', 'The clock of this machine is ahead.'],
    remedy:
      'Have vCenter refresh the CA certificates and revocation lists; check the time of this machine.',
  },
  'trust.crl_unused': {
    level: 'info',
    text: 'a revocation list came that no known CA has signed',
    facts: { ...REGISTRATION, issuer: 'who signed the list' },
    means: 'The list is kept and has no effect until its CA is known.',
    causes: ['vCenter sent the lists of all its CAs, and registered only some of them.'],
    remedy:
      'Nothing, unless certificates of that CA should be trusted: then refresh the CA certificates.',
  },
  'trust.client_distrusted': {
    level: 'warn',
    text: 'sessions ended because their certificate is trusted no longer',
    facts: {
      peer_certificate: 'first 16 hex digits of SHA-256 of the certificate',
      reason: 'why, in a word: one of the reasons why certificates are refused',
      detail: 'which certificate of its chain, and what about it',
    },
    means: 'A host or vCenter that was at work can make no further call with this certificate.',
    causes: [
      'Its certificate was revoked (`revoked`) or has expired (`expired`).',
      'Its CA was removed from the registration (`removedIssuer`).',
    ],
    remedy:
      'Renew the certificate of that host or vCenter, or have vCenter refresh the CA certificates here.',
  },
  'trust.ca_expires': {
    level: 'warn',
    text: 'a trusted certificate ends soon',
    facts: EXPIRY,
    means: 'After that day no client whose certificate this one has signed is accepted.',
    causes: ['A CA certificate of a registration is near its end.'],
    remedy:
      'Renew the CA certificate in vCenter and refresh the CA certificates of this provider there.',
  },
  'trust.ca_expired': {
    level: 'warn',
    text: 'a trusted certificate has expired',
    facts: EXPIRY,
    means: 'No client whose certificate this one has signed is accepted.',
    causes: ['The CA certificate was not renewed in time.', 'The clock of this machine is wrong.'],
    remedy:
      'Renew the CA certificate in vCenter and refresh the CA certificates here; check the time of this machine.',
  },
  'trust.crl_expires': {
    level: 'warn',
    text: 'a revocation list ends soon',
    facts: EXPIRY,
    means: 'A newer revocation list is due on that day.',
    causes: ['vCenter has not sent a newer list yet.'],
    remedy: 'Have vCenter refresh the CA certificates and revocation lists before that day.',
  },
  'trust.crl_expired': {
    level: 'warn',
    text: 'a revocation list has ended',
    facts: EXPIRY,
    means:
      'A newer revocation list was due. Whether the old one still counts, `trust.expiredCrl` says.',
    causes: ['vCenter has not sent a newer list.', 'The clock of this machine is ahead.'],
    remedy: 'Have vCenter refresh the CA certificates and revocation lists.',
  },
} as const satisfies Readonly<Record<`trust.${string}`, Message>>;
