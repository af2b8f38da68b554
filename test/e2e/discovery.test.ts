/**
 * Block and file discovery over TLS with VASA 2.0: what a vCenter and two hosts are shown at the same time,
 * that ids lead where they should, and what Storage DRS is told. Every answer has to fit the schemas.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { register, type VCenter } from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { escaped, type SoapClient, textOf, textsOf } from '../support/soap-client.ts';
import { compileSchemas } from '../support/wire/xsd.ts';
import { CLASSIC_STORAGE, CONTEXTS } from './classic-storage.ts';

const schemas = compileSchemas('vasa-2.0');
let folder: string;
let server: ServerProcess;
let vcenter: VCenter;
/** Sessions by what they reach. */
let clients: Record<keyof typeof CONTEXTS, SoapClient>;

async function client(context: keyof typeof CONTEXTS): Promise<SoapClient> {
  const opened = vcenter.client(await vcenter.authority.issueClient());
  await opened.ask('setContext', CONTEXTS[context]);
  return opened;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-discovery-'));
  server = await startServer(folder, { environment: CLASSIC_STORAGE });
  vcenter = await register(server.ready);
  clients = {
    nothing: await client('nothing'),
    first: await client('first'),
    mounts: await client('mounts'),
    everything: await client('everything'),
  };
}, 60_000);

afterAll(async () => {
  schemas.dispose();
  for (const each of Object.values(clients)) each.close();
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function ask(operation: string, children: string, by = clients.everything): Promise<string> {
  const answer = await by.ask(operation, children);
  schemas.validateBody(answer);
  return answer;
}
const argument = (name: string, values: readonly string[]) =>
  values.map((value) => `<m:${name}>${escaped(value)}</m:${name}>`).join('');
const idsOf = async (type: string, by = clients.everything) =>
  textsOf(
    await ask('queryUniqueIdentifiersForEntity', argument('entityType', [type]), by),
    'return',
  );
/** Name to id of the LUNs. */
async function luns(): Promise<Record<string, string>> {
  const answer = await ask('queryStorageLuns', argument('lunUniqueId', await idsOf('StorageLun')));
  const ids = textsOf(answer, 'uniqueIdentifier');
  return Object.fromEntries(
    textsOf(answer, 'displayName').map((name, at) => [name, ids[at] ?? '']),
  );
}

describe('what clients are shown side by side', () => {
  test('is by each one’s own initiators and mounts', async () => {
    const all = await idsOf('StorageLun');
    expect(all).toHaveLength(4);
    expect(await idsOf('StorageLun', clients.first)).toEqual(all.slice(0, 2));
    expect(await idsOf('StorageLun', clients.mounts)).toEqual([]);
    expect(await idsOf('StorageFileSystem', clients.mounts)).toHaveLength(2);
    expect(await idsOf('StorageFileSystem', clients.first)).toEqual([]);
    expect(await idsOf('StorageArray', clients.nothing)).toEqual([]);
  });

  test('is asked anew for each call: a LUN of others is as if it were not there', async () => {
    const [, , third = ''] = await idsOf('StorageLun');
    const query = argument('lunUniqueId', [third]);
    expect(textsOf(await ask('queryStorageLuns', query), 'uniqueIdentifier')).toEqual([third]);
    expect(await ask('queryStorageLuns', query, clients.first)).not.toContain(escaped(third));
  });

  test('hides the endpoints of a masked array, and no container', async () => {
    const masked = await ask('queryProtocolEndpoint', '');
    const open = await ask('queryProtocolEndpoint', '', clients.nothing);
    expect(textsOf(masked, 'uniqueIdentifier')).toHaveLength(2);
    expect(textsOf(open, 'uniqueIdentifier')).toHaveLength(3);
    const containers = await ask('queryStorageContainer', '');
    expect(textsOf(containers, 'name').sort()).toEqual(['block', 'hidden']);
  });
});

describe('what is behind LUNs and file systems', () => {
  test('is told by ids that lead to pools', async () => {
    const answer = await ask(
      'queryStorageLuns',
      argument('lunUniqueId', await idsOf('StorageLun')),
    );
    const backing = [...new Set(textsOf(answer, 'thinProvisionBackingIdentifier'))];
    expect(backing).toHaveLength(2);
    const pools = await ask('queryBackingStoragePools', argument('storagePoolUniqueId', backing));
    expect(textsOf(pools, 'uniqueIdentifier').sort()).toEqual(backing.sort());
    expect(textsOf(pools, 'capacityInMB').sort()).toEqual(['1000', '100000']);
    const none = await ask('queryBackingStoragePools', '', clients.nothing);
    expect(textsOf(none, 'uniqueIdentifier')).toEqual([]);
  });

  test('is told of NFS 4 too', async () => {
    const answer = await ask('queryStorageFileSystems', '');
    expect(textsOf(answer, 'fileSystemVersion')).toEqual(['NFSV3_0', 'NFSV4_x']);
  });

  test('is what the array says it takes part in', async () => {
    const answer = await ask('queryArrays', '');
    const expected = ['BlockDeviceProfile', 'FileSystemProfile', 'CapabilityProfile'];
    const drs = ['StorageDrsBlockDevice', 'StorageDrsFileSystem'];
    const told = textsOf(answer, 'supportedProfile');
    expect(told).toEqual(expect.arrayContaining([...expected, 'VirtualVolumeProfile', ...drs]));
  });
});

describe('Storage DRS', () => {
  test('is told of sets that share disks, and of what may not be moved', async () => {
    const all = await luns();
    const answer = await ask(
      'queryDrsMigrationCapabilityForPerformanceEx',
      argument('entityId', Object.values(all)),
    );
    const sets = [...answer.matchAll(/<(\w+):nonRecommendedEntitySet>(.*?)<\/\1:nonRec/g)].map(
      ([, , set = '']) => textsOf(set, 'entityId').sort(),
    );
    const named = (...names: readonly string[]) => names.map((name) => all[name]).sort();
    expect(sets).toHaveLength(2);
    expect(sets).toContainEqual(named('lun-4', 'lun-2', 'lun-3'));
    expect(sets).toContainEqual(named('lun-4', 'lun-1'));
  });

  test('is told the same of a pair', async () => {
    const all = await luns();
    const may = async (from: string, to: string) =>
      textOf(
        await ask(
          'queryDRSMigrationCapabilityForPerformance',
          argument('srcUniqueId', [all[from] ?? '']) +
            argument('dstUniqueId', [all[to] ?? '']) +
            argument('entityType', ['StorageLun']),
        ),
        'return',
      );
    expect(await may('lun-1', 'lun-2')).toBe('true');
    expect(await may('lun-2', 'lun-3')).toBe('false');
    expect(await may('lun-1', 'lun-4')).toBe('false');
  });
});
