/** The data path: who may read and write what, and what a snapshot has of writes that are under way. */
import { expect, it, onTestFinished } from 'vitest';
import { boundExports, exportName } from '../../simulator/exports.ts';
import { openSimulator } from '../../simulator/index.ts';
import type { CrashPoint } from '../../src/array/crash-points.ts';
import { movableClock } from '../../src/model/clock.ts';
import type { HostId, VvolId } from '../../src/model/ids.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { bytes } from '../../src/model/units.ts';
import {
  bind,
  copy,
  create,
  done,
  firstContainer,
  MB,
  newFolder,
  newId,
  newJob,
  oneContainer,
  openWhole,
  snapshot,
} from './world.ts';

const HOST = 'host-1' as HostId;
const OTHER = 'host-2' as HostId;
const CHUNK = 64 * 1024;

it('only a host that has bound the volume reads and writes it, until it unbinds', async () => {
  const { port, dataPath } = await openWhole(newFolder());
  const vvolId = await create(port, 1n);
  const place = { hostId: HOST, vvolId };
  const refused = { kind: 'notFound' };
  await expect(dataPath.read(place, 0, 1)).rejects.toMatchObject(refused);
  await expect(dataPath.write(place, 0, Buffer.from('x'))).rejects.toMatchObject(refused);
  await bind(port, vvolId, HOST);
  await dataPath.write(place, 10, Buffer.from('hello'));
  expect((await dataPath.read(place, 8, 9)).toString()).toBe('\0\0hello\0\0');
  await expect(dataPath.read({ hostId: OTHER, vvolId }, 0, 1)).rejects.toMatchObject(refused);
  await bind(port, vvolId, OTHER);
  expect((await dataPath.read({ hostId: OTHER, vvolId }, 10, 5)).toString()).toBe('hello');
  const late = dataPath.write(place, 0, Buffer.from('before the unbind'));
  const unbind = port.unbind(vvolId, HOST, undefined);
  const tooLate = dataPath.write(place, 0, Buffer.from('after the unbind!'));
  await expect(tooLate).rejects.toMatchObject(refused);
  await Promise.all([late, unbind]);
  const kept = await dataPath.read({ hostId: OTHER, vvolId }, 0, 17);
  expect(kept.toString()).toBe('before the unbind');
});

it('beyond the end is invalid; a read-only snapshot is unsupported; large ranges come in pieces', async () => {
  const { port, dataPath } = await openWhole(newFolder());
  const vvolId = await create(port, 8n);
  const place = { hostId: HOST, vvolId };
  await bind(port, vvolId, HOST);
  const end = Number(8n * MB);
  const data = Buffer.from(Array.from({ length: end }, (_, index) => (index >> 12) & 255));
  await dataPath.write(place, 0, data);
  expect((await dataPath.read(place, 0, end)).equals(data)).toBe(true);
  await expect(dataPath.read(place, end, 1)).rejects.toMatchObject({ kind: 'invalid' });
  await expect(dataPath.write(place, end - 1, Buffer.alloc(2))).rejects.toMatchObject({
    kind: 'invalid',
  });
  await expect(dataPath.trim(place, 1, end)).rejects.toMatchObject({ kind: 'invalid' });
  const fixed = { hostId: HOST, vvolId: await snapshot(port, vvolId) };
  await bind(port, fixed.vvolId, HOST);
  for (const call of [
    dataPath.write(fixed, 0, Buffer.from('x')),
    dataPath.trim(fixed, 0, 1),
    dataPath.zero(fixed, 0, 1),
  ]) {
    await expect(call).rejects.toMatchObject({ kind: 'unsupported' });
  }
  await dataPath.trim(place, 0, end);
  expect((await dataPath.read(fixed, 0, end)).equals(data)).toBe(true);
  expect((await port.volumeSpace([vvolId]))[0]?.committed).toBe(0n);
});

