/**
 * What the operator may do to a provider, running or not: the verbs of `keelson user`,
 * `keelson certificate` and `keelson registrations`, and for a running one also `status` and `verbose`. Two implementations answer:
 * the admin socket of a running provider (`client.ts`), or the data folder itself while none runs.
 */
import type { ArrayAdministration } from '../array/administration.ts';
import type { ClockAdministration, ClockReport } from './clock.ts';
import type { FaultAdministration } from './faults.ts';

export interface UserSummary {
  readonly userName: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly changedAt: string;
}

/** The certificate that TLS serves. Times ISO 8601, fingerprints upper-case hex pairs with colons. */
export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
  readonly sha1: string;
  /** `self-signed`, `operator`, or `registration <id>`: who installed it and may replace it. */
  readonly installedBy: string;
  /** Leaf first; PEM. */
  readonly chain: string;
}

/** What one registration call brought, and the vCenters that it belongs to. */
export interface RegistrationSummary {
  readonly registrationId: string;
  readonly kind: string;
  readonly userName: string;
  readonly peerAddress: string;
  readonly vcenterIds: readonly string[];
  readonly createdAt: string;
  readonly changedAt: string;
  readonly certificates: number;
  readonly crls: number;
}

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
}

/** What a backup holds. */
export interface BackupReport {
  readonly file: string;
  /** Of the provider. */
  readonly uid: string;
  readonly users: number;
  readonly registrations: number;
  /** Private keys. */
  readonly keys: number;
  /** Of all that is in it. */
  readonly bytes: number;
  /** ISO 8601. */
  readonly createdAt: string;
}

export interface VerboseSummary {
  readonly switch: number;
  /** `everything`, `host <id>`, `volume <id>`. */
  readonly target: string;
  readonly until: string;
}

export interface StatusReport {
  readonly release: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly versionXml: string;
  readonly dataDirectory: string;
  readonly logDirectory: string | undefined;
  readonly uid: string;
  readonly arrayAnswers: boolean;
  readonly arrays: readonly string[];
  /** Of an active/passive group; undefined: every provider is active, or the array does not answer. */
  readonly group:
    | readonly {
        readonly array: string;
        readonly isActive: boolean;
        /** URL of the provider that serves it; undefined: nobody was activated. */
        readonly activeUrl: string | undefined;
      }[]
    | undefined;
  readonly sessions: number;
  readonly registrations: number;
  readonly certificateNotAfter: string;
  readonly verbose: readonly VerboseSummary[];
  readonly clock: ClockReport;
  /** Fault rules in force. */
  readonly faultRules: number;
  readonly load: LoadReport;
}

/** What is under way and waits (docs/admission.md), and what was refused since the start. */
export interface LoadReport {
  readonly connections: number;
  readonly handshakes: {
    readonly underWay: number;
    readonly waiting: number;
    /** Connections that have sent nothing yet. */
    readonly silent: number;
    /** Begun, and too slow to be counted as under way. */
    readonly unfinished: number;
    readonly completed: number;
    /** By reason. */
    readonly dropped: Readonly<Record<string, number>>;
  };
  /** By lane, the first before the others. */
  readonly lanes: Readonly<Record<string, LaneReport>>;
}

export interface LaneReport {
  readonly underWay: number;
  readonly waiting: number;
  readonly admitted: number;
  readonly refused: number;
}

export interface VerboseRequest {
  /** At most one of the two; neither: everything. */
  readonly host?: string | undefined;
  readonly volume?: string | undefined;
  readonly seconds: number;
}

export interface RunningAdministration extends Administration {
  readonly clock: ClockAdministration;
  readonly faults: FaultAdministration;
  /** Orders to the array; each says so when the adapter offers none. */
  readonly array: ArrayAdministration;
  status(): Promise<StatusReport>;
  verbose(): Promise<readonly VerboseSummary[]>;
  verboseOn(request: VerboseRequest): Promise<VerboseSummary>;
  /** How many switches went off; neither host nor volume: all. */
  verboseOff(target: Omit<VerboseRequest, 'seconds'>): Promise<number>;
}

/** The request cannot be done, in words for the operator. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}
