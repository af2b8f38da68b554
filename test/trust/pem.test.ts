/** The forms in which clients send certificates and CRLs. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Authority, makeAuthority } from '../../certs/make.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { derFrom, pemOf } from '../../src/trust/pem.ts';
import { faultOf } from './support.ts';

let root: Authority;
let other: Authority;
beforeAll(async () => {
  root = await makeAuthority();
  other = await makeAuthority();
});

describe('a certificate is read from', () => {
  const forms: Record<string, (pem: string) => string> = {
    'PEM with line feeds': (pem) => pem,
    'PEM with carriage returns and line feeds': (pem) => pem.replaceAll('\n', '\r\n'),
    'PEM with carriage returns alone': (pem) => pem.replaceAll('\n', '\r'),
    'PEM with text around it': (pem) => `subject=CN=x\n${pem}\nand more`,
    'base64 without header lines': (pem) => pem.replace(/-----[^-]+-----/g, ''),
    'base64 in one line': (pem) => pem.replace(/-----[^-]+-----/g, '').replaceAll('\n', ''),
    'base64 without padding': (pem) => pem.replace(/-----[^-]+-----|=/g, ''),
    'the older header name': (pem) => pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'),
  };
  test.each(Object.entries(forms))('%s', (_, form) => {
    expect(derFrom([form(root.certificatePem)], 'CERTIFICATE')).toEqual([root.der]);
  });
});

test('several in one text and in several texts are all read, each once', () => {
  const both = root.certificatePem + other.certificatePem;
  expect(derFrom([both, root.certificatePem], 'CERTIFICATE')).toEqual([root.der, other.der]);
  expect(derFrom(['', '  \n'], 'CERTIFICATE')).toEqual([]);
});

test('a CRL is read under both of its header names', async () => {
  const crl = await root.crl();
  const [der] = derFrom([crl], 'X509 CRL');
  expect(derFrom([crl.replaceAll('X509 CRL', 'CRL')], 'X509 CRL')).toEqual([der]);
});

test.each([
  ['text', 'hello, world'],
  ['base64 with a foreign character', 'TUlJQg$=='],
  ['a block without its end', '-----BEGIN CERTIFICATE-----\nTUlJQg=='],
  ['a block of another kind', '-----BEGIN PRIVATE KEY-----\nTUlJQg==\n-----END PRIVATE KEY-----'],
  ['a block with two names', '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CRL-----'],
])('%s is an invalid certificate', async (_, text) => {
  expect((await faultOf(() => derFrom([text], 'CERTIFICATE'))).fault).toBe('InvalidCertificate');
});

test('more certificates than one call may bring are refused', async () => {
  const many = Array.from({ length: LIMITS.certificatesPerCall + 1 }, (_, n) =>
    Buffer.from(`certificate ${n}`).toString('base64'),
  );
  expect((await faultOf(() => derFrom(many, 'CERTIFICATE'))).message).toContain(
    String(LIMITS.certificatesPerCall),
  );
});

test('whatever bytes are written as PEM are read back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
      const pem = pemOf(bytes, 'CERTIFICATE');
      expect(pem).toMatch(
        /^-----BEGIN CERTIFICATE-----\n([^\n]{1,64}\n)+-----END CERTIFICATE-----\n$/,
      );
      expect(derFrom([pem], 'CERTIFICATE')).toEqual([Buffer.from(bytes)]);
    }),
  );
});
