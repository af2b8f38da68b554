/** Goal: an exchange of the array's files that dies at any point leaves the old array or the new one. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { finishReplacement, replaceFiles } from '../../simulator/replacement.ts';
import { create, newFolder, open, openWhole } from './world.ts';

/** A folder with an array of so many volumes: one as a crash leaves it, with its log; others closed. */
async function arrayOf(volumes: number): Promise<string> {
  const folder = join(newFolder(), 'array');
  mkdirSync(folder);
  const array = await open(folder, { seed: 's' });
  for (let made = 0; made < volumes; made += 1) await create(array, 1n);
  const copy = newFolder();
  for (const name of ['array.db', 'array.db-wal', 'content.data']) {
    if (volumes === 1) cpSync(join(folder, name), join(copy, name));
  }
  await array.close();
  return volumes === 1 ? copy : folder;
}

async function volumesOf(folder: string): Promise<number> {
  const { administration, check, port } = await openWhole(folder);
  expect(check()).toEqual([]);
  const { volumeCount } = await administration.show();
  await port.close();
  return volumeCount;
}

it('without a decision the old array stays, with what its log holds', async () => {
  const folder = await arrayOf(1);
  mkdirSync(join(folder, 'states/.work'), { recursive: true });
  expect(await volumesOf(folder)).toBe(1);
  expect(existsSync(join(folder, 'states/.work'))).toBe(false);
});

it.each([
  ['decided', []],
  ['logs removed', ['array.db-wal']],
  ['one file exchanged', ['array.db-wal', 'array.db']],
  ['both files exchanged', ['array.db-wal', 'array.db', 'content.data']],
])('a crash when %s leaves the new array at the next opening', async (_, done) => {
  const folder = await arrayOf(1);
  renameSync(await arrayOf(3), join(folder, 'replacement'));
  for (const name of done) {
    if (name === 'array.db-wal') rmSync(join(folder, name));
    else renameSync(join(folder, 'replacement', name), join(folder, name));
  }
  expect(await volumesOf(folder)).toBe(3);
  expect(readdirSync(folder).sort()).toEqual(['array.db', 'content.data']);
});

it('finishing is repeatable', async () => {
  const folder = await arrayOf(1);
  replaceFiles(folder, await arrayOf(3));
  finishReplacement(folder);
  expect(await volumesOf(folder)).toBe(3);
});
