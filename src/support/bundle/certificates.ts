/**
 * The public parts of all certificates: what TLS serves, the authorities and clients that registrations make trusted,
 * and their revocation lists. A summary for people with days left, and each as PEM for programs. No private key is
 * read here.
 */
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../model/clock.ts';
import { LIMITS } from '../../model/limits.ts';
import type { Registration } from '../../store/port.ts';
import { readCrl } from '../../trust/crl.ts';
import { pemOf } from '../../trust/pem.ts';
import type { DatabaseCopy } from '../database-copy.ts';
import { chainOf } from '../doctor/checks/tls.ts';
import type { Collect, SourceContext } from './source.ts';

const DAY_MS = 86_400_000;
const FOLDER = 'certificates';

export const collectCertificates: Collect = async (context) => {
  const { installation, bundle, copy, clock } = context;
  const served = join(installation.dataDir, 'provider.pem');
  const summary: unknown[] = [];
  if (existsSync(served)) {
    const chain = chainOf(readFileSync(served, 'utf8'));
    bundle.text(`${FOLDER}/served.pem`, chain.map((each) => each.toString()).join(''));
    summary.push(
      ...chain.map((each, place) => ({ use: servedAs(place), ...facts(each, context) })),
    );
  }
  const notes: string[] = [];
  let room: number = LIMITS.supportCertificates;
  for (const registration of await registrationsIn(copy, clock, notes)) {
    const { certificates, crls, registrationId } = registration;
    room -= certificates.length + crls.length;
    if (room < 0) notes.push(`registration ${registrationId} is left out: there are too many`);
    else summary.push(...addRegistration(registration, context));
  }
  bundle.data(`${FOLDER}/summary.json`, summary);
  return notes;
};

async function registrationsIn(
  copy: DatabaseCopy,
  clock: Clock,
  notes: string[],
): Promise<readonly Registration[]> {
  try {
    const store = await copy.openStore(clock);
    return await store.registrations().finally(() => store.close());
  } catch (error) {
    notes.push(`who is trusted: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

function servedAs(place: number): string {
  return place === 0 ? 'served' : 'served, above the one before';
}

function addRegistration(
  { registrationId, kind, certificates, crls }: Registration,
  context: SourceContext,
): readonly unknown[] {
  const read = certificates.map(({ der }) => new X509Certificate(Buffer.from(der, 'base64')));
  const base = `${FOLDER}/registration-${registrationId.replace(/[^\w-]/g, '_')}`;
  context.bundle.text(`${base}.pem`, read.map((each) => each.toString()).join(''));
  const lists = crls.map((der) => Buffer.from(der, 'base64'));
  if (lists.length > 0) {
    const text = lists.map((der) => pemOf(der, 'X509 CRL')).join('');
    context.bundle.text(`${base}-crls.pem`, text);
  }
  const use = kind === 'certificate' ? 'a client, and what came with it' : 'an authority';
  return [
    ...read.map((each) => ({ use, registrationId, ...facts(each, context) })),
    ...lists.map((der) => ({ use: 'a revocation list', registrationId, ...crlFacts(der) })),
  ];
}

function facts(certificate: X509Certificate, { clock }: SourceContext) {
  const { subject, issuer, serialNumber, fingerprint256, fingerprint, publicKey } = certificate;
  const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  return {
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    names: certificate.subjectAltName,
    serial: serialNumber,
    notBefore: new Date(from).toISOString(),
    notAfter: new Date(until).toISOString(),
    daysLeft: Math.floor((until - clock.now()) / DAY_MS),
    sha256: fingerprint256,
    sha1: fingerprint,
    keyType: publicKey.asymmetricKeyType,
    keyBits: publicKey.asymmetricKeyDetails?.modulusLength,
    curve: publicKey.asymmetricKeyDetails?.namedCurve,
    isAuthority: certificate.ca,
  };
}

function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

function crlFacts(der: Buffer) {
  try {
    const { issuer, thisUpdate, nextUpdate, revoked, fingerprint } = readCrl(der);
    const next = nextUpdate === undefined ? undefined : new Date(nextUpdate).toISOString();
    const at = new Date(thisUpdate).toISOString();
    return { issuer, thisUpdate: at, nextUpdate: next, revoked: revoked.size, sha256: fingerprint };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
