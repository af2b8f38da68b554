/** What is cut away: old changes, old jobs, and metadata beyond its limits. */

import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished, vi } from 'vitest';
import { movableClock } from '../../src/model/clock.ts';
import { vvolIdFromUuid } from '../../src/model/ids.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { bytes } from '../../src/model/units.ts';
import {
  create,
  done,
  firstContainer,
  newFolder,
  newId,
  newJob,
  oneContainer,
  open,
} from './world.ts';

it('the feed keeps the newest changes, tells what is missing, and never numbers again', async () => {
  const folder = newFolder();
  const array = await open(folder, { changesKept: 3 });
  expect(await array.changes(0n, 10)).toMatchObject({ changes: [], oldestKept: 1n, newest: 0n });
  for (let i = 0; i < 5; i += 1) await create(array, 1n);
  const page = await array.changes(0n, 10);
  expect(page.changes.map(({ sequence }) => sequence)).toEqual([3n, 4n, 5n]);
  expect(page).toMatchObject({ oldestKept: 3n, newest: 5n });
  await array.close();
  const again = await open(folder, { changesKept: 1 });
  await create(again, 1n);
  expect(await again.changes(0n, 10)).toMatchObject({ oldestKept: 6n, newest: 6n });
});

it('an ended job is kept for a day, and no longer', async () => {
  const clock = movableClock();
  const array = await open(newFolder(), {}, clock);
  const start = newJob();
  await createAs(array, start);
  clock.moveBy(LIMITS.jobKeptMs - 60_000);
  await create(array, 1n);
  expect(await array.job(start.jobId)).toBeDefined();
  clock.moveBy(120_000);
  await create(array, 1n);
  expect(await array.job(start.jobId)).toBeUndefined();
});

it('of many jobs the newest are kept', async () => {
  const array = await open(newFolder(), { jobsKept: 2 });
  const starts = [newJob(), newJob(), newJob()];
  for (const start of starts) await createAs(array, start);
  const kept = await Promise.all(
    starts.map(async ({ jobId }) => (await array.job(jobId)) !== undefined),
  );
  expect(kept).toEqual([false, true, true]);
});

it('a volume has at most its limit of metadata pairs, and none longer than allowed', async () => {
  const array = await open(newFolder());
  const pairs = Array.from({ length: LIMITS.metadataPairs }, (_, i) => ({
    key: `k${i}`,
    value: '',
  }));
  const vvolId = await create(array, 1n, { metadata: pairs });
  const set = (key: string, value: string) =>
    array.updateMetadata(vvolId, { set: [{ key, value }], remove: [] });
  await set('K0', 'replaced');
  await expect(set('one more', '')).rejects.toMatchObject({ kind: 'invalid' });
  await expect(set('k0', 'x'.repeat(LIMITS.metadataCharacters + 1))).rejects.toMatchObject({
    kind: 'invalid',
  });
  const more = [...pairs, { key: 'one more', value: '' }];
  await expect(create(array, 1n, { metadata: more })).rejects.toMatchObject({ kind: 'invalid' });
});

async function createAs(
  array: Awaited<ReturnType<typeof open>>,
  start: ReturnType<typeof newJob>,
): Promise<void> {
  await array.createVolume(start, {
    vvolId: vvolIdFromUuid(randomUUID()),
    containerId: await firstContainer(array),
    type: 'Data',
    size: bytes(1n),
    thin: true,
    metadata: [],
    profile: undefined,
  });
}

it('a prepared snapshot whose time is over makes room for the next one, and goes on an idle array', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const clock = movableClock();
  const array = await open(newFolder(), oneContainer({}, { snapshotsPerVolume: 1 }), clock);
  const vvolId = await create(array, 10n);
  const prepare = async () => {
    const request = { vvolId, snapshotId: newId(), readOnly: true, profile: undefined };
    await done(array, array.prepareSnapshot(newJob(), request));
  };
  const promisedMB = async () =>
    (await array.containerSpace(await firstContainer(array))).logicalUsed >> 20n;
  await prepare();
  clock.moveBy(LIMITS.preparedSnapshotMs + 1);
  await prepare();
  expect(await promisedMB()).toBe(20n);
  clock.moveBy(LIMITS.preparedSnapshotMs + 1);
  vi.advanceTimersByTime(LIMITS.sweepMs);
  await expect.poll(promisedMB).toBe(10n);
});
