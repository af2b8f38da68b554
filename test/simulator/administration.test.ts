/**
 * Goal: what the operator does to the array is whole and durable: a state that is loaded is the array as it
 * was, with what hosts wrote; those who use the port go on with it and see that their feed has ended.
 */
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ServedSimulator } from '../../simulator/index.ts';
import type { ArrayErrorKind } from '../../src/model/array.ts';
import { movableClock } from '../../src/model/clock.ts';
import type { EndpointId, HostId, VvolId } from '../../src/model/ids.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { bytes } from '../../src/model/units.ts';
import {
  bind,
  create,
  MB,
  newFolder,
  newJob,
  oneContainer,
  open,
  openWhole,
  snapshot,
} from './world.ts';

const HOST = 'host-1' as HostId;

async function refused(kind: ArrayErrorKind, order: Promise<unknown>, message = ''): Promise<void> {
  await expect(order).rejects.toMatchObject({
    name: 'ArrayError',
    kind,
    message: expect.stringContaining(message),
  });
}

/** A bound volume that holds `text`. */
async function written({ port, dataPath }: ServedSimulator, text: string): Promise<VvolId> {
  const vvolId = await create(port, 4n);
  await bind(port, vvolId, HOST);
  await dataPath.write({ hostId: HOST, vvolId }, 100, Buffer.from(text));
  return vvolId;
}

async function textOf({ dataPath }: ServedSimulator, vvolId: VvolId): Promise<string> {
  const read = await dataPath.read({ hostId: HOST, vvolId }, 100, 6);
  return read.toString();
}

it('a state that is loaded is the array as it was: volumes, bytes, snapshots, bindings, jobs', async () => {
  const folder = newFolder();
  const whole = await openWhole(folder, { pacing: { resizeVolume: { polls: 100 } } });
  const { port, administration, dataPath, check } = whole;
  const kept = await written(whole, 'before');
  const snap = await snapshot(port, kept);
  const job = newJob();
  await port.resizeVolume(job, kept, bytes(8n * MB));
  await port.job(job.jobId);
  const before = { bindings: await port.bindings({}), jobs: await port.openJobs(undefined) };
  const saved = await administration.saveState('first');
  expect(saved).toMatchObject({ name: 'first', volumes: 2, bindings: 1, clockOffsetMs: 0 });
  await dataPath.write({ hostId: HOST, vvolId: kept }, 100, Buffer.from('after!'));
  await port.deleteVolume(snap);
  const later = await written(whole, 'later!');

  expect(await administration.loadState('first')).toEqual(saved);
  const present = (await port.volumes([kept, snap, later])).map(({ vvolId }) => vvolId);
  expect(present).toEqual([kept, snap]);
  expect(await textOf(whole, kept)).toBe('before');
  expect(await port.bindings({})).toEqual(before.bindings);
  expect(before.jobs).toMatchObject([{ jobId: job.jobId, progressPercent: 1 }]);
  expect(await port.openJobs(undefined)).toEqual(before.jobs);
  expect(check()).toEqual([]);

  await port.close();
  const again = await openWhole(folder);
  expect(await textOf(again, kept)).toBe('before');
  expect(await again.administration.listStates()).toEqual([saved]);
});

it('after a load the array goes on: new volumes, writes, and the state can be loaded again', async () => {
  const whole = await openWhole(newFolder());
  const { administration, dataPath, check, port } = whole;
  const vvolId = await written(whole, 'before');
  await administration.saveState('s');
  for (const text of ['once..', 'twice.']) {
    await dataPath.write({ hostId: HOST, vvolId }, 100, Buffer.from(text));
    await written(whole, text);
    expect(await textOf(whole, vvolId)).toBe(text);
    await administration.loadState('s');
    expect(await textOf(whole, vvolId)).toBe('before');
    expect(check()).toEqual([]);
  }
  expect(await port.bindings({})).toHaveLength(1);
});

it('whoever reads the feed sees after a load that it has missed something, however far it had read', async () => {
  const { port, administration } = await openWhole(newFolder());
  await create(port, 1n);
  await administration.saveState('s');
  await create(port, 1n);
  const { newest } = await port.changes(0n, 1);
  let told = 0;
  port.watch(() => {
    told += 1;
  });
  await administration.loadState('s');
  await expect.poll(() => told).toBeGreaterThan(0);
  const feed = await port.changes(newest, 100);
  expect(feed.oldestKept).toBeGreaterThan(newest + 1n);
  expect(feed.changes.map(({ entity, kind }) => [entity, kind])).toEqual([
    ['StorageArray', 'update'],
  ]);
  told = 0;
  await create(port, 1n);
  await expect.poll(() => told).toBeGreaterThan(0);
  expect((await port.changes(feed.newest, 1)).changes[0]?.sequence).toBe(feed.newest + 1n);
});

