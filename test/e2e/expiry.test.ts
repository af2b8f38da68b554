/**
 * Time and trust: a client whose certificate runs out is refused on its next call, on the connection that
 * is open as well as on a new one. The provider runs in process, with a clock that the test moves.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { openLog } from '../../src/log/log.ts';
import { type MovableClock, movableClock } from '../../src/model/clock.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { installMessage, register } from '../support/registered.ts';
import { USER } from '../support/server-process.ts';
import { openConnection } from './connection.ts';

const HOUR_MS = 3_600_000;
const SET_CONTEXT =
  '<m:usageContext><d:hostGuid>00000000-0000-4000-8000-000000000001</d:hostGuid></m:usageContext>';

let folder: string;
let clock: MovableClock;
let provider: RunningProvider;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-expiry-'));
  clock = movableClock();
  const config = configSchema.parse({
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
  });
  const log = openLog({
    release: 'test',
    level: 'info',
    stream: undefined,
    files: undefined,
    clock,
  });
  provider = await startProvider({ config, clock, log });
}, 60_000);

afterEach(async () => {
  await provider.close(1000);
  rmSync(folder, { recursive: true, force: true });
});

test('a client certificate that runs out is refused from its next call on', async () => {
  const vcenter = await register(provider);
  const at = { url: vcenter.url, trust: vcenter.authority.certificatePem };
  const short = await vcenter.authority.issueClient({ notAfter: clock.now() + HOUR_MS });
  const long = await vcenter.authority.issueClient();
  const open = await openConnection({ ...at, identity: short });
  const { session } = await open.call('setContext', SET_CONTEXT);
  clock.moveBy(HOUR_MS / 3);
  expect((await open.call('queryArrays', '', session)).status).toBe(200);

  clock.moveBy(HOUR_MS);
  expect((await open.call('queryArrays', '', session)).fault).toBe('InvalidSession');
  expect((await open.call('setContext', SET_CONTEXT)).fault).toBe('InvalidSession');
  const again = await openConnection({ ...at, identity: short });
  expect((await again.call('setContext', SET_CONTEXT)).fault).toBe('InvalidSession');
  const other = await openConnection({ ...at, identity: long });
  expect((await other.call('setContext', SET_CONTEXT)).status, 'others are served').toBe(200);
  for (const each of [open, again, other]) each.close();
});

test('a session that is idle longer than its time-out has to be opened anew', async () => {
  const vcenter = await register(provider);
  const identity = await vcenter.authority.issueClient();
  const open = await openConnection({
    url: vcenter.url,
    trust: vcenter.authority.certificatePem,
    identity,
  });
  const minute = SET_CONTEXT.replace(
    '</d:hostGuid>',
    '</d:hostGuid><d:sessionTimeoutInSeconds>60</d:sessionTimeoutInSeconds>',
  );
  const { session } = await open.call('setContext', minute);
  clock.moveBy(59_000);
  expect((await open.call('queryArrays', '', session)).status).toBe(200);
  clock.moveBy(59_000);
  expect((await open.call('queryArrays', '', session)).status, 'each call starts it anew').toBe(
    200,
  );
  clock.moveBy(61_000);
  expect((await open.call('queryArrays', '', session)).fault).toBe('InvalidSession');
  expect((await open.call('setContext', minute)).status).toBe(200);
  open.close();
});

test('the address that registered may ask for a certificate for a while, and then no more', async () => {
  const vcenter = await register(provider);
  const anonymous = vcenter.client();
  expect((await anonymous.call('requestCSR', null)).status).toBe(200);
  clock.moveBy(16 * 60_000);
  expect((await anonymous.call('requestCSR', null)).fault).toBe('InvalidSession');
  const signed = await vcenter.authority.issueServer();
  const install = installMessage(signed.chainPem);
  const { fault } = await anonymous.call('registerCASignedProviderCertificate', install);
  expect(fault).toBe('InvalidSession');
  anonymous.close();
});
