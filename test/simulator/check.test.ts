/** The check of the whole array: nothing to say of a sound one, and a sentence for each kind of harm. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { HostId } from '../../src/model/ids.ts';
import { bytes } from '../../src/model/units.ts';
import { bind, create, MB, newFolder, newId, newJob, openWhole, snapshot } from './world.ts';

const HOST = 'host-1' as HostId;

/** A closed array with volumes, data, a snapshot, a binding, an open job. */
async function soundArray(): Promise<string> {
  const folder = newFolder();
  const options = { pacing: { resizeVolume: { polls: 9 }, prepareSnapshot: { polls: 1 } } };
  const { port, dataPath, check } = await openWhole(folder, options);
  const vvolId = await create(port, 4n);
  await create(port, 4n, { thin: false });
  await bind(port, vvolId, HOST);
  await dataPath.write({ hostId: HOST, vvolId }, 0, Buffer.from('data'));
  await snapshot(port, vvolId);
  const other = { vvolId, snapshotId: newId(), readOnly: true, profile: undefined };
  await port.prepareSnapshot(newJob(), other);
  expect(check()).toEqual([]);
  await port.close();
  return folder;
}

const HARM: readonly (readonly [sql: string, said: RegExp])[] = [
  ['UPDATE container SET logical_used_bytes = 1', /accounts for 2|accounts for 4 volumes/],
  ['UPDATE pool SET reserved_bytes = 7 WHERE pool_no = 2', /pool disk-1 accounts/],
  ['UPDATE pool SET capacity_bytes = reserved_bytes + 1', /holds more than it has/],
  ['UPDATE volume SET committed_bytes = 0', /accounts for 0 bytes allocated; there are 65536/],
  [`UPDATE volume SET root_no = 0, committed_bytes = 0 WHERE is_read_only = 1`, /references, not/],
  ['DELETE FROM job', /is being made by no job/],
  [`DELETE FROM volume WHERE state = 'making'`, /makes a volume that is not there/],
  ['UPDATE job SET subject_no = 99', /works on a volume that is not there/],
  [`UPDATE binding SET state = 'moving'`, /of which none is the present one/],
  ['UPDATE endpoint SET binding_count = 7', /accounts for 7 bindings/],
  ['UPDATE host SET binding_count = 7', /host host-1 accounts for 7 bindings/],
  ['DELETE FROM host', /has bindings and no account/],
  [`UPDATE volume SET state = 'prepared' WHERE volume_no = 1`, /bound, and not there for hosts/],
  [`DELETE FROM volume WHERE volume_no = 1`, /points to nothing in volume/],
  [`UPDATE volume SET state = 'prepared', parent_no = 77 WHERE is_read_only = 1`, /of no volume/],
];

it.each(HARM)('%s is found', async (sql, said) => {
  const folder = await soundArray();
  const db = new Database(join(folder, 'array.db'));
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
  const pacing = { resizeVolume: { polls: 9 }, prepareSnapshot: { polls: 9 } };
  const { check } = await openWhole(folder, { pacing });
  expect(check().join('\n')).toMatch(said);
});

it('finds nothing in open jobs that make no volume, while no other makes one either', async () => {
  const options = { pacing: { resizeVolume: { polls: 9 }, prepareBindingChange: { polls: 9 } } };
  const { port, check } = await openWhole(newFolder(), options);
  const vvolId = await create(port, 4n);
  await port.prepareBindingChange(newJob(), [vvolId], HOST);
  await port.resizeVolume(newJob(), vvolId, bytes(8n * MB));
  expect((await port.openJobs(undefined)).map(({ state }) => state)).toEqual(['queued', 'queued']);
  expect(check()).toEqual([]);
});
