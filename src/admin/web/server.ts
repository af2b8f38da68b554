/**
 * The console's listener: its page, the admin API behind a login, live updates. Plain HTTP where only this machine
 * reaches it, else TLS with the certificate that the provider serves.
 * Source of the rules: docs/admin-api.md, "The listener"; docs/security.md.
 */
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { isIPv6 } from 'node:net';
import cookies from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import { isLoopback } from '../../model/network.ts';
import type { LiveFeed } from '../live.ts';
import type { ConsoleLogin, Operator, RunningAdministration } from '../port.ts';
import { addDocument } from '../routes/document.ts';
import { addRoutes, answerErrors } from '../routes/served.ts';
import { addAssets, readAssets } from './assets.ts';
import { addGuard, reachedBy } from './guard.ts';
import { addHeaders, securityHeaders } from './headers.ts';
import { addLogin, type LoginParts } from './login.ts';
import { createRate } from './rate.ts';
import { ConsoleSessions } from './sessions.ts';
import { addStream } from './stream.ts';

/** What TLS serves; PEM. */
export interface ServedTls {
  readonly key: string;
  readonly cert: string;
}

export interface ConsoleOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Names by which clients reach the provider: of its certificate, the first in the URL. */
  readonly names: readonly string[];
  readonly tls: () => ServedTls;
  readonly login: LoginParts['login'];
  readonly administrationFor: (by: Operator) => RunningAdministration;
  readonly consoleLogin: (login: ConsoleLogin) => void;
  readonly live: LiveFeed;
  /** The machine's: who moves the provider's shall not be logged out by it. */
  readonly clock: Clock;
  /** Told of errors that are not the user's. */
  readonly failed: (error: unknown) => void;
}

export interface ConsoleServer {
  readonly url: string;
  /** Serves another certificate from the next connection on. */
  replaceTls(served: ServedTls): void;
  close(): Promise<void>;
}

/** Listens. Rejects with the listener's error, e.g. of a port that is taken. */
export async function openConsole(options: ConsoleOptions): Promise<ConsoleServer> {
  const { host, port, names } = options;
  const isTls = !isLoopback(host);
  const server = bounded(isTls ? createTlsServer(tlsOptions(options.tls())) : createHttpServer());
  const app = Fastify({
    bodyLimit: LIMITS.adminBodyBytes,
    forceCloseConnections: true,
    serverFactory: (handler) => server.on('request', handler),
  });
  const endStreams = await addAll(app, options, isTls ? 'https' : 'http');
  await app.listen({ host, port });
  const address = server.address();
  const chosen = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `${isTls ? 'https' : 'http'}://${urlHostOf(host, names)}:${chosen}/`,
    replaceTls: (served) => {
      if ('setSecureContext' in server) server.setSecureContext(tlsOptions(served));
    },
    close: () => {
      endStreams();
      return app.close();
    },
  };
}

/** Everything on the listener, in the order in which a request meets it. Gives what ends the live updates. */
async function addAll(
  app: FastifyInstance,
  options: ConsoleOptions,
  scheme: 'http' | 'https',
): Promise<() => void> {
  const { host, names, live, clock, administrationFor, login, consoleLogin, failed } = options;
  const assets = readAssets();
  const headers = securityHeaders(assets.inlineHashes);
  const sessions = new ConsoleSessions(clock);
  const users = () => administrationFor(byConsole('', '')).users();
  const changedAt = async (userName: string) =>
    (await users()).find((user) => user.userName === userName)?.changedAt;
  answerErrors(app, failed);
  await addDocument(app);
  await app.register(cookies);
  addHeaders(app, headers);
  addGuard(app, {
    sessions,
    scheme,
    rate: createRate(clock),
    names: reachedBy(host, names),
    isCurrent: async ({ userName, userChangedAt }) => (await changedAt(userName)) === userChangedAt,
  });
  const isSecure = scheme === 'https';
  addLogin(app, { sessions, isSecure, login, changedAt, told: consoleLogin });
  addRoutes(app, {
    administrationFor: ({ consoleSession, ip }) =>
      administrationFor(byConsole(consoleSession?.userName ?? '', ip)),
    isLocal: false,
    live,
  });
  addAssets(app, assets);
  const isAlive = (id: string) => sessions.find(id, false) !== undefined;
  return addStream(app, { live, headers, isAlive });
}

function byConsole(user: string, peerAddress: string): Operator {
  return { kind: 'console', user, peerAddress };
}

function tlsOptions({ key, cert }: ServedTls) {
  return { key, cert, minVersion: 'TLSv1.2' } as const;
}

/** The server with its bounds; to who adds routes, one with TLS is as one without. */
function bounded<Listener extends Server | TlsServer>(server: Listener): Listener & Server {
  server.maxConnections = LIMITS.consoleConnections;
  server.headersTimeout = LIMITS.headersTimeoutMs;
  server.requestTimeout = LIMITS.requestTimeoutMs;
  server.keepAliveTimeout = LIMITS.keepAliveTimeoutMs;
  return server as Listener & Server;
}

/** For the URL that is shown: the address itself, or the first name where it stands for all addresses. */
function urlHostOf(host: string, names: readonly string[]): string {
  const shown = host === '0.0.0.0' || host === '::' ? (names[0] ?? 'localhost') : host;
  return isIPv6(shown) ? `[${shown}]` : shown;
}
