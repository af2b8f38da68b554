/**
 * What the trust room tells: who did what to whom we trust. The room itself neither logs nor makes VASA
 * events; `main` hands it one listener, which does (`run/trust-log.ts`, with the words).
 */
import type { RefusalReason } from '../model/refusals.ts';
import type { EpochMs } from '../model/units.ts';

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
