/**
 * The operator's verbs done on the provider's parts: for the admin socket of a running provider, and for
 * commands on a data folder that none runs on.
 */
import { X509Certificate } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import {
  AdminError,
  type Administration,
  type CertificateSummary,
  type RunningAdministration,
  type VerboseRequest,
  type VerboseSummary,
} from '../admin/port.ts';
import { NO_HEAD } from '../audit/record.ts';
import {
  describeTarget,
  type Verbose,
  type VerboseSwitch,
  type VerboseTarget,
} from '../log/verbose.ts';
import { VasaFault } from '../model/faults.ts';
import type { EpochMs } from '../model/units.ts';
import type { ProviderCertificateRecord, ProviderStore } from '../store/port.ts';
import type { Trust } from '../trust/trust.ts';

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}

function installerOf({ installedBy }: ProviderCertificateRecord): string {
  return typeof installedBy === 'string'
    ? installedBy
    : `registration ${installedBy.registrationId}`;
}

/** Subject and issuer in one line: node parts their attributes by line breaks. */
function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

/** What TLS serves, in words. */
function certificateSummary(record: ProviderCertificateRecord): CertificateSummary {
  const leaf = new X509Certificate(record.chain);
  return {
    subject: oneLine(leaf.subject),
    issuer: oneLine(leaf.issuer),
    notBefore: new Date(leaf.validFrom).toISOString(),
    notAfter: new Date(leaf.validTo).toISOString(),
    sha256: leaf.fingerprint256,
    sha1: leaf.fingerprint,
    installedBy: installerOf(record),
    chain: record.chain,
  };
}

/** What the trust room refuses, as the operator's mistake; everything else stays a failure of ours. */
async function asked<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const refused =
      error instanceof VasaFault || error instanceof RangeError || isOpensslRefusal(error);
    if (refused && error instanceof Error) throw new AdminError(error.message);
    throw error;
  }
}

/** OpenSSL's refusal of a key that cannot be read. */
function isOpensslRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^ERR_(OSSL|CRYPTO)/.test(String(error.code));
}

/** The verbs on an opened store and trust room. */
export function administration(
  store: ProviderStore,
  trust: Trust,
  backup: Administration['backup'],
): Administration {
  const { certificate, grants, users, registrations } = trust;
  const summary = (): CertificateSummary => certificateSummary(certificate.record());
  const changed = async (work: () => Promise<void>): Promise<CertificateSummary> => {
    await asked(work);
    return summary();
  };
  return {
    users: async () =>
      (await store.users()).map(({ userName, createdAt, changedAt }) => ({
        userName,
        createdAt: iso(createdAt),
        changedAt: iso(changedAt),
      })),
    saveUser: (userName, password) => asked(() => users.save(userName, password)),
    removeUser: (userName) => users.remove(userName),
    certificate: async () => summary(),
    renewCertificate: () => changed(() => certificate.renewSelfSigned()),
    installCertificate: (chain, key) => changed(() => certificate.installForOperator(chain, key)),
    releaseCertificate: () => changed(() => certificate.release()),
    registrations: async () =>
      registrations.all().map(({ certificates, crls, createdAt, changedAt, ...plain }) => ({
        ...plain,
        createdAt: iso(createdAt),
        changedAt: iso(changedAt),
        certificates: certificates.length,
        crls: crls.length,
      })),
    removeRegistration: async (registrationId) => {
      const removed = await registrations.remove(registrationId, undefined);
      grants.revoke(registrationId);
      return removed;
    },
    backup,
    copyDatabase: (file) => copyInto(store, file),
    auditHead: async () => (await store.auditHead()) ?? NO_HEAD,
  };
}

/** The file is made first, for its owner alone: it gets password hashes. */
async function copyInto(store: ProviderStore, file: string): Promise<void> {
  let isMade = false;
  try {
    closeSync(openSync(file, 'wx', 0o600));
    isMade = true;
    await store.copyTo(file);
  } catch (error) {
    if (isMade) rmSync(file, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new AdminError(`the database was not copied: ${why}`, { cause: error });
  }
}

function targetOf({ host, volume }: Omit<VerboseRequest, 'seconds'>): VerboseTarget | undefined {
  if (host !== undefined && volume !== undefined) {
    throw new AdminError('a verbose switch is for a host or for a volume, not for both');
  }
  if (host !== undefined) return { kind: 'host', id: host };
  return volume === undefined ? undefined : { kind: 'volume', id: volume };
}

/** What is on, in words. */
export function verboseSummaries(verbose: Verbose): readonly VerboseSummary[] {
  return verbose.active().map(verboseSummary);
}

function verboseSummary({ number, target, until }: VerboseSwitch): VerboseSummary {
  return { switch: number, target: describeTarget(target), until: iso(until) };
}

/** What only a running provider can do. */
interface RunningOrders
  extends Pick<
    RunningAdministration,
    'array' | 'clock' | 'faults' | 'metrics' | 'queries' | 'status'
  > {
  readonly verbose: Verbose;
}

/** The verbs of a running provider. */
export function runningAdministration(
  base: Administration,
  { verbose, ...orders }: RunningOrders,
): RunningAdministration {
  return {
    ...base,
    ...orders,
    verbose: async () => verboseSummaries(verbose),
    verboseOn: ({ seconds, ...target }) =>
      asked(async () =>
        verboseSummary(verbose.on(targetOf(target) ?? { kind: 'everything' }, seconds)),
      ),
    verboseOff: async (target) => verbose.off(targetOf(target), 'the operator'),
  };
}
