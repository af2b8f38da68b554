/**
 * Path validation compared with `openssl verify`, which others wrote: for every kind of chain the two must
 * agree on yes or no.
 */
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Authority,
  type Issued,
  makeAuthority,
  unknownCriticalExtension,
} from '../../certs/make.ts';
import { openTestTrust, presented } from './support.ts';

let dir: string;
let root: Authority;
let middle: Authority;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'openssl-'));
  root = await makeAuthority();
  middle = await root.issueAuthority();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Case {
  readonly leaf: Issued;
  readonly anchor?: Authority;
  /** CRLs of every CA of the chain; none: revocation is not checked. */
  readonly crls?: readonly string[];
}

function opensslSays({ leaf, anchor = root, crls = [] }: Case): boolean {
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const revocation =
    crls.length === 0 ? [] : ['-crl_check_all', '-CRLfile', file('crl', crls.join(''))];
  const { status } = spawnSync('openssl', [
    'verify',
    ...['-purpose', 'sslclient', '-auth_level', '2', '-partial_chain', '-no-CApath', '-no-CAstore'],
    ...['-CAfile', file('anchor', anchor.certificatePem)],
    ...[
      '-untrusted',
      file('chain', leaf.chainPem),
      ...revocation,
      file('leaf', leaf.certificatePem),
    ],
  ]);
  return status === 0;
}

async function weSay({ leaf, anchor = root, crls = [] }: Case): Promise<boolean> {
  const room = await openTestTrust();
  const actor = { peerAddress: '', certificate: undefined, userName: 'a' };
  const given = { roots: [anchor.certificatePem], crls };
  await room.trust.registrations.addAuthorities(given, actor);
  const { trusted } = await room.trust.judge(presented(leaf));
  await room.close();
  return trusted;
}

const { serverAuth } = x509.ExtendedKeyUsage;
const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
const DAY_MS = 86_400_000;
const cases: Record<string, readonly [boolean, () => Promise<Case>]> = {
  'a client of the root': [true, async () => ({ leaf: await root.issueClient() })],
  'a client of an intermediate': [true, async () => ({ leaf: await middle.issueClient() })],
  'a client with an RSA key': [
    true,
    async () => ({ leaf: await root.issueClient({ key: 'rsa' }) }),
  ],
  'an intermediate as the anchor': [
    true,
    async () => ({ leaf: await middle.issueClient(), anchor: middle }),
  ],
  'no usage extensions': [
    true,
    async () => ({ leaf: await root.issueClient({ usages: null, keyUsage: null }) }),
  ],
  'another root': [
    false,
    async () => ({ leaf: await root.issueClient(), anchor: await makeAuthority() }),
  ],
  'a root of the same name': [
    false,
    async () => ({
      leaf: await (await makeAuthority({ name: 'CA' })).issueClient(),
      anchor: await makeAuthority({ name: 'CA' }),
    }),
  ],
  expired: [
    false,
    async () => ({ leaf: await root.issueClient({ notAfter: Date.now() - DAY_MS }) }),
  ],
  'not yet valid': [
    false,
    async () => ({ leaf: await root.issueClient({ notBefore: Date.now() + DAY_MS }) }),
  ],
  'below a certificate that is no CA': [
    false,
    async () => ({
      leaf: await (await root.issueAuthority({ constraints: { ca: false } })).issueClient(),
    }),
  ],
  'below a CA that may not sign': [
    false,
    async () => ({ leaf: await (await root.issueAuthority({ keyUsage: 0x80 })).issueClient() }),
  ],
  'too many CAs': [
    false,
    async () => {
      const narrow = await makeAuthority({ constraints: { ca: true, pathLength: 0 } });
      return { leaf: await (await narrow.issueAuthority()).issueClient(), anchor: narrow };
    },
  ],
  'as many CAs as allowed': [
    true,
    async () => {
      const narrow = await makeAuthority({ constraints: { ca: true, pathLength: 1 } });
      return { leaf: await (await narrow.issueAuthority()).issueClient(), anchor: narrow };
    },
  ],
  'a server’s certificate': [false, async () => ({ leaf: await root.issueServer() })],
  'below an intermediate for servers': [
    false,
    async () => ({
      leaf: await (await root.issueAuthority({ usages: [serverAuth] })).issueClient(),
    }),
  ],
  'a key for encipherment alone': [
    false,
    async () => ({ leaf: await root.issueClient({ keyUsage: keyEncipherment }) }),
  ],
  'a key for signatures': [
    true,
    async () => ({ leaf: await root.issueClient({ keyUsage: digitalSignature }) }),
  ],
  'an unknown critical extension': [
    false,
    async () => ({ leaf: await root.issueClient({ extensions: [unknownCriticalExtension()] }) }),
  ],
  'a weak key': [false, async () => ({ leaf: await root.issueClient({ key: 'rsa-1024' }) })],
  'a weak signature': [false, async () => ({ leaf: await root.issueClient({ hash: 'SHA-1' }) })],
  'not on its CRL': [
    true,
    async () => ({ leaf: await root.issueClient(), crls: [await root.crl({ revoked: ['4711'] })] }),
  ],
  'on its CRL': [
    false,
    async () => {
      const leaf = await root.issueClient();
      return { leaf, crls: [await root.crl({ revoked: [leaf] })] };
    },
  ],
  'below a revoked intermediate': [
    false,
    async () => ({
      leaf: await middle.issueClient(),
      crls: [await root.crl({ revoked: [middle] }), await middle.crl()],
    }),
  ],
};

test.each(Object.entries(cases))('%s', async (_, [expected, make]) => {
  const given = await make();
  expect({ openssl: opensslSays(given), we: await weSay(given) }).toEqual({
    openssl: expected,
    we: expected,
  });
});
