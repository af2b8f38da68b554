/** The steps from an empty file lead to the shape that a new file has, and lose nothing on the way. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openDatabase, SHAPE } from '../../simulator/open.ts';
import type { HostId, JobId, VvolId } from '../../src/model/ids.ts';
import { migrations, writeFirstShape } from './first-shape.ts';
import { create, firstContainer, MB, newFolder, open, openWhole } from './world.ts';

/** Everything that the schema says, without comments and layout. */
function shapeOf(db: Database.Database): unknown {
  const rows = db
    .prepare<[], { type: string; name: string; sql: string | null }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`,
    )
    .all();
  const plain = (sql: string) =>
    sql
      .replace(/--[^\n]*/g, '')
      .replace(/"/g, '')
      .replace(/\s+/g, ' ')
      .replace(/\s*([(),])\s*/g, '$1');
  return rows.map(({ type, name, sql }) => [type, name, plain(sql ?? '')]);
}

it('an empty file taken through all steps has the shape of a new one', () => {
  const stepped = new Database(':memory:');
  for (const text of migrations()) stepped.exec(text);
  const made = openDatabase(newFolder());
  expect(migrations()).toHaveLength(SHAPE.version);
  expect(shapeOf(stepped)).toEqual(shapeOf(made));
  expect(shapeOf(made)).not.toEqual([]);
  stepped.close();
  made.close();
});

it('a file of the first shape keeps its volumes, bindings, metadata, jobs and accounts', async () => {
  const folder = newFolder();
  writeFirstShape(folder);
  const array = await open(folder);
  const [volume] = await array.volumes(['kept' as VvolId]);
  expect(volume).toMatchObject({
    size: 8n * MB,
    thin: false,
    origin: { kind: 'created' },
    metadata: [{ key: 'Key', value: 'value' }],
    profile: { profileId: 'p', generationId: 3n, document: '{}', asked: [] },
    createdAt: 7,
  });
  // What it is given is not known from then: what a volume without a profile is given now.
  const [service] = await array.volumeServices(['kept' as VvolId]);
  const values = new Map(service?.values.map((each) => [each.propertyId, each.value]));
  expect(values.get('tier')).toEqual({ kind: 'single', value: 'Silver' });
  expect(values.get('spaceEfficiency')).toEqual({ kind: 'single', value: 'Thick' });
  expect(await array.bindings({ hostId: 'host' as HostId })).toHaveLength(1);
  expect(await array.job('job' as JobId)).toMatchObject({
    state: 'succeeded',
    result: { kind: 'volume', vvolId: 'kept' },
  });
  expect(await array.job('grown' as JobId)).toMatchObject({ result: { kind: 'none' } });
  const space = await array.containerSpace(await firstContainer(array));
  expect([space.physicalUsed, space.logicalUsed]).toEqual([8n * MB, 8n * MB]);
  const [{ poolId } = { poolId: '' }] = await array.containers();
  expect(await array.pools()).toMatchObject([
    { poolId, name: 'c', capacity: 100n * MB, used: 8n * MB, promised: 8n * MB, health: 'healthy' },
  ]);
  await array.unbindAllFromHost('host' as HostId);
  await array.deleteVolume('kept' as VvolId);
  expect(await array.containerSpace(await firstContainer(array))).toMatchObject({
    physicalUsed: 0n,
    logicalUsed: 0n,
  });
  // Numbers of volumes that are gone are not given again: pages of a listing rest on that.
  const metadata = [{ key: 'k', value: '' }];
  await create(array, 1n, { metadata });
  const page = await array.findVolumes([{ key: 'k', value: undefined }], {
    after: '5',
    limit: 10,
  });
  expect(page.items).toHaveLength(1);
});

it('a file of the first shape can be changed: new things have numbers that were never given', async () => {
  const folder = newFolder();
  writeFirstShape(folder);
  const { port, administration, check } = await openWhole(folder);
  const before = await port.containers();
  const file = join(folder, 'inventory.yaml');
  const containers = [
    { name: 'c', protocol: 'SCSI', capacityMB: 100, maxVolumeMB: 64 },
    { name: 'd', protocol: 'SCSI', capacityMB: 10 },
  ];
  const plan = { arrays: [{ name: 'a', processors: 0, endpoints: { SCSI: 2 }, containers }] };
  writeFileSync(file, JSON.stringify(plan));
  await administration.applyInventory(file);
  const after = await port.containers();
  expect(after[0]).toEqual(before[0]);
  expect(after.map(({ poolId }) => poolId)).toEqual([
    'array:BackingStoragePool:1',
    'array:BackingStoragePool:2',
  ]);
  expect((await port.endpoints()).map(({ endpointId }) => endpointId)).toEqual([
    'e',
    'array:ProtocolEndpoint:2',
  ]);
  expect(check()).toEqual([]);
});
