/** Jobs that take time: their states, pace, progress, cancelling, and what a restart makes of them. */
import { expect, it } from 'vitest';
import type { ServedSimulator } from '../../simulator/index.ts';
import type { JobStart } from '../../src/array/jobs.ts';
import type { StorageArrayPort } from '../../src/array/port.ts';
import { movableClock } from '../../src/model/clock.ts';
import type { HostId, ProfileId, VvolId } from '../../src/model/ids.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { bytes } from '../../src/model/units.ts';
import {
  bind,
  create,
  done,
  ended,
  firstContainer,
  MB,
  newFolder,
  newId,
  newJob,
  oneContainer,
  open,
  openWhole,
  snapshot,
} from './world.ts';

const HOST = 'host-1' as HostId;

/** Writes `count` chunks that are all different, over leaves far apart, so that a copy takes many steps. */
async function fill(simulator: ServedSimulator, vvolId: VvolId, count: number): Promise<void> {
  await bind(simulator.port, vvolId, HOST);
  const place = { hostId: HOST, vvolId };
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      simulator.dataPath.write(place, index * 4 * 1024 * 1024, Buffer.from(`chunk ${index}`)),
    ),
  );
  await simulator.port.unbindAllFromHost(HOST);
}

function startClone(
  array: StorageArrayPort,
  source: VvolId,
  vvolId: VvolId,
  start: JobStart = newJob(),
) {
  const asked = { vvolId, source, containerId: undefined, metadata: [], profile: undefined };
  return array.cloneVolume(start, asked);
}

it('a job paced by polls is queued, runs, and ends with the last poll; its volume is seen only then', async () => {
  const folder = newFolder();
  const options = { ...oneContainer({}), pacing: { createVolume: { polls: 4 } } };
  const array = await open(folder, options);
  const start = newJob();
  const vvolId = newId();
  const asked = {
    vvolId,
    containerId: await firstContainer(array),
    type: 'Data' as const,
    size: bytes(5n * MB),
    thin: false,
    metadata: [{ key: 'k', value: 'v' }],
    profile: undefined,
  };
  const job = await array.createVolume(start, asked);
  expect(job).toMatchObject({ state: 'queued', progressPercent: 0, endedAt: undefined });
  expect(job).toMatchObject({ cancelable: false, result: undefined, error: undefined });
  expect(await array.createVolume(start, asked)).toEqual(job);
  expect(await array.openJobs(undefined)).toEqual([job]);
  expect(await array.openJobs('elsewhere' as never)).toEqual([]);
  const find = () => array.findVolumes([{ key: 'k', value: 'v' }], { after: undefined, limit: 10 });
  for (const percent of [25, 50, 75]) {
    expect(await array.job(start.jobId)).toMatchObject({
      state: 'running',
      progressPercent: percent,
    });
    expect(await array.volumes([vvolId])).toEqual([]);
    expect(await array.volumeSpace([vvolId])).toEqual([]);
    expect((await find()).items).toEqual([]);
    await expect(array.deleteVolume(vvolId)).rejects.toMatchObject({ kind: 'notFound' });
    await expect(bind(array, vvolId, HOST)).rejects.toMatchObject({ kind: 'notFound' });
  }
  const space = await array.containerSpace(await firstContainer(array));
  expect([space.logicalUsed, space.physicalUsed]).toEqual([5n * MB, 5n * MB]);
  expect((await array.changes(0n, 10)).changes).toEqual([]);
  const last = await array.job(start.jobId);
  expect(last).toMatchObject({ state: 'succeeded', progressPercent: 100 });
  expect(last?.result).toEqual({ kind: 'volume', vvolId });
  expect(await array.volumes([vvolId])).toHaveLength(1);
  expect((await find()).items).toEqual([vvolId]);
  expect(await array.openJobs(undefined)).toEqual([]);
});

it('a job paced by time tells its end beforehand, and ends when the time has come', async () => {
  const clock = movableClock();
  const folder = newFolder();
  const array = await open(folder, { pacing: { resizeVolume: { milliseconds: 60_000 } } }, clock);
  const vvolId = await create(array, 1n);
  const start = newJob();
  const job = await array.resizeVolume(start, vvolId, bytes(2n * MB));
  expect(job.state).toBe('queued');
  clock.moveBy(15_000);
  const running = await array.job(start.jobId);
  expect(running?.state).toBe('running');
  expect(running?.progressPercent).toBeGreaterThanOrEqual(25);
  expect(running?.progressPercent).toBeLessThan(30);
  expect(running?.estimatedEndAt).toBeGreaterThanOrEqual(job.startedAt + 60_000);
  await expect(array.deleteVolume(vvolId)).rejects.toMatchObject({ kind: 'inUse' });
  const second = array.resizeVolume(newJob(), vvolId, bytes(3n * MB));
  await expect(second).rejects.toMatchObject({ kind: 'inUse' });
  await expect(array.cancelJob(start.jobId)).rejects.toMatchObject({ kind: 'notCancelable' });
  clock.moveBy(50_000);
  expect(await array.job(start.jobId)).toMatchObject({ state: 'succeeded' });
  expect((await array.volumes([vvolId]))[0]?.size).toBe(2n * MB);
  await array.deleteVolume(vvolId);
});

