/**
 * The handshake byte by byte: greeting, every option in its right and in its wrong form, and what ends a
 * connection. Numbers are those of the protocol document.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listenNbd, type NbdServer } from '../../../simulator/nbd/server.ts';
import { exportsOf, MemoryDevice } from './support/memory-device.ts';
import { contextQuery, infoQuery, RawClient, text, uint } from './support/raw-client.ts';

const OPT = { name: 1, abort: 2, list: 3, tls: 5, info: 6, go: 7, structured: 8 } as const;
const OPT_CONTEXTS = { list: 9, set: 10 } as const;
const ACK = 1;
const ERR = {
  unsup: 0x80000001,
  policy: 0x80000002,
  invalid: 0x80000003,
  unknown: 0x80000006,
  tooBig: 0x80000009,
} as const;
const FLAGS = { plain: 0x16d, structured: 0x1ed, readOnly: 0x18f } as const;
const SIZE = 8 * 1024 * 1024 * 1024 * 1024;

let devices: Map<string, MemoryDevice>;
let server: NbdServer;
let client: RawClient;
let failures: unknown[];

beforeEach(async () => {
  failures = [];
  devices = new Map([
    ['disk', new MemoryDevice(SIZE)],
    ['snapshot', new MemoryDevice(512, { readOnly: true })],
  ]);
  server = await listenNbd({
    exports: exportsOf(devices),
    port: 0,
    failed: (error) => failures.push(error),
    limits: { listedExports: 4 },
  });
  client = new RawClient(server.address);
});

afterEach(async () => {
  client.close();
  await server.close();
  expect(failures).toEqual([]);
});

/** Types of all replies to an option. */
async function types(option: number, data?: Buffer): Promise<readonly number[]> {
  return (await client.ask(option, data)).map((reply) => reply.type);
}

describe('the greeting', () => {
  test('offers the fixed newstyle handshake and no zeroes', async () => {
    const greeting = await client.greet();
    expect(greeting.toString('latin1', 0, 16)).toBe('NBDMAGICIHAVEOPT');
    expect(greeting.readUInt16BE(16)).toBe(3);
  });

  test('ends the connection of a client with unknown flags', async () => {
    await client.greet(4);
    await client.ended;
  });

  test('ends the connection of a client that sends no option', async () => {
    await client.greet();
    client.send(Buffer.from('GET / HTTP/1.1\r\nHost: here\r\n\r\n'));
    await client.ended;
  });
});

describe('EXPORT_NAME', () => {
  test('answers size and flags, and 124 zeroes to a client that does not decline them', async () => {
    await client.greet(1);
    client.option(OPT.name, Buffer.from('disk'));
    const answer = await client.read(134);
    expect(answer.readBigUInt64BE(0)).toBe(BigInt(SIZE));
    expect(answer.readUInt16BE(8)).toBe(FLAGS.plain);
    expect(answer.subarray(10)).toEqual(Buffer.alloc(124));
    client.request(3, 0, 0);
    expect(await client.simpleReply()).toEqual({ error: 0, cookie: 1n });
  });

  test('leaves the zeroes out when they are declined', async () => {
    await client.greet(3);
    client.option(OPT.name, Buffer.from('snapshot'));
    expect((await client.read(10)).readUInt16BE(8)).toBe(0x10f);
    client.request(3, 0, 0);
    expect(await client.simpleReply()).toEqual({ error: 0, cookie: 1n });
  });

  test.each([
    ['there is no such export', Buffer.from('nothing')],
    ['the name is not UTF-8', Buffer.from([0x64, 0xff])],
    ['the name holds NUL', Buffer.from('di\0sk')],
    ['the name is too long', Buffer.alloc(4_097, 'x')],
  ])('ends the connection when %s', async (_reason, name) => {
    await client.greet();
    client.option(OPT.name, name);
    await client.ended;
  });
});

