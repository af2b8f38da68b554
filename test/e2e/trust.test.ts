/**
 * Trust over the wire: whom the provider takes for whom, on new, resumed and open TLS connections, while
 * roots, CRLs and its own certificate change under them.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprintOf, type Issued, makeAuthority } from '../../certs/make.ts';
import {
  installMessage,
  openSession,
  register,
  rootsMessage,
  signCertificate,
  type VCenter,
} from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { type SoapClient, textOf } from '../support/soap-client.ts';
import { type Connection, openConnection } from './connection.ts';

/** The arguments of setContext for one more host. */
const hostContext = (): string =>
  `<m:usageContext><d:hostGuid>${randomUUID()}</d:hostGuid></m:usageContext>`;
const VERSIONS: readonly SecureVersion[] = ['TLSv1.2', 'TLSv1.3'];

let folder: string;
let server: ServerProcess;
let vcenter: VCenter;
let crlNumber = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-trust-'));
  server = await startServer(folder);
  vcenter = await register(server.ready);
}, 60_000);

afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

function connection(
  identity: Issued | undefined,
  options: { version?: SecureVersion; resume?: Buffer; trust?: string } = {},
): Promise<Connection> {
  return openConnection({
    url: vcenter.url,
    trust: vcenter.authority.certificatePem,
    identity,
    ...options,
  });
}

/** A client of the vCenter's own, with a session. */
async function administrator(of: VCenter = vcenter, trust?: string): Promise<SoapClient> {
  const client = of.client(await of.authority.issueClient(), trust === undefined ? {} : { trust });
  const context = '<d:vcGuid>00000000-0000-4000-8000-0000000000ff</d:vcGuid>';
  await client.ask('setContext', `<m:usageContext>${context}</m:usageContext>`);
  return client;
}

describe('who is asked for a certificate', () => {
  test.each(VERSIONS)(
    'a client without one gets InvalidSession, not a TLS error (%s)',
    async (version) => {
      const anonymous = await connection(undefined, { version });
      const answer = await anonymous.call('setContext', hostContext());
      expect(answer).toEqual({ status: 500, session: undefined, fault: 'InvalidSession' });
      anonymous.close();
    },
  );

  test.each(VERSIONS)(
    'a client of an unknown root gets InvalidSession, not a TLS error (%s)',
    async (version) => {
      const stranger = await (await makeAuthority()).issueClient();
      const unknown = await connection(stranger, { version });
      expect((await unknown.call('setContext', hostContext())).fault).toBe('InvalidSession');
      expect((await unknown.call('queryArrays', '')).fault).toBe('InvalidSession');
      unknown.close();
    },
  );

  test('a session is of no use with another client certificate', async () => {
    const own = await connection(await vcenter.authority.issueClient());
    const { session } = await own.call('setContext', hostContext());
    expect((await own.call('queryArrays', '', session)).status).toBe(200);
    const other = await connection(await vcenter.authority.issueClient());
    expect((await other.call('queryArrays', '', session)).fault).toBe('InvalidSession');
    const nobody = await connection(undefined);
    expect((await nobody.call('queryArrays', '', session)).fault).toBe('InvalidSession');
    for (const each of [own, other, nobody]) each.close();
  });
});

