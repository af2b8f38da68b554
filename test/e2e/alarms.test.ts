/**
 * Alarms as a vCenter hears of them: something breaks, and within a poll it is told in words that the catalog
 * has, in each language; it lasts over a restart and ends when the cause does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { openLog } from '../../src/log/log.ts';
import { type MovableClock, movableClock } from '../../src/model/clock.ts';
import type { ProfileId } from '../../src/model/ids.ts';
import { bytes } from '../../src/model/units.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { newJob, newVvolId } from '../array/contract/harness.ts';
import { fetchText, reached, register, type VCenter } from '../support/registered.ts';
import { USER } from '../support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../support/soap-client.ts';

const HOST = '00000000-0000-4000-8000-000000000001';
const DAY_MS = 86_400_000;

let folder: string;
let clock: MovableClock;
let provider: RunningProvider;

async function start(): Promise<RunningProvider> {
  const config = configSchema.parse({
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
    clock: { movable: true },
  });
  const log = openLog({
    release: 'test',
    level: 'info',
    stream: undefined,
    files: undefined,
    clock,
  });
  return startProvider({ config, clock, log });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-alarms-'));
  clock = movableClock();
  provider = await start();
}, 60_000);

afterEach(async () => {
  await provider.close(1000);
  rmSync(folder, { recursive: true, force: true });
});

/** The alarms after an id, about this object. */
async function alarms(client: SoapClient, after: string, objectId: string) {
  const answer = await client.ask('getAlarms', `<m:lastAlarmId>${after}</m:lastAlarmId>`);
  const each = answer.split(/<\/(?:\w+:)?return>/).slice(0, -1);
  return each.filter((alarm) => textOf(alarm, 'objectId') === objectId);
}

/** Polls, as clients do, until there is something. */
async function nextAlarm(client: SoapClient, after: string, objectId: string): Promise<string> {
  for (let n = 0; n < 100; n += 1) {
    const [found] = await alarms(client, after, objectId);
    if (found !== undefined) return found;
    await pause(100);
  }
  throw new Error(`no alarm about ${objectId}`);
}

/** The message of an alarm as a client renders it from the catalog of a language. */
async function rendered(client: SoapClient, vcenter: VCenter, locale: string, alarm: string) {
  const catalogs = await client.ask('queryCatalog', null);
  const path = textsOf(catalogs, 'catalogUri').find((uri) => uri.includes(`/${locale}/alarm`));
  const url = new URL(path ?? '', provider.versionXml).href;
  const catalog = await fetchText(url, vcenter.authority.certificatePem);
  const id = textOf(alarm, 'messageId');
  const line = catalog.split('\n').find((each) => each.startsWith(`${id} = `)) ?? '';
  const names = textsOf(alarm, 'parameterName');
  const values = textsOf(alarm, 'parameterValue');
  const text = line.slice(id.length + 4, -1);
  return names.reduce((all, name, n) => all.replaceAll(`{${name}}`, values[n] ?? ''), text);
}

test('an endpoint that goes down is told in every language, lasts over a restart, and ends', async () => {
  const vcenter = await register(provider);
  const client = await vcenter.host(HOST);
  const [endpoint = ''] = textsOf(
    await client.ask('queryProtocolEndpoint', ''),
    'uniqueIdentifier',
  );
  await provider.administration.array.setEndpointOnline(endpoint, false);
  const red = await nextAlarm(client, '-1', endpoint);
  expect(textOf(red, 'status')).toBe('Red');
  expect(await rendered(client, vcenter, 'en', red)).toBe(
    `Protocol endpoint ${endpoint} is offline: virtual volumes cannot be reached through it.`,
  );
  expect(await rendered(client, vcenter, 'de', red)).toBe(
    `Der Protokollendpunkt ${endpoint} ist offline: Virtuelle Volumes sind über ihn nicht erreichbar.`,
  );
  client.close();

  await provider.close(1000);
  provider = await start();
  const again = await (await reached(vcenter, provider)).host(HOST);
  expect((await alarms(again, '-1', endpoint)).map((each) => textOf(each, 'alarmId'))).toEqual([
    textOf(red, 'alarmId'),
  ]);
  expect(await alarms(again, textOf(red, 'alarmId'), endpoint)).toEqual([]);
  await provider.administration.array.setEndpointOnline(endpoint, true);
  const green = await nextAlarm(again, textOf(red, 'alarmId'), endpoint);
  expect(textOf(green, 'status')).toBe('Green');
  again.close();
});

test('a pool that degrades makes its volumes break their profile, until it is mended', async () => {
  const vcenter = await register(provider);
  const client = await vcenter.host(HOST);
  const [container] = await provider.parts.array.containers();
  if (container === undefined) throw new Error('no container');
  const vvolId = newVvolId();
  const job = await provider.parts.array.createVolume(newJob(), {
    vvolId,
    containerId: container.containerId,
    type: 'Data',
    size: bytes(1n << 20n),
    thin: undefined,
    metadata: [],
    profile: {
      // Ids of profiles are free text; nothing but the brand is missing.
      profileId: 'protected' as ProfileId,
      generationId: 1n,
      document: '{}',
      asked: [
        {
          namespace: 'org.keelson.array',
          capabilityId: 'raid',
          propertyId: 'level',
          value: { kind: 'set', values: ['RAID5', 'RAID6'] },
        },
      ],
    },
  });
  expect(job.state).toBe('succeeded');
  await provider.administration.array.setHealth(container.poolId, 'degraded');
  const pool = await nextAlarm(client, '-1', container.poolId);
  expect(textOf(pool, 'messageId')).toBe('Keelson.Alarm.PoolHealth.Yellow');
  const red = await nextAlarm(client, textOf(pool, 'alarmId'), vvolId);
  expect(red).toMatch(/type="[^"]*ComplianceAlarm"/);
  expect(textOf(red, 'complianceStatus')).toBe('nonCompliant');
  expect(textsOf(red, 'id')).toContain('level');
  await provider.administration.array.setHealth(container.poolId, 'healthy');
  const green = await nextAlarm(client, textOf(red, 'alarmId'), vvolId);
  expect(textOf(green, 'complianceStatus')).toBe('compliant');
  const events = await client.ask('getEvents', '<m:lastEventId>-1</m:lastEventId>');
  const told = events.split(/<\/(?:\w+:)?return>/).filter((each) => each.includes('>Compliance<'));
  expect(told.map((each) => textOf(each, 'objectId'))).toEqual([vvolId, vvolId]);
  client.close();
});

test('a certificate that comes near its end is an alarm about every array that the client sees', async () => {
  const vcenter = await register(provider);
  const client = await vcenter.host(HOST);
  const arrayId = textOf(await client.ask('queryArrays', ''), 'uniqueIdentifier');
  expect(await alarms(client, '-1', arrayId)).toEqual([]);
  const [leaf] = provider.parts.trust.certificate.chain();
  if (leaf === undefined) throw new Error('no certificate');
  const untilEnd = leaf.notAfter - clock.now();
  // The session's own certificate may end before; the alarm is read behind the wire then.
  await provider.administration.clock.moveBy(untilEnd - 20 * DAY_MS);
  const changed = await provider.parts.store.activeAlarms();
  const told = changed.filter(({ alarm }) => alarm.objectId === arrayId);
  expect(told.map(({ alarm }) => `${alarm.type} ${alarm.status} ${alarm.messageId}`)).toEqual([
    'Manageability Yellow Keelson.Alarm.CertificateExpires.Yellow',
  ]);
  client.close();
});
