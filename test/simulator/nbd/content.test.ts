/**
 * Read after write: whatever a client writes, zeroes and trims at random places, it reads back as a plain
 * array of bytes would have it, by every way to read.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenNbd, type NbdServer } from '../../../simulator/nbd/server.ts';
import { exportsOf, MemoryDevice } from './support/memory-device.ts';
import { type Chunk, RawClient } from './support/raw-client.ts';

const CMD = { read: 0, write: 1, zeroes: 6 } as const;
const FLAG = { noHole: 2, df: 4 } as const;
/** Not a whole number of anything. */
const SIZE = 100_003;

let devices: Map<string, MemoryDevice>;
let server: NbdServer;

beforeAll(async () => {
  devices = new Map();
  // Small chunks, so that every read of some length is cut.
  server = await listenNbd({ exports: exportsOf(devices), port: 0, limits: { chunkBytes: 5_000 } });
});

afterAll(() => server.close());

const range = fc
  .tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: 30_000 }))
  .map(([offset, length]) => ({ offset, length: Math.min(length, SIZE - offset) }));

const steps = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), range, byte: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constant('zeroes' as const), range, noHole: fc.boolean() }),
  fc.record({ kind: fc.constant('read' as const), range, whole: fc.boolean() }),
);

type Step = typeof steps extends fc.Arbitrary<infer One> ? One : never;

/** Puts a read's chunks together; every byte must come exactly once. */
function assemble(chunks: readonly Chunk[], offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let covered = 0;
  for (const { type, data } of chunks) {
    const at = Number(data.readBigUInt64BE(0)) - offset;
    expect(at).toBe(covered);
    if (type === 1) data.copy(bytes, at, 8);
    covered += type === 1 ? data.length - 8 : data.readUInt32BE(8);
  }
  expect(covered).toBe(length);
  return bytes;
}

async function run(client: RawClient, model: Buffer, one: Step): Promise<void> {
  const { offset, length } = one.range;
  if (one.kind === 'write') {
    const data = Buffer.alloc(length, one.byte);
    client.request(CMD.write, offset, length, { data });
    expect(await client.outcome()).toBe(0);
    data.copy(model, offset);
  } else if (one.kind === 'zeroes') {
    client.request(CMD.zeroes, offset, length, { flags: one.noHole ? FLAG.noHole : 0 });
    expect(await client.outcome()).toBe(0);
    model.fill(0, offset, offset + length);
  } else {
    client.request(CMD.read, offset, length, { flags: one.whole ? FLAG.df : 0 });
    const read = assemble(await client.chunks(), offset, length);
    expect(read.equals(model.subarray(offset, offset + length))).toBe(true);
  }
}

test('what is read is what was written last, and every connection sees it', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 30 }), async (list) => {
      number += 1;
      const name = `disk ${number}`;
      devices.set(name, new MemoryDevice(SIZE));
      const model = Buffer.alloc(SIZE);
      const [structured, simple] = [new RawClient(server.address), new RawClient(server.address)];
      try {
        await structured.go(name);
        await simple.go(name, { structured: false });
        for (const one of list) await run(structured, model, one);
        simple.request(CMD.read, 0, SIZE);
        expect((await simple.simpleReply()).error).toBe(0);
        expect((await simple.read(SIZE)).equals(model)).toBe(true);
      } finally {
        structured.close();
        simple.close();
        devices.delete(name);
      }
    }),
    { numRuns: 60 },
  );
});

test('writes on the way together, each to its own place, are all there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(200), { minLength: 2, maxLength: 150 }), async (lengths) => {
      const device = new MemoryDevice(SIZE);
      devices.set('together', device);
      // The device settles in an order of its own.
      device.before = (call) => new Promise((settle) => setTimeout(settle, call.length % 3));
      const client = new RawClient(server.address);
      await client.go('together');
      const model = Buffer.alloc(SIZE);
      let at = 0;
      for (const [index, length] of lengths.entries()) {
        const data = Buffer.alloc(length, (index % 255) + 1);
        client.request(CMD.write, at, length, { data, cookie: BigInt(index) });
        data.copy(model, at);
        at += length;
      }
      const answered = new Set<bigint>();
      for (const _ of lengths) {
        const [chunk] = await client.chunks();
        expect(chunk?.type).toBe(0);
        answered.add(chunk?.cookie ?? -1n);
      }
      expect(answered.size).toBe(lengths.length);
      expect(device.content(0, SIZE).equals(model)).toBe(true);
      client.close();
    }),
    { numRuns: 20 },
  );
});
