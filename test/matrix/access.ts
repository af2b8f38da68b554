/**
 * Who may do what, and why: what each operation answers to each kind of caller. The rules of the operation
 * table give nearly all of it; what differs is below, with its reason. The tests play every field of it over
 * TLS, and docs/access.md is made from it.
 */
import type { FaultName } from '../../src/model/faults.ts';
import { operationTable } from '../../src/operations/table.ts';
import type { SessionRule } from '../../src/wire/call.ts';

/** Who calls, from the one who is known least. */
export const PRINCIPALS = {
  anonymous: 'shows no certificate; has a host’s session id all the same',
  untrusted: 'its certificate is of an authority that nobody registered; has a host’s session id',
  revoked: 'had a session; then its authority’s CRL listed its certificate',
  expired: 'had a session; then its certificate ran out',
  foreign: 'a trusted certificate, and the session id of another client, a host',
  sessionless: 'a trusted certificate and no session',
  host: 'a trusted certificate, and a session that names a host',
  vcenter: 'a trusted certificate, and a session that names a vCenter and no host',
} as const;

export type Principal = keyof typeof PRINCIPALS;

/** What becomes of a call: the answer, or a fault in its place. */
export interface Verdict {
  readonly outcome: 'answered' | FaultName;
  readonly why: string;
}

type Verdicts = Readonly<Partial<Record<Principal, Verdict>>>;

const refused = (why: string): Verdict => ({ outcome: 'InvalidSession', why });

/** In the order in which the guard asks: certificate, trust, session. */
const NOBODY: Verdicts = {
  anonymous: refused('a session id is worth nothing without the certificate that opened it'),
  untrusted: refused('the certificate is judged on every call, whatever session id comes with it'),
  revoked: refused('a revocation counts from the next call on, and ends the sessions'),
  expired: refused('a certificate counts until its end and no longer, whatever its session'),
};

const answered = (why: string): Verdict => ({ outcome: 'answered', why });

const BY_RULE: Readonly<Record<SessionRule, Verdicts & { readonly others: Verdict }>> = {
  open: { others: answered('user name and password come with the call, and are all that counts') },
  certificate: { ...NOBODY, others: answered('a trusted certificate is enough') },
  session: {
    ...NOBODY,
    foreign: refused('a session is the certificate’s that opened it'),
    sessionless: refused('a session says whose vCenter or host the caller is'),
    others: answered('storage is shared by the hosts of a vCenter: every session may'),
  },
};

const VCENTERS_ALONE: Verdict = {
  outcome: 'PermissionDenied',
  why: 'it is vCenter’s to change whom the provider trusts and what it shows',
};
const GRANTED: Verdicts = {
  anonymous: refused('neither a session nor a registration with password shortly before'),
  untrusted: refused('neither a session nor a registration with password shortly before'),
  revoked: refused('its session has ended, and it has not registered'),
  expired: refused('its session has ended, and it has not registered'),
  foreign: refused('a session is the certificate’s that opened it'),
  sessionless: refused('neither a session nor a registration with password shortly before'),
  host: VCENTERS_ALONE,
  vcenter: answered('it has a session, and is no host'),
};
const NOT_ITS_OWN: Verdict = {
  outcome: 'InvalidCertificate',
  why: 'it names a vCenter’s certificate, and is not that vCenter',
};

/** What the rule of the operation’s row does not say. */
export const EXCEPTIONS: Readonly<Record<string, Verdicts>> = {
  requestCSR: GRANTED,
  registerCASignedProviderCertificate: GRANTED,
  refreshCACertificatesAndCRLs: { host: VCENTERS_ALONE },
  unregisterVASACertificate: {
    foreign: NOT_ITS_OWN,
    sessionless: NOT_ITS_OWN,
    host: NOT_ITS_OWN,
    vcenter: answered('it names its own certificate'),
  },
  bindVirtualVolume: {
    vcenter: {
      outcome: 'PermissionDenied',
      why: 'a binding is a host’s, and the session names none',
    },
  },
  unbindVirtualVolume: {
    vcenter: {
      outcome: 'InvalidArgument',
      why: 'a binding is a host’s, and the session names none; PermissionDenied is not declared',
    },
  },
};

const RULES: Readonly<Record<string, { readonly session: SessionRule } | undefined>> =
  operationTable;

/** Throws when no row of the table has the operation. */
export function ruleOf(operation: string): SessionRule {
  const row = RULES[operation];
  if (row === undefined) throw new RangeError(`no row for ${operation}`);
  return row.session;
}

/** What this operation answers to that caller, and why. */
export function verdictOf(operation: string, principal: Principal): Verdict {
  const rule = BY_RULE[ruleOf(operation)];
  return EXCEPTIONS[operation]?.[principal] ?? rule[principal] ?? rule.others;
}

/** What the operator does at the machine in place of an operation, by the local socket alone. */
export const OPERATORS: Readonly<Record<string, string>> = {
  registerCASignedProviderCertificate: '`keelson certificate install`',
  requestCSR: '`keelson certificate renew`',
  unregisterVASACertificate: '`keelson registrations remove`',
};
