/**
 * Who is logged in to the console. In memory alone: a restart logs everybody out. The id is 256 random bits and
 * only its hash is kept; beside it stands the token that every change must carry. A session ends when it is idle or
 * old, when its user is removed or has another password, and by logging out.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';

export interface ConsoleSession {
  readonly userName: string;
  /** Of its user at the login: another password makes another. */
  readonly userChangedAt: string;
  readonly csrfToken: string;
  readonly openedAt: number;
  usedAt: number;
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** Lives as long as the listener. `clock`: the machine's, so that moving the provider's logs nobody out. */
export class ConsoleSessions {
  readonly #clock: Clock;
  /** By hash of the id; the one used longest ago first. */
  readonly #sessions = new Map<string, ConsoleSession>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Opens one; when there are too many, the one used longest ago ends. */
  open(user: Pick<ConsoleSession, 'userName' | 'userChangedAt'>): {
    readonly id: string;
    readonly session: ConsoleSession;
  } {
    const id = randomBytes(32).toString('base64url');
    const now = this.#clock.now();
    const csrfToken = randomBytes(32).toString('base64url');
    const session = { ...user, csrfToken, openedAt: now, usedAt: now };
    const [first] = this.#sessions.keys();
    if (first !== undefined && this.#sessions.size >= LIMITS.consoleSessions) {
      this.#sessions.delete(first);
    }
    this.#sessions.set(hashOf(id), session);
    return { id, session };
  }

  /** The live session of this id; undefined when there is none. `use` false: it stays as idle as it was. */
  find(id: string, use = true): ConsoleSession | undefined {
    const hash = hashOf(id);
    const session = this.#sessions.get(hash);
    if (session === undefined) return undefined;
    const now = this.#clock.now();
    const isIdle = now - session.usedAt >= LIMITS.consoleIdleMs;
    if (isIdle || now - session.openedAt >= LIMITS.consoleSessionMs) {
      this.#sessions.delete(hash);
      return undefined;
    }
    if (use) {
      session.usedAt = now;
      this.#sessions.delete(hash);
      this.#sessions.set(hash, session);
    }
    return session;
  }

  /** False when there was none. */
  end(id: string): boolean {
    return this.#sessions.delete(hashOf(id));
  }
}

/** Whether the token is the session's; takes as long whatever is given. */
export function hasToken(session: ConsoleSession, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [one, other] = [hashOf(session.csrfToken), hashOf(given)].map((hash) => Buffer.from(hash));
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
