/**
 * What the audit trail says of whom we trust: every change that a vCenter made over VASA, every certificate, and
 * logins that failed. The room of trust tells these before its caller is answered.
 */
import type { AuditActor, AuditEntry, Detail } from '../../audit/record.ts';
import type { Actor, TrustEvent } from '../../trust/events.ts';

type Told = Pick<AuditEntry, 'subject' | 'details'> & { readonly by?: Actor | undefined };
type TellingOf = {
  readonly [Kind in TrustEvent['kind']]:
    | {
        readonly action: string;
        readonly tell: (event: Extract<TrustEvent, { kind: Kind }>) => Told;
      }
    /** Follows from another that is told. */
    | undefined;
};

const TELLING: TellingOf = {
  registered: {
    action: 'trust.registered',
    tell: ({ registrationId: subject, change, certificates, crls, by }) => ({
      ...{ subject, by, details: { change, certificates: few(certificates), crls } },
    }),
  },
  refreshed: {
    action: 'trust.refreshed',
    tell: ({ registrationId: subject, added, removed, crls, by }) => ({
      ...{ subject, by, details: { added: few(added), removed: few(removed), crls } },
    }),
  },
  unregistered: {
    action: 'trust.unregistered',
    tell: ({ registrationId: subject, by }) => ({ subject, by, details: {} }),
  },
  vcenterLearned: {
    action: 'trust.vcenter_learned',
    tell: ({ registrationId: subject, vcenterId }) => ({
      subject,
      details: { vcenter: vcenterId },
    }),
  },
  vcenterLeft: {
    action: 'trust.vcenter_left',
    tell: ({ registrationId: subject, vcenterId, by }) => ({
      ...{ subject, by, details: { vcenter: vcenterId } },
    }),
  },
  trustChanged: undefined,
  distrusted: undefined,
  crlMissing: {
    action: 'trust.crl_missing',
    tell: ({ authority: subject }) => ({ subject, details: {} }),
  },
  crlExpired: {
    action: 'trust.crl_expired',
    tell: ({ issuer: subject, nextUpdate }) => ({ subject, details: { ended: iso(nextUpdate) } }),
  },
  crlUnused: {
    action: 'trust.crl_unused',
    tell: ({ issuer: subject, registrationId }) => ({
      ...{ subject, details: { registration: registrationId } },
    }),
  },
  loginFailed: {
    action: 'login.failed',
    tell: ({ by, why }) => ({ subject: by.userName ?? '', by, details: { why } }),
  },
  lockedOut: {
    action: 'login.locked_out',
    tell: ({ what, name: subject }) => ({ subject, details: { what } }),
  },
  passwordGuessed: {
    action: 'login.password_guessed',
    tell: ({ userName: subject }) => ({ subject, details: {} }),
  },
  certificateRequested: {
    action: 'certificate.requested',
    tell: ({ by }) => ({ subject: '', by, details: {} }),
  },
  certificateInstalled: {
    action: 'certificate.installed',
    tell: ({ label: subject, notAfter, installedBy, by }) => ({
      ...{ subject, by, details: { not_after: iso(notAfter), installed_by: installedBy } },
    }),
  },
  certificateHeld: {
    action: 'certificate.held',
    tell: ({ holder: subject, by }) => ({ subject, by, details: {} }),
  },
  keyLost: {
    action: 'certificate.key_lost',
    tell: ({ label: subject }) => ({ subject, details: {} }),
  },
  expiry: {
    action: 'certificate.expiry',
    tell: ({ notice: { label, subject: what, notAfter, daysLeft } }) => ({
      ...{ subject: label, details: { what, not_after: iso(notAfter), days_left: daysLeft } },
    }),
  },
};

/** What strangers can make as often as they like. */
const BY_STRANGERS: ReadonlySet<TrustEvent['kind']> = new Set([
  'loginFailed',
  'lockedOut',
  'passwordGuessed',
]);

/** What is written of the event; undefined: nothing. */
export function entryOf(event: TrustEvent): AuditEntry | undefined {
  return toldOf(event);
}

/** Whether strangers can make such events as often as they like. */
export function isByStrangers({ kind }: TrustEvent): boolean {
  return BY_STRANGERS.has(kind);
}

function toldOf<Kind extends TrustEvent['kind']>(
  event: Extract<TrustEvent, { kind: Kind }>,
): AuditEntry | undefined {
  const kind: Kind = event.kind;
  const telling = TELLING[kind];
  if (telling === undefined) return undefined;
  const { by, subject, details } = telling.tell(event);
  return { actor: actorOf(by), action: telling.action, subject, outcome: 'told', details };
}

function actorOf(by: Actor | undefined): AuditActor {
  if (by === undefined) return { kind: 'provider' };
  const { peerAddress, certificate, userName } = by;
  return {
    kind: 'client',
    ...(userName === undefined ? {} : { user: userName }),
    peerAddress,
    ...(certificate === undefined ? {} : { certificate }),
  };
}

/** The first of a list, and how many there are when there are more. */
function few(labels: readonly string[]): Detail {
  const most = 16;
  return labels.length <= most
    ? [...labels]
    : [...labels.slice(0, most), `and ${labels.length - most} more`];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Every action of the list, for the page that shows them. */
export function trustActions(): readonly string[] {
  return Object.values(TELLING).flatMap((telling) =>
    telling === undefined ? [] : [telling.action],
  );
}
