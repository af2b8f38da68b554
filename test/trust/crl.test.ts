/** Reading CRLs: what is refused, that a large one is quick, and that no bytes do worse than a refusal. */
import 'reflect-metadata';
import { createPrivateKey, sign } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Authority, makeAuthority } from '../../certs/make.ts';
import { VasaFault } from '../../src/model/faults.ts';
import { readCertificate } from '../../src/trust/certificate.ts';
import { type Crl, isNewer, isSignedBy, readCrl } from '../../src/trust/crl.ts';
import { blocksOf, faultOf } from './support.ts';

let root: Authority;
beforeAll(async () => {
  root = await makeAuthority({ name: 'CRL test' });
});

function crlFrom(pem: string): Crl {
  const [der] = blocksOf(pem);
  if (der === undefined) throw new Error('no CRL');
  return readCrl(der);
}

function extension(type: string, critical: boolean): x509.Extension {
  return new x509.Extension(type, critical, new Uint8Array([0x05, 0x00]));
}

describe('a CRL', () => {
  test('is read as it was made', async () => {
    const thisUpdate = Date.UTC(2049, 11, 31, 23, 59, 59);
    const nextUpdate = Date.UTC(2050, 0, 1);
    const crl = crlFrom(await root.crl({ thisUpdate, nextUpdate, number: 7, revoked: ['0abc'] }));
    expect(crl).toMatchObject({ issuer: 'CN=CRL test', number: 7n, thisUpdate, nextUpdate });
    expect([...crl.revoked]).toEqual(['abc']);
    expect(crl.authorityKeyId).toBe(readCertificate(root.der).keyId);
  });

  test('is newer by its number, then by its date, then by what it revokes', async () => {
    const at = Date.UTC(2026, 0, 1);
    const list = async (given: Parameters<typeof root.crl>[0]) =>
      crlFrom(await root.crl({ nextUpdate: null, ...given }));
    const early = await list({ thisUpdate: at, number: 8, revoked: ['01', '02'] });
    const late = await list({ thisUpdate: at + 1_000, number: 7 });
    expect([isNewer(early, late), isNewer(late, early)]).toEqual([true, false]);
    const first = await list({ thisUpdate: at });
    const second = await list({ thisUpdate: at, revoked: ['01'] });
    const third = await list({ thisUpdate: at + 1_000 });
    expect([isNewer(second, first), isNewer(first, second)]).toEqual([true, false]);
    expect([isNewer(third, second), isNewer(second, third)]).toEqual([true, false]);
    expect(isNewer(first, first)).toBe(false);
  });

  test('may leave out the date of the next', async () => {
    expect(crlFrom(await root.crl({ nextUpdate: null })).nextUpdate).toBeUndefined();
  });

  test('counts as signed by its own CA alone, and not when a byte was changed', async () => {
    const pem = await root.crl({ revoked: ['1234'] });
    const authority = readCertificate(root.der);
    const other = readCertificate((await makeAuthority({ name: 'CRL test' })).der);
    expect(isSignedBy(crlFrom(pem), authority)).toBe(true);
    expect(isSignedBy(crlFrom(pem), other)).toBe(false);
    const [der = Buffer.alloc(0)] = blocksOf(pem);
    der[der.indexOf(Buffer.from([0x12, 0x34]))] = 0x13;
    expect(readCrl(der).revoked.has('1334')).toBe(true);
    expect(isSignedBy(readCrl(der), authority)).toBe(false);
  });

  test('counts as unsigned when the CA may not sign CRLs', async () => {
    const keyUsage = x509.KeyUsageFlags.keyCertSign;
    const ca = await makeAuthority({ keyUsage });
    expect(isSignedBy(crlFrom(await ca.crl()), readCertificate(ca.der))).toBe(false);
  });

  test.each([
    ['a delta list', extension('2.5.29.27', true)],
    ['an indirect or partial list', extension('2.5.29.28', true)],
    ['an unknown critical extension', extension('1.3.6.1.4.1.99999.2', true)],
  ])('is refused when it has %s', async (_, each) => {
    const fault = await faultOf(root.crl({ extensions: [each] }).then(crlFrom));
    expect(fault.fault).toBe('InvalidCertificate');
    expect(fault.data).toMatchObject({
      certificate: [],
      crl: [expect.stringContaining('X509 CRL')],
    });
  });

  test('may have an unknown extension that is not critical', async () => {
    const extensions = [extension('1.3.6.1.4.1.99999.2', false)];
    expect(crlFrom(await root.crl({ extensions })).revoked.size).toBe(0);
  });

  test('is refused when its signature is weak', async () => {
    const keys = await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-1',
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
      },
      true,
      ['sign', 'verify'],
    );
    const weak = await x509.X509CrlGenerator.create({
      issuer: 'CN=weak',
      signingKey: keys.privateKey,
      signingAlgorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1' },
    });
    const fault = await faultOf(() => readCrl(new Uint8Array(weak.rawData)));
    expect(fault.message).toContain('weak');
  });
});

test('a list of 50,000 certificates is read and checked in little time', () => {
  const der = largeCrl(50_000);
  const started = performance.now();
  const crl = readCrl(der);
  expect(isSignedBy(crl, readCertificate(root.der))).toBe(true);
  expect(crl.revoked.size).toBe(50_000);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('bytes that were cut or changed anywhere are refused as a fault or read, nothing else', async () => {
  const [der = Buffer.alloc(0)] = blocksOf(await root.crl({ number: 3, revoked: ['77', '78'] }));
  const at = fc.nat({ max: der.length - 1 });
  fc.assert(
    fc.property(at, fc.nat({ max: 255 }), fc.boolean(), (position, byte, cut) => {
      const changed = Buffer.from(cut ? der.subarray(0, position) : der);
      if (!cut) changed[position] = byte;
      try {
        readCrl(changed);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(VasaFault);
      }
    }),
    { numRuns: 3000 },
  );
});

/** A CRL put together by hand: the library needs seconds for one of this size. */
function largeCrl(entries: number): Buffer {
  const algorithm = wrap(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
  const { subjectName } = new x509.X509Certificate(root.certificatePem);
  const date = wrap(0x17, Buffer.from('260101000000Z'));
  const list = Array.from({ length: entries }, (_, n) => {
    const serial = Buffer.alloc(8);
    serial.writeBigUInt64BE(BigInt(n) + (1n << 56n));
    return wrap(0x30, Buffer.concat([wrap(2, serial), date]));
  });
  const tbs = wrap(
    0x30,
    Buffer.concat([
      wrap(2, Buffer.from([1])),
      algorithm,
      Buffer.from(subjectName.toArrayBuffer()),
      date,
      wrap(0x30, Buffer.concat(list)),
    ]),
  );
  const signature = sign('sha256', tbs, createPrivateKey(root.keyPem));
  const bits = wrap(3, Buffer.concat([Buffer.from([0]), signature]));
  return wrap(0x30, Buffer.concat([tbs, algorithm, bits]));
}

function wrap(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const head = Buffer.alloc(6);
  head.writeUInt8(tag, 0);
  head.writeUInt8(0x84, 1);
  head.writeUInt32BE(length, 2);
  return Buffer.concat([head, content]);
}
