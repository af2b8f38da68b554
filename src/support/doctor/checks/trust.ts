/**
 * Who is trusted, and whether that soon ends: authorities and clients of the registrations, and their revocation
 * lists. And hosts that hold volumes and are not there.
 */
import { X509Certificate } from 'node:crypto';
import type { Registration } from '../../../store/port.ts';
import { readCrl } from '../../../trust/crl.ts';
import { type Check, type Finding, notChecked, ok, problem, warning } from '../finding.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
/** Hosts that are looked at, those with the oldest bindings first. */
const HOSTS = 64;

export const checkRegistrations: Check = async ({ copy, installation, clock }) => {
  if (copy === undefined || installation === undefined || installation.state === 'absent')
    return [];
  const store = await copy.openStore(clock);
  let registrations: readonly Registration[];
  try {
    registrations = await store.registrations();
  } finally {
    await store.close();
  }
  if (registrations.length === 0) {
    const advice = 'Register it: docs/registering.md.';
    return [warning('trust.registrations', 'no vCenter has registered this provider', advice)];
  }
  const found = registrations.flatMap((each) => endings(each, clock.now()));
  if (found.length > 0) return found;
  return [ok('trust.registrations', `${registrations.length} registrations, and none soon ends`)];
};

function endings(
  { registrationId, certificates, crls }: Registration,
  now: number,
): readonly Finding[] {
  const whose = `of registration ${registrationId}`;
  const ofCertificates = certificates.flatMap(({ der }) => {
    const { subject, validTo } = new X509Certificate(Buffer.from(der, 'base64'));
    const days = Math.floor((Date.parse(validTo) - now) / DAY_MS);
    const name = `"${subject.split('\n').join(', ')}" ${whose}`;
    const advice =
      'Renew that certificate in vCenter, then have vCenter refresh the provider’s CA certificates.';
    if (days < 0)
      return [problem('trust.registrations', `${name} ended ${-days} days ago`, advice)];
    if (days >= SOON_DAYS) return [];
    return [warning('trust.registrations', `${name} ends in ${days} days`, advice)];
  });
  const ofLists = crls.flatMap((der) => {
    const { issuer, nextUpdate } = readCrl(Buffer.from(der, 'base64'));
    if (nextUpdate === undefined || nextUpdate > now) return [];
    const date = new Date(nextUpdate).toISOString().slice(0, 10);
    const seen = `the revocation list of "${issuer}" ${whose} was to be renewed by ${date}`;
    const advice =
      'Have vCenter refresh the provider’s CA certificates and revocation lists; with trust.expiredCrl: refuse its clients are refused.';
    return [warning('trust.registrations', seen, advice)];
  });
  return [...ofCertificates, ...ofLists];
}

/** Bindings of hosts without a session keep their volumes from being deleted. */
export const checkHosts: Check = async ({ installation, clock }) => {
  const answering = installation?.answering;
  if (answering === undefined) return [];
  const { items } = await answering.admin.queries.hosts({ limit: HOSTS });
  const stale = items.filter(
    ({ isStale, oldestAt = '' }) => isStale && clock.now() - Date.parse(oldestAt) > DAY_MS,
  );
  if (items.length === 0) return [notChecked('trust.hosts', 'no host has connected')];
  if (stale.length === 0)
    return [ok('trust.hosts', 'no host that is away has held volumes for a day')];
  const names = stale.map(({ hostId, bindings }) => `${hostId} (${bindings})`).join(', ');
  const advice =
    'If such a host is gone for good, remove it in vCenter, which has its volumes unbound; they cannot be deleted before.';
  return [warning('trust.hosts', `hosts without a session hold volumes: ${names}`, advice)];
};
