import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY } from '../../../simulator/content/content.ts';
import { openDataFile } from '../../../simulator/content/data-file.ts';
import { openHarness } from './harness.ts';

const KIB = 1024;
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keelson-content-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

test('A block is read back whole and in part, after opening again too.', () => {
  const file = openDataFile(directory, 8);
  file.write(3, Buffer.from('abcdefgh'));
  file.sync();
  file.close();
  const again = openDataFile(directory, 8);
  expect(again.length()).toBe(3);
  const whole = Buffer.alloc(8);
  again.read(3, 0, whole);
  expect(whole.toString()).toBe('abcdefgh');
  const part = Buffer.alloc(3);
  again.read(3, 4, part);
  expect(part.toString()).toBe('efg');
  again.close();
});

test('Reading behind the end fails; what is cut off is gone.', () => {
  const file = openDataFile(directory, 8);
  file.write(2, Buffer.from('abcdefgh'));
  file.truncate(1);
  expect(file.length()).toBe(1);
  const read = () => file.read(2, 0, Buffer.alloc(8));
  expect(read).toThrow(expect.objectContaining({ kind: 'failed' }));
  file.close();
});

test('Only its owner may read the file, and a folder that is not there is an error in words.', () => {
  openDataFile(directory, 8).close();
  expect(statSync(join(directory, 'content.data')).mode & 0o777).toBe(0o600);
  const open = () => openDataFile(join(directory, 'absent'), 8);
  expect(open).toThrow(expect.objectContaining({ kind: 'failed' }));
});

test('The file grows with what was written, and shrinks when it is given up.', () => {
  const harness = openHarness({ directory });
  const { content } = harness;
  const size = () => statSync(join(directory, 'content.data')).size;
  const data = Buffer.from(Array.from({ length: 640 * KIB }, (_, at) => (at >> 16) + 1));
  const root = harness.commit(() => content.write(EMPTY, 1024 ** 4, data, 1));
  expect(size()).toBe(640 * KIB);
  const half = harness.commit(() => content.trim(root, 1024 ** 4 + 320 * KIB, 320 * KIB, 1));
  expect(size()).toBe(320 * KIB);
  harness.commit(() => content.release(half));
  expect(size()).toBe(0);
  harness.close();
});

test('Space that was given up in the middle is used again.', () => {
  const harness = openHarness({ directory });
  const { content } = harness;
  const chunk = (text: string) => Buffer.alloc(64 * KIB, text);
  const [first, second] = harness.commit(() => [
    content.write(EMPTY, 0, chunk('first'), 1),
    content.write(EMPTY, 0, chunk('second'), 1),
  ]);
  harness.commit(() => content.release(first ?? EMPTY));
  const third = harness.commit(() => content.write(EMPTY, 0, chunk('third'), 1));
  expect(statSync(join(directory, 'content.data')).size).toBe(128 * KIB);
  expect(content.check([second ?? EMPTY, third])).toEqual([]);
  harness.close();
});