it('by time a job ends also when nobody asks, and a new pace holds for jobs under way', async () => {
  const simulator = await openWhole(newFolder(), {
    pacing: { createVolume: { milliseconds: 40 }, resizeVolume: { polls: 1_000_000 } },
  });
  const { port: array } = simulator;
  const vvolId = await create(array, 1n);
  const told = new Promise<void>((settle) => array.watch(settle));
  await told;
  expect(await array.volumes([vvolId])).toHaveLength(1);
  const job = await array.resizeVolume(newJob(), vvolId, bytes(2n * MB));
  expect(await array.job(job.jobId)).toMatchObject({ state: 'running', progressPercent: 0 });
  simulator.setPace('resizeVolume', 'instant');
  expect(await ended(array, job)).toMatchObject({ state: 'succeeded' });
});

it('a clone copies in steps, has the content of its start, and can be stopped without a trace', async () => {
  const simulator = await openWhole(newFolder(), oneContainer({ capacityMB: 10_000 }));
  const { port: array, dataPath } = simulator;
  const source = await create(array, 4_000n);
  await fill(simulator, source, 400);
  const before = await array.containerSpace(await firstContainer(array));
  const clone = newId();
  const job = await startClone(array, source, clone);
  expect(job).toMatchObject({ state: 'running', cancelable: true });
  expect(job.progressPercent).toBeGreaterThan(0);
  expect(job.progressPercent).toBeLessThan(100);
  await bind(array, source, HOST);
  await dataPath.write(
    { hostId: HOST, vvolId: source },
    399 * 4 * 1024 * 1024,
    Buffer.from('late'),
  );
  await array.unbindAllFromHost(HOST);
  expect(await array.volumes([clone])).toEqual([]);
  expect((await ended(array, job)).state).toBe('succeeded');
  await bind(array, clone, HOST);
  const place = { hostId: HOST, vvolId: clone };
  for (const index of [0, 200, 399]) {
    const text = `chunk ${index}`;
    const read = await dataPath.read(place, index * 4 * 1024 * 1024, text.length);
    expect(read.toString()).toBe(text);
  }
  await array.unbindAllFromHost(HOST);
  await array.deleteVolume(clone);
  const other = newId();
  const stopped = await startClone(array, source, other);
  expect(await array.cancelJob(stopped.jobId)).toMatchObject({
    state: 'failed',
    cancelled: true,
    cancelable: false,
    result: undefined,
  });
  await expect(array.cancelJob(stopped.jobId)).rejects.toMatchObject({ kind: 'notCancelable' });
  expect(await array.volumes([other])).toEqual([]);
  await settled(simulator);
  expect(await array.containerSpace(await firstContainer(array))).toEqual(before);
  expect(simulator.check()).toEqual([]);
});

it('copyDiffs changes its target at the end and not before, and not at all when it is stopped', async () => {
  const simulator = await openWhole(newFolder(), { pacing: { copyDiffs: { polls: 1_000 } } });
  const { port: array, dataPath } = simulator;
  const source = await create(array, 4_000n);
  const base = await snapshot(array, source);
  await fill(simulator, source, 300);
  const target = await create(array, 4_000n);
  const job = await array.copyDiffs(newJob(), { source, base, target });
  await array.job(job.jobId);
  await expect(array.deleteVolume(target)).rejects.toMatchObject({ kind: 'inUse' });
  await expect(bind(array, target, HOST)).rejects.toMatchObject({ kind: 'busy' });
  const again = array.copyDiffs(newJob(), { source, base, target });
  await expect(again).rejects.toMatchObject({ kind: 'inUse' });
  expect(await array.volumeSpace([target])).toMatchObject([{ committed: 0n }]);
  await array.cancelJob(job.jobId);
  const read = async () => {
    await bind(array, target, HOST);
    return (await dataPath.read({ hostId: HOST, vvolId: target }, 0, 7)).toString();
  };
  expect(await read()).toBe('\0'.repeat(7));
  await expect(array.copyDiffs(newJob(), { source, base, target })).rejects.toMatchObject({
    kind: 'inUse',
  });
  await array.unbindAllFromHost(HOST);
  simulator.setPace('copyDiffs', 'instant');
  await done(array, array.copyDiffs(newJob(), { source, base, target }));
  expect(await read()).toBe('chunk 0');
  await settled(simulator);
  expect(simulator.check()).toEqual([]);
});

