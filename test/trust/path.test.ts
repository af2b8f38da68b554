/** Path validation: every reason to refuse a certificate, each with a certificate that has only that. */
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Authority,
  type Issued,
  makeAuthority,
  makeSelfSignedClient,
  unknownCriticalExtension,
} from '../../certs/make.ts';
import { epochMs } from '../../src/model/units.ts';
import type { Registration } from '../../src/store/port.ts';
import { anchorsOf, hasIssued } from '../../src/trust/anchors.ts';
import { readCertificate } from '../../src/trust/certificate.ts';
import { type CrlPolicy, type PathAnswer, validatePath } from '../../src/trust/path.ts';
import { blocksOf, DAY_MS } from './support.ts';

let root: Authority;
let middle: Authority;
beforeAll(async () => {
  root = await makeAuthority();
  middle = await root.issueAuthority();
});

interface Given {
  readonly roots?: readonly Issued[];
  readonly crls?: readonly string[];
  readonly policy?: Partial<CrlPolicy>;
  readonly at?: number;
  readonly usage?: 'clientAuth' | 'serverAuth';
  readonly sent?: readonly Issued[];
  readonly own?: Issued;
}

function registration(given: Given): Registration[] {
  const base = {
    userName: 'a',
    peerAddress: 'b',
    vcenterIds: [],
    createdAt: epochMs(0),
    changedAt: epochMs(0),
  };
  const entry = ({ fingerprint, der }: Issued) => ({ fingerprint, der: der.toString('base64') });
  const crls = (given.crls ?? []).flatMap((pem) =>
    blocksOf(pem).map((der) => der.toString('base64')),
  );
  const certificates = (given.roots ?? [root]).map(entry);
  const all: Registration[] = [
    { ...base, registrationId: 'r', kind: 'authorities', certificates, crls },
  ];
  if (given.own !== undefined) {
    const own = [entry(given.own)];
    all.push({ ...base, registrationId: 'own', kind: 'certificate', certificates: own, crls: [] });
  }
  return all;
}

function judge(leaf: Issued, given: Given = {}): PathAnswer {
  const sent = given.sent?.map(({ der }) => der) ?? blocksOf(leaf.chainPem).slice(1);
  return validatePath({
    leaf: readCertificate(leaf.der),
    issuers: sent.map(readCertificate),
    anchors: anchorsOf(registration(given)),
    hasIssued,
    usage: given.usage ?? 'clientAuth',
    at: epochMs(given.at ?? Date.now()),
    policy: { missingCrl: 'accept', expiredCrl: 'accept', ...given.policy },
  });
}

function reason(answer: PathAnswer): string {
  return answer.valid ? 'valid' : answer.refusal.reason;
}

describe('accepted', () => {
  test.each(['ecdsa', 'rsa'] as const)('a client of a %s root', async (key) => {
    const ca = await makeAuthority({ key });
    expect(reason(judge(await ca.issueClient({ key }), { roots: [ca] }))).toBe('valid');
  });

  test('a client below an intermediate that it sends, and the path says by which registration', async () => {
    const answer = judge(await middle.issueClient());
    expect(answer).toMatchObject({ valid: true, path: { registrationIds: ['r'] } });
    expect(answer.valid && answer.path.chain).toHaveLength(3);
  });

  test('a client below an intermediate that came with the registration', async () => {
    const leaf = await middle.issueClient();
    expect(reason(judge(leaf, { sent: [], roots: [root, middle] }))).toBe('valid');
    expect(reason(judge(leaf, { sent: [], roots: [root] }))).toBe('unknownIssuer');
  });

  test('a client when the intermediate alone is registered', async () => {
    expect(reason(judge(await middle.issueClient(), { roots: [middle] }))).toBe('valid');
  });

  test('one of two roots of the same name, by its key', async () => {
    const name = 'CA';
    const a = await makeAuthority({ name });
    const b = await makeAuthority({ name });
    const leaf = await b.issueClient();
    expect(reason(judge(leaf, { roots: [a, b] }))).toBe('valid');
    expect(reason(judge(leaf, { roots: [a] }))).toBe('unknownIssuer');
  });

  test('a certificate without usage extensions, and one for any usage', async () => {
    expect(reason(judge(await root.issueClient({ usages: null, keyUsage: null })))).toBe('valid');
    expect(reason(judge(await root.issueClient({ usages: ['2.5.29.37.0'] })))).toBe('valid');
  });

  test('a self-signed certificate that is registered itself, and no other', async () => {
    const own = await makeSelfSignedClient();
    expect(judge(own, { own })).toMatchObject({ valid: true, path: { registrationIds: ['own'] } });
    expect(reason(judge(await makeSelfSignedClient(), { own }))).toBe('unknownIssuer');
  });

  test('a registered self-signed CA certificate does not make its children trusted', async () => {
    const ca = await makeAuthority();
    expect(reason(judge(ca, { own: ca }))).toBe('wrongUsage');
    expect(reason(judge(await ca.issueClient(), { own: ca }))).toBe('unknownIssuer');
  });

  test('a server certificate where a server’s is wanted', async () => {
    const server = await root.issueServer();
    expect(reason(judge(server, { usage: 'serverAuth' }))).toBe('valid');
    expect(reason(judge(server))).toBe('wrongUsage');
  });
});

