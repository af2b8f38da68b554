/**
 * The HTTPS listener under the server: TLS settings, bounds of a connection, what becomes of
 * connections that never make a request, and an orderly end. It knows no path and no SOAP. It does not
 * listen itself: connections come to it through the door before TLS (`admission/door.ts`).
 *
 * Source: Node's tls and http documentation; the traps are in docs/wire.md, "Connections".
 */
import { constants, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { createDoor } from './admission/door.ts';
import type { HandshakeFigures, HandshakeLimits } from './admission/handshakes.ts';
import type { Shedding } from './admission/shedding.ts';
import type { WireLog } from './call.ts';
import { plainAddress } from './peer.ts';

/** PEM. `cert` is the provider's certificate, then intermediates. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** Bounds of a connection; see `LIMITS` for each. */
export interface ConnectionLimits extends HandshakeLimits {
  readonly acceptsWaiting: number;
  readonly answerTimeoutMs: number;
  readonly headerBytes: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly requestsPerConnection: number;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly tls: TlsIdentity;
  readonly limits: ConnectionLimits;
  readonly serverHeader: string;
  readonly log: WireLog;
  readonly shedding: Shedding;
}

export interface Listener {
  readonly server: Server;
  /** Rejects when the address cannot be had. Gives the port. */
  listen(): Promise<number>;
  /** The port; 0 before `listen`. */
  readonly port: number;
  /**
   * From the next handshake on. Connections stay; tickets given so far no longer resume. Throws when
   * key and certificate do not fit each other; then the old ones stay.
   */
  replaceTls(tls: TlsIdentity): void;
  /** Makes all tickets given so far worthless: the next handshake of every client is a full one. */
  rotateTickets(): void;
  /** Stops accepting, lets what is under way end within `drainMs`, then ends every connection. */
  close(drainMs: number): Promise<void>;
  readonly closing: boolean;
  figures(): HandshakeFigures;
  /** A trusted client speaks on this connection: it does not make room for others when they are many. */
  known(socket: Socket): void;
}

/** An answer that has been under way for so many looks, from its first byte on, has used up its time. */
const LOOKS_AT_ANSWER = 4;

function secureContext({ key, cert }: TlsIdentity): SecureContextOptions {
  // No `ca`: then the handshake names no authorities, and every client sends the certificate it has.
  // Naming ours would make clients of others send none, and they could not be told what is wrong.
  return {
    key,
    cert,
    minVersion: 'TLSv1.2',
    honorCipherOrder: true,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  };
}

type ConnectionError = Error & { readonly code?: string; readonly reason?: string };

function named(code: string, message: string): ConnectionError {
  return Object.assign(new Error(message), { code });
}

/** The answer to what was no HTTP request; undefined where the connection can carry none. */
function statusOf(code: string): string | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return code.startsWith('HPE_') ? '400 Bad Request' : undefined;
}

/**
 * Hears what a connection brings and does nothing with it, so that Node's HTTP parser is given it by the stream, which
 * stops when it is paused. Else the parser reads from TLS directly: paused while an answer is still being
 * written, it is given the next record of the same read all the same, and ends the connection with HPE_PAUSED
 * (Node 20.20). Proven by test/wire/next-request.test.ts.
 */
function readByListener(): void {}

