/**
 * What the audit trail says of the operator's verbs: one entry for each, and one wrapper that writes it, before the
 * change and after. A verb that is not in the list does not compile. Passwords, keys and chains stay out.
 */
import type { RunningAdministration } from '../../admin/port.ts';
import type { Detail } from '../../audit/record.ts';

type Details = Readonly<Record<string, Detail | undefined>>;

/** What is written of a verb that changes something. */
interface Written<Args extends readonly unknown[], Answer> {
  readonly action: string;
  /** What it is about; by default the provider as a whole. */
  readonly subject?: (...args: Args) => string;
  /** Written before the change. */
  readonly details?: (...args: Args) => Details;
  /** Written when it has been made. */
  readonly outcome?: (answer: Answer) => Details;
}

/** For each verb that it changes nothing, or what is written of it; for a group of verbs the same for each. */
type RulesOf<Port> = {
  readonly [Name in keyof Port]-?: Port[Name] extends (...args: infer Args) => Promise<infer Answer>
    ? 'reads' | Written<Args, Answer>
    : 'reads' | RulesOf<Port[Name]>;
};

const AUDITED: RulesOf<RunningAdministration> = {
  users: 'reads',
  saveUser: {
    action: 'user.save',
    subject: (userName) => userName,
    outcome: (outcome) => ({ outcome }),
  },
  removeUser: {
    action: 'user.remove',
    subject: (userName) => userName,
    outcome: (removed) => ({ removed }),
  },
  certificate: 'reads',
  renewCertificate: {
    action: 'certificate.renew',
    outcome: ({ sha256, notAfter }) => ({ sha256, not_after: notAfter }),
  },
  installCertificate: {
    action: 'certificate.install',
    details: (_chain, key) => ({ with_key: key !== undefined }),
    outcome: ({ subject, sha256, notAfter }) => ({ subject, sha256, not_after: notAfter }),
  },
  releaseCertificate: { action: 'certificate.release' },
  registrations: 'reads',
  removeRegistration: {
    action: 'registration.remove',
    subject: (registrationId) => registrationId,
    outcome: (removed) => ({ removed }),
  },
  backup: {
    action: 'backup.create',
    subject: (file) => file,
    outcome: ({ uid, keys, bytes }) => ({ uid, keys, bytes }),
  },
  clock: {
    show: 'reads',
    moveBy: {
      action: 'clock.move',
      details: (milliseconds) => ({ milliseconds }),
      outcome: ({ now }) => ({ now }),
    },
    reset: { action: 'clock.reset', outcome: ({ now }) => ({ now }) },
  },
  faults: {
    list: 'reads',
    add: { action: 'fault.add', outcome: ({ id, rule }) => ({ id, rule }) },
    remove: { action: 'fault.remove', subject: (id) => id },
    clear: { action: 'fault.clear', outcome: ({ count }) => ({ count }) },
  },
  array: {
    show: 'reads',
    reset: { action: 'array.reset' },
    saveState: { action: 'array.state_save', subject: (name) => name },
    loadState: { action: 'array.state_load', subject: (name) => name },
    listStates: 'reads',
    removeState: { action: 'array.state_remove', subject: (name) => name },
    exportTo: { action: 'array.export', subject: (file) => file },
    importFrom: { action: 'array.import', subject: (file) => file },
    check: 'reads',
    repair: {
      action: 'array.repair',
      outcome: ({ mended, left }) => ({ mended: mended.length, left: left.length }),
    },
    setEndpointOnline: {
      action: 'array.endpoint',
      subject: (endpointId) => endpointId,
      details: (_endpointId, online) => ({ online }),
    },
    setHealth: {
      action: 'array.health',
      subject: (entityId) => entityId,
      details: (_entityId, health) => ({ health }),
    },
    setUsed: {
      action: 'array.use',
      subject: (entityId) => entityId,
      details: (_entityId, megabytes) => ({ megabytes }),
    },
    applyInventory: {
      action: 'array.inventory',
      subject: (file) => file,
      outcome: (changes) => ({ changes: changes.length }),
    },
    setPace: {
      action: 'array.pace',
      subject: (operation) => operation,
      details: (_operation, pace) => ({ pace: typeof pace === 'string' ? pace : { ...pace } }),
    },
  },
  queries: 'reads',
  metrics: 'reads',
  // No change of anything: a copy to look at, of which support bundle and doctor make one each time.
  copyDatabase: 'reads',
  auditHead: 'reads',
  status: 'reads',
  verbose: 'reads',
  verboseOn: {
    action: 'verbose.on',
    details: ({ host, volume, seconds }) => ({ host, volume, seconds }),
    outcome: ({ target, until }) => ({ target, until }),
  },
  verboseOff: {
    action: 'verbose.off',
    details: ({ host, volume }) => ({ host, volume }),
    outcome: (count) => ({ count }),
  },
};

/** A change that is about to be made. */
export interface AuditedOrder {
  readonly action: string;
  readonly subject: string;
  readonly details: Details;
}

/** Writes of an order what is to be written, and has it done. */
export type RecordOrder = <Answer>(
  order: AuditedOrder,
  work: () => Promise<Answer>,
  outcome: (answer: Answer) => Details,
) => Promise<Answer>;

/** Some of a provider's verbs. */
export type SomeVerbs<Port = RunningAdministration> = {
  readonly [Name in keyof Port]?: Port[Name] extends (...args: never[]) => unknown
    ? Port[Name]
    : SomeVerbs<Port[Name]>;
};

/** The same verbs, each that changes something recorded. */
export function auditedVerbs<Port extends SomeVerbs>(port: Port, record: RecordOrder): Port {
  // What comes out has the members of what goes in, each with its own parameters and answer.
  return wrapped({ ...port }, AUDITED, record) as Port;
}

type AnyVerb = (...args: readonly unknown[]) => Promise<unknown>;
type AnyRules = Readonly<Record<string, unknown>>;

function wrapped(port: object, rules: object, record: RecordOrder): object {
  const entries = Object.entries(port).map(([name, member]) => {
    const rule = (rules as AnyRules)[name];
    if (rule === 'reads') return [name, member] as const;
    // A rule without a member of its form does not compile, see `RulesOf`.
    if (typeof member !== 'function')
      return [name, wrapped(member, rule as object, record)] as const;
    return [
      name,
      recorded(member as AnyVerb, rule as Written<readonly unknown[], unknown>, record),
    ] as const;
  });
  return Object.fromEntries(entries);
}

function recorded(
  verb: AnyVerb,
  { action, subject, details, outcome }: Written<readonly unknown[], unknown>,
  record: RecordOrder,
): AnyVerb {
  return (...args) =>
    record(
      { action, subject: subject?.(...args) ?? '', details: details?.(...args) ?? {} },
      () => verb(...args),
      (answer) => outcome?.(answer) ?? {},
    );
}

/** Every action of the list, for the page that shows them. */
export function auditedActions(rules: object = AUDITED): readonly string[] {
  return Object.values(rules).flatMap((rule: unknown) => {
    if (typeof rule !== 'object' || rule === null) return [];
    return 'action' in rule && typeof rule.action === 'string'
      ? [rule.action]
      : auditedActions(rule);
  });
}