it('what was acknowledged survives the reopening, in volumes, snapshots and clones', async () => {
  const folder = newFolder();
  const first = await openWhole(folder);
  const vvolId = await create(first.port, 4n);
  const place = { hostId: HOST, vvolId };
  await bind(first.port, vvolId, HOST);
  await first.dataPath.write(place, 0, Buffer.from('one'));
  const taken = await snapshot(first.port, vvolId);
  const clone = await copy(first.port, 'cloneVolume', vvolId);
  await first.dataPath.write(place, 0, Buffer.from('two'));
  await first.port.close();
  const { port, dataPath, check } = await openWhole(folder);
  for (const [id, text] of [
    [vvolId, 'two'],
    [taken, 'one'],
    [clone, 'one'],
  ] as const) {
    await bind(port, id, OTHER);
    expect((await dataPath.read({ hostId: OTHER, vvolId: id }, 0, 3)).toString()).toBe(text);
  }
  expect(check()).toEqual([]);
});

it('snapshots of several volumes are one point in time: writes in flight are in up to one and not beyond', async () => {
  const { port, dataPath, check } = await openWhole(newFolder());
  const disks = [await create(port, 1n), await create(port, 1n), await create(port, 1n)] as const;
  for (const vvolId of disks) await bind(port, vvolId, HOST);
  let isDone = false;
  // Each write goes to the next disk, and begins when the one before was acknowledged.
  const writer = (async () => {
    for (let turn = 1; !isDone; turn += 1) {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(turn);
      const vvolId = disks[turn % disks.length] ?? disks[0];
      await dataPath.write({ hostId: HOST, vvolId }, 0, number);
    }
  })();
  const numberIn = async (vvolId: VvolId): Promise<number> => {
    await bind(port, vvolId, OTHER);
    return (await dataPath.read({ hostId: OTHER, vvolId }, 0, 4)).readUInt32BE(0);
  };
  const rounds: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const ids = disks.map(() => newId());
    for (const [index, vvolId] of disks.entries()) {
      const request = {
        vvolId,
        snapshotId: ids[index] ?? vvolId,
        readOnly: true,
        profile: undefined,
      };
      await done(port, port.prepareSnapshot(newJob(), request));
    }
    const entries = ids.map((snapshotId) => ({ snapshotId, metadata: [] }));
    expect(await port.takeSnapshots(entries, 60_000)).toEqual([undefined, undefined, undefined]);
    const numbers = (await Promise.all(ids.map(numberIn))).sort((a, b) => a - b);
    const [least = 0, middle = 0, most = 0] = numbers;
    // The last three writes, one on each disk: a later one without an earlier one would leave a gap.
    expect([middle - least, most - middle]).toEqual([1, 1]);
    rounds.push(most);
  }
  isDone = true;
  await writer;
  expect(rounds.at(-1)).toBeGreaterThan((rounds[0] ?? 0) + 20);
  expect(check()).toEqual([]);
});

it('snapshots that come too late are taken back, before the commit or after it, and can be taken again', async () => {
  const clock = movableClock();
  let isSlow = false;
  const reach = (point: CrashPoint) => {
    if (isSlow && point === 'array:after-commit') clock.moveBy(2_000);
  };
  const environment = { dataDirectory: newFolder(), clock, options: {}, reach };
  const { port, check } = await openSimulator(environment);
  onTestFinished(() => port.close());
  const vvolId = await create(port, 1n);
  const snapshotId = newId();
  const request = { vvolId, snapshotId, readOnly: true, profile: undefined };
  await done(port, port.prepareSnapshot(newJob(), request));
  const entries = [{ snapshotId, metadata: [{ key: 'k', value: 'v' }] }];
  const before = port.takeSnapshots(entries, 1_000);
  clock.moveBy(2_000);
  expect(await before).toMatchObject([{ kind: 'timedOut' }]);
  expect((await port.changes(0n, 10)).changes).toHaveLength(1);
  isSlow = true;
  expect(await port.takeSnapshots(entries, 1_000)).toMatchObject([{ kind: 'timedOut' }]);
  isSlow = false;
  expect(await port.volumes([snapshotId])).toEqual([]);
  const { changes } = await port.changes(1n, 10);
  expect(changes.map(({ kind, entityId }) => [kind, entityId])).toEqual([
    ['new', snapshotId],
    ['delete', snapshotId],
  ]);
  expect(await port.takeSnapshots(entries, 1_000)).toEqual([undefined]);
  expect((await port.volumes([snapshotId]))[0]?.metadata).toEqual([{ key: 'k', value: 'v' }]);
  expect(check()).toEqual([]);
});

