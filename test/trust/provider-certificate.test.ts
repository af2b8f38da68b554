/**
 * The provider's own certificate: made on the first start, signed by a vCenter's CA, held by one vCenter
 * at a time, and at every moment in step with its key, whenever the process dies.
 */
import 'reflect-metadata';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Authority, makeAuthority } from '../../certs/make.ts';
import type { Registration } from '../../src/store/port.ts';
import { openProviderKeys } from '../../src/trust/provider-keys.ts';
import { ACTOR, DAY_MS, faultOf, kinds, openTestTrust, type TestTrust } from './support.ts';

let room: TestTrust;
let root: Authority;
let mine: Registration;
beforeEach(async () => {
  room = await openTestTrust();
  root = await makeAuthority({ name: 'vCenter A' });
  mine = await register(root);
});
afterEach(() => room.close());

const register = (...roots: Authority[]) =>
  room.trust.registrations.addAuthorities(
    { roots: roots.map((each) => each.certificatePem), crls: [] },
    ACTOR,
  );
const request = () => room.trust.certificate.request(ACTOR);
const install = (pem: string, own: readonly Registration[] = [mine]) =>
  room.trust.certificate.install(pem, own, ACTOR);
const leaf = () => new X509Certificate(room.trust.certificate.served().cert);
const keyFiles = () => readdirSync(join(room.dir, 'keys')).sort();
/** What matters at every moment: TLS can be served. */
const checkPair = () => {
  const { key, cert } = room.trust.certificate.served();
  expect(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))).toBe(true);
};

describe('the first start', () => {
  test('makes a key that its owner alone may read, and a certificate for the names', () => {
    const [name = ''] = keyFiles();
    expect(keyFiles()).toHaveLength(1);
    expect(statSync(join(room.dir, 'keys', name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(room.dir, 'keys')).mode & 0o777).toBe(0o700);
    expect(leaf().subject).toBe('CN=provider.example');
    expect(leaf().subjectAltName).toBe('DNS:provider.example, IP Address:127.0.0.1');
    expect(leaf().ca).toBe(false);
    expect(leaf().keyUsage).toEqual([x509.ExtendedKeyUsage.serverAuth]);
    expect(leaf().verify(leaf().publicKey)).toBe(true);
    expect(room.trust.certificate.record().installedBy).toBe('self-signed');
    checkPair();
  });

  test('is not repeated: a restart serves the same certificate', async () => {
    const { cert, key } = room.trust.certificate.served();
    await room.restart();
    expect(room.trust.certificate.served()).toEqual({ cert, key });
  });

  test('the private key is never in the store', async () => {
    const { key } = room.trust.certificate.served();
    const secret = key.split('\n')[1] ?? 'none';
    await room.store.close();
    for (const name of readdirSync(room.dir).filter((each) => each.startsWith('provider.db'))) {
      expect(readFileSync(join(room.dir, name), 'latin1')).not.toContain(secret);
    }
    await room.restart();
  });

  test('an RSA key of 2048 bits is made unless told otherwise', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'keys-'));
    const { privateKey } = await (await openProviderKeys(dir, 'rsa')).anyOrNew();
    expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    rmSync(dir, { recursive: true });
  });
});

describe('a signing request', () => {
  test('has the form that vCenter takes', async () => {
    const csr = await request();
    expect(csr).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n/);
    expect(csr).toMatch(/\n-----END CERTIFICATE REQUEST-----\n$/);
    expect(csr).not.toContain('\r');
    const read = new x509.Pkcs10CertificateRequest(csr);
    expect(await read.verify()).toBe(true);
    expect(read.subject).toBe('CN=provider.example');
    expect(read.getExtension('2.5.29.17')).not.toBeNull();
  });

  test('is over another key than the one served, and the same one until it is installed', async () => {
    const keyOf = async () =>
      new x509.Pkcs10CertificateRequest(await request()).publicKey.toString('hex');
    const [first, second] = await Promise.all([keyOf(), keyOf()]);
    expect(second).toBe(first);
    await room.restart();
    expect(await keyOf()).toBe(first);
    expect(keyFiles()).toHaveLength(2);
    const served = leaf().publicKey.export({ type: 'spki', format: 'der' }).toString('hex');
    expect(served).not.toBe(first);
  });
});

