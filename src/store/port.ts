/**
 * The provider's own memory: installation, users, trust, and the numbering of events. Nothing of the
 * array's is here; losing all of it loses no volume (ADR 0002). Asynchronous, because it need not live
 * in this process; the embedded default is SQLite in the data folder.
 *
 * Rules: what a method that changes something has resolved survives power loss; each method happens
 * wholly or not at all; no private key ever passes through here.
 */
import type { Alarm } from '../model/alarms.ts';
import type { Change } from '../model/array.ts';
import type { VvolId } from '../model/ids.ts';
import type { EpochMs } from '../model/units.ts';

export interface Installation {
  /** Identity of this provider towards vCenter: a UUID, made once, the same for ever. */
  readonly uid: string;
  readonly createdAt: EpochMs;
}

export interface UserRecord {
  readonly userName: string;
  /** scrypt parameters, salt and hash in one text form; never the password. */
  readonly passwordHash: string;
  readonly createdAt: EpochMs;
  readonly changedAt: EpochMs;
}

/** What one registration call brought: one vCenter's, or that of several whose CA roots are the same. */
export interface Registration {
  readonly registrationId: string;
  /** The operation that made it: the VASA 1.0 way (one certificate) or the 2.0 way (CA roots). */
  readonly kind: 'certificate' | 'authorities';
  readonly userName: string;
  readonly peerAddress: string;
  /** vcGuid of each vCenter that this registration belongs to, learned from setContext; none at first. */
  readonly vcenterIds: readonly string[];
  readonly createdAt: EpochMs;
  readonly changedAt: EpochMs;
  /** Certificates that this registration makes trusted, DER in base64, with SHA-256 in hex. */
  readonly certificates: readonly { readonly fingerprint: string; readonly der: string }[];
  /** CRLs of this registration, DER in base64. */
  readonly crls: readonly string[];
}

/** The certificate that TLS serves, without its key. */
export interface ProviderCertificateRecord {
  /** Leaf first, then issuers; PEM. */
  readonly chain: string;
  /** `self-signed`, or the registration whose CA signed it and which may replace it. */
  readonly installedBy: 'self-signed' | 'operator' | { readonly registrationId: string };
  readonly installedAt: EpochMs;
}

/** A message of the provider's own. */
export interface ProviderMessage {
  readonly messageId: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** The volume whose compliance has changed, when the message tells of that; else it is a system event. */
  readonly complianceOf?: VvolId | undefined;
}

/** An event as clients number it: a change of an array, or a message of the provider's own. */
export interface EventRecord {
  /** Rises by one; starts high so that ids of a lost numbering are always below it. */
  readonly eventId: bigint;
  readonly at: EpochMs;
  readonly body:
    | { readonly kind: 'change'; readonly change: Change }
    | ({ readonly kind: 'system' } & ProviderMessage);
}

/** An alarm as it was raised, changed or ended. */
export interface AlarmRecord {
  /** Rises by one; starts high so that ids of a lost numbering are always below it. */
  readonly alarmId: bigint;
  readonly at: EpochMs;
  readonly alarm: Alarm;
}

/** The last record of the audit trail: its number, and its SHA-256 in hex. */
export interface AuditHeadRecord {
  readonly seq: number;
  readonly hash: string;
}

export interface ProviderStore {
  /** Makes the installation on first use. */
  installation(): Promise<Installation>;

  users(): Promise<readonly UserRecord[]>;
  /** Adds or replaces. */
  saveUser(user: UserRecord): Promise<void>;
  /** False when there was none of that name. */
  removeUser(userName: string): Promise<boolean>;

  registrations(): Promise<readonly Registration[]>;
  /** Adds or replaces by registrationId. */
  saveRegistration(registration: Registration): Promise<void>;
  removeRegistration(registrationId: string): Promise<boolean>;

  providerCertificate(): Promise<ProviderCertificateRecord | undefined>;
  saveProviderCertificate(record: ProviderCertificateRecord): Promise<void>;

  /** Remembers that a notice was given (certificate expiry), so that a restart does not repeat it. */
  markNotice(key: string): Promise<'first' | 'repeated'>;

  /** Undefined until the first record of the audit trail. */
  auditHead(): Promise<AuditHeadRecord | undefined>;
  saveAuditHead(head: AuditHeadRecord): Promise<void>;

  /**
   * Numbers changes of the array's feed, in order, each once: `after` is the feed position that the
   * caller believes was numbered last; when another provider came first, nothing is added and the true
   * position returned. Older events than `limits.eventsKept` are dropped in the same step.
   */
  appendChanges(after: bigint, changes: readonly Change[]): Promise<bigint>;
  /**
   * Begins the numbering anew at `position` of the array's feed: forgets every event and leaves out one
   * id, so that each id given out before counts as lost. Only while `after` is the position numbered
   * last; false, and nothing happens, when another provider came first.
   */
  restartNumbering(after: bigint, position: bigint): Promise<boolean>;
  /** Position in the array's feed up to which changes are numbered; 0 at the start. */
  numberedUpTo(): Promise<bigint>;
  appendSystemEvent(
    at: EpochMs,
    messageId: string,
    parameters: readonly { readonly name: string; readonly value: string }[],
  ): Promise<EventRecord>;
  /** Events above `after`, in order, at most `limit`. */
  events(after: bigint, limit: number): Promise<readonly EventRecord[]>;
  /** Bounds of what is kept: `oldest` > `newest` when nothing is. */
  eventRange(): Promise<{ readonly oldest: bigint; readonly newest: bigint }>;

  /**
   * Adds these to the log of alarms and to what is active (a Green one ends its alarm), and the messages
   * about them to the events, in one step. Older entries than `limits.alarmsKept` are dropped; what is
   * active stays.
   */
  appendAlarms(
    at: EpochMs,
    alarms: readonly Alarm[],
    messages: readonly ProviderMessage[],
  ): Promise<readonly AlarmRecord[]>;
  /** Alarms that are not Green, in order of their ids. */
  activeAlarms(): Promise<readonly AlarmRecord[]>;
  /** Entries of the log above `after`, in order, at most `limit`. */
  alarms(after: bigint, limit: number): Promise<readonly AlarmRecord[]>;
  /** Bounds of the log: `oldest` > `newest` when it is empty. */
  alarmRange(): Promise<{ readonly oldest: bigint; readonly newest: bigint }>;
  /** The last event whose volume has been looked at for compliance. */
  judgedUpTo(): Promise<bigint>;
  saveJudgedUpTo(eventId: bigint): Promise<void>;

  /**
   * Writes all of it, as it is at one moment of the call, into a new file of its own form, while others go on; the
   * caller makes it durable. Rejects when the file cannot be written.
   */
  copyTo(file: string): Promise<void>;

  close(): Promise<void>;
}
