/**
 * Two providers over one array that a third process serves, as an active/passive group, over verified TLS:
 * one is killed, the other takes over, the first comes back and is passive; then the array itself dies.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bindVirtualVolume, createVirtualVolume, getTaskUpdate } from '../crash/calls.ts';
import { openSession, reached, register, type VCenter } from '../support/registered.ts';
import {
  type ServerProcess,
  type Started,
  startArray,
  startServer,
} from '../support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../support/soap-client.ts';

const HOST = '00000000-0000-4000-8000-00000000ab01';
/** A clone outlasts everything that happens here. */
const PACES = '{seed: group, pacing: {cloneVolume: {milliseconds: 600000}}}';

const OPEN = /^(Queued|Running)$/;

let folder: string;
let array: Started<{ readonly arraySocket: string }>;
let first: ServerProcess;
let second: ServerProcess;
/** Each provider has registrations of its own. */
let atFirst: VCenter;
let atSecond: VCenter;
let hostAtFirst: SoapClient;
let hostAtSecond: SoapClient;
let arrayId: string;
let volume: string;
let clone: string;
let handle: unknown;
let eventsOfFirst: number;

/** A host with a session, which has not asked for endpoints yet: that is answered by the active provider. */
const hostOf = async ({ authority, client }: VCenter): Promise<SoapClient> => {
  const host = client(await authority.issueClient());
  const initiator = '<d:iscsiIdentifier>iqn.1998-01.com.example:host</d:iscsiIdentifier>';
  const context = `<d:hostGuid>${HOST}</d:hostGuid><d:hostInitiator>${initiator}</d:hostInitiator>`;
  await host.ask('setContext', `<m:usageContext>${context}</m:usageContext>`);
  return host;
};
const placeOf = (name: string) => {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  return place;
};
const beginArray = () => startArray(placeOf('array'), { KEELSON_ARRAY_OPTIONS: PACES });
const beginProvider = (name: string, priority: string) =>
  startServer(placeOf(name), {
    environment: {
      KEELSON_ARRAY_MODULE: 'remote',
      KEELSON_ARRAY_OPTIONS: `{socket: ${JSON.stringify(array.ready.arraySocket)}}`,
      KEELSON_GROUP_NEEDS_EXPLICIT_ACTIVATION: 'true',
      KEELSON_GROUP_PRIORITY: priority,
    },
  });
const activation = (url: string) =>
  `<m:activationSpec><d:currentActiveProviderUrl>${url}</d:currentActiveProviderUrl><d:entityId>${arrayId}</d:entityId></m:activationSpec>`;
const bindOf = async (host: SoapClient) => {
  const bound = await bindVirtualVolume(host, [volume]);
  return 'value' in bound ? bound.value[0] : bound.fault;
};
/** The last id of all events that the provider has for the host. */
const lastEvent = async (host: SoapClient): Promise<number> => {
  let last = -1;
  while (true) {
    const page = await host.ask('getEvents', `<m:lastEventId>${last}</m:lastEventId>`);
    const ids = textsOf(page, 'eventId').map(Number);
    if (ids.length === 0) return last;
    last = Math.max(...ids);
  }
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'group-'));
  array = await beginArray();
  [first, second] = await Promise.all([
    beginProvider('first', '200'),
    beginProvider('second', '50'),
  ]);
  [atFirst, atSecond] = await Promise.all([register(first.ready), register(second.ready)]);
  [hostAtFirst, hostAtSecond] = [await hostOf(atFirst), await hostOf(atSecond)];
}, 90_000);

