/**
 * What the operator may do to a provider, running or not: the verbs of `keelson user`,
 * `keelson certificate` and `keelson registrations`, and for a running one also `status` and `verbose`. Two implementations answer:
 * the admin socket of a running provider (`client.ts`), or the data folder itself while none runs.
 */
import type { ArrayAdministration } from '../array/administration.ts';
import type { AuditActor, AuditHead } from '../audit/record.ts';
import type { ClockAdministration } from './clock.ts';
import type { FaultAdministration } from './faults.ts';
import type { Queries } from './queries/port.ts';
import type {
  BackupReport,
  CertificateSummary,
  RegistrationSummary,
  StatusReport,
  UserSummary,
  VerboseSummary,
} from './shapes/operator.ts';

// What the verbs give is written in `shapes/`, whence the OpenAPI document has it, too.
export type {
  BackupReport,
  CertificateSummary,
  LoadReport,
  RegistrationSummary,
  StatusReport,
  UserSummary,
  VerboseSummary,
} from './shapes/operator.ts';

export interface Administration {
  users(): Promise<readonly UserSummary[]>;
  /** Makes the user or changes the password. Errors: AdminError (form of name or password). */
  saveUser(userName: string, password: string): Promise<'added' | 'changed'>;
  /** False when there was none of that name. */
  removeUser(userName: string): Promise<boolean>;
  certificate(): Promise<CertificateSummary>;
  /** A new self-signed certificate for the same key. */
  renewCertificate(): Promise<CertificateSummary>;
  /** Installs a chain (PEM, leaf first) with its key (PEM), or for a key of the provider's. Errors: AdminError. */
  installCertificate(chain: string, key?: string): Promise<CertificateSummary>;
  /** Lets any registration replace the certificate that one of them installed. */
  releaseCertificate(): Promise<CertificateSummary>;
  registrations(): Promise<readonly RegistrationSummary[]>;
  /** Ends sessions that are trusted no longer. False when there was none of that id. */
  removeRegistration(registrationId: string): Promise<boolean>;
  /** Writes the provider's own data into a new file. Errors: AdminError. */
  backup(file: string): Promise<BackupReport>;
  /**
   * Writes a copy of the provider's database, without its keys, into a new file, to be looked at elsewhere. Errors:
   * AdminError.
   */
  copyDatabase(file: string): Promise<void>;
  /** The last record of the audit trail, as it is remembered beside it; `seq` 0: there is none. */
  auditHead(): Promise<AuditHead>;
}

export interface VerboseRequest {
  /** At most one of the two; neither: everything. */
  readonly host?: string | undefined;
  readonly volume?: string | undefined;
  readonly seconds: number;
}

/** Who gives an order, for the audit trail (docs/audit.md). */
export type Operator = Extract<AuditActor, { readonly kind: 'operator' | 'console' }>;

/** Someone's attempt to log in to the console. */
export interface ConsoleLogin {
  readonly user: string;
  readonly peerAddress: string;
  readonly outcome: 'ok' | 'refused' | 'ended';
}

/**
 * Each verb that changes something is in the audit trail; `AUDITED` in run/audit/verbs.ts says of every verb what
 * is written of it, and does not compile while one is missing.
 */
export interface RunningAdministration extends Administration {
  readonly clock: ClockAdministration;
  readonly faults: FaultAdministration;
  /** Orders to the array; each says so when the adapter offers none. */
  readonly array: ArrayAdministration;
  /** What is shown and changes nothing. */
  readonly queries: Queries;
  /** Everything that is measured, in Prometheus' text form (docs/monitoring.md). */
  metrics(): Promise<string>;
  status(): Promise<StatusReport>;
  verbose(): Promise<readonly VerboseSummary[]>;
  verboseOn(request: VerboseRequest): Promise<VerboseSummary>;
  /** How many switches went off; neither host nor volume: all. */
  verboseOff(target: Omit<VerboseRequest, 'seconds'>): Promise<number>;
}

/** The request cannot be done, in words for the operator. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  /** `notFound`: what was asked for is not there. `local`: it is for the machine's own commands alone. */
  readonly kind: 'refused' | 'notFound' | 'local';

  constructor(
    message: string,
    options: { readonly kind?: AdminError['kind']; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = options.kind ?? 'refused';
  }
}
