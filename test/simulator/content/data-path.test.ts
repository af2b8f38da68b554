import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY } from '../../../simulator/content/content.ts';
import { capacityOf, GEOMETRY } from '../../../simulator/content/geometry.ts';
import { openHarness, SMALL } from './harness.ts';
import { LossyFile } from './lossy-file.ts';

const TIB = 1024 ** 4;

test('Bytes written anywhere in 64 TiB are read back, and cost a handful of nodes.', () => {
  const harness = openHarness({ file: new LossyFile() });
  const { content } = harness;
  expect(content.capacity).toBe(64 * TIB);
  const places = [0, 3 * TIB + 12_345, 64 * TIB - 5];
  const root = harness.commit(() =>
    places.reduce((now, at) => content.write(now, at, Buffer.from('hello'), 1), EMPTY),
  );
  for (const at of places) expect(content.read(root, at, 5).toString()).toBe('hello');
  expect(content.read(root, 1 * TIB, 100)).toEqual(Buffer.alloc(100));
  expect(harness.count().nodes).toBeLessThanOrEqual(GEOMETRY.levels * places.length);
  harness.close();
});

test('A write across chunks keeps what is around it.', () => {
  const harness = openHarness({ geometry: SMALL, file: new LossyFile() });
  const { content } = harness;
  const base = harness.commit(() => content.write(EMPTY, 0, Buffer.alloc(96, 'a'), 1));
  const root = harness.commit(() => content.write(base, 10, Buffer.alloc(30, 'b'), 1));
  const expected = 'a'.repeat(10) + 'b'.repeat(30) + 'a'.repeat(56);
  expect(content.read(root, 0, 96).toString()).toBe(expected);
  harness.close();
});

test('Repeated chunks are kept once, zeros not at all, and both are allocated.', () => {
  const file = new LossyFile();
  const harness = openHarness({ geometry: SMALL, file });
  const { content } = harness;
  const data = Buffer.concat([Buffer.alloc(160, 'x'), Buffer.alloc(160)]);
  const root = harness.commit(() => content.write(EMPTY, 0, data, 7));
  expect(harness.count()).toMatchObject({ chunks: 20, blocks: 1 });
  expect(file.length()).toBe(1);
  expect(content.committed(root)).toBe(320);
  expect(content.used(7)).toBe(320);
  harness.close();
});

test('A write that meets a full disk is undone by its savepoint, and others go on.', () => {
  const file = new LossyFile();
  const harness = openHarness({ geometry: SMALL, file });
  const { content, db } = harness;
  const root = harness.commit(() => {
    const kept = content.write(EMPTY, 0, Buffer.alloc(100, 'kept'), 1);
    db.exec('SAVEPOINT one_call');
    file.blocksLeft = 2;
    const tooMuch = () => content.write(kept, 0, Buffer.from('no room'.repeat(20)), 1);
    expect(tooMuch).toThrow(expect.objectContaining({ kind: 'noSpace' }));
    file.blocksLeft = Number.POSITIVE_INFINITY;
    db.exec('ROLLBACK TO one_call; RELEASE one_call');
    return content.write(kept, 200, Buffer.from('later'), 1);
  });
  expect(content.read(root, 0, 100)).toEqual(Buffer.alloc(100, 'kept'));
  expect(content.read(root, 200, 5).toString()).toBe('later');
  expect(content.check([root])).toEqual([]);
  harness.close();
});

test('Trimming gives back whole chunks and zeros the rest.', () => {
  const harness = openHarness({ geometry: SMALL, file: new LossyFile() });
  const { content } = harness;
  const full = harness.commit(() => content.write(EMPTY, 0, Buffer.alloc(1024, 'x'), 1));
  const root = harness.commit(() => content.trim(full, 24, 500, 1));
  expect(content.committed(root)).toBe(1024 - 480);
  const expected = Buffer.alloc(1024, 'x').fill(0, 24, 524);
  expect(content.read(root, 0, 1024)).toEqual(expected);
  const rest = harness.commit(() => content.trim(root, 0, 24, 1));
  expect(content.committed(rest)).toBe(1024 - 512);
  expect(harness.commit(() => content.trim(rest, 0, 1024, 1))).toBe(EMPTY);
  expect(harness.count()).toEqual({ nodes: 0, chunks: 0, blocks: 0 });
  harness.close();
});

test('Trimming what was never written copies nothing of a shared tree.', () => {
  const harness = openHarness({ geometry: SMALL, file: new LossyFile() });
  const { content } = harness;
  const root = harness.commit(() => content.write(EMPTY, 0, Buffer.alloc(16, 'x'), 1));
  const fork = harness.commit(() => content.trim(content.fork(root), 30, 900, 1));
  expect(fork).toBe(root);
  harness.close();
});

test('A range that is none, or lies beyond the capacity, is refused.', () => {
  const harness = openHarness({ geometry: SMALL, file: new LossyFile() });
  const { content } = harness;
  const capacity = capacityOf(SMALL);
  const whole = fc.integer({ min: 0, max: capacity });
  const bad = fc.oneof(
    fc.tuple(fc.constantFrom(-1, 0.5, Number.NaN), whole),
    fc.tuple(whole, fc.constantFrom(-1, 0.5, Number.NaN)),
    whole.map((offset): [number, number] => [offset, capacity - offset + 1]),
  );
  fc.assert(
    fc.property(bad, ([offset, length]) => {
      const refused = expect.objectContaining({ kind: 'invalid' });
      expect(() => content.read(EMPTY, offset, length)).toThrow(refused);
      expect(() => content.trim(EMPTY, offset, length, 1)).toThrow(refused);
      expect(() => content.extents(EMPTY, { start: offset, length }, 9)).toThrow(refused);
    }),
  );
  const beyond = () => content.write(EMPTY, capacity - 1, Buffer.alloc(2, 'x'), 1);
  expect(beyond).toThrow(expect.objectContaining({ kind: 'invalid' }));
  harness.close();
});

test('No more than 64 MiB are read in one call.', () => {
  const harness = openHarness({ file: new LossyFile() });
  const tooMuch = () => harness.content.read(EMPTY, 0, 64 * 1024 * 1024 + 1);
  expect(tooMuch).toThrow(expect.objectContaining({ kind: 'invalid' }));
  harness.close();
});