describe('the provider’s own certificate', () => {
  test('a renewed one is served at once, and neither sessions nor open connections are lost', async () => {
    const identity = await vcenter.authority.issueClient();
    const open = await connection(identity);
    const { session } = await open.call('setContext', hostContext());
    const admin = await administrator();
    const renewed = fingerprintOf(await signCertificate(admin, vcenter.authority));
    expect(renewed).not.toBe(open.served);
    expect((await open.call('queryArrays', '', session)).status).toBe(200);
    const next = await connection(identity);
    expect(next.served).toBe(renewed);
    expect((await next.call('queryArrays', '', session)).status).toBe(200);
    for (const each of [open, next, admin]) each.close();
  });

  test('no other authority can replace it, not even from the address that has just registered', async () => {
    const stranger = await makeAuthority();
    const before = await connection(undefined);
    const admin = await administrator();
    const request = textOf(await admin.ask('requestCSR', null), 'return');
    const install = installMessage(await stranger.signRequest(request));
    for (const identity of [undefined, await stranger.issueClient()]) {
      const client = vcenter.client(identity);
      const { fault } = await client.call('registerCASignedProviderCertificate', install);
      expect(['InvalidCertificate', 'InvalidSession', 'PermissionDenied']).toContain(fault);
      client.close();
    }
    const { fault } = await admin.call('registerCASignedProviderCertificate', install);
    expect(fault, 'nor a session of another authority').toBe('InvalidCertificate');
    const after = await connection(undefined);
    expect(after.served).toBe(before.served);
    for (const each of [before, after, admin]) each.close();
  });

  test('a second vCenter is told to leave the first one’s alone', async () => {
    const trust = vcenter.authority.certificatePem;
    const second = await register(server.ready, { trust, keepsCertificate: true });
    const client = await administrator(second, trust);
    await expect(signCertificate(client, second.authority)).rejects.toThrow('PermissionDenied');
    // Still served: the first one's root vouches for it.
    (await connection(undefined)).close();
    client.close();
  });
});

describe.each(VERSIONS)('a client that is revoked by CRL (%s)', (version) => {
  test('is refused on its open connection, on a resumed session and on a new one', async () => {
    const identity = await vcenter.authority.issueClient();
    const open = await connection(identity, { version });
    const { session } = await open.call('setContext', hostContext());
    expect((await open.call('queryArrays', '', session)).status).toBe(200);
    const resume = open.ticket();
    const resumed = await connection(identity, { version, resume });
    expect(resumed.resumed, 'the ticket is good so far').toBe(true);
    expect((await resumed.call('queryArrays', '', session)).status).toBe(200);

    const bystander = await connection(await vcenter.authority.issueClient(), { version });
    const other = await bystander.call('setContext', hostContext());
    crlNumber += 1;
    const crl = await vcenter.authority.crl({
      revoked: [identity],
      number: crlNumber,
    });
    const admin = await administrator();
    await admin.ask(
      'refreshCACertificatesAndCRLs',
      rootsMessage([vcenter.authority.certificatePem], [crl]),
    );

    expect((await open.call('queryArrays', '', session)).fault).toBe('InvalidSession');
    expect((await resumed.call('setContext', hostContext())).fault).toBe('InvalidSession');
    for (const again of [
      await connection(identity, { version, resume }),
      await connection(identity, { version }),
    ]) {
      expect((await again.call('queryArrays', '', session)).fault).toBe('InvalidSession');
      expect((await again.call('setContext', hostContext())).fault).toBe('InvalidSession');
      again.close();
    }
    expect((await bystander.call('queryArrays', '', other.session)).status).toBe(200);
    for (const each of [open, resumed, bystander, admin]) each.close();
  });
});

describe('several vCenters', () => {
  test('a CA without CRL is accepted beside one with, and neither disturbs the other', async () => {
    const first = await administrator();
    const trust = vcenter.authority.certificatePem;
    const second = await register(server.ready, { trust, crls: [], keepsCertificate: true });
    const other = await administrator(second, trust);
    expect((await other.call('queryArrays', '')).status).toBe(200);
    expect((await first.call('queryArrays', '')).status).toBe(200);

    const host = second.client(await second.authority.issueClient(), { trust });
    await openSession(host, '00000000-0000-4000-8000-000000000002');
    const root = second.authority.certificatePem;
    const resume = await openConnection({
      url: second.url,
      trust,
      identity: await second.authority.issueClient(),
    });
    await resume.call('setContext', hostContext());
    await other.ask(
      'unregisterVASACertificate',
      `<m:existingCertificate>${root}</m:existingCertificate>`,
    );

    expect((await host.call('queryArrays', '')).fault, 'the root has gone').toBe('InvalidSession');
    expect((await other.call('setContext', hostContext())).fault).toBe('InvalidSession');
    expect((await resume.call('setContext', hostContext())).fault).toBe('InvalidSession');
    expect((await first.call('queryArrays', '')).status, 'the first is undisturbed').toBe(200);
    const anew = vcenter.client(await vcenter.authority.issueClient(), { trust });
    expect((await anew.call('setContext', hostContext())).status).toBe(200);
    for (const each of [first, other, host, resume, anew]) each.close();
  });
});
