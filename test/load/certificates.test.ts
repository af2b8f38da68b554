/** Certificates by the thousand are as sound as those made one by one. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeAuthority } from '../../certs/make.ts';
import { issueMany } from '../../certs/many.ts';

it('each has a name and serial number of its own, a valid signature and the key that goes with it', async () => {
  const authority = await makeAuthority({ name: 'CA of many' });
  const issuer = new X509Certificate(authority.certificatePem);
  const issued = await issueMany(authority, 'Load host', [1, 300]);
  const read = issued.map(({ certificatePem }) => new X509Certificate(certificatePem));
  expect(new Set(read.map(({ serialNumber }) => serialNumber)).size).toBe(300);
  for (const [index, certificate] of read.entries()) {
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.subject).toBe(`CN=${issued[index]?.name}`);
    expect(certificate.issuer).toBe('CN=CA of many');
  }
  const [first] = issued;
  expect(read[0]?.checkPrivateKey(createPrivateKey(first?.keyPem ?? ''))).toBe(true);
  expect(first?.name).toBe('Load host 000001');
});
