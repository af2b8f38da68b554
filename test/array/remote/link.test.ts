/** What a provider has of an array in another process when that process goes, comes back, or misbehaves. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openOn } from '../../../docs/examples/memory-array/index.ts';
import { newMemory } from '../../../docs/examples/memory-array/memory.ts';
import type { ArrayAdministration } from '../../../src/array/administration.ts';
import { ArrayError, FAULT_OF_ARRAY_ERROR } from '../../../src/array/errors.ts';
import type { OpenedArray } from '../../../src/array/opening.ts';
import { frameOf } from '../../../src/array/remote/frames.ts';
import { openArray } from '../../../src/array/remote/index.ts';
import {
  type ArrayServer,
  type ArrayServerFailure,
  serveArray,
} from '../../../src/array/remote/server.ts';
import type { ArrayErrorKind } from '../../../src/model/array.ts';
import { systemClock } from '../../../src/model/clock.ts';
import type { JobId } from '../../../src/model/ids.ts';

let folder: string;
let socket: string;
let behind: OpenedArray;
let failures: ArrayServerFailure[];
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'remote-'));
  socket = join(folder, 'array.sock');
  failures = [];
  behind = await openOn(newMemory())({ dataDirectory: folder, clock: systemClock, options: {} });
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
  rmSync(folder, { recursive: true });
});

async function serve(array: OpenedArray = behind): Promise<ArrayServer> {
  const server = await serveArray({
    array,
    socket,
    failed: (failure) => void failures.push(failure),
  });
  open.push(server);
  return server;
}

async function provider(): Promise<OpenedArray> {
  const array = await openArray({ dataDirectory: folder, clock: systemClock, options: { socket } });
  open.push(array);
  return array;
}

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof ArrayError ? [error.kind, error.message] : error),
  );

it('nobody but the owner can open the socket', async () => {
  await serve();
  expect(statSync(socket).mode & 0o777).toBe(0o600);
});

it('carries every refusal of the array as it is, and hides what an adapter must not throw', async () => {
  let thrown: unknown;
  const job = () => Promise.reject(thrown);
  await serve({ ...behind, job });
  const array = await provider();
  for (const kind of Object.keys(FAULT_OF_ARRAY_ERROR) as ArrayErrorKind[]) {
    thrown = new ArrayError(kind, `no, for ${kind}`);
    expect(await refusalOf(array.job('j' as JobId))).toEqual([kind, `no, for ${kind}`]);
  }
  thrown = new TypeError('an inner secret');
  expect(await refusalOf(array.job('j' as JobId))).toEqual(['failed', 'the array failed']);
  expect(failures).toMatchObject([{ kind: 'call', method: 'job' }]);
});

it('is busy while the array is away, and goes on when it is back', async () => {
  const first = await serve();
  const array = await provider();
  const told = vi.fn();
  array.watch(told);
  await first.close();
  await vi.waitFor(async () => {
    expect(await refusalOf(array.arrays())).toEqual(['busy', expect.stringContaining('away')]);
  });
  told.mockClear();
  await serve();
  await vi.waitFor(async () => expect(await array.arrays()).toHaveLength(1), 5_000);
  expect(told).toHaveBeenCalled();
});

it('says that it does not know what became of a call whose answer was lost', async () => {
  const sockets: Socket[] = [];
  const server = await fakeServer((peer) => {
    sockets.push(peer);
    peer.write(frameOf(JSON.stringify({ type: 'hello', protocol: 1, administration: false })));
  });
  const array = await provider();
  const call = array.arrays();
  setTimeout(() => sockets.at(-1)?.destroy(), 50);
  expect(await refusalOf(call)).toEqual(['failed', expect.stringContaining('lost')]);
  server.close();
});

it('answers calls that are under way before it ends', async () => {
  let answer: (() => void) | undefined;
  const arrays = async () => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return behind.arrays();
  };
  const server = await serve({ ...behind, arrays });
  const array = await provider();
  const call = array.arrays();
  await vi.waitFor(() => expect(answer).toBeDefined());
  const closed = server.close();
  answer?.();
  expect(await call).toHaveLength(1);
  await closed;
});

it('serves many calls at once, each with its own answer', async () => {
  await serve();
  const array = await provider();
  const ids = Array.from({ length: 5_000 }, () => randomUUID() as JobId);
  const outcomes = await Promise.all(ids.map((id) => refusalOf(array.job(id))));
  const busy = outcomes.filter((each) => Array.isArray(each) && each[0] === 'busy');
  expect(outcomes.length - busy.length).toBe(4_096);
  expect(await array.job(ids[0] as JobId)).toBeUndefined();
});

it('ends a connection that does not keep to the protocol, and serves the others', async () => {
  await serve();
  const array = await provider();
  const call = { type: 'call', id: 1, part: 'port', method: 'arrays', args: [] };
  const frames = [
    frameOf('nonsense'),
    frameOf(JSON.stringify(call)),
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    frameOf(JSON.stringify({ type: 'hello', protocol: 2 })),
  ];
  for (const frame of frames) {
    const peer = connect(socket);
    peer.resume().on('error', () => undefined);
    const closed = new Promise((resolve) => peer.once('close', resolve));
    peer.write(frame);
    await closed;
  }
  expect(failures).toHaveLength(3);
  expect(await array.arrays()).toHaveLength(1);
});

it.each([
  ['an unknown method', 'close', [], 'unsupported'],
  ['a name of every object', 'toString', [], 'unsupported'],
  ['too few arguments', 'deleteVolume', [], 'invalid'],
  ['an argument of another kind', 'deleteVolume', [7], 'invalid'],
  [
    'a negative size',
    'resizeVolume',
    [{ jobId: 'j', operation: 'o' }, 'v', { $: 'bigint', v: '-1' }],
    'invalid',
  ],
  ['an order of the operator where there are none', 'reset', [], 'unsupported'],
])('refuses %s', async (_, method, args, kind) => {
  await serve();
  const answers: Buffer[] = [];
  const peer = connect(socket);
  peer.on('data', (piece) => answers.push(piece));
  const part = method === 'reset' ? 'administration' : 'port';
  peer.write(frameOf(JSON.stringify({ type: 'hello', protocol: 1 })));
  peer.write(frameOf(JSON.stringify({ type: 'call', id: 7, part, method, args })));
  await vi.waitFor(() => {
    const text = Buffer.concat(answers).toString();
    expect(text).toContain(`"type":"refusal","id":7,"kind":"${kind}"`);
  });
  peer.destroy();
});

it('passes the orders of the operator on, where the array has them', async () => {
  const setEndpointOnline = vi.fn(async () => undefined);
  // The order alone is called.
  const administration = { setEndpointOnline } as unknown as ArrayAdministration;
  await serve({ ...behind, administration });
  const array = await provider();
  await array.administration?.setEndpointOnline('endpoint', false);
  expect(setEndpointOnline).toHaveBeenCalledWith('endpoint', false);
});

it('tells every provider when something is new', async () => {
  await serve();
  const [one, other] = [await provider(), await provider()];
  const told = [vi.fn(), vi.fn()];
  one.watch(told[0] as () => void);
  other.watch(told[1] as () => void);
  const [array] = await one.arrays();
  if (array === undefined) throw new Error('no array');
  await one.activate(array.arrayId, { providerId: 'p', url: 'https://p.example.com' });
  await vi.waitFor(() => {
    for (const each of told) expect(each).toHaveBeenCalled();
  });
  expect((await other.activeProviders()).get(array.arrayId)).toMatchObject({ providerId: 'p' });
});

it('takes the place of a server that died, and not that of one that lives', async () => {
  await serve();
  const second = serveArray({ array: behind, socket, failed: () => undefined });
  expect(await refusalOf(second)).toEqual(['failed', expect.stringContaining('another array')]);
});

it('refuses options that are unknown or missing, and another protocol, in words for the operator', async () => {
  const tried = (options: Record<string, unknown>) =>
    refusalOf(openArray({ dataDirectory: folder, clock: systemClock, options }));
  expect(await tried({})).toEqual(['invalid', expect.stringContaining('array.options.socket')]);
  expect(await tried({ socket, other: 1 })).toEqual(['invalid', expect.stringContaining('other')]);
  const server = await fakeServer((peer) => {
    peer.write(frameOf(JSON.stringify({ type: 'hello', protocol: 2, administration: false })));
  });
  expect(await tried({ socket })).toEqual(['failed', expect.stringContaining('another release')]);
  server.close();
});

it('fails after it was closed', async () => {
  await serve();
  const array = await provider();
  await array.close();
  await array.close();
  expect(await refusalOf(array.arrays())).toEqual(['failed', 'the array is closed']);
  expect(() => array.watch(() => undefined)).toThrow('closed');
});

/** Something else at the socket, which greets as it likes and answers nothing. */
async function fakeServer(greet: (peer: Socket) => void): Promise<Server> {
  const server = createServer((peer) => {
    peer.on('error', () => undefined);
    peer.once('data', () => greet(peer));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return server;
}
