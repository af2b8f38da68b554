/** Names: whether those of the URL lead here, back to the name, and stand in the certificate that is served. */

import { X509Certificate } from 'node:crypto';
import { lookup, reverse } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Check, type Finding, notChecked, ok, problem, warning } from '../finding.ts';
import { isLoopback } from './configuration.ts';

/** The name in the URL, looked up and back. */
export const checkResolution: Check = async ({ host, installation }) => {
  if (host === undefined) return [];
  if (isIP(host) !== 0) {
    const advice = 'Use a name: an address in the URL cannot change without registering again.';
    return [warning('names.resolve', `the URL has the address ${host} and no name`, advice)];
  }
  let addresses: readonly string[];
  try {
    addresses = (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    const advice = `Enter ${host} in the name service that vCenter and the hosts use, or set publicNames to a name that is there.`;
    return [problem('names.resolve', `${host} cannot be looked up`, advice)];
  }
  const found: Finding[] = [];
  const seen = `${host} is ${addresses.join(', ')}`;
  if (!isLoopback(host) && addresses.every(isLoopback)) {
    const advice =
      'See /etc/hosts: here the name leads to this machine’s own loopback, elsewhere it must not.';
    found.push(warning('names.resolve', seen, advice));
  } else found.push(ok('names.resolve', seen));
  const elsewhere = addresses.filter((address) => !ownAddresses().has(address));
  if (installation !== undefined && elsewhere.length === addresses.length) {
    const advice = 'Right behind a load balancer or NAT; else the name leads to another machine.';
    found.push(warning('names.here', `none of these addresses is this machine’s`, advice));
  }
  found.push(
    await backwards(
      host,
      addresses.filter((address) => !isLoopback(address)),
    ),
  );
  return found;
};

function ownAddresses(): ReadonlySet<string> {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return new Set(all.map(({ address }) => address));
}

async function backwards(host: string, addresses: readonly string[]): Promise<Finding> {
  const [first] = addresses;
  if (first === undefined)
    return notChecked('names.reverse', 'a loopback address is not looked up');
  const names = await reverse(first).catch(() => []);
  if (names.some((name) => name.toLowerCase() === host.toLowerCase()))
    return ok('names.reverse', `${first} is ${host}`);
  const seen = `${first} is ${names.join(', ') || 'no name'}, not ${host}`;
  return warning('names.reverse', seen, `Enter ${first} as ${host} in the reverse zone.`);
}

/** The served certificate against the name in the URL and all names that are configured. */
export const checkCertificateNames: Check = ({ host, served, loaded }) => {
  if (served === undefined) return [];
  const leaf = new X509Certificate(served);
  const names = typeof loaded === 'object' ? loaded.config.publicNames : [];
  const wanted = [...new Set([...(host === undefined ? [] : [host]), ...names])];
  if (wanted.length === 0)
    return [notChecked('names.certificate', 'no name is configured to be looked for')];
  const missing = wanted.filter(
    (name) => (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) === undefined,
  );
  if (missing.length === 0)
    return [ok('names.certificate', `the certificate names ${wanted.join(', ')}`)];
  const has = leaf.subjectAltName ?? 'no name';
  const seen = `the certificate does not name ${missing.join(', ')}; it has ${has}`;
  const advice =
    'Set publicNames to every name that clients use, then run keelson certificate renew (and accept it in vCenter), or install one with those names.';
  return [problem('names.certificate', seen, advice)];
};
