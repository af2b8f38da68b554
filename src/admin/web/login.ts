/** Logging in to the console, asking who one is, logging out. Wrong logins count as those of registering do. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { VasaFault } from '../../model/faults.ts';
import { LIMITS } from '../../model/limits.ts';
import type { ConsoleLogin } from '../port.ts';
import type { Told } from '../routes/document.ts';
import { done, nothing, readInput } from '../routes/route.ts';
import { toldBy } from '../routes/served.ts';
import { cookieNameOf, Refusal, SESSION_PATH, sessionIdOf } from './guard.ts';
import type { ConsoleSession, ConsoleSessions } from './sessions.ts';

const credential = z.string().max(LIMITS.credentialCharacters);
/** What a login sends. */
const loginInput = z.strictObject({ userName: credential, password: credential });
/** What the page is told of its session. */
const loginAnswer = z
  .strictObject({
    userName: z.string(),
    csrfToken: z.string().describe('to be sent with every change'),
    idleSeconds: z.int().describe('after so long without a request the session ends'),
  })
  .meta({ id: 'ConsoleSession' });

export interface LoginParts {
  readonly sessions: ConsoleSessions;
  /** The cookie is for TLS alone. */
  readonly isSecure: boolean;
  /** Resolves to the user's name; VasaFault when name or password is wrong, or too many wait. */
  readonly login: (
    credentials: { readonly userName: string; readonly password: string },
    peerAddress: string,
  ) => Promise<string>;
  /** When the user was changed last; undefined: there is none. */
  readonly changedAt: (userName: string) => Promise<string | undefined>;
  readonly told: (login: ConsoleLogin) => void;
}

function answerOf({ userName, csrfToken }: ConsoleSession): z.output<typeof loginAnswer> {
  return { userName, csrfToken, idleSeconds: LIMITS.consoleIdleMs / 1_000 };
}

const shared = { path: '/session', tag: 'session' } as const;
const TOLD = {
  logIn: {
    ...shared,
    id: 'logIn',
    method: 'POST',
    isOpen: true,
    about: 'Logs a provider user in: sets the cookie of a session, and gives its token.',
    input: loginInput,
    answer: loginAnswer,
  },
  session: {
    ...shared,
    id: 'session',
    method: 'GET',
    about: 'Who is logged in, and the token of the session.',
    input: nothing,
    answer: loginAnswer,
  },
  logOut: {
    ...shared,
    id: 'logOut',
    method: 'DELETE',
    about: 'Ends the session.',
    input: nothing,
    answer: done,
  },
} as const satisfies Readonly<Record<string, Told>>;

/** Adds the three routes. */
export function addLogin(app: FastifyInstance, parts: LoginParts): void {
  const { sessions, told } = parts;
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: parts.isSecure,
  } as const;
  app.post(SESSION_PATH, toldBy(app, TOLD.logIn), async (request, reply) => {
    const given = loginInput.parse(readInput(loginInput, request.body ?? {}));
    const peerAddress = request.ip;
    const userName = await parts.login(given, peerAddress).catch((error: unknown) => {
      if (!(error instanceof VasaFault)) throw error;
      told({ user: given.userName, peerAddress, outcome: 'refused' });
      if (error.fault === 'InvalidLogin') throw new Refusal(401, error.message);
      throw new Refusal(503, error.message);
    });
    const userChangedAt = await parts.changedAt(userName);
    if (userChangedAt === undefined) throw new Refusal(401, 'the user was removed');
    const old = sessionIdOf(request);
    if (old !== undefined) sessions.end(old);
    const { id, session } = sessions.open({ userName, userChangedAt });
    told({ user: userName, peerAddress, outcome: 'ok' });
    reply.setCookie(cookieNameOf(request), id, options);
    return answerOf(session);
  });
  app.get(SESSION_PATH, toldBy(app, TOLD.session), async ({ consoleSession }) => {
    if (consoleSession === undefined) throw new Refusal(401, 'log in first');
    return answerOf(consoleSession);
  });
  app.delete(SESSION_PATH, toldBy(app, TOLD.logOut), async (request, reply) => {
    const id = sessionIdOf(request);
    if (id !== undefined && sessions.end(id) && request.consoleSession !== undefined) {
      const { userName } = request.consoleSession;
      told({ user: userName, peerAddress: request.ip, outcome: 'ended' });
    }
    reply.clearCookie(cookieNameOf(request), options);
    return {};
  });
}
