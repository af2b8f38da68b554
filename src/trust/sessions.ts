/**
 * Sessions: what setContext opened. Every method is asynchronous and none hands out the memory's own
 * structures, so that sessions may later live outside this process. An id is 128 random bits; only its
 * SHA-256 is kept, so that a memory dump holds no id that works. A session belongs to the client
 * certificate that opened it: with another certificate it does not exist. A host id belongs to the client
 * that has a live session of it, so that no trusted client can speak for a host that is there.
 * Source: VASA `VasaProviderInfo.sessionId`, cookie `VASASESSIONID`.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../model/clock.ts';
import { VasaFault } from '../model/faults.ts';
import { LIMITS } from '../model/limits.ts';
import type { SessionRefusal } from '../model/refusals.ts';
import type { Session, UsageContext } from '../model/session.ts';
import { type EpochMs, epochMs } from '../model/units.ts';
import { sha256Hex } from './certificate.ts';

export interface SessionRequest {
  /** SHA-256 of the client certificate, hex. */
  readonly certificate: string;
  /** Subject of that certificate, and the registrations that make it trusted. */
  readonly subject: string;
  readonly registrationIds: readonly string[];
  readonly usageContext: UsageContext;
  /** What the client asked for; undefined, zero and negative mean the default. */
  readonly timeoutSeconds: bigint | undefined;
  /** The session id that the call carried; ends when it belongs to the same certificate. */
  readonly replaces: string | undefined;
}

export interface OpenedSession {
  /** Goes to the client and nowhere else. */
  readonly sessionId: string;
  readonly session: Session;
}

export interface SessionUse {
  readonly session: Session;
  readonly lastUsedAt: EpochMs;
}

export type SessionLookup =
  | { readonly session: Session }
  | { readonly session: undefined; readonly why: SessionRefusal };

export interface Sessions {
  /**
   * Ends the same client's old session: same certificate, and same host or vCenter id. VasaFault
   * InvalidArgument when another client holds the host id: another subject, or one that another
   * registration vouches for, whose session was used within `LIMITS.hostHeldMs`. A host whose certificate
   * was issued anew keeps its subject; one that was renamed or has moved waits until its old session rests.
   */
  open(request: SessionRequest): Promise<OpenedSession>;
  /** Finding a session restarts its time-out. */
  find(sessionId: string, certificate: string): Promise<SessionLookup>;
  /** False when there was none of that id and certificate. */
  end(sessionId: string, certificate: string): Promise<boolean>;
  /** How many ended. */
  endOfCertificate(certificate: string): Promise<number>;
  endAll(predicate: (session: Session) => boolean): Promise<number>;
  ofCertificate(certificate: string): Promise<readonly Session[]>;
  /** Live sessions, the one idle longest first. */
  list(): Promise<readonly Session[]>;
  /** The same, each with the time of its last use. */
  uses(): Promise<readonly SessionUse[]>;
}

interface SessionLimits {
  readonly sessions: number;
  readonly perCertificate: number;
  /** How long after its last use a session keeps its host id from other clients; 0: it does not. */
  readonly hostHeldMs: number;
}

export function createSessions(clock: Clock, limits: Partial<SessionLimits> = {}): Sessions {
  return new MemorySessions(clock, {
    sessions: LIMITS.sessions,
    perCertificate: LIMITS.sessionsPerCertificate,
    hostHeldMs: LIMITS.hostHeldMs,
    ...limits,
  });
}

interface Entry extends Pick<SessionRequest, 'subject' | 'registrationIds'> {
  readonly hash: string;
  readonly client: string;
  readonly session: Session;
  expiresAt: number;
}

type Index = Map<string, Map<string, Entry>>;

class MemorySessions implements Sessions {
  readonly #clock: Clock;
  readonly #limits: SessionLimits;
  /** By SHA-256 of the id. Insertion order is order of last use: a used entry is put in anew. */
  readonly #entries = new Map<string, Entry>();
  /** Certificate, and host, to their entries by hash, in the same order. */
  readonly #byCertificate: Index = new Map();
  readonly #byHost: Index = new Map();

