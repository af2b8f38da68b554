/**
 * What the trust room tells: who did what to whom we trust. The room itself neither logs nor makes VASA
 * events; `main` hands it one listener, which does.
 */
import type { EpochMs } from '../model/units.ts';
import type { RefusalReason } from './path.ts';

/** Who caused a change, as far as is known. */
export interface Actor {
  readonly peerAddress: string;
  /** SHA-256 of the client certificate presented; undefined when none was. */
  readonly certificate: string | undefined;
  /** The user whose credentials came with the call; undefined when none did. */
  readonly userName: string | undefined;
}

/** What is near its end. `label` is a name with a fingerprint. */
export interface ExpiryNotice {
  readonly subject: 'provider certificate' | 'trusted certificate' | 'CRL';
  readonly label: string;
  readonly fingerprint: string;
  readonly notAfter: EpochMs;
  /** The mark that has been passed; 0: it has expired. */
  readonly daysLeft: 90 | 30 | 7 | 1 | 0;
}

export type TrustEvent =
  /** A registration was made, or the same one came again with other CRLs. */
  | {
      readonly kind: 'registered';
      readonly change: 'added' | 'renewed';
      readonly registrationId: string;
      readonly certificates: readonly string[];
      readonly crls: number;
      readonly by: Actor;
    }
  /** refreshCACertificatesAndCRLs replaced the CAs of a registration. */
  | {
      readonly kind: 'refreshed';
      readonly registrationId: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly crls: number;
      readonly by: Actor;
    }
  /** `by` undefined: the operator. */
  | {
      readonly kind: 'unregistered';
      readonly registrationId: string;
      readonly by: Actor | undefined;
    }
  /** A first setContext told that a registration belongs to this vCenter, perhaps among others. */
  | {
      readonly kind: 'vcenterLearned';
      readonly registrationId: string;
      readonly vcenterId: string;
    }
  /** A vCenter unregistered, and the registration stays for others with the same CA. */
  | {
      readonly kind: 'vcenterLeft';
      readonly registrationId: string;
      readonly vcenterId: string;
      readonly by: Actor;
    }
  /** Trust changed: whoever shares TLS session tickets must rotate their keys now. */
  | { readonly kind: 'trustChanged'; readonly epoch: number; readonly sessionsEnded: number }
  /** A client of this CA was accepted although there is no CRL, or an expired one; told once each. */
  | { readonly kind: 'crlMissing'; readonly authority: string }
  | { readonly kind: 'crlExpired'; readonly issuer: string; readonly nextUpdate: EpochMs }
  /** A CRL was kept that no known CA has signed; it has no effect until one is known. */
  | { readonly kind: 'crlUnused'; readonly issuer: string; readonly registrationId: string }
  /** A session ended because its certificate is trusted no longer. */
  | {
      readonly kind: 'distrusted';
      readonly certificate: string;
      readonly reason: RefusalReason;
      readonly detail: string;
    }
  | { readonly kind: 'loginFailed'; readonly by: Actor; readonly why: string }
  | { readonly kind: 'lockedOut'; readonly what: 'user' | 'address'; readonly name: string }
  /** Wrong passwords for one user come from many networks. */
  | { readonly kind: 'passwordGuessed'; readonly userName: string }
  | { readonly kind: 'certificateRequested'; readonly by: Actor }
  /** The provider serves another certificate from the next handshake on. */
  | {
      readonly kind: 'certificateInstalled';
      readonly label: string;
      readonly notAfter: EpochMs;
      readonly installedBy: string;
      readonly by: Actor | undefined;
    }
  /** Refused because another registration's certificate, or the operator's, is in force. */
  | { readonly kind: 'certificateHeld'; readonly holder: string; readonly by: Actor }
  /** The key of the stored certificate is gone: a new key was made and vCenter has to register anew. */
  | { readonly kind: 'keyLost'; readonly label: string }
  | { readonly kind: 'expiry'; readonly notice: ExpiryNotice };