it('a prepared snapshot that nobody takes ends after its time, and frees its place', async () => {
  const clock = movableClock();
  const options = oneContainer({}, { snapshotsPerVolume: 1 });
  const { port } = await openWhole(newFolder(), options, clock);
  const vvolId = await create(port, 10n);
  const request = { vvolId, snapshotId: newId(), readOnly: true, profile: undefined };
  await done(port, port.prepareSnapshot(newJob(), request));
  const other = { ...request, snapshotId: newId() };
  await expect(port.prepareSnapshot(newJob(), other)).rejects.toMatchObject({
    kind: 'tooManySnapshots',
  });
  await expect(copy(port, 'fastCloneVolume', vvolId)).rejects.toMatchObject({
    kind: 'tooManySnapshots',
  });
  clock.moveBy(LIMITS.preparedSnapshotMs + 1_000);
  const entries = [{ snapshotId: request.snapshotId, metadata: [] }];
  expect(await port.takeSnapshots(entries, 1_000)).toMatchObject([{ kind: 'notFound' }]);
  await done(port, port.prepareSnapshot(newJob(), other));
  const space = await port.containerSpace(await firstContainer(port));
  expect(space.logicalUsed).toBe(20n * MB);
});

it('deleting a volume drops its prepared snapshots, and they can no longer be taken', async () => {
  const { port, check } = await openWhole(newFolder());
  const vvolId = await create(port, 1n);
  const snapshotId = newId();
  const request = { vvolId, snapshotId, readOnly: true, profile: undefined };
  await done(port, port.prepareSnapshot(newJob(), request));
  await port.deleteVolume(vvolId);
  const entries = [{ snapshotId, metadata: [] }];
  expect(await port.takeSnapshots(entries, 1_000)).toMatchObject([{ kind: 'notFound' }]);
  const space = await port.containerSpace(await firstContainer(port));
  expect(space.logicalUsed).toBe(0n);
  expect(check()).toEqual([]);
});

it('a thin volume fills its container and is told; a thick one always has room for what it is', async () => {
  const { port, dataPath } = await openWhole(newFolder(), oneContainer({ capacityMB: 4 }));
  const thick = { hostId: HOST, vvolId: await create(port, 2n, { thin: false }) };
  const thin = { hostId: HOST, vvolId: await create(port, 100n) };
  for (const { vvolId } of [thick, thin]) await bind(port, vvolId, HOST);
  const used = async () => (await port.containerSpace(await firstContainer(port))).physicalUsed;
  expect(await used()).toBe(2n * MB);
  const block = Buffer.alloc(Number(MB), 7);
  await dataPath.write(thin, 0, block);
  await dataPath.write(thin, Number(MB), block);
  expect(await used()).toBe(4n * MB);
  const over = dataPath.write(thin, Number(2n * MB), block);
  await expect(over).rejects.toMatchObject({ kind: 'noSpace' });
  await dataPath.write(thin, 0, block);
  await dataPath.write(thick, 0, block);
  await dataPath.write(thick, Number(MB), block);
  expect(await used()).toBe(4n * MB);
  const clone = copy(port, 'cloneVolume', thin.vvolId);
  await expect(clone).rejects.toMatchObject({ kind: 'noSpace' });
  await dataPath.trim(thin, 0, CHUNK);
  await dataPath.write(thin, Number(2n * MB), Buffer.from('x'));
  expect(await used()).toBe(4n * MB);
});

it('reverting gives back the size, the space and the reserve of a thick volume', async () => {
  const { port, dataPath, check } = await openWhole(newFolder(), oneContainer({}));
  const vvolId = await create(port, 2n, { thin: false });
  const place = { hostId: HOST, vvolId };
  const taken = await snapshot(port, vvolId);
  await done(port, port.resizeVolume(newJob(), vvolId, bytes(4n * MB)));
  await bind(port, vvolId, HOST);
  await dataPath.write(place, Number(3n * MB), Buffer.alloc(Number(MB), 5));
  await port.unbindAllFromHost(HOST);
  await done(port, port.revertVolume(newJob(), vvolId, taken));
  await expect
    .poll(async () => (await port.containerSpace(await firstContainer(port))).physicalUsed)
    .toBe(2n * MB);
  await done(port, port.resizeVolume(newJob(), vvolId, bytes(4n * MB)));
  await bind(port, vvolId, HOST);
  const read = await dataPath.read(place, Number(3n * MB), Number(MB));
  expect(read.equals(Buffer.alloc(Number(MB)))).toBe(true);
  expect(check()).toEqual([]);
});

