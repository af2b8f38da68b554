/**
 * The server around its connections: bounds that hold, clients that stall or vanish, exports that are
 * withdrawn, and the places where it listens.
 */
import {
  linkSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type NbdAddress, nbdUri } from '../../../simulator/nbd/address.ts';
import { NBD_LIMITS, type NbdLimits } from '../../../simulator/nbd/limits.ts';
import { listenNbd, type NbdServer } from '../../../simulator/nbd/server.ts';
import { exportsOf, held, MemoryDevice } from './support/memory-device.ts';
import { infoQuery, RawClient } from './support/raw-client.ts';

const CMD = { read: 0, write: 1, disc: 2, flush: 3 } as const;
const ESHUTDOWN = 108;
const MB = 1024 * 1024;
const SIZE = 64 * MB;

let device: MemoryDevice;
let devices: Map<string, MemoryDevice>;
let servers: NbdServer[];
let clients: RawClient[];

beforeEach(() => {
  device = new MemoryDevice(SIZE);
  devices = new Map([['disk', device]]);
  servers = [];
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.close();
  await Promise.all(servers.map((server) => server.close()));
});

async function start(limits: Partial<NbdLimits> = {}): Promise<NbdServer> {
  const server = await listenNbd({ exports: exportsOf(devices), port: 0, limits });
  servers.push(server);
  return server;
}

function connect({ address }: { readonly address: NbdAddress }): RawClient {
  const client = new RawClient(address);
  clients.push(client);
  return client;
}

async function attached(server: NbdServer): Promise<RawClient> {
  const client = connect(server);
  await client.go('disk');
  return client;
}

/** Whether one more client is let in. */
async function isServed(server: NbdServer): Promise<boolean> {
  const client = connect(server);
  return client.go('disk').then(
    () => true,
    () => false,
  );
}

describe('bounds', () => {
  test('one connection too many is ended, and there is room again when another goes', async () => {
    const server = await start({ connections: 2 });
    const [first] = [await attached(server), await attached(server)];
    await connect(server).ended;
    first.request(CMD.disc, 0, 0);
    await first.ended;
    await expect.poll(() => isServed(server)).toBe(true);
  });

  test('a client that does not finish its handshake is ended, one that is served is not', async () => {
    const server = await start({ handshakeTimeoutMs: 50 });
    const served = await attached(server);
    const silent = connect(server);
    const slow = connect(server);
    await slow.greet();
    await Promise.all([silent.ended, slow.ended]);
    served.request(CMD.flush, 0, 0);
    expect(await served.outcome()).toBe(0);
  });

  test('a client that stalls in a request is ended, an idle one is not', async () => {
    const server = await start({ stallTimeoutMs: 50 });
    const [idle, header, payload] = [
      await attached(server),
      await attached(server),
      await attached(server),
    ];
    header.send(Buffer.from([0x25]));
    payload.request(CMD.write, 0, 100, { data: Buffer.alloc(99) });
    await Promise.all([header.ended, payload.ended]);
    idle.request(CMD.flush, 0, 0);
    expect(await idle.outcome()).toBe(0);
    expect(device.calls).toEqual(['flush']);
  });

  test('a client that does not take its replies is ended', async () => {
    const server = await start({ stallTimeoutMs: 100, connections: 1 });
    const client = connect(server);
    await client.go('disk', { structured: false });
    client.socket.pause();
    client.request(CMD.read, 0, 32 * MB);
    await expect.poll(() => isServed(server), { timeout: 10_000 }).toBe(true);
    client.socket.resume();
    await expect(client.read(16 + 32 * MB)).rejects.toThrow('ended with');
  });

  test('no more requests are worked on at once than allowed', async () => {
    const server = await start({ requestsInFlight: 3 });
    const client = await attached(server);
    const gate = held();
    device.before = () => gate.until;
    for (let cookie = 0n; cookie < 10n; cookie += 1n) client.request(CMD.flush, 0, 0, { cookie });
    await expect.poll(() => device.calls.length).toBe(3);
    // Meanwhile another client is let in: whatever was to begin has begun.
    await attached(server);
    expect(device.calls).toHaveLength(3);
    gate.release();
    for (let count = 0; count < 10; count += 1) expect(await client.outcome()).toBe(0);
    expect(device.calls).toHaveLength(10);
  });

  test('no more data is held than allowed, however many requests there are', async () => {
    const server = await start({ bytesInFlight: 2 * MB });
    const client = await attached(server);
    const gate = held();
    device.before = () => gate.until;
    const data = Buffer.alloc(MB, 1);
    for (let at = 0; at < 8; at += 1) client.request(CMD.write, at * MB, MB, { data });
    await expect.poll(() => device.calls.length).toBe(2);
    // As above.
    await attached(server);
    expect(device.calls).toHaveLength(2);
    gate.release();
    for (let count = 0; count < 8; count += 1) expect(await client.outcome()).toBe(0);
    expect(device.content(0, 8 * MB).every((byte) => byte === 1)).toBe(true);
  });

  test('a slow reader is not read for: the device is asked for what fits, no more', async () => {
    const server = await start();
    const client = await attached(server);
    device.fill(0, Buffer.alloc(32 * MB, 1));
    let before = 0;
    const hasSettled = (): boolean => {
      const calls = device.calls.length;
      const same = calls === before;
      before = calls;
      return same;
    };
    client.socket.pause();
    client.request(CMD.read, 0, 32 * MB);
    await expect.poll(() => device.calls.length).toBeGreaterThan(2);
    await expect.poll(() => hasSettled(), { interval: 200 }).toBe(true);
    expect(device.calls.length).toBeLessThan(20);
    client.socket.resume();
    expect(await client.outcome()).toBe(0);
  });

  test('one payload of the greatest length fits what a connection may hold', () => {
    expect(NBD_LIMITS.bytesInFlight).toBeGreaterThanOrEqual(NBD_LIMITS.payloadBytes);
    expect(NBD_LIMITS.payloadBytes).toBeGreaterThanOrEqual(NBD_LIMITS.preferredBlockBytes);
    expect(3 * NBD_LIMITS.messageCharacters).toBeLessThanOrEqual(NBD_LIMITS.stringBytes);
  });
});