describe('refused', () => {
  test('a client of another CA, even one that sends its whole chain', async () => {
    const foreign = await makeAuthority();
    const leaf = await foreign.issueClient();
    expect(reason(judge(leaf))).toBe('unknownIssuer');
    expect(reason(judge(leaf, { sent: [foreign] }))).toBe('unknownIssuer');
  });

  test('a certificate whose issuer only has the right name', async () => {
    const ca = await makeAuthority({ name: 'CA of the house' });
    const impostor = await makeAuthority({ name: 'CA of the house' });
    expect(reason(judge(await impostor.issueClient(), { roots: [ca] }))).toBe('unknownIssuer');
  });

  test('before, at and after its dates', async () => {
    const from = Date.now() - 10 * DAY_MS;
    const to = Date.now() + 10 * DAY_MS;
    const round = (at: number) => Math.floor(at / 1000) * 1000;
    const leaf = await root.issueClient({ notBefore: round(from), notAfter: round(to) });
    const wide = await makeAuthority({ notBefore: from - 90 * DAY_MS });
    expect(wide.fingerprint).not.toBe(root.fingerprint);
    expect(reason(judge(leaf, { at: round(to) }))).toBe('valid');
    expect(reason(judge(leaf, { at: round(to) + 1 }))).toBe('expired');
    expect(reason(judge(leaf, { at: round(from) - 1 }))).toBe('notYetValid');
  });

  test('a client of a CA that has expired', async () => {
    const ca = await makeAuthority({ notAfter: Date.now() - 1000 });
    expect(reason(judge(await ca.issueClient(), { roots: [ca] }))).toBe('expired');
  });

  test('below a certificate that is no CA', async () => {
    const leafAsCa = await root.issueAuthority({ constraints: { ca: false } });
    expect(reason(judge(await leafAsCa.issueClient()))).not.toBe('valid');
    const noConstraints = await root.issueAuthority({ constraints: null });
    expect(reason(judge(await noConstraints.issueClient()))).not.toBe('valid');
  });

  test('below a CA that may not sign certificates', async () => {
    const ca = await root.issueAuthority({ keyUsage: x509.KeyUsageFlags.digitalSignature });
    expect(reason(judge(await ca.issueClient()))).not.toBe('valid');
  });

  test('below more CAs than the path length allows', async () => {
    const narrow = await makeAuthority({ constraints: { ca: true, pathLength: 0 } });
    const below = await narrow.issueAuthority();
    expect(reason(judge(await narrow.issueClient(), { roots: [narrow] }))).toBe('valid');
    expect(reason(judge(await below.issueClient(), { roots: [narrow] }))).toBe('invalidPath');
  });

  test('below an intermediate for other uses', async () => {
    const ca = await root.issueAuthority({ usages: [x509.ExtendedKeyUsage.serverAuth] });
    expect(reason(judge(await ca.issueClient()))).toBe('wrongUsage');
  });

  test('with a key that may not prove possession', async () => {
    const leaf = await root.issueClient({ keyUsage: x509.KeyUsageFlags.keyEncipherment });
    expect(reason(judge(leaf))).toBe('wrongUsage');
  });

  test('with a critical extension nobody knows, in the leaf or above it', async () => {
    const extensions = [unknownCriticalExtension()];
    expect(reason(judge(await root.issueClient({ extensions })))).toBe('invalidPath');
    const ca = await root.issueAuthority({ extensions });
    expect(reason(judge(await ca.issueClient()))).toBe('invalidPath');
  });

  test('with a weak key or a weak signature, though not the self-signature of a root', async () => {
    expect(reason(judge(await root.issueClient({ key: 'rsa-1024' })))).toBe('weak');
    expect(reason(judge(await root.issueClient({ hash: 'SHA-1' })))).toBe('weak');
    const weakMiddle = await root.issueAuthority({ hash: 'SHA-1' });
    expect(reason(judge(await weakMiddle.issueClient()))).toBe('weak');
    const old = await makeAuthority({ key: 'rsa', hash: 'SHA-1' });
    expect(reason(judge(await old.issueClient(), { roots: [old] }))).toBe('valid');
  });

  test('within bounded work, however many CAs of one name are shown', async () => {
    const name = 'many';
    const shown: Issued[] = [];
    for (let i = 0; i < 12; i += 1) shown.push(await makeAuthority({ name }));
    const leaf = await (await makeAuthority({ name })).issueClient();
    expect(reason(judge(leaf, { sent: [...shown, ...shown, ...shown] }))).toBe('unknownIssuer');
  });
});