it('an endpoint that fails carries nothing; hosts there are asked to bind anew; it can return', async () => {
  const simulator = await openWhole(newFolder(), oneContainer({}));
  const { port, dataPath } = simulator;
  const vvolId = await create(port, 1n);
  const place = { hostId: HOST, vvolId };
  const before = await bind(port, vvolId, HOST);
  const other = await create(port, 1n);
  const elsewhere = await bind(port, other, OTHER);
  expect(elsewhere.endpointId).not.toBe(before.endpointId);
  const start = (await port.changes(0n, 1)).newest;
  await simulator.setEndpointOnline(before.endpointId, false);
  await simulator.setEndpointOnline(before.endpointId, false);
  const { changes } = await port.changes(start, 10);
  expect(changes).toMatchObject([
    { kind: 'update', entity: 'ProtocolEndpoint', entityId: before.endpointId, vvolIds: [] },
    { kind: 'rebind', hostId: HOST, vvolIds: [vvolId] },
  ]);
  expect(changes).toHaveLength(2);
  const online = async () =>
    (await port.endpoints()).find((one) => one.endpointId === before.endpointId)?.online;
  expect(await online()).toBe(false);
  await expect(dataPath.read(place, 0, 1)).rejects.toMatchObject({ kind: 'failed' });
  const candidates = (await port.endpoints()).map(({ endpointId }) => endpointId);
  const after = await port.bind(vvolId, HOST, { candidates, rebind: true });
  expect(after.endpointId).not.toBe(before.endpointId);
  await dataPath.write(place, 0, Buffer.from('again'));
  await port.unbind(vvolId, HOST, before);
  await simulator.setEndpointOnline(before.endpointId, true);
  expect(await online()).toBe(true);
  const unknown = simulator.setEndpointOnline('nothing' as never, true);
  await expect(unknown).rejects.toMatchObject({ kind: 'notFound' });
});

it('exports are the bound volumes by host; a name that is nothing is none', async () => {
  const { port, dataPath } = await openWhole(newFolder());
  const vvolId = await create(port, 3n);
  const exports = boundExports(dataPath);
  expect(await exports.list()).toEqual([]);
  await bind(port, vvolId, HOST);
  const name = exportName({ hostId: HOST, vvolId });
  expect(await exports.list()).toEqual([name]);
  const device = await exports.open(name);
  expect(device).toMatchObject({ size: 3n * MB, readOnly: false, flushCoversAll: true });
  await device?.writeZeroes(0n, CHUNK, { fua: false, mayHole: false });
  expect(await device?.status(0n, Number(3n * MB))).toMatchObject([
    { length: CHUNK, kind: 'zero' },
    { length: Number(3n * MB) - CHUNK, kind: 'hole' },
  ]);
  await device?.writeZeroes(0n, CHUNK, { fua: false, mayHole: true });
  expect(await device?.status(0n, CHUNK)).toMatchObject([{ length: CHUNK, kind: 'hole' }]);
  for (const nothing of ['', '/', vvolId, `${OTHER}/${vvolId}`, `${HOST}/`]) {
    expect(await exports.open(nothing)).toBeUndefined();
  }
  await port.unbindAllFromHost(HOST);
  await expect(device?.read(0n, 1)).rejects.toMatchObject({ code: 'ESHUTDOWN' });
});

it('others get their turn while the extents of a long run are found, which are as if found at once', async () => {
  const { port, dataPath } = await openWhole(newFolder());
  const vvolId = await create(port, 4_096n);
  await bind(port, vvolId, HOST);
  const place = { hostId: HOST, vvolId };
  const length = 1_280 * 1024 * 1024;
  await dataPath.zero(place, CHUNK, length);
  let turns = 0;
  let isDone = false;
  const turn = () => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const found = await dataPath.extents(place, 0, 4_096 * 1024 * 1024, 10);
  isDone = true;
  expect(found.map(({ kind, length: bytesLong }) => [kind, bytesLong])).toEqual([
    ['hole', CHUNK],
    ['zero', length],
    ['hole', 4_096 * 1024 * 1024 - length - CHUNK],
  ]);
  // 640 nodes above the chunks, 512 in a step.
  expect(turns).toBeGreaterThanOrEqual(1);
});