describe('a client that vanishes', () => {
  test('in the handshake or in a request leaves the others served', async () => {
    const server = await start();
    const other = await attached(server);
    connect(server).close();
    const greeted = connect(server);
    await greeted.greet();
    greeted.send(Buffer.from('IHAVE'));
    greeted.close();
    const gone = await attached(server);
    gone.request(CMD.read, 0, 32 * MB);
    gone.request(CMD.write, 0, MB, { data: Buffer.alloc(1_000) });
    gone.socket.resetAndDestroy();
    other.request(CMD.flush, 0, 0);
    expect(await other.outcome()).toBe(0);
  });
});

describe('withdrawing an export', () => {
  test('waits for what is under way, refuses the rest, and ends the connection', async () => {
    const server = await start({ withdrawalGraceMs: 100 });
    const client = await attached(server);
    const gate = held();
    device.before = () => gate.until;
    client.request(CMD.write, 0, 1, { cookie: 1n, data: Buffer.from([1]) });
    await expect.poll(() => device.calls).toEqual(['write 0+1']);
    let withdrawn = false;
    const withdrawal = server.withdraw('disk').then(() => {
      withdrawn = true;
    });
    client.request(CMD.write, 0, 1, { cookie: 2n, data: Buffer.from([2]) });
    const [refused] = await client.chunks();
    expect(refused).toMatchObject({ cookie: 2n, type: 0x8001 });
    expect(refused?.data.readUInt32BE(0)).toBe(ESHUTDOWN);
    expect(withdrawn).toBe(false);
    gate.release();
    await withdrawal;
    expect(await client.chunk()).toMatchObject({ cookie: 1n, type: 0 });
    await client.ended;
    expect(device.content(0, 1)).toEqual(Buffer.from([1]));
  });

  test('waits for each of several', async () => {
    const server = await start();
    const [client, other] = [await attached(server), await attached(server)];
    const [first, second, third] = [held(), held(), held()];
    const gates = [first, second, third];
    device.before = () => gates.shift()?.until ?? Promise.resolve();
    client.request(CMD.flush, 0, 0);
    client.request(CMD.flush, 0, 0);
    await expect.poll(() => device.calls).toHaveLength(2);
    other.request(CMD.flush, 0, 0);
    await expect.poll(() => device.calls).toHaveLength(3);
    let withdrawn = false;
    const withdrawal = server.withdraw('disk').then(() => {
      withdrawn = true;
    });
    first.release();
    third.release();
    expect([await client.outcome(), await other.outcome()]).toEqual([0, 0]);
    expect(withdrawn).toBe(false);
    second.release();
    await withdrawal;
  });

  test('stops a long read in the middle', async () => {
    const server = await start();
    const client = await attached(server);
    device.fill(0, Buffer.alloc(4 * MB, 1));
    device.before = async (call) => {
      if (call === `read ${2 * MB}+${MB}`) void server.withdraw('disk');
    };
    client.request(CMD.read, 0, 4 * MB);
    expect(await client.outcome()).toBe(ESHUTDOWN);
    expect(device.calls).not.toContain(`read ${3 * MB}+${MB}`);
  });

  test('leaves other exports alone, and the name can be exported anew', async () => {
    const server = await start({ withdrawalGraceMs: 0 });
    devices.set('other', new MemoryDevice(SIZE));
    const [client, other] = [await attached(server), connect(server)];
    await other.go('other');
    devices.delete('disk');
    await server.withdraw('disk');
    await client.ended;
    other.request(CMD.flush, 0, 0);
    expect(await other.outcome()).toBe(0);
    const refused = connect(server);
    await refused.greet();
    expect((await refused.ask(7, infoQuery('disk')))[0]?.type).toBe(0x80000006);
    devices.set('disk', device);
    (await attached(server)).request(CMD.flush, 0, 0);
    await expect.poll(() => device.calls).toEqual(['flush']);
  });

  test('is not missed by a client that is just being let in', async () => {
    const gate = held();
    const exports = exportsOf(devices);
    const server = await listenNbd({
      exports: { ...exports, open: (name) => gate.until.then(() => exports.open(name)) },
      port: 0,
    });
    servers.push(server);
    const client = connect(server);
    await client.greet();
    const asked = client.ask(7, infoQuery('disk'));
    // The list is answered by another connection after the request above has been read.
    const other = connect(server);
    await other.greet();
    await other.ask(3);
    await server.withdraw('disk');
    gate.release();
    expect((await asked)[0]?.type).toBe(0x80000006);
  });
});

