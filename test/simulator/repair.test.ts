/** Goal: what can be mended is mended, and only that; what was lost is told and nothing is made up for it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { inspectArray } from '../../simulator/index.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { HostId, VvolId } from '../../src/model/ids.ts';
import { bind, create, newFolder, newId, newJob, openWhole, snapshot } from './world.ts';

const HOST = 'host-1' as HostId;
const PACED = { pacing: { resizeVolume: { polls: 9 }, prepareSnapshot: { polls: 1 } } };

/** A closed array with volumes, data, a snapshot, a binding, an open job. */
async function soundArray(): Promise<{ readonly folder: string; readonly vvolId: VvolId }> {
  const folder = newFolder();
  const { port, dataPath } = await openWhole(folder, PACED);
  const vvolId = await create(port, 4n);
  await create(port, 4n, { thin: false });
  await bind(port, vvolId, HOST);
  await dataPath.write({ hostId: HOST, vvolId }, 0, Buffer.from('first.'));
  await snapshot(port, vvolId);
  await dataPath.write({ hostId: HOST, vvolId }, 0, Buffer.from('second'));
  const other = { vvolId, snapshotId: newId(), readOnly: true, profile: undefined };
  await port.prepareSnapshot(newJob(), other);
  await port.close();
  return { folder, vvolId };
}

function harm(folder: string, sql: string): void {
  const db = new Database(join(folder, 'array.db'));
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
}

const inspect = (folder: string, repair: boolean) =>
  inspectArray({ dataDirectory: folder, clock: systemClock, options: {} }, { repair });

it('nothing is wrong with a sound array, and a repair changes nothing', async () => {
  const { folder } = await soundArray();
  expect(await inspect(folder, false)).toEqual({ mended: [], left: [] });
  expect(await inspect(folder, true)).toEqual({ mended: [], left: [] });
});

it.each([
  'UPDATE container SET logical_used_bytes = 1, volume_count = 77',
  'UPDATE pool SET reserved_bytes = 7 WHERE pool_no = 2',
  'UPDATE volume SET committed_bytes = 0',
  'DELETE FROM job',
  `DELETE FROM volume WHERE state = 'making'`,
  'UPDATE job SET subject_no = 99',
  `UPDATE binding SET state = 'moving'`,
  'UPDATE endpoint SET binding_count = 7',
  'UPDATE host SET binding_count = 7',
  'DELETE FROM host',
  `UPDATE volume SET state = 'prepared' WHERE volume_no = 2`,
  `UPDATE volume SET state = 'prepared', parent_no = 77 WHERE is_read_only = 1`,
  'UPDATE content_node SET refs = refs + 3',
  'UPDATE content_node SET chunks = chunks + 3',
  'UPDATE content_chunk SET refs = refs + 3',
  'UPDATE content_block SET refs = refs + 3',
  'UPDATE content_pool SET chunks = 77',
  'UPDATE volume SET root_no = 0, committed_bytes = 0 WHERE is_read_only = 1',
  'DELETE FROM volume WHERE is_read_only = 1; DELETE FROM job',
])('%s is mended, and what hosts wrote is there', async (sql) => {
  const { folder, vvolId } = await soundArray();
  harm(folder, sql);
  const found = await inspect(folder, false);
  const repaired = await inspect(folder, true);
  expect(repaired).toEqual({ mended: found.left, left: [] });
  const { dataPath, check, port } = await openWhole(folder, PACED);
  expect(check()).toEqual([]);
  const read = await dataPath.read({ hostId: HOST, vvolId }, 0, 6);
  expect(read.toString()).toBe('second');
  await dataPath.write({ hostId: HOST, vvolId }, 0, Buffer.from('third.'));
  await create(port, 4n);
  expect(check()).toEqual([]);
});

it('bytes that were lost are told, and stay lost', async () => {
  const { folder } = await soundArray();
  const file = openSync(join(folder, 'content.data'), 'r+');
  writeSync(file, 'x', 3);
  closeSync(file);
  const { mended, left } = await inspect(folder, true);
  expect(mended).toEqual([]);
  expect(left).toEqual(['block 1 does not hold the bytes that were written to it']);
});

it('a running array is mended while those who hold its port go on', async () => {
  const { folder, vvolId } = await soundArray();
  harm(folder, 'UPDATE endpoint SET binding_count = 7 WHERE binding_count = 0');
  const { administration, port, check } = await openWhole(folder, PACED);
  const { problems } = await administration.check();
  expect(problems.length).toBeGreaterThan(0);
  expect(await administration.repair()).toEqual({ mended: problems, left: [] });
  expect(check()).toEqual([]);
  expect(await port.volumes([vvolId])).toHaveLength(1);
});
