/**
 * By which names and addresses the provider is reached: those configured, else those the machine knows of
 * itself. They go into the certificate; one of them goes into URLs.
 */
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

export interface PublicNames {
  /** For the certificate; no name twice, no zone, at least one. */
  readonly names: readonly string[];
  /** For URLs; an IPv6 address stands in brackets. */
  readonly urlHost: string;
}

const WILDCARDS = ['0.0.0.0', '::', '*'];

/** `host` is the address that is listened on. */
export async function publicNames(
  configured: readonly string[],
  host: string,
): Promise<PublicNames> {
  const names = configured.length > 0 ? configured : ownNames(host);
  const url = configured[0] ?? (WILDCARDS.includes(host) ? await reachableName() : host);
  return { names: [...new Set(names)], urlHost: isIPv6(url) ? `[${url}]` : url };
}

function ownNames(host: string): string[] {
  if (!WILDCARDS.includes(host)) return [host];
  return [hostname(), 'localhost', ...addresses(true)];
}

/** Addresses of this machine, without those that hold for one link only. */
function addresses(loopback: boolean): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, scopeid }) => (loopback || !internal) && !scopeid)
    .map(({ address }) => address);
}

/** The machine's name when it can be looked up here, else its first address. */
async function reachableName(): Promise<string> {
  const name = hostname();
  const found = await lookup(name).catch(() => undefined);
  if (found !== undefined) return name;
  return addresses(false)[0] ?? 'localhost';
}