/** Makes the listener; it accepts nothing before `listen`, and whoever wants requests listens to `server`. */
export function createListener(options: ListenerOptions): Listener {
  const { limits, log, shedding } = options;
  const addresses = new WeakMap<Socket, string>();
  const established = new WeakSet<Socket>();
  /** Requests of a connection whose answers have not left. */
  const asked = new WeakMap<Socket, number>();
  const underWay = new Map<ServerResponse, { readonly socket: Socket; looks: number }>();
  let closing = false;
  const server = createServer({
    ...secureContext(options.tls),
    requestCert: true,
    // Not a relaxation: no client is trusted by the handshake at all. A client without a certificate
    // must reach the bootstrap calls, and one with a bad certificate must be told so by a fault, not
    // by a broken connection. Every call is judged by the session guard (docs/wire.md).
    rejectUnauthorized: false,
    handshakeTimeout: limits.handshakeTimeoutMs,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(5_000, limits.headersTimeoutMs),
    // Ours to answer, so that it is logged like every other request.
    requireHostHeader: false,
  });
  const failed = (remoteAddress: string | undefined, error: ConnectionError): void => {
    const { code = 'UNKNOWN', reason, message } = error;
    if (!shedding.allowsLine('connection_failed')) return;
    // OpenSSL's message is for its developers; its reason is for people.
    const words = reason ?? message;
    log.connectionFailed({ remoteAddress: plainAddress(remoteAddress), code, message: words });
  };
  const door = createDoor({
    limits,
    shedding,
    start: (socket) => {
      addresses.set(socket, socket.remoteAddress ?? 'unknown');
      server.emit('connection', socket);
    },
    failed: (socket, code, message) => failed(socket.remoteAddress, named(code, message)),
  });
  server.on('secureConnection', (socket) => {
    established.add(socket);
    socket.on('data', readByListener);
    const below = tcpUnder(socket);
    if (below !== undefined) door.established(below);
  });
  server.on('request', ({ socket }, response) => {
    underWay.set(response, { socket, looks: 0 });
    const count = (asked.get(socket) ?? 0) + 1;
    asked.set(socket, count);
    response.once('close', () => {
      underWay.delete(response);
      asked.set(socket, (asked.get(socket) ?? 1) - 1);
    });
    if (count !== limits.requestsPerConnection + 1) return;
    // A page of small requests would have us hold hundreds of large answers.
    failed(socket.remoteAddress, named('PIPELINE', 'too many requests at once on one connection'));
    socket.destroy();
  });
  // Node bounds how long a client may take to ask, and nothing bounds how long to listen. A timer for each
  // answer would cost more than most answers, so all are looked at now and then.
  const endUntaken = (): void => {
    for (const [response, each] of underWay) {
      if (response.headersSent) each.looks += 1;
      if (each.looks <= LOOKS_AT_ANSWER) continue;
      const { socket } = each;
      failed(socket.remoteAddress, named('ANSWER_TIMEOUT', 'the client does not take its answer'));
      socket.destroy();
    }
  };
  let looks: NodeJS.Timeout | undefined;
  // A failed handshake comes here too.
  server.on('clientError', (error: ConnectionError, socket: Socket) => {
    // A client that hangs up between two requests has done nothing worth a line.
    const hungUp = error.code === 'ECONNRESET' && established.has(socket);
    if (!hungUp) failed(addressOf(socket, addresses), error);
    const status = statusOf(error.code ?? '');
    // In the middle of an answer that is on its way, a client would take it for a part of that.
    const isAnswering = () =>
      (asked.get(socket) ?? 0) > 0 &&
      [...underWay].some(([response, each]) => each.socket === socket && response.headersSent);
    if (status === undefined || !socket.writable || isAnswering()) {
      socket.destroy();
      return;
    }
    const head = `HTTP/1.1 ${status}\r\nServer: ${options.serverHeader}\r\n`;
    socket.end(`${head}Connection: close\r\nContent-Length: 0\r\n\r\n`);
    socket.destroySoon();
  });
  // Node would answer these two itself, past the log.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, socket: Socket) => {
    failed(socket.remoteAddress, named('CONNECT', 'this is no proxy'));
    socket.destroy();
  });
  return {
    server,
    listen: async () => {
      await door.listen(options.host, options.port);
      // Without it Node does not look at the time-outs of a server that does not listen itself.
      server.emit('listening');
      looks = setInterval(endUntaken, limits.answerTimeoutMs / LOOKS_AT_ANSWER).unref();
      return door.port;
    },
    get port() {
      return door.port;
    },
    get closing() {
      return closing;
    },
    replaceTls: (tls) => server.setSecureContext(secureContext(tls)),
    rotateTickets: () => server.setTicketKeys(randomBytes(48)),
    close: (drainMs) => {
      closing = true;
      const end = setTimeout(() => {
        for (const socket of door.sockets()) socket.destroy();
      }, drainMs);
      const closed = door.close().then(() => {
        clearTimeout(end);
        clearInterval(looks);
      });
      server.close();
      // The server ends those that wait for a next request, but not those that never made a first.
      const kept = new Set([...underWay.values()].map(({ socket }) => tcpUnder(socket)));
      for (const socket of door.sockets()) if (!kept.has(socket)) socket.destroy();
      return closed;
    },
    figures: () => door.figures(),
    known: (socket) => {
      const below = tcpUnder(socket);
      if (below !== undefined) door.known(below);
    },
  };
}

/** A socket whose handshake failed has forgotten its address; that of the TCP socket under it was noted. */
function addressOf(socket: Socket, addresses: WeakMap<Socket, string>): string | undefined {
  const below = tcpUnder(socket);
  return socket.remoteAddress ?? (below && addresses.get(below));
}

/** The TCP socket that a TLS socket runs on: Node keeps it there and offers no other way. */
function tcpUnder(socket: Socket): Socket | undefined {
  return (socket as { _parent?: Socket })._parent;
}
