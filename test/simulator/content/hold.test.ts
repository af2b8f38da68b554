/** While blocks are held, whoever reads content.data beside us finds what was referred to when it began. */
import { expect, test } from 'vitest';
import { EMPTY } from '../../../simulator/content/content.ts';
import { openHarness, SMALL } from './harness.ts';
import { LossyFile } from './lossy-file.ts';

const BYTES = SMALL.chunkBytes;

test('what was written before is not written over while blocks are held, and is afterwards.', () => {
  const file = new LossyFile();
  const { content, commit, count, close } = openHarness({ geometry: SMALL, file });
  const text = (number: number) => Buffer.alloc(BYTES, `number ${number} `);
  let root = commit(() => content.write(EMPTY, 0, text(0), 1));
  const overwrite = (number: number) => {
    root = commit(() => content.write(root, 0, text(number), 1));
  };
  const letGo = content.hold();
  const other = content.hold();
  for (let number = 1; number <= 10; number += 1) overwrite(number);
  other();
  other();
  for (let number = 11; number <= 20; number += 1) overwrite(number);
  const found = Buffer.alloc(BYTES);
  file.read(1, 0, found);
  expect(found).toEqual(text(0));
  expect(file.length()).toBe(21);
  letGo();
  for (let number = 21; number <= 25; number += 1) overwrite(number);
  expect(file.length()).toBeLessThan(4);
  expect(count().blocks).toBe(1);
  expect(content.read(root, 0, BYTES)).toEqual(text(25));
  expect(content.check([root])).toEqual([]);
  close();
});
