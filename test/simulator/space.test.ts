/** Capacity, overcommit and quota, on containers of 1,000 MB. */
import { expect, it } from 'vitest';
import { openDatabase } from '../../simulator/open.ts';
import { bytes } from '../../src/model/units.ts';
import { create, firstContainer, MB, newFolder, newJob, oneContainer, open } from './world.ts';

const NO_SPACE = { kind: 'noSpace' };

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