describe('INFO and GO', () => {
  test('tell alike: size, flags, and the name and block sizes that were asked for', async () => {
    await client.greet();
    await client.ask(OPT.structured);
    const told = await client.ask(OPT.info, infoQuery('disk', 1, 3, 99));
    const gone = await client.ask(OPT.go, infoQuery('disk', 1, 3, 99));
    expect(told.map((reply) => reply.data.toString('hex'))).toEqual([
      `000000000800000000000${FLAGS.structured.toString(16)}`,
      `0001${Buffer.from('disk').toString('hex')}`,
      '0003000000010000100002000000',
      '',
    ]);
    expect(gone.map(({ type, data }) => ({ type, data }))).toEqual(
      told.map(({ type, data }) => ({ type, data })),
    );
    client.request(3, 0, 0);
    expect(await client.outcome()).toBe(0);
  });

  test('tell of a read-only export what it is', async () => {
    await client.greet();
    await client.ask(OPT.structured);
    const [info] = await client.ask(OPT.info, infoQuery('snapshot'));
    expect(info?.data.readUInt16BE(10)).toBe(FLAGS.readOnly);
  });

  test('are refused for an unknown export, after which another may be chosen', async () => {
    await client.greet();
    expect(await types(OPT.info, infoQuery('nothing'))).toEqual([ERR.unknown]);
    expect(await types(OPT.go, infoQuery(''))).toEqual([ERR.unknown]);
    expect(await types(OPT.go, infoQuery('disk'))).toEqual([3, ACK]);
  });

  test.each([
    ['is empty', Buffer.alloc(0)],
    ['has a name longer than itself', Buffer.concat([uint(4, 100), Buffer.from('disk')])],
    ['has a name of 4 GiB', uint(4, 0xffffffff)],
    ['promises more questions than it has', Buffer.concat([text('disk'), uint(2, 3), uint(2, 0)])],
    ['goes on after its end', Buffer.concat([infoQuery('disk'), uint(2, 0)])],
    ['has a name with NUL', infoQuery('di\0sk')],
    ['has a name that is not UTF-8', Buffer.from([0, 0, 0, 1, 0xc0, 0, 0])],
  ])('are refused as invalid when the data %s', async (_how, data) => {
    await client.greet();
    expect(await types(OPT.info, data)).toEqual([ERR.invalid]);
    expect(await types(OPT.go, data)).toEqual([ERR.invalid]);
    expect(await types(OPT.go, infoQuery('disk'))).toEqual([3, ACK]);
  });

  test('are refused when exports cannot be opened, and the reason is told to the operator', async () => {
    const cause = new Error('the database is locked');
    devices.get = () => {
      throw cause;
    };
    await client.greet();
    const [reply] = await client.ask(OPT.go, infoQuery('disk'));
    expect(reply?.type).toBe(ERR.unknown);
    expect(reply?.data.toString()).not.toContain('database');
    expect(failures.splice(0)).toEqual([cause]);
  });
});

describe('LIST', () => {
  test('names every export', async () => {
    await client.greet();
    const replies = await client.ask(OPT.list);
    expect(replies.map((reply) => reply.type)).toEqual([2, 2, ACK]);
    expect(replies.map((reply) => reply.data.subarray(4).toString())).toEqual([
      'disk',
      'snapshot',
      '',
    ]);
    expect(replies[1]?.data.readUInt32BE(0)).toBe('snapshot'.length);
  });

  test('is refused with data, and when there are too many', async () => {
    await client.greet();
    expect(await types(OPT.list, Buffer.from('x'))).toEqual([ERR.invalid]);
    for (const name of ['c', 'd', 'e']) devices.set(name, new MemoryDevice(0));
    expect(await types(OPT.list)).toEqual([ERR.tooBig]);
  });
});

