/**
 * Sessions: what setContext opened. Every method is asynchronous and none hands out the memory's own
 * structures, so that sessions may later live outside this process. An id is 128 random bits; only its
 * SHA-256 is kept, so that a memory dump holds no id that works. A session belongs to the client
 * certificate that opened it: with another certificate it does not exist.
 * Source: VASA `VasaProviderInfo.sessionId`, cookie `VASASESSIONID`.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import type { Session, UsageContext } from '../model/session.ts';
import { sha256Hex } from './certificate.ts';

export interface SessionRequest {
  /** SHA-256 of the client certificate, hex. */
  readonly certificate: string;
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

export type SessionLookup =
  | { readonly session: Session }
  | { readonly session: undefined; readonly why: 'unknown' | 'expired' | 'other certificate' };

export interface Sessions {
  /** Ends the same client's old session: same certificate, and same host or vCenter id. */
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
}

interface SessionLimits {
  readonly sessions: number;
  readonly perCertificate: number;
}

export function createSessions(
  clock: Clock,
  limits: SessionLimits = {
    sessions: LIMITS.sessions,
    perCertificate: LIMITS.sessionsPerCertificate,
  },
): Sessions {
  return new MemorySessions(clock, limits);
}

interface Entry {
  readonly hash: string;
  readonly client: string;
  readonly session: Session;
  expiresAt: number;
}

class MemorySessions implements Sessions {
  readonly #clock: Clock;
  readonly #limits: SessionLimits;
  /** By SHA-256 of the id. Insertion order is order of last use: a used entry is put in anew. */
  readonly #entries = new Map<string, Entry>();
  /** Certificate to its entries by hash, in the same order. */
  readonly #byCertificate = new Map<string, Map<string, Entry>>();

  constructor(clock: Clock, limits: SessionLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  async open(request: SessionRequest): Promise<OpenedSession> {
    const { certificate, usageContext, replaces } = request;
    const sessionId = randomBytes(16).toString('hex');
    const hash = sha256Hex(sessionId);
    const client = clientOf(usageContext);
    if (replaces !== undefined) await this.end(replaces, certificate);
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
    this.#add({ hash, client, session, expiresAt: openedAt + timeoutMs });
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
    const entry = this.#entries.get(sha256Hex(sessionId));
    if (entry === undefined || entry.session.certificate !== certificate) return false;
    this.#remove(entry);
    return !this.#hasExpired(entry);
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
    for (const entry of [...this.#entries.values()]) {
      if (this.#hasExpired(entry)) this.#remove(entry);
    }
    return [...this.#entries.values()].map(({ session }) => session);
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
    const { certificate } = entry.session;
    const own = this.#byCertificate.get(certificate) ?? new Map<string, Entry>();
    this.#byCertificate.set(certificate, own.set(entry.hash, entry));
    this.#entries.set(entry.hash, entry);
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.hash);
    const own = this.#byCertificate.get(entry.session.certificate);
    own?.delete(entry.hash);
    if (own?.size === 0) this.#byCertificate.delete(entry.session.certificate);
  }

  #removeAll(entries: readonly Entry[]): number {
    const live = entries.filter((entry) => !this.#hasExpired(entry)).length;
    for (const entry of entries) this.#remove(entry);
    return live;
  }
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
