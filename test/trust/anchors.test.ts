/** What is remembered of signatures: an answer for each pair, and none for a namesake. */
import 'reflect-metadata';
import { expect, it, vi } from 'vitest';
import { makeAuthority } from '../../certs/make.ts';
import { rememberingIssued } from '../../src/trust/anchors.ts';
import { readCertificate } from '../../src/trust/certificate.ts';

it('checks a signature once, and keeps CAs of one name apart', async () => {
  const [own, namesake] = await Promise.all([1, 2].map(() => makeAuthority({ name: 'CN=CA' })));
  if (own === undefined || namesake === undefined) throw new Error('no two CAs');
  const leaf = readCertificate((await own.issueClient()).der);
  const issuer = readCertificate(own.der);
  const other = readCertificate(namesake.der);
  expect(other.subjectKey).toBe(issuer.subjectKey);
  const checked = vi.spyOn(leaf.openssl, 'verify');
  const hasIssued = rememberingIssued();
  for (let round = 0; round < 3; round += 1) {
    expect(hasIssued(issuer, leaf)).toBe(true);
    expect(hasIssued(other, leaf)).toBe(false);
    expect(hasIssued(leaf, issuer)).toBe(false);
  }
  expect(checked.mock.calls.length).toBeLessThanOrEqual(2);
  expect(checked).toHaveBeenCalled();
});