it('jobs under way go on after a reopening, from where they were', async () => {
  const folder = newFolder();
  const options = { pacing: { cloneVolume: { polls: 3 }, prepareSnapshot: { polls: 2 } } };
  const first = await openWhole(folder, options);
  const source = await create(first.port, 4_000n);
  await fill(first, source, 300);
  const clone = newId();
  const snapshotId = newId();
  const start = newJob();
  await startClone(first.port, source, clone, start);
  const request = { vvolId: source, snapshotId, readOnly: true, profile: undefined };
  const prepared = await first.port.prepareSnapshot(newJob(), request);
  await expect(first.port.deleteVolume(source)).rejects.toMatchObject({ kind: 'inUse' });
  await first.port.job(start.jobId);
  await first.port.close();
  const second = await openWhole(folder, options);
  expect(await startClone(second.port, source, clone, start)).toMatchObject({ state: 'running' });
  expect(await second.port.volumes([clone, snapshotId])).toEqual([]);
  expect(await ended(second.port, prepared)).toMatchObject({
    result: { kind: 'preparedSnapshot', snapshotId },
  });
  const job = await second.port.job(start.jobId);
  if (job === undefined) throw new Error('the job is gone');
  expect((await ended(second.port, job)).result).toEqual({ kind: 'volume', vvolId: clone });
  const space = await second.port.volumeSpace([source, clone]);
  expect(space[1]?.committed).toBe(space[0]?.committed);
  expect(second.check()).toEqual([]);
});

it('a job whose end fails says why, and leaves nothing', async () => {
  const array = await open(newFolder(), {
    ...oneContainer({}),
    pacing: { resizeVolume: { polls: 1 } },
  });
  const vvolId = await create(array, 400n, { thin: false });
  const job = await array.resizeVolume(newJob(), vvolId, bytes(900n * MB));
  await create(array, 200n, { thin: false });
  expect(await array.job(job.jobId)).toMatchObject({
    state: 'failed',
    cancelled: false,
    result: undefined,
    error: { kind: 'noSpace' },
  });
  expect((await array.volumes([vvolId]))[0]?.size).toBe(400n * MB);
  await array.deleteVolume(vvolId);
});

it('more jobs under way than the limit are busy', async () => {
  const array = await open(newFolder(), { pacing: { createVolume: { polls: 1_000 } } });
  await Promise.all(Array.from({ length: LIMITS.jobsOpen }, () => create(array, 1n)));
  await expect(create(array, 1n)).rejects.toMatchObject({ kind: 'busy' });
});

/** Waits until nothing that was given up waits to be taken apart. */
async function settled({ port }: ServedSimulator): Promise<void> {
  const containerId = await firstContainer(port);
  let used = -1n;
  for (let same = 0; same < 5; ) {
    await new Promise((settle) => setTimeout(settle, 5));
    const { physicalUsed } = await port.containerSpace(containerId);
    same = physicalUsed === used ? same + 1 : 0;
    used = physicalUsed;
  }
}

it('a job that has nothing to change has succeeded at once, whatever the pace, and is no change', async () => {
  const slow = { polls: 9 };
  const options = { pacing: { resizeVolume: slow, applyProfile: slow } };
  const array = await open(newFolder(), options);
  // Ids of profiles are free text; nothing but the brand is missing.
  const profile = { profileId: 'gold' as ProfileId, generationId: 7n, document: '{}', asked: [] };
  const vvolId = await create(array, 4n, { profile });
  const { newest } = await array.changes(0n, 1);
  const jobs = [
    await array.resizeVolume(newJob(), vvolId, bytes(4n * MB)),
    await array.applyProfile(newJob(), vvolId, profile),
  ];
  expect(jobs.map(({ state, result }) => [state, result])).toEqual([
    ['succeeded', { kind: 'none' }],
    ['succeeded', { kind: 'none' }],
  ]);
  expect((await array.changes(newest, 10)).changes).toEqual([]);
  const other = await array.applyProfile(newJob(), vvolId, { ...profile, generationId: 8n });
  expect(other.state).toBe('queued');
});
