/**
 * Storage policies over TLS, as vCenter and a host use them: read what there is, make volumes with a policy
 * and without, change it, and see a volume whose pool is degraded break its promise. Every answer has to fit
 * the schemas.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminClient } from '../../src/admin/client.ts';
import { findSocket } from '../../src/admin/socket.ts';
import { register, type VCenter } from '../support/registered.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../support/soap-client.ts';
import { compileSchemas } from '../support/wire/xsd.ts';

const HOST = '00000000-0000-4000-8000-00000000000a';
const OWN = 'org.keelson.array';
const STANDARD = 'com.vmware.storageprofile.std';
/** Above 2^53: a number would lose its last digit. */
const GENERATION = 1_152_921_504_606_846_977n;

/** Containers of one pool each, so that one can be degraded alone. */
const INVENTORY = {
  arrays: [
    {
      name: 'array-1',
      endpoints: { SCSI: 2, NFS: 1 },
      containers: [
        { name: 'block', protocol: 'SCSI', capacityMB: 10_000 },
        { name: 'files', protocol: 'NFS', capacityMB: 10_000 },
      ],
    },
  ],
};

const schemas = compileSchemas('vasa-2.0');
let folder: string;
let server: ServerProcess;
let vcenter: VCenter;
let host: SoapClient;
let containers: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-policies-'));
  const options = JSON.stringify({ inventory: INVENTORY });
  server = await startServer(folder, {
    environment: { KEELSON_ARRAY_MODULE: 'simulator', KEELSON_ARRAY_OPTIONS: options },
  });
  vcenter = await register(server.ready);
  host = await vcenter.host(HOST);
  const answer = await ask('queryStorageContainer', '');
  const ids = textsOf(answer, 'uniqueIdentifier');
  containers = Object.fromEntries(textsOf(answer, 'name').map((name, at) => [name, ids[at] ?? '']));
}, 60_000);

