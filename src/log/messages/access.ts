/** Messages about the provider's own certificate, its users, and orders of its operator. */
import { ACTOR_FACTS, type Message } from './message.ts';

const EXPIRY = {
  label: 'name and fingerprint of the certificate',
  not_after: 'ISO 8601, when it ends',
  days_left: 'the mark that was passed: 90, 30, 7 or 1 days; 0: it has ended',
};

export const CERTIFICATE_MESSAGES = {
  'certificate.requested': {
    level: 'info',
    text: 'a certificate signing request was given out',
    facts: ACTOR_FACTS,
    means: 'vCenter is about to have its CA sign a certificate for this provider.',
    causes: ['The provider was registered, or its certificate is being renewed from vCenter.'],
    remedy:
      'Nothing. A line about the installed certificate follows within a minute; else look into vCenter’s log.',
  },
  'certificate.installed': {
    level: 'info',
    text: 'the provider serves another certificate',
    facts: {
      ...ACTOR_FACTS,
      label: 'name and fingerprint of the certificate',
      not_after: 'ISO 8601, when it ends',
      installed_by: 'the registration or person that holds the place now',
    },
    means:
      'From the next handshake on clients see this certificate. Connections that are open stay.',
    causes: ['vCenter’s CA signed one at registration or renewal.', 'The operator installed one.'],
    remedy: 'Nothing. If hosts refuse it now, they do not trust the CA that signed it.',
  },
  'certificate.held': {
    level: 'warn',
    text: 'another certificate is in force, so that of this caller was refused',
    facts: { ...ACTOR_FACTS, holder: 'who holds the place' },
    means:
      'A provider shows one certificate to all. The place is taken by another vCenter or by the operator.',
    causes: [
      'Two vCenters with different CAs registered this provider, and each wants to sign its certificate.',
      'The operator installed a certificate, and vCenter tries to replace it.',
    ],
    remedy:
      'Leave it so where both trust the certificate in force. To give the place to the other one: `keelson certificate release`, then renew from that vCenter.',
  },
  'certificate.key_lost': {
    level: 'warn',
    text: 'the key of the provider certificate is gone, and a new one was made',
    facts: { label: 'name and fingerprint of the certificate whose key is gone' },
    means:
      'The certificate that vCenter signed cannot be served any more. A self-signed one is served instead.',
    causes: [
      'The file of the key was removed or damaged.',
      'Only a part of the data folder was restored.',
    ],
    remedy:
      'Restore the whole data folder from a backup, or remove and add this provider in vCenter.',
  },
  'certificate.expires': {
    level: 'warn',
    text: 'the provider certificate ends soon',
    facts: EXPIRY,
    means: 'After that day neither vCenter nor any host connects to this provider.',
    causes: ['A certificate of vCenter’s CA lives for about a year, and this one is near its end.'],
    remedy:
      'Renew it in vCenter (storage providers, refresh certificate), or `keelson certificate install`.',
  },
  'certificate.expired': {
    level: 'warn',
    text: 'the provider certificate has expired',
    facts: EXPIRY,
    means:
      'vCenter and hosts refuse to connect: the provider is offline to them, and hosts lose the way to manage volumes. Running input and output goes on.',
    causes: ['The certificate was not renewed in time.', 'The clock of this machine is ahead.'],
    remedy:
      'Renew it; where vCenter cannot do so any more, remove and add the provider there. Check the time of this machine.',
  },
  'certificate.watch_failed': {
    level: 'error',
    text: 'expiry could not be looked at',
    facts: {},
    means: 'Warnings of certificates that end soon may be missing until this works again.',
    causes: ['The database of the provider cannot be read or written: the cause says why.'],
    remedy: 'See the cause. It is tried again by itself.',
  },
} as const satisfies Readonly<Record<`certificate.${string}`, Message>>;

export const USER_MESSAGES = {
  'users.login_failed': {
    level: 'warn',
    text: 'a login was refused',
    facts: { ...ACTOR_FACTS, why: 'what was wrong' },
    means: 'A caller gave a name and password that are not those of a provider user.',
    causes: [
      'A mistyped password.',
      'The password was changed with `keelson user`.',
      'Somebody guesses.',
    ],
    remedy: 'Use the name and password of a provider user; `keelson user list` shows the names.',
  },
  'users.locked_out': {
    level: 'warn',
    text: 'too many failed logins: no more are heard for a while',
    facts: { what: '`user` or `address`', name: 'which one' },
    means:
      'Logins of this user from that network, or of anybody from it, are refused unheard for some minutes.',
    causes: ['A program tries with an old password again and again.', 'Somebody guesses.'],
    remedy:
      'Wait five minutes, then try once with the right password. Elsewhere the user can log in.',
  },
  'users.password_guessed': {
    level: 'warn',
    text: 'a password is being guessed from many places',
    facts: { user: 'name of the user' },
    means:
      'Wrong passwords for one user come from many networks. Each network has one try until that ends.',
    causes: ['An attack.', 'A password was changed, and many programs still use the old one.'],
    remedy:
      'Find out who they are (`peer_address` of the failed logins) and keep them out at the firewall.',
  },
} as const satisfies Readonly<Record<`users.${string}`, Message>>;

export const ADMIN_MESSAGES = {
  'admin.order_failed': {
    level: 'error',
    text: 'an order of the operator failed',
    facts: {},
    means:
      'A command that asks the running provider could not be carried out, and not by the caller’s mistake.',
    causes: [
      'The database or the array failed: the cause says which.',
      'A mistake in this program.',
    ],
    remedy: 'See the cause. If it is none of disk, database or array, report it with the log.',
  },
  'admin.console_unavailable': {
    level: 'warn',
    text: 'the console does not listen; everything else goes on',
    facts: { host: 'address that it should listen on', port: 'its port' },
    means:
      'The page for looking at the provider is not there. vCenter and hosts are served all the same.',
    causes: [
      'Another program, or another provider of this machine, has the port (`console.port`).',
      'The address (`console.host`) is none of this machine.',
      'Files of the program are missing.',
    ],
    remedy:
      'Choose another `console.port` (0: any free one) and restart when it suits, or set `console.enabled` to false.',
  },
} as const satisfies Readonly<Record<`admin.${string}`, Message>>;
