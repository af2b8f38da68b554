/**
 * Reading certificates: the same answers as OpenSSL and the X.509 library give, which have other authors,
 * and never worse than a refusal for bytes that are none.
 */
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Issued, makeAuthority } from '../../certs/make.ts';
import { VasaFault } from '../../src/model/faults.ts';
import { KEY_USAGE, readCertificate } from '../../src/trust/certificate.ts';
import { blocksOf, faultOf } from './support.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'certificate-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A self-signed certificate made by the openssl command. */
function byOpenssl(...options: readonly string[]): Buffer {
  const files = ['-keyout', join(dir, 'key'), '-out', join(dir, 'certificate')];
  const base = ['req', '-x509', '-nodes', '-days', '20', ...files];
  execFileSync(
    'openssl',
    [...base, '-subj', '/DC=local/DC=vsphere/O=A, B/CN=CÄ', '-utf8', ...options],
    {
      stdio: 'pipe',
    },
  );
  const [der = Buffer.alloc(0)] = blocksOf(readFileSync(join(dir, 'certificate'), 'utf8'));
  return der;
}

describe('the same is read as by others', () => {
  test('of names, dates, serial and identifiers', async () => {
    const root = await makeAuthority({ name: 'Root', constraints: { ca: true, pathLength: 3 } });
    const leaf = await root.issueClient({
      name: 'Léaf',
      key: 'rsa',
      notAfter: Date.UTC(2051, 1, 1),
    });
    for (const { der } of [root, leaf] satisfies Issued[]) {
      const ours = readCertificate(der);
      const theirs = new x509.X509Certificate(der);
      expect(ours.subject).toBe(theirs.subject);
      expect(ours.issuer).toBe(theirs.issuer);
      expect(ours.notBefore).toBe(theirs.notBefore.getTime());
      expect(ours.notAfter).toBe(theirs.notAfter.getTime());
      expect(ours.serial).toBe(ours.openssl.serialNumber.toLowerCase());
      expect(ours.isAuthority).toBe(ours.openssl.ca);
      expect(ours.keyId).toBe(theirs.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId);
      expect(ours.usages).toEqual(ours.openssl.keyUsage);
    }
    expect(readCertificate(root.der).pathLength).toBe(3);
    expect(readCertificate(root.der).keyUsage).toBe(KEY_USAGE.keyCertSign | KEY_USAGE.cRLSign);
    expect(readCertificate(leaf.der).keyUsage).toBe(KEY_USAGE.digitalSignature);
  });

  test('of a certificate that openssl made', () => {
    const ours = readCertificate(byOpenssl('-newkey', 'rsa:2048', '-sha256'));
    expect(ours.subject).toBe('DC=local, DC=vsphere, O=A\\, B, CN=CÄ');
    expect(ours).toMatchObject({ isAuthority: true, weakKey: undefined, weakSignature: undefined });
    expect(ours.subjectKey).toBe(ours.issuerKey);
  });
});

test.each([
  ['-newkey rsa:2048 -sha512', undefined, undefined],
  ['-newkey rsa:2048 -sha256 -sigopt rsa_padding_mode:pss', undefined, undefined],
  ['-newkey rsa:2048 -sha1 -sigopt rsa_padding_mode:pss', undefined, expect.any(String)],
  ['-newkey rsa:2048 -sha1', undefined, expect.any(String)],
  ['-newkey rsa:2048 -md5', undefined, expect.any(String)],
  ['-newkey rsa:1024 -sha256', expect.stringContaining('1024'), undefined],
  ['-newkey ed25519', undefined, undefined],
  ['-newkey ec -pkeyopt ec_paramgen_curve:secp384r1 -sha384', undefined, undefined],
  [
    '-newkey ec -pkeyopt ec_paramgen_curve:secp256k1 -sha256',
    expect.stringContaining('256k1'),
    undefined,
  ],
])('openssl req %s: weak key %s, weak signature %s', (options, weakKey, weakSignature) => {
  const { weakKey: key, weakSignature: signature } = readCertificate(
    byOpenssl(...options.split(' ')),
  );
  expect({ key, signature }).toEqual({ key: weakKey, signature: weakSignature });
});

describe('refused are', () => {
  test.each([
    ['bytes after the end', (der: Buffer) => Buffer.concat([der, Buffer.from([0])])],
    [
      'PEM where DER belongs',
      (der: Buffer) =>
        Buffer.from(
          `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`,
        ),
    ],
    ['nothing', () => Buffer.alloc(0)],
  ])('%s', async (_, spoil) => {
    const { der } = await makeAuthority();
    expect((await faultOf(() => readCertificate(spoil(der)))).fault).toBe('InvalidCertificate');
  });

  test('an extension that stands twice', async () => {
    const again = new x509.BasicConstraintsExtension(true, undefined, true);
    const { der } = await makeAuthority({ extensions: [again] });
    expect((await faultOf(() => readCertificate(der))).fault).toBe('InvalidCertificate');
  });

  test('or read, but nothing else: bytes that were cut or changed anywhere', async () => {
    const { der } = await makeAuthority({ name: 'Fuzzed' });
    fc.assert(
      fc.property(
        fc.nat({ max: der.length - 1 }),
        fc.nat({ max: 255 }),
        fc.boolean(),
        (at, byte, cut) => {
          const changed = Buffer.from(cut ? der.subarray(0, at) : der);
          if (!cut) changed[at] = byte;
          try {
            readCertificate(changed);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(VasaFault);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