  constructor(clock: Clock, limits: SessionLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  async open(request: SessionRequest): Promise<OpenedSession> {
    const { certificate, subject, registrationIds, usageContext, replaces } = request;
    const sessionId = randomBytes(16).toString('hex');
    const hash = sha256Hex(sessionId);
    const client = clientOf(usageContext);
    if (usageContext.hostId !== undefined) this.#takeHost(client, request);
    if (replaces !== undefined) this.#end(replaces, certificate);
    for (const old of this.#of(certificate)) if (old.client === client) this.#remove(old);
    this.#makeRoom(certificate);

    const timeoutMs = timeoutMsOf(request.timeoutSeconds);
    const openedAt = this.#clock.now();
    const session: Session = {
      shortHash: hash.slice(0, 12),
      certificate,
      usageContext,
      clientKey: usageContext.hostId ?? usageContext.vcenterId ?? certificate,
      openedAt,
      timeoutMs,
      endpoints: undefined,
    };
    const expiresAt = openedAt + timeoutMs;
    this.#add({ hash, client, session, subject, registrationIds, expiresAt });
    return { sessionId, session };
  }

  async find(sessionId: string, certificate: string): Promise<SessionLookup> {
    const entry = this.#entries.get(sha256Hex(sessionId));
    if (entry === undefined) return { session: undefined, why: 'unknown' };
    if (entry.session.certificate !== certificate) {
      return { session: undefined, why: 'other certificate' };
    }
    this.#remove(entry);
    if (this.#hasExpired(entry)) return { session: undefined, why: 'expired' };
    entry.expiresAt = this.#clock.now() + entry.session.timeoutMs;
    this.#add(entry);
    return { session: entry.session };
  }

  async end(sessionId: string, certificate: string): Promise<boolean> {
    return this.#end(sessionId, certificate);
  }

  async endOfCertificate(certificate: string): Promise<number> {
    return this.#removeAll(this.#of(certificate));
  }

  async endAll(predicate: (session: Session) => boolean): Promise<number> {
    return this.#removeAll([...this.#entries.values()].filter(({ session }) => predicate(session)));
  }

  async ofCertificate(certificate: string): Promise<readonly Session[]> {
    return this.#of(certificate)
      .filter((entry) => !this.#hasExpired(entry))
      .map(({ session }) => session);
  }

  async list(): Promise<readonly Session[]> {
    return (await this.uses()).map(({ session }) => session);
  }

  async uses(): Promise<readonly SessionUse[]> {
    for (const entry of [...this.#entries.values()]) {
      if (this.#hasExpired(entry)) this.#remove(entry);
    }
    return [...this.#entries.values()].map(({ session, expiresAt }) => ({
      session,
      lastUsedAt: epochMs(expiresAt - session.timeoutMs),
    }));
  }

  #end(sessionId: string, certificate: string): boolean {
    const entry = this.#entries.get(sha256Hex(sessionId));
    if (entry === undefined || entry.session.certificate !== certificate) return false;
    this.#remove(entry);
    return !this.#hasExpired(entry);
  }

  /** Refuses a host id that another client holds; ends the sessions of one that has gone quiet. */
  #takeHost(host: string, request: SessionRequest): void {
    const others = [...(this.#byHost.get(host)?.values() ?? [])].filter(
      (entry) => !this.#hasExpired(entry) && !isSameClient(entry, request),
    );
    const quietSince = this.#clock.now() - this.#limits.hostHeldMs;
    const holder = others.find(
      ({ expiresAt, session }) => expiresAt - session.timeoutMs > quietSince,
    );
    if (holder !== undefined) {
      throw new VasaFault(
        'InvalidArgument',
        'The hostGuid is that of a host with a live session and another certificate.',
        { cause: new Error(`${host} is "${holder.subject}", not "${request.subject}"`) },
      );
    }
    if (this.#limits.hostHeldMs > 0) for (const entry of others) this.#remove(entry);
  }

  #hasExpired(entry: Entry): boolean {
    return this.#clock.now() >= entry.expiresAt;
  }

  #of(certificate: string): Entry[] {
    return [...(this.#byCertificate.get(certificate)?.values() ?? [])];
  }

  #makeRoom(certificate: string): void {
    const [idlest] = this.#of(certificate);
    const own = this.#byCertificate.get(certificate)?.size ?? 0;
    if (idlest !== undefined && own >= this.#limits.perCertificate) this.#remove(idlest);
    const [first] = this.#entries.values();
    if (first !== undefined && this.#entries.size >= this.#limits.sessions) this.#remove(first);
  }

  #add(entry: Entry): void {
    const { certificate, usageContext } = entry.session;
    put(this.#byCertificate, certificate, entry);
    if (usageContext.hostId !== undefined) put(this.#byHost, entry.client, entry);
    this.#entries.set(entry.hash, entry);
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.hash);
    take(this.#byCertificate, entry.session.certificate, entry);
    take(this.#byHost, entry.client, entry);
  }

  #removeAll(entries: readonly Entry[]): number {
    const live = entries.filter((entry) => !this.#hasExpired(entry)).length;
    for (const entry of entries) this.#remove(entry);
    return live;
  }
}

function put(index: Index, key: string, entry: Entry): void {
  const own = index.get(key) ?? new Map<string, Entry>();
  index.set(key, own.set(entry.hash, entry));
}

function take(index: Index, key: string, { hash }: Entry): void {
  const own = index.get(key);
  own?.delete(hash);
  if (own?.size === 0) index.delete(key);
}

/** A certificate that was issued anew is the same client's: same subject, by the word of the same CA. */
function isSameClient(entry: Entry, { subject, registrationIds, certificate }: SessionRequest) {
  if (entry.session.certificate === certificate) return true;
  const isVouchedAlike = entry.registrationIds.some((id) => registrationIds.includes(id));
  return entry.subject === subject && isVouchedAlike;
}

/** Who a certificate's holder says it is; ids are compared without regard to case. */
function clientOf({ hostId, vcenterId }: UsageContext): string {
  if (hostId !== undefined) return `host ${hostId.toLowerCase()}`;
  return vcenterId === undefined ? '' : `vcenter ${vcenterId.toLowerCase()}`;
}

function timeoutMsOf(asked: bigint | undefined): number {
  if (asked === undefined || asked <= 0n) return LIMITS.sessionTimeoutSeconds * 1000;
  const { sessionTimeoutSecondsMin: least, sessionTimeoutSecondsMax: most } = LIMITS;
  const seconds = asked > BigInt(most) ? most : Math.max(Number(asked), least);
  return seconds * 1000;
}