describe('metadata contexts', () => {
  async function contexts(option: number, data: Buffer): Promise<readonly string[]> {
    const replies = await client.ask(option, data);
    expect(replies.at(-1)?.type).toBe(ACK);
    return replies
      .filter((reply) => reply.type === 4)
      .map((reply) => `${reply.data.readUInt32BE(0)} ${reply.data.subarray(4)}`);
  }

  test('are listed for no query, for the namespace and by name', async () => {
    await client.greet();
    await client.ask(OPT.structured);
    for (const queries of [[], ['base:'], ['x-other:one', 'base:allocation']]) {
      const query = contextQuery('disk', ...queries);
      expect(await contexts(OPT_CONTEXTS.list, query)).toEqual(['0 base:allocation']);
    }
    const other = contextQuery('disk', 'base:other', 'qemu:');
    expect(await contexts(OPT_CONTEXTS.list, other)).toEqual([]);
  });

  test('are selected by name only', async () => {
    await client.greet();
    await client.ask(OPT.structured);
    const select = (...queries: string[]) =>
      contexts(OPT_CONTEXTS.set, contextQuery('disk', ...queries));
    expect(await select('base:allocation', 'base:allocation')).toEqual(['1 base:allocation']);
    expect(await select()).toEqual([]);
    expect(await select('base:')).toEqual([]);
    expect(await select('base:other')).toEqual([]);
  });

  test.each([
    ['before structured replies', false, contextQuery('disk', 'base:allocation'), ERR.invalid],
    ['with a query that has no namespace', true, contextQuery('disk', 'all'), ERR.invalid],
    ['with a query cut off', true, Buffer.concat([text('disk'), uint(4, 1)]), ERR.invalid],
    ['with a count of queries beyond reason', true, longQuery(), ERR.tooBig],
    ['for an unknown export', true, contextQuery('nothing', 'base:allocation'), ERR.unknown],
  ])('are refused %s', async (_how, structured, data, error) => {
    await client.greet();
    if (structured) await client.ask(OPT.structured);
    expect(await types(OPT_CONTEXTS.list, data)).toEqual([error]);
    expect(await types(OPT_CONTEXTS.set, data)).toEqual([error]);
  });

  test.each([
    ['were selected for another export', 'snapshot', ['base:allocation']],
    ['were taken back', 'disk', []],
  ])('cannot be asked for when they %s', async (_how, name, queries) => {
    await client.greet();
    await client.ask(OPT.structured);
    await client.ask(OPT_CONTEXTS.set, contextQuery('disk', 'base:allocation'));
    await client.ask(OPT_CONTEXTS.set, contextQuery(name, ...queries));
    await client.ask(OPT.go, infoQuery('disk'));
    client.request(7, 0, 512);
    expect(await client.outcome()).toBe(22);
  });

  function longQuery(): Buffer {
    return Buffer.concat([text('disk'), uint(4, 0xffffffff)]);
  }
});

describe('other options', () => {
  test('TLS is refused as policy', async () => {
    await client.greet();
    expect(await types(OPT.tls)).toEqual([ERR.policy]);
    expect(await types(OPT.tls, Buffer.from('x'))).toEqual([ERR.invalid]);
  });

  test('structured replies are refused with data', async () => {
    await client.greet();
    expect(await types(OPT.structured, Buffer.from('x'))).toEqual([ERR.invalid]);
    expect(await types(OPT.structured)).toEqual([ACK]);
  });

  test('unknown ones are refused, and the next is understood', async () => {
    await client.greet();
    expect(await types(11)).toEqual([ERR.unsup]);
    expect(await types(0xffffffff, Buffer.alloc(60_000))).toEqual([ERR.unsup]);
    expect(await types(OPT.structured)).toEqual([ACK]);
  });

  test('one that is too long ends the connection', async () => {
    await client.greet();
    client.option(OPT.list, Buffer.alloc(0), 0xffffffff);
    await client.ended;
  });

  test('ABORT is answered before the end', async () => {
    await client.greet();
    expect(await types(OPT.abort, Buffer.from('whatever'))).toEqual([ACK]);
    await client.ended;
  });
});
