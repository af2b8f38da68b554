/**
 * A vCenter of VASA 1.0 over TLS, from the first contact on: it brings one self-signed certificate, reads
 * the catalogs, discovers in the usual order (counts, ids, details, associations), and polls. Every answer
 * has to fit the 1.0 schemas and hold no word that 1.0 has not.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSelfSignedClient } from '../../certs/make.ts';
import { service } from '../../src/wire/generated/vasa-1.0/service.ts';
import * as V1 from '../../src/wire/generated/vasa-1.0/types.ts';
import { fetchText, register, serviceUrl } from '../support/registered.ts';
import { type ServerProcess, startServer, USER } from '../support/server-process.ts';
import { escaped, type SoapClient, soapClient, textOf, textsOf } from '../support/soap-client.ts';
import { compileSchemas } from '../support/wire/xsd.ts';
import { CLASSIC_STORAGE, CONTEXTS } from './classic-storage.ts';

/** Elements whose text is a word of an enumeration, by local name. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  alarmType: V1.AlarmTypeEnum,
  catalogName: V1.storageCatalogEnum,
  eventConfigType: V1.EventConfigTypeEnum,
  eventObjType: V1.EntityTypeEnum,
  eventType: V1.EventTypeEnum,
  fileSystem: V1.FileSystemEnum,
  fileSystemVersion: V1.FileSystemVersionEnum,
  objectType: V1.EntityTypeEnum,
  portType: V1.BlockEnum,
  status: V1.AlarmStatusEnum,
  supportedBlock: V1.BlockEnum,
  supportedFileSystem: V1.FileSystemEnum,
  supportedProfile: V1.ProfileEnum,
  thinProvisioningStatus: V1.AlarmStatusEnum,
};

const MAIN = resolve(import.meta.dirname, '../../dist/src/main.js');
const run = promisify(execFile);
const dataFolder = () => join(folder, 'data');
const schemas = compileSchemas('vasa-1.0');
const asked = new Set<string>();
let folder: string;
let server: ServerProcess;
let url: string;
/** Of the provider's certificate, which nobody has signed. */
let trust: string;
let vcenter: SoapClient;
let certificate: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-vasa-1.0-'));
  server = await startServer(folder, { environment: CLASSIC_STORAGE });
  trust = readFileSync(server.ready.certificateFile, 'utf8');
  url = await serviceUrl(server.ready.versionXml, trust, '1.0');
}, 60_000);

