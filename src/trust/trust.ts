/**
 * Whom we trust. The certificate that a client presents is judged on every call, against the
 * registrations, CRLs and clock of this moment: a TLS session outlives a revocation, so what the handshake
 * found out is not enough (ADR 0009). A judgement is remembered until trust changes or time ends it.
 */
import { createGrants, type Grants } from './bootstrap.ts';
import type { ExpiryNotice } from './events.ts';
import { announceDue, standingNotices } from './expiry.ts';
import { Judge, type Judgement, type PresentedCertificate } from './judge.ts';
import type { PasswordCost } from './passwords.ts';
import type { CrlPolicy } from './path.ts';
import {
  openProviderCertificate,
  type ProviderCertificate,
  type ProviderCertificateOptions,
} from './provider-certificate.ts';
import { openRegistrations, type Registrations } from './registrations.ts';
import type { Sessions } from './sessions.ts';
import { createUsers, type Users } from './users.ts';

export type { Judgement, PresentedCertificate, TrustedClient } from './judge.ts';

export interface Trust {
  /** Never rejects for what a client presents. `detail` is for the log and is not to be sent. */
  judge(presented: PresentedCertificate | undefined): Promise<Judgement>;
  readonly registrations: Registrations;
  readonly certificate: ProviderCertificate;
  readonly users: Users;
  readonly grants: Grants;
  /** Announces what has come near its end since the last call; to be called now and then. */
  watchExpiry(): Promise<void>;
  /** What is near its end at this moment, or past it. */
  expiries(): readonly ExpiryNotice[];
}

export interface TrustOptions
  extends Pick<
    ProviderCertificateOptions,
    'dataDir' | 'names' | 'store' | 'clock' | 'announce' | 'keyKind' | 'onCertificateChanged'
  > {
  readonly sessions: Sessions;
  /** Default: accept both, with a warning. */
  readonly policy?: Partial<CrlPolicy>;
  readonly passwordCost?: PasswordCost;
  /** May a bootstrap grant be held by an address alone? Default: yes (see `bootstrap.ts`). */
  readonly grantByAddress?: boolean;
}

/** Opens the room: registrations and certificate from the store, keys from the data folder. */
export async function openTrust(options: TrustOptions): Promise<Trust> {
  const { store, clock, announce, sessions } = options;
  const policy: CrlPolicy = { missingCrl: 'accept', expiredCrl: 'accept', ...options.policy };
  const grants = createGrants(clock, { byAddress: options.grantByAddress ?? true });
  let epoch = 0;
  const registrations = await openRegistrations({
    store,
    clock,
    announce,
    onChange: async (before) => {
      epoch += 1;
      judge.trustChanged(before);
      const sessionsEnded = await endDistrusted(judge, sessions);
      announce({ kind: 'trustChanged', epoch, sessionsEnded });
    },
  });
  const judge = new Judge(() => registrations.anchors(), clock, policy, announce);
  const certificate = await openProviderCertificate({
    ...options,
    policy,
    registrations: () => registrations.all(),
  });
  return Object.freeze({
    judge: async (presented: PresentedCertificate | undefined) => judge.judge(presented),
    registrations,
    certificate,
    users: createUsers({ store, clock, announce, passwordCost: options.passwordCost }),
    grants,
    watchExpiry: () =>
      announceDue({
        store,
        clock,
        announce,
        registrations,
        served: certificate.chain(),
      }),
    expiries: () => standingNotices({ registrations, served: certificate.chain() }, clock.now()),
  });
}

/** Judges anew every certificate that holds sessions; ends those that are trusted no longer. */
async function endDistrusted(judge: Judge, sessions: Sessions): Promise<number> {
  const certificates = new Set((await sessions.list()).map((session) => session.certificate));
  let ended = 0;
  let judged = 0;
  for (const fingerprint of certificates) {
    if (!judge.isStillTrusted(fingerprint)) ended += await sessions.endOfCertificate(fingerprint);
    judged += 1;
    // A few milliseconds' work; then others have their turn.
    if (judged % 32 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return ended;
}