describe('installing', () => {
  test('serves the signed certificate at once, deletes the old key, and survives a restart', async () => {
    const before = leaf().fingerprint256;
    await install(await root.signRequest(await request()));
    expect(leaf().issuer).toBe('CN=vCenter A');
    expect(leaf().fingerprint256).not.toBe(before);
    expect(room.served.at(-1)).toEqual(room.trust.certificate.served());
    expect(keyFiles()).toEqual([expect.not.stringContaining('pending')]);
    checkPair();
    const { cert } = room.trust.certificate.served();
    await room.restart();
    expect(room.trust.certificate.served().cert).toBe(cert);
    checkPair();
  });

  test('is repeatable, and a renewal takes a new key', async () => {
    const signed = await root.signRequest(await request());
    await install(signed);
    await install(signed);
    const [first] = keyFiles();
    await install(await root.signRequest(await request()));
    expect(keyFiles()).toHaveLength(1);
    expect(keyFiles()).not.toEqual([first]);
    checkPair();
  });

  test('serves the intermediates, in order, without the root, in whatever order they came', async () => {
    const middle = await root.issueAuthority({ name: 'Middle' });
    const chain = await middle.signRequest(await request());
    const blocks = chain.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? [];
    expect(blocks).toHaveLength(2);
    await install([root.certificatePem, ...blocks.toReversed()].join(''));
    expect(room.trust.certificate.served().cert).toBe(chain);
  });

  test('completes the chain from the registration when the leaf comes alone', async () => {
    const middle = await root.issueAuthority();
    mine = await register(root, middle);
    const [only = ''] = (await middle.signRequest(await request())).split(
      /(?<=END CERTIFICATE-----\n)/,
    );
    await install(only);
    expect(room.trust.certificate.chain()).toHaveLength(2);
  });

  const bad: Record<string, (csr: string) => Promise<string>> = {
    'of another key': async () => (await root.issueServer()).certificatePem,
    'of a foreign CA': async (csr) => (await makeAuthority()).signRequest(csr),
    'that has expired': (csr) => root.signRequest(csr, { notAfter: Date.now() - 1000 }),
    'that is not yet valid': (csr) => root.signRequest(csr, { notBefore: Date.now() + DAY_MS }),
    'of a CA': (csr) => root.signRequest(csr, { constraints: { ca: true }, keyUsage: null }),
    'for clients': (csr) => root.signRequest(csr, { usages: [x509.ExtendedKeyUsage.clientAuth] }),
    'with a weak signature': (csr) => root.signRequest(csr, { hash: 'SHA-1' }),
    'that is none': async () => 'hello',
    'that is missing': async () => '',
  };
  test.each(Object.entries(bad))(
    'a certificate %s is refused and changes nothing',
    async (_, make) => {
      const { cert } = room.trust.certificate.served();
      expect((await faultOf(install(await make(await request())))).fault).toBe(
        'InvalidCertificate',
      );
      expect(room.trust.certificate.served().cert).toBe(cert);
      expect(keyFiles()).toHaveLength(2);
    },
  );

  test('a certificate that the CA has revoked is refused', async () => {
    const signed = await root.signRequest(await request(), { serial: '4444' });
    mine = await room.trust.registrations.addAuthorities(
      { roots: [root.certificatePem], crls: [await root.crl({ revoked: ['4444'] })] },
      ACTOR,
    );
    expect((await faultOf(install(signed))).message).toContain('revoked');
  });

  test('a chain to another vCenter’s root is refused', async () => {
    const foreign = await makeAuthority();
    await register(foreign);
    const fault = await faultOf(install(await foreign.signRequest(await request())));
    expect(fault.message).toContain('does not chain to a root of this registration');
  });
});

