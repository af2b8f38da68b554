/**
 * Where the NBD server may listen and how clients name an export there. The protocol asks nobody who he
 * is, so only this machine may reach it: a loopback address, or a socket file that only its owner opens.
 */
import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { BlockList, createConnection, isIP, type Server } from 'node:net';

/** A TCP port of this machine (0: any free one), or the path of a Unix socket. */
export type NbdPlace =
  | { readonly host?: string; readonly port: number }
  | { readonly path: string };

/** Where a server listens. */
export type NbdAddress =
  | { readonly host: string; readonly port: number }
  | { readonly path: string };

/** Such as `nbd://127.0.0.1:10809/name`; tools of qemu and libnbd understand it. */
export function nbdUri(address: NbdAddress, name: string): string {
  const part = encodeURIComponent(name);
  if ('path' in address) return `nbd+unix:///${part}?socket=${encodeURIComponent(address.path)}`;
  const host = isIP(address.host) === 6 ? `[${address.host}]` : address.host;
  return `nbd://${host}:${address.port}/${part}`;
}

/**
 * Makes the server listen. Throws RangeError for a host beyond this machine. A socket file that nobody
 * answers at, left by a process that died, is replaced.
 */
export async function listenAt(server: Server, place: NbdPlace): Promise<NbdAddress> {
  if ('path' in place) {
    await removeDeadSocket(place.path);
    await listening(server, { path: place.path });
    chmodSync(place.path, 0o600);
    return { path: place.path };
  }
  const host = place.host ?? '127.0.0.1';
  if (!isLoopback(host)) throw new RangeError(`${host} is not a loopback address`);
  await listening(server, { host, port: place.port });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return { host, port: address.port };
}

function isLoopback(host: string): boolean {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  const version = isIP(host);
  return version !== 0 && loopback.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

function listening(
  server: Server,
  where: { readonly path: string } | { readonly host: string; readonly port: number },
): Promise<void> {
  return new Promise((settle, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      settle();
    });
  });
}

/** Removes a socket at which connections are refused; leaves all else to fail when listening. */
async function removeDeadSocket(path: string): Promise<void> {
  const isSocket = lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
  if (isSocket && (await isRefused(path))) unlinkSync(path);
}

function isRefused(path: string): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createConnection(path);
    probe.once('connect', () => {
      probe.destroy();
      settle(false);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ECONNREFUSED'));
  });
}