export type TrustListener = (event: TrustEvent) => void;

/** Does this event ask somebody to act? Then it is a warning in the log. */
export function isWarning(event: TrustEvent): boolean {
  return WARNINGS.has(event.kind);
}

const WARNINGS: ReadonlySet<TrustEvent['kind']> = new Set([
  'crlMissing',
  'crlExpired',
  'distrusted',
  'loginFailed',
  'lockedOut',
  'passwordGuessed',
  'certificateHeld',
  'keyLost',
  'expiry',
]);

/** One line for the log, in words for support staff. */
export function describe(event: TrustEvent): string {
  switch (event.kind) {
    case 'registered':
      return `registration ${event.registrationId} ${event.change} by ${who(event.by)}: trusts ${listed(event.certificates)}, ${event.crls} CRLs`;
    case 'refreshed':
      return `registration ${event.registrationId} refreshed by ${who(event.by)}: added ${listed(event.added)}, removed ${listed(event.removed)}, ${event.crls} CRLs`;
    case 'unregistered':
      return `registration ${event.registrationId} removed by ${event.by === undefined ? 'the operator' : who(event.by)}`;
    case 'vcenterLearned':
      return `registration ${event.registrationId} belongs to vCenter ${event.vcenterId}`;
    case 'vcenterLeft':
      return `vCenter ${event.vcenterId} left registration ${event.registrationId}, which other vCenters share, by ${who(event.by)}`;
    case 'trustChanged':
      return `trust changed (${event.epoch}): ${event.sessionsEnded} sessions ended`;
    case 'crlMissing':
      return `the CA ${event.authority} gave no CRL: its clients are accepted without a check`;
    case 'crlExpired':
      return `the CRL of ${event.issuer} expired ${day(event.nextUpdate)}: going by what it lists`;
    case 'crlUnused':
      return `a CRL of ${event.issuer} in registration ${event.registrationId} is signed by no known CA`;
    case 'distrusted':
      return `sessions of certificate ${event.certificate.slice(0, 16)} ended, ${event.reason}: ${event.detail}`;
    case 'loginFailed':
      return `login refused for ${who(event.by)}: ${event.why}`;
    case 'lockedOut':
      return `${event.what} ${event.name} locked out after too many failed logins`;
    case 'passwordGuessed':
      return `the password of user ${event.userName} is being guessed from many places: each has one try until that ends`;
    case 'certificateRequested':
      return `certificate signing request given to ${who(event.by)}`;
    case 'certificateInstalled':
      return `provider certificate ${event.label} installed by ${event.installedBy}${event.by === undefined ? '' : `, ${who(event.by)}`}, valid until ${day(event.notAfter)}`;
    case 'certificateHeld':
      return `provider certificate of ${who(event.by)} refused: ${event.holder} holds the place; "keelson certificate release" frees it`;
    case 'keyLost':
      return `the key of the provider certificate ${event.label} is gone: a new key and certificate were made; register this provider in vCenter anew`;
    case 'expiry':
      return expiryText(event.notice);
  }
}

function expiryText({ subject, label, notAfter, daysLeft }: ExpiryNotice): string {
  if (daysLeft === 0) return `${subject} ${label} expired ${day(notAfter)}`;
  return `${subject} ${label} expires in ${daysLeft === 1 ? 'a day' : `${daysLeft} days`} or less, on ${day(notAfter)}`;
}

function who({ peerAddress, certificate, userName }: Actor): string {
  const user = userName === undefined ? 'a caller ' : `user "${userName}" `;
  const presented =
    certificate === undefined ? '' : ` with certificate ${certificate.slice(0, 16)}`;
  return `${user}at ${peerAddress}${presented}`;
}

function listed(labels: readonly string[]): string {
  return labels.length === 0 ? 'none' : labels.join(', ');
}

function day(at: EpochMs): string {
  return new Date(at).toISOString();
}
