/**
 * The NBD server: a local listener, its connections, and the way to take an export back. What it serves
 * it is given (port.ts); docs/nbd.md says how to use it.
 */
import { createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { listenAt, type NbdAddress, type NbdPlace } from './address.ts';
import { Attachments } from './attachments.ts';
import { type Shared, serveConnection } from './connection.ts';
import { NBD_LIMITS, type NbdLimits } from './limits.ts';
import type { NbdExports } from './port.ts';

type NbdOptions = NbdPlace & {
  readonly exports: NbdExports;
  /** Told of errors of devices and exports that no client is told. */
  readonly failed?: (error: unknown) => void;
  /** Other bounds than the product's, for tests. */
  readonly limits?: Partial<NbdLimits>;
};

export interface NbdServer {
  readonly address: NbdAddress;
  /**
   * Takes an export back: when it settles, no request reaches the devices that connections had opened
   * under the name, nor is one under way. Their later requests are answered ESHUTDOWN, and after a grace
   * the connections are ended. Whether the name can be opened anew is for the exports to say: let them
   * refuse it first. Repeatable.
   */
  withdraw(name: string): Promise<void>;
  /** Ends everything; what has reached a device is waited for. */
  close(): Promise<void>;
}

/** Listens for NBD clients on this machine. Rejects when the place cannot be had. */
export async function listenNbd(options: NbdOptions): Promise<NbdServer> {
  const limits = { ...NBD_LIMITS, ...options.limits };
  const attachments = new Attachments();
  const failed = options.failed ?? (() => undefined);
  const shared: Shared = { exports: options.exports, attachments, limits, failed };
  const connections = new Map<Socket, Promise<void>>();

  // A client may end its own direction first and still read its replies.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    connections.set(socket, serveConnection(socket, shared));
    socket.once('close', () => connections.delete(socket));
  });
  server.maxConnections = limits.connections;
  const address = await listenAt(server, options);
  server.on('error', failed);

  async function close(): Promise<void> {
    const closed = new Promise<void>((settle) => {
      server.close(() => settle());
    });
    const served = [...connections.values()];
    await attachments.close();
    // The replies of what has just been done are on their way to the sockets.
    await setImmediate();
    for (const socket of connections.keys()) socket.destroySoon();
    const timer = setTimeout(() => {
      for (const socket of connections.keys()) socket.destroy();
    }, limits.withdrawalGraceMs);
    await Promise.all([closed, ...served]);
    clearTimeout(timer);
  }

  return { address, withdraw: (name) => attachments.withdraw(name), close };
}