describe('the place is held', () => {
  let second: Authority;
  let theirs: Registration;
  beforeEach(async () => {
    second = await makeAuthority({ name: 'vCenter B' });
    theirs = await register(second);
    await install(await root.signRequest(await request()));
  });
  const byThem = async () => install(await second.signRequest(await request()), [theirs]);
  const retained = (registration: Registration) =>
    room.trust.certificate.isRetainedFor([registration.registrationId]);

  test('against a second vCenter, which is told so and disturbs nothing', async () => {
    const { cert } = room.trust.certificate.served();
    expect((await faultOf(byThem())).fault).toBe('PermissionDenied');
    expect(room.trust.certificate.served().cert).toBe(cert);
    expect([retained(mine), retained(theirs)]).toEqual([false, true]);
    const held = room.events.find(({ kind }) => kind === 'certificateHeld');
    expect(held).toMatchObject({ holder: expect.stringContaining(mine.registrationId) });
    await install(await root.signRequest(await request()));
  });

  test('until its registration ends', async () => {
    await room.trust.registrations.remove(mine.registrationId, ACTOR);
    expect(retained(theirs)).toBe(false);
    await byThem();
    expect(leaf().issuer).toBe('CN=vCenter B');
  });

  test('until the certificate expires', async () => {
    await install(await root.signRequest(await request(), { notAfter: Date.now() + DAY_MS }));
    room.clock.moveBy(2 * DAY_MS);
    expect(retained(theirs)).toBe(false);
    await byThem();
    expect(leaf().issuer).toBe('CN=vCenter B');
  });

  test('until the operator releases it, which changes nothing that is served', async () => {
    const { cert } = room.trust.certificate.served();
    await room.trust.certificate.release();
    await room.restart();
    expect(room.trust.certificate.served().cert).toBe(cert);
    expect([retained(mine), retained(theirs)]).toEqual([false, false]);
    await byThem();
    expect(retained(mine)).toBe(true);
  });

  test('by the operator against everybody, until a self-signed one takes its place', async () => {
    const outside = await makeAuthority({ name: 'Outside' });
    const own = await outside.issueServer({ hosts: ['provider.example'] });
    await room.trust.certificate.installForOperator(own.chainPem, own.keyPem);
    expect(leaf().issuer).toBe('CN=Outside');
    checkPair();
    await room.restart();
    checkPair();
    expect([retained(mine), retained(theirs)]).toEqual([true, true]);
    expect((await faultOf(byThem())).fault).toBe('PermissionDenied');
    await room.trust.certificate.renewSelfSigned();
    expect([retained(mine), retained(theirs)]).toEqual([false, false]);
    checkPair();
  });

  test('an operator’s certificate must fit the key and be a server’s', async () => {
    const { certificate } = room.trust;
    const server = await root.issueServer();
    const other = await root.issueServer();
    for (const [chain, key] of [
      [server.chainPem, other.keyPem],
      [server.chainPem, undefined],
      [root.certificatePem, root.keyPem],
    ] as const) {
      const fault = await faultOf(certificate.installForOperator(chain, key));
      expect(fault.fault).toBe('InvalidCertificate');
    }
    await certificate.installForOperator(await root.signRequest(await request()));
    checkPair();
  });
});

describe('dying at any moment leaves a certificate with its key', () => {
  const copyOf = () => Object.fromEntries(keyFiles().map((name) => [name, readKey(name)]));
  const readKey = (name: string) => readFileSync(join(room.dir, 'keys', name));
  const putBack = (files: Record<string, Buffer>) => {
    for (const name of keyFiles()) rmSync(join(room.dir, 'keys', name));
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(room.dir, 'keys', name), content, { mode: 0o600 });
    }
  };

  test('while a key is being written', async () => {
    await request();
    writeFileSync(join(room.dir, 'keys', `${'a'.repeat(64)}.pem.tmp`), '-----BEGIN PRIV');
    await room.restart();
    expect(keyFiles().filter((name) => name.endsWith('.tmp'))).toEqual([]);
    checkPair();
  });

  test('after the request, before the certificate comes', async () => {
    const csr = await request();
    await room.restart();
    checkPair();
    await install(await root.signRequest(csr));
    checkPair();
  });

  test('after the certificate is in force, before the keys are settled', async () => {
    const csr = await request();
    const files = copyOf();
    await install(await root.signRequest(csr));
    const { cert } = room.trust.certificate.served();
    putBack(files);
    await room.restart();
    expect(room.trust.certificate.served().cert).toBe(cert);
    checkPair();
    expect(keyFiles()).toHaveLength(1);
  });

  test('before the first certificate is stored', async () => {
    const [name = ''] = keyFiles();
    await room.store.close();
    rmSync(join(room.dir, 'provider.db'));
    await room.restart();
    expect(keyFiles()).toEqual([name]);
    checkPair();
  });

  test('and a key that was lost is replaced, loudly', async () => {
    await install(await root.signRequest(await request()));
    rmSync(join(room.dir, 'keys'), { recursive: true });
    await room.restart();
    checkPair();
    expect(room.trust.certificate.record().installedBy).toBe('self-signed');
    expect(kinds(room.events)).toContain('keyLost');
  });
});

test('a self-signed certificate that expired while the provider was off is made anew', async () => {
  const before = leaf().fingerprint256;
  room.clock.moveBy(366 * DAY_MS);
  await room.restart();
  expect(leaf().fingerprint256).not.toBe(before);
  checkPair();
});

const isRoot = process.getuid?.() === 0;
test.skipIf(isRoot)(
  'a folder that cannot be written says so and leaves what is served (left out for root, whom permissions do not bind)',
  async () => {
    chmodSync(join(room.dir, 'keys'), 0o500);
    await expect(request()).rejects.toMatchObject({ code: 'EACCES' });
    checkPair();
  },
);

test('a TLS server shows what is served to a client that trusts the vCenter’s CA', async () => {
  await install(await root.signRequest(await request()));
  const server = createServer(room.trust.certificate.served()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const socket: TLSSocket = connect({
    port,
    host: '127.0.0.1',
    servername: 'provider.example',
    ca: root.certificatePem,
  });
  await new Promise((resolve, reject) =>
    socket.once('secureConnect', resolve).once('error', reject),
  );
  expect(socket.authorized).toBe(true);
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});
