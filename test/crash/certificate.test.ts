/**
 * kill -9 while the provider's certificate is renewed: afterwards it serves the old one or the new one,
 * always with the key that belongs to it, and the new one if it had said that it has it. Who is trusted
 * and who may log in is not lost either. KEELSON_CRASH_ROUNDS and KEELSON_CRASH_SEED as in kill.test.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fingerprintOf } from '../../certs/make.ts';
import { openConnection } from '../e2e/connection.ts';
import {
  installMessage,
  openSession,
  reached,
  register,
  type VCenter,
} from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { textOf } from '../support/soap-client.ts';
import { seeded } from './load.ts';

const ROUNDS = Math.ceil(Number(process.env['KEELSON_CRASH_ROUNDS'] ?? 15) / 3);
const SEED = Number(process.env['KEELSON_CRASH_SEED'] ?? Date.now() % 1_000_000);
const HOST = '00000000-0000-4000-8000-000000000001';
const VCENTER = '00000000-0000-4000-8000-00000000000c';
const SLOWEST_RENEWAL_MS = 400;

test(`survives ${ROUNDS} kills while it changes its certificate (seed ${SEED})`, {
  timeout: 60_000 + ROUNDS * 15_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-crash-certificate-'));
  const random = seeded(SEED);
  let server = await startServer(folder);
  try {
    let vcenter = await register(server.ready);
    const identity = await vcenter.authority.issueClient();
    const mayBeServed = new Set([await served(vcenter)]);
    for (let round = 0; round < ROUNDS; round += 1) {
      await renewUntilKilled(server, vcenter, random(SLOWEST_RENEWAL_MS), mayBeServed);
      server = await startServer(folder);
      vcenter = await reached(vcenter, server.ready);
      const now = await served(vcenter);
      expect([...mayBeServed]).toContain(now);
      mayBeServed.clear();
      mayBeServed.add(now);
      const host = vcenter.client(identity);
      expect(textOf(await openSession(host, HOST), 'uid')).toBe(vcenter.uid);
      host.close();
    }
  } finally {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Rejects when what is served is not of the vCenter's root, or its key does not fit. */
async function served({ url, authority }: VCenter): Promise<string> {
  const connection = await openConnection({ url, trust: authority.certificatePem });
  connection.close();
  return connection.served ?? 'none';
}

/** Renews again and again; writes down which certificates may be served after the kill. */
async function renewUntilKilled(
  server: ServerProcess,
  vcenter: VCenter,
  afterMs: number,
  mayBeServed: Set<string>,
): Promise<void> {
  const admin = vcenter.client(await vcenter.authority.issueClient());
  const context = `<d:vcGuid>${VCENTER}</d:vcGuid>`;
  await admin.ask('setContext', `<m:usageContext>${context}</m:usageContext>`);
  let killed = false;
  const death = pause(afterMs).then(() => {
    killed = true;
    return server.end('SIGKILL');
  });
  try {
    while (!killed) {
      const request = textOf(await admin.ask('requestCSR', null), 'return');
      const signed = await vcenter.authority.signRequest(request);
      mayBeServed.add(fingerprintOf(signed));
      await admin.ask('registerCASignedProviderCertificate', installMessage(signed));
      mayBeServed.clear();
      mayBeServed.add(fingerprintOf(signed));
    }
  } catch (error) {
    if (!killed) throw error;
  }
  await death;
  admin.close();
}
