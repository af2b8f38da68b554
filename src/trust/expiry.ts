/**
 * What is about to expire, and which notice is due: at 90, 30, 7 and 1 days before the end, and at the
 * end. What is due is a pure function of the time; that it is said once is the store's to remember.
 */
import type { Clock } from '../model/clock.ts';
import type { EpochMs } from '../model/units.ts';
import type { ProviderStore } from '../store/port.ts';
import { type Certificate, labelOf } from './certificate.ts';
import type { Crl } from './crl.ts';
import type { ExpiryNotice, TrustListener } from './events.ts';
import type { Registrations } from './registrations.ts';

const DAY_MS = 86_400_000;
const MARKS = [0, 1, 7, 30, 90] as const;

/** Something with an end. */
export type Expiring = Omit<ExpiryNotice, 'daysLeft'> & {
  /** Marks farther from the end than this do not count. */
  readonly lifetimeMs: number;
};

function expiringCertificate(
  certificate: Certificate,
  subject: 'provider certificate' | 'trusted certificate',
): Expiring {
  const { fingerprint, notAfter } = certificate;
  // However short its life: somebody has to renew it, and should hear of it in time.
  const lifetimeMs = Number.POSITIVE_INFINITY;
  return { subject, label: labelOf(certificate), fingerprint, notAfter, lifetimeMs };
}

/** Undefined when the list does not say when it ends. */
function expiringCrl({ issuer, fingerprint, thisUpdate, nextUpdate }: Crl) {
  if (nextUpdate === undefined) return undefined;
  const label = `of "${issuer}" (${fingerprint.slice(0, 16)})`;
  // A list that lives for a week is renewed every week: "30 days left" would be said of each.
  const lifetimeMs = nextUpdate - thisUpdate;
  return { subject: 'CRL', label, fingerprint, notAfter: nextUpdate, lifetimeMs } as const;
}

/** For each thing the notice of the mark it has passed last; none for what is farther than 90 days. */
export function dueNotices(things: readonly Expiring[], now: EpochMs): readonly ExpiryNotice[] {
  return things.flatMap(({ lifetimeMs, ...thing }) => {
    const left = thing.notAfter - now;
    const daysLeft = MARKS.find((mark) => left <= mark * DAY_MS && mark * DAY_MS < lifetimeMs);
    return daysLeft === undefined ? [] : [{ ...thing, daysLeft }];
  });
}

/** Under this the store remembers that a notice was given. */
function noticeKey({ fingerprint, daysLeft }: ExpiryNotice): string {
  return `expiry/${fingerprint}/${daysLeft}`;
}

/** What can end: whom we trust, and what we serve. */
export interface Ending {
  readonly registrations: Pick<Registrations, 'all' | 'parts'>;
  /** The chain that this provider serves. */
  readonly served: readonly Certificate[];
}

/** The notices that stand at this moment, each thing once: what is near its end, or past it. */
export function standingNotices(
  { registrations, served }: Ending,
  now: EpochMs,
): readonly ExpiryNotice[] {
  const things = new Map<string, Expiring>();
  const add = (thing: Expiring | undefined) => thing && things.set(thing.fingerprint, thing);
  for (const registration of registrations.all()) {
    const { own, authorities, crls } = registrations.parts(registration);
    for (const each of [...(own === undefined ? [] : [own]), ...authorities]) {
      add(expiringCertificate(each, 'trusted certificate'));
    }
    for (const crl of crls) add(expiringCrl(crl));
  }
  for (const each of served) {
    add(expiringCertificate(each, 'provider certificate'));
  }
  return dueNotices([...things.values()], now);
}

/** Announces what has become due since the last time. */
export async function announceDue(
  parts: Ending & {
    readonly store: ProviderStore;
    readonly clock: Clock;
    readonly announce: TrustListener;
  },
): Promise<void> {
  for (const notice of standingNotices(parts, parts.clock.now())) {
    if ((await parts.store.markNotice(noticeKey(notice))) === 'repeated') continue;
    parts.announce({ kind: 'expiry', notice });
  }
}