it('the feed after a load, a reset or an import is another one, also after a reopening', async () => {
  const folder = newFolder();
  const { port, administration } = await openWhole(folder);
  const file = join(newFolder(), 'export.tgz');
  const ids = new Set<string>();
  const note = async (array = port) => ids.add((await array.changes(0n, 1)).feedId).size;
  await administration.saveState('s');
  await administration.exportTo(file);
  expect(await note()).toBe(1);
  await administration.loadState('s');
  expect(await note()).toBe(2);
  await administration.loadState('s');
  expect(await note()).toBe(3);
  await administration.reset();
  expect(await note()).toBe(4);
  await administration.importFrom(file);
  expect(await note()).toBe(5);
  await port.close();
  expect(await note((await openWhole(folder)).port)).toBe(5);
});

it('a secondary id that was given out is never given out again, also after a load', async () => {
  const { port, administration } = await openWhole(newFolder(), oneContainer({}));
  const vvolId = await create(port, 1n);
  await administration.saveState('s');
  const first = await bind(port, vvolId, HOST);
  await administration.loadState('s');
  const ids: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const { endpointId, secondaryId } = await bind(port, vvolId, HOST);
    ids.push(`${endpointId} ${secondaryId}`);
    await port.unbindAllFromHost(HOST);
  }
  expect(new Set([...ids, `${first.endpointId} ${first.secondaryId}`]).size).toBe(7);
});

it('reset leaves an empty array of the same ids, with states and paces as they were', async () => {
  const whole = await openWhole(newFolder(), { preset: 'small' });
  const { port, administration } = whole;
  const inventory = async () => [
    await port.arrays(),
    await port.containers(),
    await port.endpoints(),
  ];
  const before = await inventory();
  const vvolId = await written(whole, 'before');
  await administration.saveState('s');
  const [endpoint] = await port.endpoints();
  await administration.setEndpointOnline(endpoint?.endpointId ?? '', false);
  await administration.setPace('cloneVirtualVolume', { polls: 3 });
  await administration.reset();
  expect(await inventory()).toEqual(before);
  expect(await port.volumes([vvolId])).toEqual([]);
  expect(await port.bindings({})).toEqual([]);
  const report = await administration.show();
  expect(report).toMatchObject({ volumeCount: 0, bindingCount: 0, hostCount: 0, openJobs: 0 });
  expect(report.paces['cloneVolume']).toEqual({ polls: 3 });
  const copy = { source: await create(port, 1n), vvolId, containerId: undefined };
  const job = await port.cloneVolume(newJob(), { ...copy, metadata: [], profile: undefined });
  expect(job.state).toBe('queued');
  expect(await administration.listStates()).toHaveLength(1);
});

