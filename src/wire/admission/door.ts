/**
 * The TCP door before TLS: accepts connections, looks at their first bytes, and hands those that may begin
 * their handshake to the HTTPS server. What is no TLS goes no farther, at the cost of one look.
 *
 * Source: Node's documentation of `net.Server` and of the event `connection`, which may be emitted by hand.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { networkOf } from '../../model/network.ts';
import { type HandshakeFigures, type HandshakeLimits, Handshakes } from './handshakes.ts';
import type { Shedding } from './shedding.ts';

export interface DoorOptions {
  readonly limits: HandshakeLimits & { readonly acceptsWaiting: number };
  /** Begins TLS on a connection. */
  readonly start: (socket: Socket) => void;
  /** Told of connections that ended here, unless they are too many. */
  readonly failed: (socket: Socket, code: string, message: string) => void;
  readonly shedding: Pick<Shedding, 'count'>;
}

export interface Door {
  /** Rejects when the address cannot be had. */
  listen(host: string, port: number): Promise<void>;
  /** 0 before `listen`. */
  readonly port: number;
  established(socket: Socket): void;
  /** A trusted client speaks on it. */
  known(socket: Socket): void;
  figures(): HandshakeFigures;
  /** TCP connections that are open. */
  sockets(): Iterable<Socket>;
  /** Accepts no more; resolves when all are closed. */
  close(): Promise<void>;
}

/** First byte of a TLS record that holds a handshake. */
const HANDSHAKE = 0x16;

/** Calls back once, when there is something to read, with its first byte; it stays to be read. */
function onceItSpeaks(socket: Socket, heard: (first: number | undefined) => void): void {
  const look = (): void => {
    const chunk: unknown = socket.read();
    // The end, which is followed by `close`.
    if (!Buffer.isBuffer(chunk)) return;
    socket.off('readable', look);
    socket.unshift(chunk);
    heard(chunk[0]);
  };
  socket.on('readable', look);
}

/** Makes the door; it accepts nothing before `listen`. */
export function createDoor({ limits, start, failed, shedding }: DoorOptions): Door {
  const sockets = new Set<Socket>();
  const handshakes = new Handshakes<Socket>({
    limits,
    start: (socket) => {
      // One that broke off a moment ago, of which `close` has not told yet.
      if (!socket.destroyed) start(socket);
    },
    drop: (socket, why) => {
      if (why === 'silent') {
        failed(socket, 'ERR_TLS_HANDSHAKE_TIMEOUT', 'nothing came from the client');
        socket.destroy();
      } else {
        shedding.count(`connection ${why}`);
        // Without the farewell of TCP, which would cost both sides a state for a while.
        socket.resetAndDestroy();
      }
    },
    elapsed: () => performance.now(),
  });
  const heard = (socket: Socket, first: number | undefined): void => {
    if (first === HANDSHAKE) {
      handshakes.spoke(socket);
      return;
    }
    const isText = first !== undefined && first >= 0x41 && first <= 0x5a;
    failed(socket, 'NO_TLS', isText ? 'a request without TLS' : 'this is no TLS');
    socket.destroy();
  };
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    // Told by `close` as well; without a listener it would end the process.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      handshakes.ended(socket);
    });
    handshakes.accepted(socket, networkOf(socket.remoteAddress ?? ''));
    if (!socket.destroyed) onceItSpeaks(socket, (first) => heard(socket, first));
  };
  const server = createServer({ noDelay: true }, accept);
  const sweepMs = Math.min(1_000, limits.handshakeTimeoutMs / 2);
  let sweeps: NodeJS.Timeout | undefined;
  return {
    listen: async (host, port) => {
      await listen(server, host, port, limits.acceptsWaiting);
      sweeps = setInterval(() => handshakes.sweep(), sweepMs).unref();
    },
    get port() {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    },
    established: (socket) => handshakes.established(socket),
    known: (socket) => handshakes.known(socket),
    figures: () => handshakes.figures(),
    sockets: () => sockets,
    close: () => {
      clearInterval(sweeps);
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, host: string, port: number, backlog: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