describe('revocation', () => {
  test('a listed certificate is refused, one not listed is not', async () => {
    const leaf = await root.issueClient();
    const crls = [await root.crl({ revoked: [leaf] })];
    expect(reason(judge(leaf, { crls }))).toBe('revoked');
    expect(reason(judge(await root.issueClient(), { crls }))).toBe('valid');
  });

  test('a serial number with a high first byte is found', async () => {
    const leaf = await root.issueClient({ serial: '00ff00000000000000000000000000aa' });
    expect(reason(judge(leaf, { crls: [await root.crl({ revoked: [leaf] })] }))).toBe('revoked');
  });

  test('whatever is below a revoked intermediate is refused', async () => {
    const leaf = await middle.issueClient();
    const crls = [await root.crl({ revoked: [middle] })];
    expect(reason(judge(leaf, { crls }))).toBe('revoked');
    expect(reason(judge(leaf, { crls, roots: [root, middle] }))).toBe('revoked');
  });

  test('the CRL of an intermediate that only the client sends takes effect', async () => {
    const leaf = await middle.issueClient();
    expect(reason(judge(leaf, { crls: [await middle.crl({ revoked: [leaf] })] }))).toBe('revoked');
  });

  test('a CRL of another CA of the same name has no effect', async () => {
    const a = await makeAuthority({ name: 'CA' });
    const b = await makeAuthority({ name: 'CA' });
    const leaf = await a.issueClient();
    const crls = [await b.crl({ revoked: [leaf] })];
    expect(reason(judge(leaf, { roots: [a, b], crls }))).toBe('valid');
  });

  test('the later of two CRLs counts, by number before date', async () => {
    const leaf = await root.issueClient();
    const hour = 3_600_000;
    const older = await root.crl({ number: 1, thisUpdate: Date.now() - hour, revoked: [leaf] });
    const newer = await root.crl({ number: 2, thisUpdate: Date.now() - 2 * hour });
    expect(reason(judge(leaf, { crls: [older, newer] }))).toBe('valid');
    expect(reason(judge(leaf, { crls: [newer, older] }))).toBe('valid');
    const byDate = await root.crl({ thisUpdate: Date.now() - hour / 2 });
    const revoking = await root.crl({ thisUpdate: Date.now() - hour / 4, revoked: [leaf] });
    expect(reason(judge(leaf, { crls: [revoking, byDate] }))).toBe('revoked');
  });

  test('a CA without a CRL is accepted or refused by policy, and said so', async () => {
    const leaf = await root.issueClient();
    const answer = judge(leaf);
    expect(answer.valid && answer.path.withoutCrl).toHaveLength(1);
    expect(reason(judge(leaf, { policy: { missingCrl: 'refuse' } }))).toBe('crlMissing');
    const crls = [await root.crl()];
    expect(reason(judge(leaf, { crls, policy: { missingCrl: 'refuse' } }))).toBe('valid');
  });

  test('an expired CRL still revokes; whom it does not list is a matter of policy', async () => {
    const leaf = await root.issueClient();
    const past = { thisUpdate: Date.now() - 2 * DAY_MS, nextUpdate: Date.now() - DAY_MS };
    const listing = [await root.crl({ ...past, revoked: [leaf] })];
    const empty = [await root.crl(past)];
    expect(reason(judge(leaf, { crls: listing }))).toBe('revoked');
    expect(reason(judge(leaf, { crls: listing, policy: { expiredCrl: 'refuse' } }))).toBe(
      'revoked',
    );
    const answer = judge(leaf, { crls: empty });
    expect(answer.valid && answer.path.expiredCrls).toHaveLength(1);
    expect(reason(judge(leaf, { crls: empty, policy: { expiredCrl: 'refuse' } }))).toBe(
      'crlExpired',
    );
  });

  test('a registered certificate that its CA has revoked is refused', async () => {
    const own = await root.issueClient();
    const crls = [await root.crl({ revoked: [own] })];
    expect(reason(judge(own, { own, crls }))).toBe('revoked');
    expect(reason(judge(own, { own }))).toBe('valid');
  });
});

test('the answer holds until the first date on the path that changes it', async () => {
  const round = (at: number) => Math.floor(at / 1000) * 1000;
  const nextUpdate = round(Date.now() + 2 * DAY_MS);
  const leaf = await root.issueClient({ notAfter: round(Date.now() + 5 * DAY_MS) });
  const answer = judge(leaf, { crls: [await root.crl({ nextUpdate })] });
  expect(answer.valid && answer.path.until).toBe(nextUpdate);
});
