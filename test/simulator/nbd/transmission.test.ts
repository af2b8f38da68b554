/**
 * Requests and replies byte by byte: both kinds of replies, every command in its right and in its wrong
 * form, and what the device is asked meanwhile.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listenNbd, type NbdServer } from '../../../simulator/nbd/server.ts';
import { exportsOf, held, MemoryDevice, noSpace, PAGE } from './support/memory-device.ts';
import { RawClient } from './support/raw-client.ts';

const CMD = { read: 0, write: 1, disc: 2, flush: 3, trim: 4, cache: 5, zeroes: 6, status: 7 };
const FLAG = { fua: 1, noHole: 2, df: 4, reqOne: 8, fastZero: 16 };
const E = { PERM: 1, IO: 5, INVAL: 22, NOSPC: 28 } as const;
const MB = 1024 * 1024;
const SIZE = 64 * MB;

let device: MemoryDevice;
let server: NbdServer;
let client: RawClient;
let failures: unknown[];

beforeEach(async () => {
  failures = [];
  device = new MemoryDevice(SIZE);
  const snapshot = new MemoryDevice(SIZE, { readOnly: true });
  const devices = new Map([
    ['disk', device],
    ['snapshot', snapshot],
  ]);
  server = await listenNbd({
    exports: exportsOf(devices),
    port: 0,
    failed: (error) => failures.push(error),
  });
  client = new RawClient(server.address);
});

afterEach(async () => {
  client.close();
  await server.close();
  expect(failures).toEqual([]);
});

describe('simple replies', () => {
  beforeEach(() => client.go('disk', { structured: false }));

  test('carry what is read, holes as zeroes', async () => {
    device.fill(PAGE, Buffer.alloc(PAGE, 7));
    client.request(CMD.read, PAGE - 10, 20, { cookie: 0xfedcba9876543210n });
    expect(await client.simpleReply()).toEqual({ error: 0, cookie: 0xfedcba9876543210n });
    const expected = Buffer.concat([Buffer.alloc(10), Buffer.alloc(10, 7)]);
    expect(await client.read(20)).toEqual(expected);
  });

  test('carry the greatest read that is advertised', async () => {
    device.fill(32 * MB - 1, Buffer.from([9]));
    client.request(CMD.read, 0, 32 * MB);
    expect((await client.simpleReply()).error).toBe(0);
    expect((await client.read(32 * MB)).at(-1)).toBe(9);
  });

  test('carry an error and no data', async () => {
    client.request(CMD.read, SIZE - 1, 2);
    client.request(CMD.read, 0, 1, { flags: FLAG.df, cookie: 2n });
    client.request(CMD.status, 0, 512, { cookie: 3n });
    client.request(CMD.read, 0, 32 * MB + 1, { cookie: 4n });
    expect(await client.simpleReply()).toEqual({ error: E.INVAL, cookie: 1n });
    expect(await client.simpleReply()).toEqual({ error: E.INVAL, cookie: 2n });
    expect(await client.simpleReply()).toEqual({ error: E.INVAL, cookie: 3n });
    expect(await client.simpleReply()).toEqual({ error: E.INVAL, cookie: 4n });
  });
});

describe('a structured read', () => {
  beforeEach(() => client.go('disk'));

  test('sends data as data and holes by their length', async () => {
    device.fill(PAGE, Buffer.alloc(PAGE, 7));
    client.request(CMD.read, 0, 3 * PAGE, { cookie: 5n });
    const chunks = await client.chunks();
    expect(chunks.map(({ type, last, cookie }) => [type, last, cookie])).toEqual([
      [2, false, 5n],
      [1, false, 5n],
      [2, true, 5n],
    ]);
    expect(chunks[0]?.data.toString('hex')).toBe('000000000000000000001000');
    expect(chunks[1]?.data.readBigUInt64BE(0)).toBe(BigInt(PAGE));
    expect(chunks[1]?.data.subarray(8).equals(Buffer.alloc(PAGE, 7))).toBe(true);
    expect(chunks[2]?.data.toString('hex')).toBe('000000000000200000001000');
  });

  test('cuts long data into chunks that lie in memory one at a time', async () => {
    device.fill(0, Buffer.alloc(3 * MB, 1));
    client.request(CMD.read, 512, 2 * MB + 1);
    const lengths = (await client.chunks()).map((chunk) => chunk.data.length - 8);
    expect(lengths).toEqual([MB, MB, 1]);
  });

  test('is one piece when the client wants no fragments', async () => {
    device.fill(2 * MB, Buffer.alloc(PAGE, 7));
    client.request(CMD.read, 0, 3 * MB, { flags: FLAG.df });
    const [chunk] = await client.chunks();
    expect(chunk).toMatchObject({ type: 1, last: true });
    expect(chunk?.data.subarray(8).equals(device.content(0, 3 * MB))).toBe(true);
  });

  test('of no bytes succeeds', async () => {
    client.request(CMD.read, 0, 0);
    expect(await client.chunks()).toEqual([
      { type: 0, last: true, cookie: 1n, data: Buffer.alloc(0) },
    ]);
  });

  test('ends with an error chunk when the device fails in the middle', async () => {
    const cause = new Error('sector 4711 of /dev/secret');
    device.fill(PAGE, Buffer.alloc(PAGE, 7));
    device.before = async (call) => {
      if (call.startsWith('read')) throw cause;
    };
    client.request(CMD.read, 0, 3 * PAGE);
    const chunks = await client.chunks();
    expect(chunks.map((chunk) => chunk.type)).toEqual([2, 0x8001]);
    expect(chunks[1]?.data.readUInt32BE(0)).toBe(E.IO);
    expect(chunks[1]?.data.subarray(6).toString()).toBe('the device failed');
    expect(failures.splice(0)).toEqual([cause]);
  });

  test('fails when the device gives too few bytes or wrong extents', async () => {
    device.fill(0, Buffer.alloc(PAGE, 7));
    device.read = async () => Buffer.alloc(3);
    client.request(CMD.read, 0, PAGE);
    expect(await client.outcome()).toBe(E.IO);
    device.status = async () => [{ length: 2 * PAGE, kind: 'hole' }];
    client.request(CMD.read, 0, PAGE);
    expect(await client.outcome()).toBe(E.IO);
    device.status = async () => [];
    client.request(CMD.status, 0, PAGE);
    expect(await client.outcome()).toBe(E.IO);
    expect(failures.splice(0)).toHaveLength(3);
  });
});

describe('changes', () => {
  beforeEach(() => client.go('disk'));

  test('reach the device with their flags', async () => {
    const data = Buffer.alloc(100, 1);
    client.request(CMD.write, 50, 100, { data });
    client.request(CMD.write, 50, 100, { data, flags: FLAG.fua });
    client.request(CMD.trim, 0, PAGE, { flags: FLAG.fua });
    client.request(CMD.zeroes, PAGE, PAGE);
    client.request(CMD.zeroes, PAGE, PAGE, { flags: FLAG.noHole | FLAG.fua });
    client.request(CMD.flush, 0, 0);
    for (let count = 0; count < 6; count += 1) expect(await client.outcome()).toBe(0);
    expect(device.calls).toEqual([
      'write 50+100',
      'write 50+100 fua',
      'trim 0+4096 fua',
      'unmap 4096+4096',
      'zero 4096+4096 fua',
      'flush',
    ]);
  });

  test('may have the greatest length that is advertised, to the last byte of the export', async () => {
    client.request(CMD.write, SIZE - 32 * MB, 32 * MB, { data: Buffer.alloc(32 * MB, 3) });
    expect(await client.outcome()).toBe(0);
    expect(device.content(SIZE - 1, 1)).toEqual(Buffer.from([3]));
  });

  test('of no bytes succeed without the device', async () => {
    client.request(CMD.write, 0, 0);
    client.request(CMD.trim, 0, 0);
    client.request(CMD.zeroes, SIZE, 0);
    for (let count = 0; count < 3; count += 1) expect(await client.outcome()).toBe(0);
    expect(device.calls).toEqual([]);
  });

  test.each([
    ['a write beyond the end', CMD.write, SIZE - 1, 2, 0, E.NOSPC],
    ['zeroes beyond the end', CMD.zeroes, SIZE, 1, 0, E.NOSPC],
    ['a trim beyond the end', CMD.trim, SIZE, 1, 0, E.INVAL],
    ['a read at the end of numbers', CMD.read, 0xffffffffffffffffn, 1, 0, E.INVAL],
    ['a write with a flag of reads', CMD.write, 0, 1, FLAG.df, E.INVAL],
    ['a read with a flag of zeroes', CMD.read, 0, 1, FLAG.noHole, E.INVAL],
    ['fast zeroes, which are not offered', CMD.zeroes, 0, 1, FLAG.fastZero, E.INVAL],
    ['a flush of a range', CMD.flush, 0, 1, 0, E.INVAL],
    ['a cache request, which is not offered', CMD.cache, 0, 1, 0, E.INVAL],
    ['an unknown command', 99, 0, 0, 0, E.INVAL],
    ['block status of no bytes', CMD.status, 0, 0, 0, E.INVAL],
    ['block status beyond the end', CMD.status, SIZE, 1, 0, E.INVAL],
  ])('%s is refused, and what follows is understood', async (...[, ...row]) => {
    const [command, offset, length, flags, error] = row;
    const data = command === CMD.write ? Buffer.alloc(length, 1) : Buffer.alloc(0);
    client.request(command, offset, length, { flags, data });
    client.request(CMD.flush, 0, 0, { cookie: 2n });
    expect(await client.outcome()).toBe(error);
    expect(await client.chunk()).toMatchObject({ type: 0, cookie: 2n });
    expect(device.calls).toEqual(['flush']);
  });

  test('that the device refuses carry its words', async () => {
    device.before = async () => {
      throw noSpace();
    };
    client.request(CMD.write, 0, 1, { data: Buffer.alloc(1) });
    const [chunk] = await client.chunks();
    expect(chunk?.data.readUInt32BE(0)).toBe(E.NOSPC);
    expect(chunk?.data.subarray(6).toString()).toBe('the container is full');
  });
});

test('a read-only export refuses changes and keeps reading', async () => {
  await client.go('snapshot');
  client.request(CMD.write, 0, PAGE, { data: Buffer.alloc(PAGE, 1) });
  client.request(CMD.trim, 0, PAGE);
  client.request(CMD.zeroes, 0, PAGE);
  client.request(CMD.flush, 0, 0);
  client.request(CMD.read, 0, PAGE);
  const outcomes = [];
  for (let count = 0; count < 5; count += 1) outcomes.push(await client.outcome());
  expect(outcomes).toEqual([E.PERM, E.PERM, E.PERM, 0, 0]);
});

describe('block status', () => {
  beforeEach(() => client.go('disk'));

  async function extents(offset: number, length: number, flags = 0): Promise<number[][]> {
    client.request(CMD.status, offset, length, { flags });
    const [chunk] = await client.chunks();
    expect(chunk).toMatchObject({ type: 5, last: true });
    const data = chunk?.data ?? Buffer.alloc(0);
    expect(data.readUInt32BE(0)).toBe(1);
    return Array.from({ length: (data.length - 4) / 8 }, (_, index) => [
      data.readUInt32BE(4 + 8 * index),
      data.readUInt32BE(8 + 8 * index),
    ]);
  }

  test('tells data, zeroes and holes, neighbours joined', async () => {
    device.fill(2 * PAGE, Buffer.alloc(2 * PAGE, 1));
    device.fill(4 * PAGE, Buffer.alloc(PAGE));
    expect(await extents(0, SIZE)).toEqual([
      [2 * PAGE, 3],
      [2 * PAGE, 0],
      [PAGE, 2],
      [SIZE - 5 * PAGE, 3],
    ]);
  });

  test('tells one extent when one is wanted', async () => {
    device.fill(2 * PAGE, Buffer.alloc(PAGE, 1));
    expect(await extents(10, 4 * PAGE, FLAG.reqOne)).toEqual([[2 * PAGE - 10, 3]]);
    expect(await extents(PAGE, 100, FLAG.reqOne)).toEqual([[100, 3]]);
  });

  test('ends early where a reply would grow too long', async () => {
    for (let page = 0; page < 5_000; page += 1) device.fill(2 * page * PAGE, Buffer.from([1]));
    expect(await extents(0, SIZE)).toHaveLength(4_096);
  });
});

describe('requests on the way together', () => {
  beforeEach(() => client.go('disk'));

  test('are answered as they are done, each with its own mark', async () => {
    const first = held();
    device.before = (call) => (call === 'write 0+1' ? first.until : Promise.resolve());
    client.request(CMD.write, 0, 1, { cookie: 1n, data: Buffer.from([1]) });
    client.request(CMD.write, 1, 1, { cookie: 2n, data: Buffer.from([2]) });
    expect(await client.chunk()).toMatchObject({ cookie: 2n });
    first.release();
    expect(await client.chunk()).toMatchObject({ cookie: 1n });
  });

  test('are all answered before an orderly end', async () => {
    const first = held();
    device.before = (call) => (call.startsWith('write') ? first.until : Promise.resolve());
    client.request(CMD.write, 0, 1, { cookie: 7n, data: Buffer.from([1]) });
    client.request(CMD.disc, 0, 0);
    client.request(CMD.write, 1, 1, { data: Buffer.from([1]) });
    await expect.poll(() => device.calls).toEqual(['write 0+1']);
    first.release();
    expect(await client.chunk()).toMatchObject({ cookie: 7n, type: 0 });
    await client.ended;
    expect(device.calls).toEqual(['write 0+1']);
  });

  test('are answered to a client that has ended its own direction', async () => {
    const gate = held();
    device.before = () => gate.until;
    client.request(CMD.write, 0, 1, { cookie: 7n, data: Buffer.from([1]) });
    client.socket.end();
    await expect.poll(() => device.calls).toEqual(['write 0+1']);
    // Meanwhile another client is let in: the end has been read.
    const other = new RawClient(server.address);
    await other.go('snapshot');
    other.close();
    gate.release();
    expect(await client.chunk()).toMatchObject({ cookie: 7n, type: 0 });
    await client.ended;
  });
});

describe('what no client may send ends its connection', () => {
  beforeEach(() => client.go('disk'));

  test('another magic', async () => {
    client.send(Buffer.alloc(28, 0x25));
    await client.ended;
  });

  test('a write longer than the greatest', async () => {
    client.request(CMD.write, 0, 32 * MB + 1);
    await client.ended;
    expect(device.calls).toEqual([]);
  });

  test('a write of which only a part comes is not made', async () => {
    client.request(CMD.write, 0, PAGE, { data: Buffer.alloc(PAGE - 1, 1) });
    client.socket.end();
    await client.ended;
    expect(device.calls).toEqual([]);
  });
});