afterAll(async () => {
  schemas.dispose();
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

/** Calls an operation; its answer is valid, and in words of 1.0. */
async function ask(operation: string, children: string | null, client = vcenter): Promise<string> {
  const answer = await client.ask(operation, children);
  asked.add(operation);
  schemas.validateBody(answer);
  for (const [element, words] of Object.entries(WORDS))
    for (const text of textsOf(answer, element)) expect(words).toContain(text);
  return answer;
}

const argument = (name: string, values: readonly string[]) =>
  values.map((value) => `<m:${name}>${escaped(value)}</m:${name}>`).join('');

/** Ids that a query for ids answers. */
async function ids(operation: string, children: string): Promise<string[]> {
  return textsOf(await ask(operation, children), 'return');
}
const idsOf = (type: string) =>
  ids('queryUniqueIdentifiersForEntity', argument('entityType', [type]));

test('registers with one self-signed certificate, and opens a session with it', async () => {
  const identity = await makeSelfSignedClient({ name: 'VASA 1.0 vCenter' });
  certificate = identity.certificatePem;
  const anonymous = soapClient({ url, trust, version: '1.0' });
  const credentials = argument('userName', [USER.name]) + argument('password', [USER.password]);
  const brought = argument('newCertificate', [certificate]);
  const info = await ask('registerVASACertificate', credentials + brought, anonymous);
  expect(textOf(info, 'sessionId')).toBe('0');
  expect((await anonymous.call('setContext', CONTEXTS.everything)).fault).toBe('InvalidSession');
  anonymous.close();
  vcenter = soapClient({ url, trust, identity, version: '1.0' });
  const opened = await ask('setContext', CONTEXTS.everything);
  expect(textOf(opened, 'vasaApiVersion')).toBe('1.0');
  expect(textOf(opened, 'sessionId')).toBe(vcenter.session);
});

test('reads the catalogs, which anybody may fetch', async () => {
  const answer = await ask('queryCatalog', null);
  const places = textsOf(answer, 'catalogUri');
  expect(places.length).toBeGreaterThanOrEqual(3);
  for (const place of places) {
    const text = await fetchText(new URL(place, url).href, trust);
    expect(text).toMatch(/^# .* catalog/);
  }
});

/** Reads what there is, as a client that polls until it gets an empty list. */
async function lastEventId(last = '-1'): Promise<string> {
  const events = await ask('getEvents', argument('lastEventId', [last]));
  const next = textsOf(events, 'eventId').at(-1);
  return next === undefined ? last : lastEventId(next);
}

describe('discovery', () => {
  test('counts what it then lists', async () => {
    for (const type of V1.EntityTypeEnum) {
      const count = await ask('getNumberOfEntities', argument('entityType', [type]));
      expect([type, Number(textOf(count, 'return'))]).toEqual([type, (await idsOf(type)).length]);
    }
  });

  test('finds one array, since the other is masked, with its controllers and ports', async () => {
    const arrays = await idsOf('StorageArray');
    const answer = await ask('queryArrays', argument('arrayUniqueId', arrays));
    expect(textsOf(answer, 'arrayName')).toEqual(['open']);
    expect(textsOf(answer, 'supportedProfile')).toEqual([...V1.ProfileEnum]);
    const controllers = await idsOf('StorageProcessor');
    expect(controllers).toHaveLength(2);
    const ports = await idsOf('StoragePort');
    const described = await ask('queryStoragePorts', argument('portUniqueId', ports));
    expect(textsOf(described, 'portType').sort()).toEqual(['FC', 'FC', 'ISCSI', 'ISCSI']);
    await ask('queryStorageProcessors', argument('spUniqueId', controllers));
    await ask('queryAssociatedProcessorsForArray', argument('arrayUniqueId', arrays));
    const owned = await ask(
      'queryAssociatedPortsForProcessor',
      argument('spUniqueId', controllers),
    );
    expect(textsOf(owned, 'uniqueIdentifier').sort()).toEqual([...controllers, ...ports].sort());
  });

  test('finds the LUNs of both hosts, what they offer and how full they are', async () => {
    const arrays = await idsOf('StorageArray');
    const luns = await ids('queryUniqueIdentifiersForLuns', argument('arrayUniqueId', arrays));
    const answer = await ask('queryStorageLuns', argument('lunUniqueId', luns));
    expect(textsOf(answer, 'displayName')).toEqual(['lun-1', 'lun-2', 'lun-3', 'lun-4']);
    expect(textsOf(answer, 'thinProvisioningStatus')).toEqual(['Red', 'Green', 'Green', 'Green']);
    expect(textsOf(answer, 'drsManagementPermitted')).toEqual(['true', 'true', 'true', 'false']);
    for (const name of textsOf(answer, 'esxLunIdentifier')) expect(name).toMatch(/^naa\.\w{32}$/);
    const labelled = await ask('queryAssociatedCapabilityForLun', argument('lunUniqueId', luns));
    const [label = ''] = await idsOf('StorageCapability');
    expect(textsOf(labelled, 'uniqueIdentifier').sort()).toEqual([...luns, label].sort());
    const labels = await ask('queryStorageCapabilities', argument('capabilityUniqueId', [label]));
    expect(textOf(labels, 'capabilityName')).toBe('Gold');
    const ports = await idsOf('StoragePort');
    await ask('queryAssociatedLunsForPort', argument('portUniqueId', ports));
    const may = (to: string | undefined) =>
      ask(
        'queryDRSMigrationCapabilityForPerformance',
        argument('srcUniqueId', luns.slice(1, 2)) +
          argument('dstUniqueId', to === undefined ? [] : [to]) +
          argument('entityType', ['StorageLun']),
      );
    // lun-1 is on flash; lun-3 is on the same disks.
    expect(textOf(await may(luns[0]), 'return')).toBe('true');
    expect(textOf(await may(luns[2]), 'return')).toBe('false');
  });

  test('finds the file systems, and no version of NFS that 1.0 has no word for', async () => {
    const arrays = await idsOf('StorageArray');
    const found = await ids('queryUniqueIdentifiersForFileSystems', argument('fsUniqueId', arrays));
    const answer = await ask('queryStorageFileSystems', argument('fsUniqueId', found));
    expect(textsOf(answer, 'fileSystem')).toEqual(['NFS', 'NFS']);
    expect(textsOf(answer, 'fileSystemVersion')).toEqual(['NFSV3_0']);
    expect(textsOf(answer, 'fileSystemPath')[0]).toBe('/exports/home');
    await ask('queryAssociatedCapabilityForFileSystem', argument('fsUniqueId', found));
  });
});

describe('what is seen', () => {
  afterAll(() => vcenter.ask('setContext', CONTEXTS.everything));
  const names = async () => {
    const luns = await idsOf('StorageLun');
    if (luns.length === 0) return [];
    return textsOf(await ask('queryStorageLuns', argument('lunUniqueId', luns)), 'displayName');
  };

  test('changes at once with another setContext', async () => {
    await ask('setContext', CONTEXTS.first);
    expect(await names()).toEqual(['lun-1', 'lun-2']);
    expect(await idsOf('StorageFileSystem')).toEqual([]);
    await ask('setContext', CONTEXTS.mounts);
    expect(await names()).toEqual([]);
    expect(await idsOf('StorageFileSystem')).toHaveLength(2);
  });

  test('is nothing at all for a client that says nothing of itself', async () => {
    await ask('setContext', CONTEXTS.nothing);
    for (const type of V1.EntityTypeEnum) expect(await idsOf(type)).toEqual([]);
    expect(textsOf(await ask('queryArrays', ''), 'return')).toEqual([]);
  });
});

test('polls events and alarms while 2.0 clients work, and meets nothing of 2.0', async () => {
  // Containers, volumes and endpoints are not of its world; a vCenter of 2.0 makes some come and go.
  const newer = await register({ ...server.ready }, { keepsCertificate: true, trust });
  const host = await newer.host('host-of-2.0', { trust });
  const containers = await host.ask('queryStorageContainer', '');
  const create = [
    argument('containerId', textsOf(containers, 'uniqueIdentifier').slice(0, 1)),
    '<m:vvolType>Data</m:vvolType><m:sizeInMB>1</m:sizeInMB>',
    '<m:metadata><d:parameterName>VMW_VVolName</d:parameterName><d:parameterValue>a</d:parameterValue></m:metadata>',
  ];
  await host.ask('createVirtualVolume', create.join(''));
  const all = '<m:lastEventId>-1</m:lastEventId>';
  const volumesIn = (events: string) =>
    textsOf(events, 'objectId').filter((id) => id.startsWith('rfc4122.'));
  expect(volumesIn(await host.ask('getEvents', all))).toHaveLength(1);
  expect(volumesIn(await ask('getEvents', all))).toEqual([]);
  host.close();
});

test('is told of the LUN that may run out of space, in the same colour as the LUN has', async () => {
  const [lun = ''] = await idsOf('StorageLun');
  const alarms = await ask('getAlarms', '<m:lastAlarmId>-1</m:lastAlarmId>');
  expect(textsOf(alarms, 'objectId')).toEqual([lun]);
  expect(textsOf(alarms, 'alarmType')).toEqual(['SpaceCapacity']);
  expect(textsOf(alarms, 'status')).toEqual(['Red']);
  const query = argument('lunUniqueId', [lun]);
  expect(textOf(await ask('queryStorageLuns', query), 'thinProvisioningStatus')).toBe('Red');

  // What a host deletes in its datastore and gives back to the array.
  const lastAlarm = argument('lastAlarmId', textsOf(alarms, 'alarmId').slice(-1));
  const lastEvent = argument('lastEventId', [await lastEventId()]);
  await run(process.execPath, [MAIN, 'array', 'use', lun, '100', '--data-dir', dataFolder()]);
  const events = await ask('getEvents', lastEvent);
  expect(textsOf(events, 'objectId')).toContain(lun);
  expect(textsOf(events, 'eventConfigType')).toContain('Update');
  const after = await ask('queryStorageLuns', query);
  expect(textOf(after, 'usedSpaceInMB')).toBe('100');
  expect(textOf(after, 'thinProvisioningStatus')).toBe('Green');
  await expect
    .poll(async () => textsOf(await ask('getAlarms', lastAlarm), 'status'), { timeout: 10_000 })
    .toEqual(['Green']);
});

test('takes its certificate back, and is a stranger from then on', async () => {
  await ask('unregisterVASACertificate', argument('existingCertificate', [certificate]));
  expect((await vcenter.call('setContext', CONTEXTS.everything)).fault).toBe('InvalidSession');
  vcenter.close();
});

test('has called every operation of VASA 1.0 by now', () => {
  expect([...asked].sort()).toEqual(Object.keys(service.operations).sort());
});