afterAll(async () => {
  schemas.dispose();
  host.close();
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function ask(operation: string, children: string): Promise<string> {
  const answer = await host.ask(operation, children);
  schemas.validateBody(answer);
  return answer;
}
const argument = (name: string, ...values: string[]) =>
  values.map((value) => `<m:${name}>${value}</m:${name}>`).join('');

/** One capability with one constraint; a property of the same id unless named, with this value. */
function capability(
  id: string,
  value: string,
  given: { namespace?: string; property?: string } = {},
) {
  const { namespace = OWN, property = id } = given;
  const of = `<capability:id>${id}</capability:id><capability:namespace>${namespace}</capability:namespace>`;
  return (
    `<profile:capability><capability:capabilityId>${of}</capability:capabilityId>` +
    `<capability:constraint><capability:propertyInstance><capability:id>${property}</capability:id>${value}` +
    '</capability:propertyInstance></capability:constraint></profile:capability>'
  );
}
const text = (value: string) =>
  `<capability:value xsi:type="xs:string">${value}</capability:value>`;
const TIER = { property: 'tier' };
const THIN = capability('spaceEfficiency', text('Thin'), { namespace: STANDARD });

/** The fields of a profile with one sub-profile, or none. */
function profile(id: string, generation: bigint, ...capabilities: string[]): string {
  const sub = `<profile:subProfiles>${capabilities.join('')}<profile:name>rule</profile:name></profile:subProfiles>`;
  return (
    (capabilities.length === 0 ? '' : `<profile:constraints>${sub}</profile:constraints>`) +
    '<profile:createdBy>administrator</profile:createdBy>' +
    '<profile:creationTime>2026-01-01T00:00:00Z</profile:creationTime>' +
    `<profile:generationId>${generation}</profile:generationId><profile:name>${id}</profile:name>` +
    `<profile:profileId>${id}</profile:profileId>`
  );
}
const GOLD = (generation = GENERATION) =>
  profile('gold', generation, capability('serviceTier', text('Gold'), TIER), THIN);

const METADATA =
  '<m:metadata><d:parameterName>VMW_VVolName</d:parameterName><d:parameterValue>disk.vmdk</d:parameterValue></m:metadata>';
const newVolume = (container: string, storageProfile?: string) =>
  argument('containerId', containers[container] ?? '') +
  argument('vvolType', 'Data') +
  (storageProfile === undefined ? '' : argument('storageProfile', storageProfile)) +
  argument('sizeInMB', '8') +
  METADATA;

async function ended(answer: string): Promise<string> {
  const taskId = textOf(answer, 'taskId');
  for (;;) {
    const now = await ask('getTaskUpdate', argument('taskId', taskId));
    if (textOf(now, 'taskState') === 'Success') return now;
    if (textOf(now, 'taskState') === 'Error') throw new Error(now);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const create = async (container: string, storageProfile?: string) =>
  textOf(
    await ended(await ask('createVirtualVolume', newVolume(container, storageProfile))),
    'result',
  );

/** queryComplianceResult about one volume. */
async function compliance(objectId: string, of: { id?: string; generation?: bigint } = {}) {
  const field = (name: string, value: unknown) =>
    value === undefined ? '' : `<compliance:${name}>${value}</compliance:${name}>`;
  const subject =
    field('generationId', of.generation) + field('objectId', objectId) + field('profileId', of.id);
  const answer = await ask('queryComplianceResult', argument('compliance', subject));
  return {
    answer,
    status: textsOf(answer, 'complianceStatus'),
    mismatch: textsOf(answer, 'profileMismatch'),
  };
}

/** Sets the health of the pool that a container takes its space from, as the array's operator does. */
async function poolOf(container: string, health: 'healthy' | 'degraded'): Promise<void> {
  const socket = await findSocket(join(folder, 'data'));
  if (socket === undefined) throw new Error('no admin socket');
  const { array } = adminClient(socket);
  const [figures] = (await array.show()).arrays;
  const pool = figures?.containers.find(({ name }) => name === container)?.pool;
  const poolId = figures?.pools.find(({ name }) => name === pool)?.poolId;
  await array.setHealth(poolId ?? '', health);
}

describe('vCenter reads', () => {
  test('what the array can promise, and has a text for each label', async () => {
    const answer = await ask('queryCapabilityMetadata', '');
    expect(textsOf(answer, 'category')).toContain('performance');
    expect(textsOf(answer, 'typeName')).toContain('VMW_TIMESPAN');
    expect(answer).toContain('VMW_RANGE');
    const unknown = await host.call('queryCapabilityMetadata', argument('schemaId', 'nowhere'));
    expect(unknown.fault).toBe('NotFound');
  });

  test('what each container promises, and what volumes without a policy get', async () => {
    const profiles = await ask('queryCapabilityProfile', '');
    const rows = await ask('queryCapabilityProfileForResource', '');
    expect(new Set(textsOf(rows, 'profileId'))).toEqual(new Set(textsOf(profiles, 'profileId')));
    expect(new Set(textsOf(rows, 'resourceId'))).toEqual(new Set(Object.values(containers)));
    const [container = ''] = Object.values(containers);
    const request = argument('containerId', container) + argument('entityType', 'Swap');
    const defaults = await ask('queryDefaultProfileForStorageContainer', request);
    expect(textsOf(defaults, 'entityType')).toEqual(['Swap']);
    const [first = ''] = textsOf(rows, 'profileId');
    const space = argument('containerId', container) + argument('capabilityProfileId', first);
    expect(textsOf(await ask('spaceStatsForStorageContainer', space), 'objectId')).toEqual([first]);
  });
});

describe('a host', () => {
  test('makes a volume that gets what its policy asks for', async () => {
    const vvolId = await create('block', GOLD());
    expect((await compliance(vvolId)).status).toEqual(['compliant']);
    const same = await compliance(vvolId, { id: 'gold', generation: GENERATION });
    expect([same.status, same.mismatch]).toEqual([['compliant'], ['false']]);
    const other = await compliance(vvolId, { id: 'gold', generation: GENERATION - 1n });
    expect([other.status, other.mismatch]).toEqual([['unknown'], ['true']]);
  });

  test('is refused what nobody declared, and what the container cannot give, in different words', async () => {
    const strange = profile('strange', 1n, capability('colour', text('red')));
    const platinum = profile('p', 1n, capability('serviceTier', text('Platinum'), TIER));
    const raid = capability('raid', text('RAID6'), { property: 'level' });
    const pair = profile('pair', 1n, capability('serviceTier', text('Gold'), TIER), raid);
    const fault = async (storageProfile: string) =>
      (await host.call('createVirtualVolume', newVolume('block', storageProfile))).fault;
    expect(await fault(strange)).toBe('InvalidProfile');
    expect(await fault(platinum)).toBe('InvalidProfile');
    expect(await fault(pair)).toBe('OutOfResource');
    const vvolId = await create('block');
    const request = argument('vvolId', vvolId) + argument('newStorageProfile', pair);
    const change = await host.call('updateStorageProfileForVirtualVolume', request);
    expect(change.fault).toBe('InvalidProfile');
  });

  test('changes the policy of a volume, and finds its name in the metadata', async () => {
    const vvolId = await create('block', profile('f4e5bade-15a2-4805-bf8e-52318c4ce443', 0n));
    const request = argument('vvolId', vvolId) + argument('newStorageProfile', GOLD(7n));
    await ended(await ask('updateStorageProfileForVirtualVolume', request));
    const info = await ask('queryVirtualVolumeInfo', argument('vvolId', vvolId));
    expect(textsOf(info, 'parameterValue')).toContain('gold:7');
    expect((await compliance(vvolId, { id: 'gold', generation: 7n })).status).toEqual([
      'compliant',
    ]);
  });
});

/** Waits for the compliance alarm about a volume: status and colour. */
async function alarmAbout(vvolId: string): Promise<string> {
  for (;;) {
    const alarms = (await ask('getAlarms', argument('lastAlarmId', '-1'))).split(/<(?=\w+:return)/);
    const found = alarms.filter(
      (each) => each.includes('ComplianceAlarm') && each.includes(vvolId),
    );
    const last = found.at(-1);
    if (last !== undefined) return `${textOf(last, 'complianceStatus')} ${textOf(last, 'status')}`;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('a degraded pool', () => {
  test('shows in its volumes, with what was expected and what is, until it is healthy again', async () => {
    const raid = capability('raid', text('RAID10'), { property: 'level' });
    const vvolId = await create('block', profile('mirrored', 1n, raid));
    expect((await compliance(vvolId)).status).toEqual(['compliant']);
    await poolOf('block', 'degraded');
    const { answer, status } = await compliance(vvolId);
    expect(status).toEqual(['nonCompliant']);
    expect(textsOf(answer, 'healthy')).toEqual(['false']);
    const [current = '', expected = ''] = answer.split(/<[\w:]*expectedValue>/);
    expect(current).toContain('>None<');
    expect(expected).toContain('>RAID10<');
    expect(await alarmAbout(vvolId)).toMatch(/^nonCompliant (Red|Yellow)$/);
    await poolOf('block', 'healthy');
    expect((await compliance(vvolId)).status).toEqual(['compliant']);
  });
});
