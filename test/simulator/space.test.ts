/** Capacity, overcommit and quota, on containers of 1,000 MB. */
import { expect, it } from 'vitest';
import { openDatabase } from '../../simulator/open.ts';
import type { HostId, VvolId } from '../../src/model/ids.ts';
import { bytes } from '../../src/model/units.ts';
import {
  bind,
  create,
  done,
  firstContainer,
  MB,
  newFolder,
  newJob,
  oneContainer,
  open,
  openWhole,
  snapshot,
} from './world.ts';

const NO_SPACE = { kind: 'noSpace' };
const HOST = 'host-1' as HostId;

/** A container of 40 MB, of whose space one volume can have nearly all. */
async function nearlyFull() {
  const simulator = await openWhole(newFolder(), oneContainer({ capacityMB: 40 }));
  const { port, dataPath } = simulator;
  return {
    ...simulator,
    /** Writes so many MB from the volume's start on. */
    fill: async (vvolId: VvolId, sizeMB: number) => {
      await bind(port, vvolId, HOST);
      const data = Buffer.alloc(sizeMB * Number(MB), 7);
      await dataPath.write({ hostId: HOST, vvolId }, 0, data);
      await port.unbindFromAllHosts(vvolId);
    },
    trim: async (vvolId: VvolId, sizeMB: number) => {
      await bind(port, vvolId, HOST);
      await dataPath.trim({ hostId: HOST, vvolId }, 0, sizeMB * Number(MB));
      await port.unbindFromAllHosts(vvolId);
    },
  };
}

async function spaceMB(array: Awaited<ReturnType<typeof open>>): Promise<Record<string, bigint>> {
  const space = await array.containerSpace(await firstContainer(array));
  return Object.fromEntries(Object.entries(space).map(([name, size]) => [name, size / MB]));
}

it('thin volumes hold nothing, thick ones their size, and deletion gives both back', async () => {
  const array = await open(newFolder(), oneContainer({ overcommit: 3 }));
  const thin = await create(array, 900n);
  const thick = await create(array, 600n, { thin: false });
  expect(await spaceMB(array)).toEqual({
    physicalTotal: 1_000n,
    physicalFree: 400n,
    physicalUsed: 600n,
    logicalLimit: 3_000n,
    logicalFree: 1_500n,
    logicalUsed: 1_500n,
  });
  await array.deleteVolume(thin);
  await array.deleteVolume(thick);
  expect(await spaceMB(array)).toMatchObject({ physicalUsed: 0n, logicalUsed: 0n });
});

it('a thick volume that does not fit is noSpace; one that just fits is made', async () => {
  const array = await open(newFolder(), oneContainer({}));
  await create(array, 400n, { thin: false });
  await expect(create(array, 601n, { thin: false })).rejects.toMatchObject(NO_SPACE);
  await create(array, 600n, { thin: false });
  expect(await spaceMB(array)).toMatchObject({ physicalFree: 0n });
  await expect(create(array, 1n, { type: 'Swap', thin: undefined })).rejects.toMatchObject(
    NO_SPACE,
  );
  await create(array, 1n, { thin: undefined });
});

it('the tighter of overcommit and quota bounds what is promised; without both nothing does', async () => {
  const both = await open(newFolder(), oneContainer({ overcommit: 2, quotaMB: 1_500 }));
  await create(both, 1_500n);
  await expect(create(both, 1n)).rejects.toMatchObject(NO_SPACE);
  const neither = await open(newFolder(), oneContainer({}));
  await create(neither, 50_000n);
  expect(await spaceMB(neither)).toMatchObject({ logicalLimit: 0n, logicalFree: 1_000n });
});

it('a refused volume leaves no trace: no space taken, no job, no change', async () => {
  const array = await open(newFolder(), oneContainer({ overcommit: 1 }));
  await expect(create(array, 1_001n)).rejects.toMatchObject(NO_SPACE);
  expect(await spaceMB(array)).toMatchObject({ logicalUsed: 0n });
  expect((await array.changes(0n, 10)).newest).toBe(0n);
});

it('a thick volume grows only where there is space; a thin one where it may be promised', async () => {
  const array = await open(newFolder(), oneContainer({ overcommit: 2 }));
  const thick = await create(array, 400n, { thin: false });
  const thin = await create(array, 500n);
  const resize = (vvolId: typeof thick, sizeMB: bigint) =>
    array.resizeVolume(newJob(), vvolId, bytes(sizeMB * MB));
  await expect(resize(thick, 1_001n)).rejects.toMatchObject(NO_SPACE);
  await resize(thick, 1_000n);
  await resize(thin, 1_000n);
  await expect(resize(thin, 1_001n)).rejects.toMatchObject(NO_SPACE);
  expect(await spaceMB(array)).toMatchObject({ physicalUsed: 1_000n, logicalUsed: 2_000n });
});

it('promises without a bound end before the count of bytes does', async () => {
  const folder = newFolder();
  await (await open(folder, oneContainer({}))).close();
  const db = openDatabase(folder);
  db.prepare('UPDATE container SET logical_used_bytes = ?').run((1n << 62n) - 2n * MB);
  db.close();
  const array = await open(folder);
  await create(array, 2n);
  await expect(create(array, 1n)).rejects.toMatchObject(NO_SPACE);
});

it('a thick volume in a nearly full container is trimmed, reverted and deleted: none needs new space', async () => {
  const { port, fill, trim, check } = await nearlyFull();
  const vvolId = await create(port, 32n, { thin: false });
  const empty = await snapshot(port, vvolId);
  await fill(vvolId, 32);
  await trim(vvolId, 32);
  await fill(vvolId, 32);
  await done(port, port.revertVolume(newJob(), vvolId, empty));
  expect(await spaceMB(port)).toMatchObject({ physicalUsed: 32n, physicalFree: 8n });
  await fill(vvolId, 32);
  await port.deleteVolume(vvolId);
  await create(port, 32n, { thin: false });
  expect(await spaceMB(port)).toMatchObject({ physicalUsed: 32n, physicalFree: 8n });
  expect(check()).toEqual([]);
});

it('differences that empty a thick volume whose snapshot keeps its data need that much space', async () => {
  const { port, fill, trim, check } = await nearlyFull();
  const target = await create(port, 16n, { thin: false });
  await fill(target, 16);
  const kept = await snapshot(port, target);
  const source = await create(port, 16n);
  await fill(source, 16);
  const base = await snapshot(port, source);
  await trim(source, 16);
  const copying = port.copyDiffs(newJob(), { source, base, target });
  await expect(done(port, copying)).rejects.toMatchObject({ message: /too little free space/ });
  expect(await spaceMB(port)).toMatchObject({ physicalUsed: 32n, physicalFree: 8n });
  await port.deleteVolume(kept);
  await done(port, port.copyDiffs(newJob(), { source, base, target }));
  expect(await spaceMB(port)).toMatchObject({ physicalUsed: 32n, physicalFree: 8n });
  expect(check()).toEqual([]);
});
