/**
 * What the trust room tells, where it has to go: a line in the log for each, a VASA event for what a vSphere
 * administrator must know, and new TLS ticket keys when trust has changed.
 */
import type { NoticeSubject } from '../log/fields.ts';
import type { Log } from '../log/log.ts';
import type { ProviderEvents } from '../operations/events/provider-events.ts';
import { describe, isWarning, type TrustEvent, type TrustListener } from '../trust/events.ts';

const SUBJECTS: Readonly<Partial<Record<TrustEvent['kind'], NoticeSubject>>> = {
  loginFailed: 'users',
  lockedOut: 'users',
  passwordGuessed: 'users',
  certificateRequested: 'certificate',
  certificateInstalled: 'certificate',
  certificateHeld: 'certificate',
  keyLost: 'certificate',
  expiry: 'certificate',
};

export interface TrustListening {
  readonly log: Log;
  readonly announce: ProviderEvents['announce'];
  /** Called at once when trust has changed. */
  readonly trustChanged: () => void;
}

/** A listener for `createTrust`. Returns at once and never throws. */
export function trustListener({ log, announce, trustChanged }: TrustListening): TrustListener {
  return (event) => {
    const level = isWarning(event) ? 'warn' : 'info';
    log.notice(level, SUBJECTS[event.kind] ?? 'trust', describe(event), { ...event });
    if (event.kind === 'trustChanged') trustChanged();
    if (event.kind !== 'expiry' || event.notice.subject !== 'provider certificate') return;
    const { daysLeft, notAfter } = event.notice;
    const date = new Date(notAfter).toISOString();
    const told =
      daysLeft === 0
        ? announce('CertificateExpired', { date })
        : announce('CertificateExpires', { days: `${daysLeft}`, date });
    told.catch((cause: unknown) =>
      log.notice('error', 'events', 'the event of an expiring certificate is lost', { cause }),
    );
  };
}