describe('closing', () => {
  test('waits for the device, answers, and ends everything', async () => {
    const server = await start();
    const [busy, idle] = [await attached(server), await attached(server)];
    const greeted = connect(server);
    await greeted.greet();
    const gate = held();
    device.before = () => gate.until;
    busy.request(CMD.flush, 0, 0, { cookie: 9n });
    await expect.poll(() => device.calls).toEqual(['flush']);
    const closed = server.close();
    gate.release();
    expect(await busy.chunk()).toMatchObject({ cookie: 9n, type: 0 });
    await Promise.all([closed, busy.ended, idle.ended, greeted.ended]);
    await expect(attached(server)).rejects.toThrow();
  });
});

test('a client that chooses an export while the server closes is refused', async () => {
  const server = await start();
  const [busy, late] = [await attached(server), connect(server)];
  await late.greet();
  const gate = held();
  device.before = () => gate.until;
  busy.request(CMD.flush, 0, 0);
  await expect.poll(() => device.calls).toEqual(['flush']);
  const closed = server.close();
  expect((await late.ask(7, infoQuery('disk')))[0]?.type).toBe(0x80000006);
  gate.release();
  await closed;
});

describe('the place', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keelson-nbd-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each(['0.0.0.0', '::', '192.0.2.1', 'localhost', 'example.com'])(
    'may not be %s',
    async (host) => {
      const listening = listenNbd({ exports: exportsOf(devices), host, port: 0 });
      await expect(listening).rejects.toThrow(RangeError);
    },
  );

  test('may be a socket that only its owner opens, and goes with the server', async () => {
    const path = join(folder, 'nbd.sock');
    const server = await listenNbd({ exports: exportsOf(devices), path });
    expect(server.address).toEqual({ path });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await connect(server).go('disk');
    await server.close();
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  test('is taken over from a process that died, not from one that answers', async () => {
    const path = join(folder, 'nbd.sock');
    const other = createServer();
    await new Promise<void>((settle) => other.listen(path, settle));
    await expect(listenNbd({ exports: exportsOf(devices), path })).rejects.toThrow('EADDRINUSE');
    // A second name of the socket stays when its server goes, as the first does when a server dies.
    linkSync(path, `${path}2`);
    await new Promise((settle) => other.close(settle));
    renameSync(`${path}2`, path);
    const server = await listenNbd({ exports: exportsOf(devices), path });
    servers.push(server);
    await connect(server).go('disk');
  });

  test('is never taken from a file that is no socket', async () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'keep');
    await expect(listenNbd({ exports: exportsOf(devices), path })).rejects.toThrow('EADDRINUSE');
    expect(readFileSync(path, 'utf8')).toBe('keep');
  });

  test.each([
    [{ host: '127.0.0.1', port: 10809 }, 'nbd://127.0.0.1:10809/a%2Fb%20c'],
    [{ host: '::1', port: 1 }, 'nbd://[::1]:1/a%2Fb%20c'],
    [{ path: '/run/a b/nbd' }, 'nbd+unix:///a%2Fb%20c?socket=%2Frun%2Fa%20b%2Fnbd'],
  ])('is written as an address that tools understand', (address, uri) => {
    expect(nbdUri(address, 'a/b c')).toBe(uri);
  });
});
