/**
 * Whatever one client sends, however broken, another is served on, and the device never fails for it. The
 * input is a right conversation that was bent: bytes changed, cut out, doubled or cut off.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenNbd, type NbdServer } from '../../../simulator/nbd/server.ts';
import { exportsOf, MemoryDevice } from './support/memory-device.ts';
import { contextQuery, IHAVEOPT, infoQuery, RawClient, uint } from './support/raw-client.ts';

const SIZE = 1024 * 1024;

let server: NbdServer;
let bystander: RawClient;
const failures: unknown[] = [];

beforeAll(async () => {
  const devices = new Map([
    ['victim', new MemoryDevice(SIZE)],
    ['bystander', new MemoryDevice(SIZE)],
  ]);
  server = await listenNbd({
    exports: exportsOf(devices),
    port: 0,
    failed: (error) => failures.push(error),
  });
  bystander = new RawClient(server.address);
  await bystander.go('bystander');
});

afterAll(async () => {
  bystander.close();
  await server.close();
});

function option(number: number, data: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([uint(8, IHAVEOPT), uint(4, number), uint(4, data.length), data]);
}

function request(
  command: number,
  offset: number,
  length: number,
  data: Buffer = Buffer.alloc(0),
): Buffer {
  const head = [uint(4, 0x25609513), uint(2, 0), uint(2, command), uint(8, 1)];
  return Buffer.concat([...head, uint(8, offset), uint(4, length), data]);
}

const CONVERSATION = Buffer.concat([
  uint(4, 3),
  option(8),
  option(3),
  option(6, infoQuery('victim', 1, 3)),
  option(9, contextQuery('victim')),
  option(10, contextQuery('victim', 'base:allocation')),
  option(7, infoQuery('victim')),
  request(1, 100, 300, Buffer.alloc(300, 1)),
  request(0, 0, 4_096),
  request(7, 0, SIZE),
  request(6, 100, 100),
  request(4, 0, 8_192),
  request(3, 0, 0),
  request(2, 0, 0),
]);

const place = fc.nat(CONVERSATION.length - 1);
const bend = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), at: place, byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('remove' as const), at: place, count: fc.nat(40) }),
  fc.record({ kind: fc.constant('double' as const), at: place, count: fc.nat(40) }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
);
type Bend = typeof bend extends fc.Arbitrary<infer One> ? One : never;

function bent(bytes: Buffer, how: Bend): Buffer {
  const head = bytes.subarray(0, how.at);
  if (how.kind === 'cut') return head;
  if (how.kind === 'change') {
    return Buffer.concat([head, Buffer.from([how.byte]), bytes.subarray(how.at + 1)]);
  }
  const tail = bytes.subarray(how.kind === 'remove' ? how.at + how.count : how.at);
  const again = how.kind === 'double' ? bytes.subarray(how.at, how.at + how.count) : head;
  return Buffer.concat(how.kind === 'double' ? [head, again, tail] : [head, tail]);
}

test('the conversation itself is a right one', async () => {
  const client = new RawClient(server.address);
  client.send(CONVERSATION);
  await client.read(18);
  for (const [option, replies] of [
    [8, 1],
    [3, 3],
    [6, 4],
    [9, 2],
    [10, 2],
    [7, 2],
  ] as const) {
    for (let count = 0; count < replies; count += 1) {
      expect((await client.optionReply()).option).toBe(option);
    }
  }
  for (let count = 0; count < 6; count += 1) expect(await client.outcome()).toBe(0);
  await client.ended;
});

test('a bent conversation harms nobody else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bend, { minLength: 1, maxLength: 4 }), async (bends) => {
      const client = new RawClient(server.address);
      client.socket.end(bends.reduce(bent, CONVERSATION));
      await client.ended;
      bystander.request(3, 0, 0);
      expect(await bystander.outcome()).toBe(0);
      expect(failures).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('mere noise harms nobody else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.boolean(), async (noise, late) => {
      const client = new RawClient(server.address);
      if (late) await client.go('victim');
      client.socket.end(noise);
      await client.ended;
      bystander.request(3, 0, 0);
      expect(await bystander.outcome()).toBe(0);
      expect(failures).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
