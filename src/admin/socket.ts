/**
 * Where the admin socket lies, and how a client finds it. A socket's path may have some 100 bytes only, so
 * a data folder with a long name keeps it in a private folder of its own under the system's temporary one.
 * `admin.json` in the data folder names the place; only the owner may enter either folder.
 */

import { mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Linux allows 107 bytes, macOS 103. */
const PATH_BYTES = 100;

export interface AdminAddress {
  readonly socket: string;
  readonly pid: number;
}

/** Path for a new socket of the provider on this data folder; makes a short folder when it must. */
export function newSocketPath(dataDirectory: string): string {
  const near = join(resolve(dataDirectory), 'admin.sock');
  if (Buffer.byteLength(near) <= PATH_BYTES) return near;
  return join(mkdtempSync(join(tmpdir(), 'keelson-')), 'admin.sock');
}

/** Removes what a provider that died left at the path. The caller holds the data folder's lock. */
export function removeStaleSocket(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Nothing lies there, which is the usual case.
  }
}

/** Says in the data folder where the socket is. */
export function publishAddress(dataDirectory: string, address: AdminAddress): void {
  const file = join(dataDirectory, 'admin.json');
  writeFileSync(file, `${JSON.stringify(address)}\n`, { mode: 0o600 });
}

/** Takes socket, folder of its own and address away. Never throws. */
export function withdrawAddress(dataDirectory: string, socket: string): void {
  removeStaleSocket(socket);
  const own = dirname(socket);
  if (own !== resolve(dataDirectory)) rmSync(own, { recursive: true, force: true });
  rmSync(join(dataDirectory, 'admin.json'), { force: true });
}

/** The socket of a provider that runs on this data folder and answers; undefined when none does. */
export async function findSocket(dataDirectory: string): Promise<string | undefined> {
  const socket = readAddress(dataDirectory)?.socket;
  return socket !== undefined && (await isAnswering(socket)) ? socket : undefined;
}

function readAddress(dataDirectory: string): Partial<AdminAddress> | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(join(dataDirectory, 'admin.json'), 'utf8'));
    if (typeof read !== 'object' || read === null || !('socket' in read)) return undefined;
    return typeof read.socket === 'string' ? { socket: read.socket } : undefined;
  } catch {
    return undefined;
  }
}

function isAnswering(path: string): Promise<boolean> {
  return new Promise((settle) => {
    const connection = createConnection(path);
    connection.once('connect', () => {
      connection.destroy();
      settle(true);
    });
    connection.once('error', () => settle(false));
  });
}