afterAll(async () => {
  for (const each of [hostAtFirst, hostAtSecond]) each?.close();
  for (const each of [first, second, array]) await each?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('both say that they must be activated, each with its own priority, and serve nothing before', async () => {
  const context = `<m:usageContext><d:hostGuid>another-${HOST}</d:hostGuid></m:usageContext>`;
  const info = await atFirst
    .client(await atFirst.authority.issueClient())
    .ask('setContext', context);
  expect(textOf(info, 'needsExplicitActivation')).toBe('true');
  const arrays = await Promise.all(
    [hostAtFirst, hostAtSecond].map((host) => host.ask('queryArrays', '')),
  );
  expect(arrays.map((each) => textOf(each, 'priority'))).toEqual(['200', '50']);
  arrayId = textOf(arrays[0] ?? '', 'uniqueIdentifier');
  for (const host of [hostAtFirst, hostAtSecond]) {
    const reply = await host.call(
      'queryStorageContainerForArray',
      `<m:arrayId>${arrayId}</m:arrayId>`,
    );
    expect(reply.fault).toBe('InactiveProvider');
    expect([textOf(reply.body, 'entityId'), textOf(reply.body, 'entityType')]).toEqual([
      arrayId,
      'StorageArray',
    ]);
  }
});

test('the activated one serves the array, and the other refuses', async () => {
  const task = await hostAtFirst.ask('activateProviderEx', activation(''));
  expect(textOf(task, 'taskState')).toBe('Success');
  expect(await getTaskUpdate(hostAtFirst, textOf(task, 'taskId'))).toMatchObject({
    value: { state: 'Success' },
  });
  await openSession(hostAtFirst, HOST);
  const containers = await hostAtFirst.ask(
    'queryStorageContainerForArray',
    `<m:arrayId>${arrayId}</m:arrayId>`,
  );
  const container = textsOf(containers, 'return')[0] ?? '';
  const wanted = { name: 'disk', type: 'Data', note: 'group', container };
  const made = await createVirtualVolume(hostAtFirst, wanted as never);
  if (!('value' in made)) throw new Error(`no volume: ${made.fault}`);
  volume = made.value.result ?? '';
  handle = await bindOf(hostAtFirst);
  expect(handle).toMatchObject({ secondaryId: expect.any(String) });
  const metadata =
    '<m:metadata><d:parameterName>note</d:parameterName><d:parameterValue>copy</d:parameterValue></m:metadata>';
  const copying = await hostAtFirst.ask(
    'cloneVirtualVolume',
    `<m:vvolId>${volume}</m:vvolId>${metadata}`,
  );
  expect(textOf(copying, 'taskState')).toMatch(OPEN);
  clone = textOf(copying, 'taskId');
  eventsOfFirst = await lastEvent(hostAtFirst);
  const refused = await createVirtualVolume(hostAtSecond, wanted as never);
  expect(refused).toEqual({ fault: 'InactiveProvider' });
  expect(await bindOf(hostAtSecond)).toBe('InactiveProvider');
  expect(await getTaskUpdate(hostAtSecond, clone)).toEqual({ fault: 'InactiveProvider' });
  expect(await lastEvent(hostAtSecond)).toBeGreaterThan(0);
});

test('after the death of the active one, the other takes over: bindings and tasks are there', async () => {
  await first.end('SIGKILL');
  const eventsBefore = await lastEvent(hostAtSecond);
  await hostAtSecond.ask('activateProviderEx', activation(first.ready.versionXml));
  await openSession(hostAtSecond, HOST);
  expect(await bindOf(hostAtSecond)).toEqual(handle);
  expect(await getTaskUpdate(hostAtSecond, clone)).toMatchObject({
    value: { state: expect.stringMatching(OPEN) },
  });
  const running = await hostAtSecond.ask('getCurrentTask', '');
  expect(textsOf(running, 'taskId')).toContain(clone);
  const events = await hostAtSecond.ask(
    'getEvents',
    `<m:lastEventId>${eventsBefore}</m:lastEventId>`,
  );
  expect(textsOf(events, 'eventObjType')).toContain('StorageArray');
});

test('the first one comes back, is passive, and goes on with its own numbers of events', async () => {
  first = await beginProvider('first', '200');
  hostAtFirst.close();
  atFirst = await reached(atFirst, first.ready);
  hostAtFirst = await hostOf(atFirst);
  expect(await bindOf(hostAtFirst)).toBe('InactiveProvider');
  expect(await getTaskUpdate(hostAtFirst, clone)).toEqual({ fault: 'InactiveProvider' });
  const events = await hostAtFirst.ask(
    'getEvents',
    `<m:lastEventId>${eventsOfFirst}</m:lastEventId>`,
  );
  expect(textsOf(events, 'eventObjType')).toContain('StorageArray');
  await hostAtFirst.ask('activateProvider', `<m:entityId>${arrayId}</m:entityId>`);
  await openSession(hostAtFirst, HOST);
  expect(await bindOf(hostAtFirst)).toEqual(handle);
  expect(await bindOf(hostAtSecond)).toBe('InactiveProvider');
});

test('while the array is away its providers are busy; when it is back all is as it was', async () => {
  await array.end('SIGKILL');
  await vi.waitFor(async () => expect(await bindOf(hostAtFirst)).toBe('VasaProviderBusy'), {
    timeout: 10_000,
    interval: 100,
  });
  array = await beginArray();
  await vi.waitFor(async () => expect(await bindOf(hostAtFirst)).toEqual(handle), {
    timeout: 10_000,
    interval: 100,
  });
  expect(await getTaskUpdate(hostAtFirst, clone)).toMatchObject({
    value: { state: expect.stringMatching(OPEN) },
  });
  expect(await bindOf(hostAtSecond)).toBe('InactiveProvider');
});

test('a socket and an array have one serving process each', async () => {
  const { arraySocket } = array.ready;
  const elsewhere = startArray(placeOf('third'), { KEELSON_ARRAY_SOCKET: arraySocket });
  await expect(elsewhere).rejects.toThrow(`another array is served at ${arraySocket}`);
  const again = startArray(placeOf('array'), { KEELSON_ARRAY_SOCKET: join(folder, 'other.sock') });
  await expect(again).rejects.toThrow('in use by another process');
});
