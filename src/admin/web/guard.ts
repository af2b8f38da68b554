/**
 * Who may use the console's listener. Before anything else the name by which it was reached must be one of its own:
 * a page of another site can have its own name point here (DNS rebinding), but not carry ours. A change must come
 * from the console's own page and carry the session's token, which no other site can read.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { API_PREFIX } from '../routes/route.ts';
import type { Rate } from './rate.ts';
import { type ConsoleSession, type ConsoleSessions, hasToken } from './sessions.ts';

const CSRF_HEADER = 'x-csrf-token';
/** Where one logs in, asks who one is, and logs out. */
export const SESSION_PATH = `${API_PREFIX}/session`;

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose request it is; set for every path of the API but the login. */
    consoleSession: ConsoleSession | undefined;
  }
}

export interface GuardParts {
  readonly sessions: ConsoleSessions;
  readonly rate: Rate;
  /** `http` or `https`. */
  readonly scheme: string;
  /** Names by which the listener is reached, in lower case, addresses of version 6 in brackets. */
  readonly names: ReadonlySet<string>;
  /** Whether the user is still who logged in: not removed, the same password. */
  readonly isCurrent: (session: ConsoleSession) => Promise<boolean>;
}

/** Cookies know no ports: by its own in the name, two providers of one machine do not log each other out. */
export function cookieNameOf({ socket }: FastifyRequest): string {
  return `keelson-console-${socket.localPort}`;
}

/** The session id that the request carries. */
export function sessionIdOf(request: FastifyRequest): string | undefined {
  return request.cookies[cookieNameOf(request)];
}

/** A refusal that carries its status. */
export class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Judges every request before its handler; what is refused is answered with the reason. */
export function addGuard(app: FastifyInstance, parts: GuardParts): void {
  const { sessions, rate } = parts;
  app.decorateRequest('consoleSession', undefined);
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const id = sessionIdOf(request);
    const isApi = request.url.startsWith(`${API_PREFIX}/`);
    refuseStrangeName(request, parts);
    const session = id === undefined ? undefined : sessions.find(id);
    if (!rate(session === undefined ? request.ip : `session ${session.csrfToken}`)) {
      reply.header('retry-after', '1');
      throw new Refusal(429, 'too many requests at once; wait a second');
    }
    if (!isApi) return;
    refuseStrangePage(request, parts);
    const isLogin = request.method === 'POST' && request.url === SESSION_PATH;
    if (isLogin) return;
    if (session === undefined || id === undefined) throw new Refusal(401, 'log in first');
    if (!(await parts.isCurrent(session))) {
      sessions.end(id);
      throw new Refusal(401, 'the user was removed or has another password: log in again');
    }
    if (request.method !== 'GET' && !hasToken(session, request.headers[CSRF_HEADER])) {
      throw new Refusal(403, `a change must carry the session's token in ${CSRF_HEADER}`);
    }
    request.consoleSession = session;
  });
}

function refuseStrangeName(request: FastifyRequest, { names }: GuardParts): void {
  const name = hostNameOf(request.headers.host);
  if (name !== undefined && names.has(name)) return;
  throw new Refusal(
    421,
    'the console is not reached by this name: use the URL that the provider shows at its start, or add the name to publicNames',
  );
}

/** The name without its port; undefined when it is none. */
function hostNameOf(host: string | undefined): string | undefined {
  if (host === undefined || !/^[A-Za-z0-9._:[\]-]+$/.test(host)) return undefined;
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}

/** Browsers say where a request comes from; other programs do not, and carry the token all the same. */
function refuseStrangePage({ headers }: FastifyRequest, { scheme }: GuardParts): void {
  const { origin, host } = headers;
  const isOurs = origin === undefined || origin === `${scheme}://${host}`;
  const site = headers['sec-fetch-site'];
  if (isOurs && (site === undefined || site === 'same-origin' || site === 'none')) return;
  throw new Refusal(403, 'the console answers its own page alone');
}

/** The names by which a listener on `host` is reached, and those of the certificate. */
export function reachedBy(host: string, names: readonly string[]): ReadonlySet<string> {
  const all = ['localhost', '127.0.0.1', '::1', host, ...names];
  return new Set(all.map((name) => (name.includes(':') ? `[${name}]` : name).toLowerCase()));
}