it('an exported array is brought back on another installation, and a changed file is refused', async () => {
  const whole = await openWhole(newFolder());
  const vvolId = await written(whole, 'before');
  const file = join(newFolder(), 'array.tar');
  const exported = await whole.administration.exportTo(file);
  await refused('alreadyExists', whole.administration.exportTo(file), 'is there already');
  await refused('invalid', whole.administration.exportTo('/nowhere/array.tar'));

  const other = await openWhole(newFolder());
  expect(await other.administration.importFrom(file)).toEqual(exported);
  expect(await textOf(other, vvolId)).toBe('before');
  expect(await other.port.containers()).toEqual(await whole.port.containers());
  expect(other.check()).toEqual([]);

  const packed = readFileSync(file);
  for (const at of [0, 520, 5_000, packed.length - 1_536 - 10, packed.length - 1_500]) {
    const changed = Buffer.from(packed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    writeFileSync(file, changed);
    await refused('invalid', other.administration.importFrom(file), 'is not an exported array');
  }
  for (const length of [0, 100, 1_000, packed.length - 2_048]) {
    writeFileSync(file, packed);
    truncateSync(file, length);
    await refused('invalid', other.administration.importFrom(file), 'is not an exported array');
  }
  rmSync(file);
  await refused('notFound', other.administration.importFrom(file));
  expect(await textOf(other, vvolId)).toBe('before');
});

it('a state of another inventory than the options ask for is refused, and nothing has changed', async () => {
  const file = join(newFolder(), 'array.tar');
  await (await openWhole(newFolder(), oneContainer({}))).administration.exportTo(file);
  const whole = await openWhole(newFolder(), { preset: 'small' });
  const vvolId = await written(whole, 'before');
  await refused('incompatible', whole.administration.importFrom(file), 'not the same inventory');
  expect(await textOf(whole, vvolId)).toBe('before');
});

it('names of states are checked, their number is limited, and none is written over', async () => {
  const folder = newFolder();
  const { administration } = await openWhole(folder, oneContainer({}));
  for (const name of ['', '.', '..', '../x', 'a/b', '.work', 'x'.repeat(65), 'a b', 'ü']) {
    await refused('invalid', administration.saveState(name));
    await refused('invalid', administration.loadState(name));
    await refused('invalid', administration.removeState(name));
  }
  await refused('notFound', administration.loadState('none'), 'there is no state none');
  await refused('notFound', administration.removeState('none'));
  await administration.saveState('0');
  await refused('alreadyExists', administration.saveState('0'), 'there is a state 0 already');
  for (let count = 1; count < LIMITS.arrayStates; count += 1) {
    await administration.saveState(`${count}`);
  }
  await refused('noSpace', administration.saveState('more'));
  await administration.removeState('0');
  await administration.saveState('more');
  expect(await administration.listStates()).toHaveLength(LIMITS.arrayStates);
  expect(readdirSync(join(folder, 'states'))).not.toContain('.work');
});

it('orders given at once are done one after the other', async () => {
  const { administration, port, check } = await openWhole(newFolder());
  await create(port, 1n);
  const outcomes = await Promise.allSettled([
    administration.saveState('a'),
    administration.reset(),
    administration.loadState('a'),
    administration.saveState('a'),
    administration.removeState('a'),
    administration.loadState('a'),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
  ]);
  expect((await administration.show()).volumeCount).toBe(1);
  expect(check()).toEqual([]);
});

it('calls under way when the array is replaced are done before, later ones after; none is lost', async () => {
  const { administration, port } = await openWhole(newFolder());
  const earlier = Array.from({ length: 20 }, () => create(port, 1n));
  const replaced = administration.saveState('s').then(() => administration.loadState('s'));
  await Promise.all([...earlier, replaced]);
  const later = await Promise.all(Array.from({ length: 20 }, () => create(port, 1n)));
  expect(await port.volumes(later)).toHaveLength(20);
});

it('a state remembers by how much the clock was moved', async () => {
  const clock = movableClock();
  const { administration } = await openWhole(newFolder(), {}, clock);
  clock.moveBy(3_600_000);
  const { clockOffsetMs } = await administration.saveState('s');
  expect(Math.abs(clockOffsetMs - 3_600_000)).toBeLessThan(100);
});

it('the report has figures of containers, endpoints, and hosts with the age of their bindings', async () => {
  const clock = movableClock();
  const whole = await openWhole(newFolder(), oneContainer({ quotaMB: 50 }), clock);
  const { port, administration } = whole;
  await written(whole, 'text');
  clock.moveBy(60_000);
  await bind(port, await create(port, 4n), HOST);
  await bind(port, await create(port, 4n), 'host-2' as HostId);
  const { endpoints } = (await administration.show()).arrays[0] ?? expect.fail();
  await administration.setEndpointOnline(endpoints[2]?.endpointId ?? '', false);
  const report = await administration.show();
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  expect(report.arrays).toMatchObject([
    {
      name: 'a',
      health: 'healthy',
      hardware: { length: 10 },
      classics: [],
      pools: [{ name: 'c', health: 'healthy', totalBytes: 1_000 * 2 ** 20, usedBytes: 65_536 }],
      containers: [
        {
          name: 'c',
          protocol: 'SCSI',
          volumes: 3,
          pool: 'c',
          promisedBytes: 12 * 2 ** 20,
          promiseLimitBytes: 50 * 2 ** 20,
        },
      ],
      endpoints: [
        { online: true, bindings: 1 },
        { online: true, bindings: 1 },
        { online: false, bindings: 1 },
      ],
    },
  ]);
  expect(report.hosts.map(({ hostId, bindings }) => [hostId, bindings])).toEqual([
    [HOST, 2],
    ['host-2', 1],
  ]);
  const [first] = report.hosts;
  const apart = Date.parse(first?.newestAt ?? '') - Date.parse(first?.oldestAt ?? '');
  expect(apart).toBeGreaterThanOrEqual(60_000);
  expect(report).toMatchObject({ volumeCount: 3, bindingCount: 3, hostCount: 2 });
});

it('an endpoint is taken out of service and back, a pace is set; what makes no sense is refused', async () => {
  const { port, administration } = await openWhole(newFolder());
  const [first] = await port.endpoints();
  const endpointId = first?.endpointId ?? ('' as EndpointId);
  await administration.setEndpointOnline(endpointId, false);
  expect((await port.endpoints())[0]?.online).toBe(false);
  await administration.setEndpointOnline(endpointId, true);
  expect((await port.endpoints())[0]?.online).toBe(true);
  await refused('notFound', administration.setEndpointOnline('none', true));
  await refused('invalid', administration.setPace('nothing', 'instant'), 'cloneVolume');
  await refused('invalid', administration.setPace('cloneVolume', { polls: 0 }));
  await refused('invalid', administration.setPace('cloneVolume', { milliseconds: 1e12 }));
});

it('a closed array takes no orders', async () => {
  const { port, administration } = await openWhole(newFolder());
  await port.close();
  await refused('failed', administration.show(), 'closed');
  await refused('failed', administration.reset());
  await refused('failed', administration.saveState('s'));
});

it('the port as the provider gets it carries the orders', async () => {
  const port = await open(newFolder());
  expect('administration' in port).toBe(false);
  const { openArray } = await import('../../simulator/index.ts');
  const clock = movableClock();
  const opened = await openArray({ dataDirectory: newFolder(), clock, options: {} });
  expect((await opened.administration?.show())?.volumeCount).toBe(0);
  await opened.close();
});
