/** Many at once over TLS: floods, storms and people who waste others’ time, and how the rest fares. */
import { Agent } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { OperationTable } from '../../../src/wire/call.ts';
import { envelope, soapHeaders } from '../../support/wire/envelopes.ts';
import {
  type Answered,
  type Asked,
  startServer,
  type TestContext,
  type TestServer,
  until,
} from '../../support/wire/server.ts';

const NAMESPACE = 'http://com.vmware.vim.vasa/2.0/xsd';

/** A call of a session; `filler` makes its body longer. */
function call(operation: string, inside: string, session: string, filler = 0): Asked {
  const body = `<${operation} xmlns="${NAMESPACE}">${inside}</${operation}>${' '.repeat(filler)}`;
  return {
    method: 'POST',
    headers: {
      ...soapHeaders('1.1', `urn:${operation}`),
      cookie: `VASASESSIONID=${session}`,
    },
    body: envelope('1.1', body),
  };
}

const bulk = (session: string): Asked => call('deleteVirtualVolume', '<vvolId>v</vvolId>', session);
const bind = (session: string): Asked =>
  call('unbindAllVirtualVolumesFromHost', '<hostUuid>h</hostUuid>', session);
const open = (session: string): Asked => call('setContext', '', session);

/** What the handlers were asked for, in order, and how they are let go. */
let begun: string[] = [];
let finish: (() => void)[] = [];
let holds = true;

const handler = ({ call: { operation, sessionId } }: TestContext): Promise<object> => {
  begun.push(`${operation} ${sessionId}`);
  if (!holds) return Promise.resolve({});
  return new Promise((resolve) => finish.push(() => resolve({})));
};
const OPERATIONS: OperationTable<TestContext> = {
  deleteVirtualVolume: { session: 'session', handler },
  unbindAllVirtualVolumesFromHost: { session: 'session', handler },
  setContext: { session: 'open', handler },
};

let running: TestServer | undefined;
async function serve(limits: NonNullable<Parameters<typeof startServer>[1]>['limits'] = {}) {
  const started = await startServer(OPERATIONS, {
    limits,
    laneOf: (operation) => (operation.startsWith('unbind') ? 'urgent' : 'normal'),
  });
  running = started;
  return started;
}
afterEach(async () => {
  holds = false;
  for (const go of finish) go();
  await running?.stop();
  running = undefined;
  begun = [];
  finish = [];
  holds = true;
});

test('a session that floods waits for itself: another’s call is begun before the flood is done', async () => {
  const server = await serve({ concurrentRequestsPerSession: 4 });
  const agent = new Agent({ keepAlive: true, maxSockets: 14 });
  const flood = Array.from({ length: 14 }, () => server.ask({ ...bulk('noisy'), agent }));
  await until(() => server.server.figures().calls.normal.waiting === 10);
  expect(begun).toHaveLength(4);
  const other = server.ask(bind('quiet'));
  await until(() => begun.includes('unbindAllVirtualVolumesFromHost quiet'));
  expect(begun).toHaveLength(5);
  holds = false;
  for (const go of finish) go();
  for (const answer of await Promise.all([...flood, other])) expect(answer.status).toBe(200);
  const waited = server.log.records.filter(({ queue_ms }) => queue_ms > 0);
  expect(waited.length).toBeGreaterThanOrEqual(10);
  agent.destroy();
});

test('when other work has all the room it may have, an urgent call still goes on at once', async () => {
  const server = await serve({ callsAtOnce: 4, concurrentRequestsPerSession: 100 });
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  const flood = Array.from({ length: 10 }, () => server.ask({ ...bulk('noisy'), agent }));
  await until(() => server.server.figures().calls.normal.waiting === 7);
  const urgent = server.ask(bind('quiet'));
  await until(() => begun.includes('unbindAllVirtualVolumesFromHost quiet'));
  expect(begun).toHaveLength(4);
  holds = false;
  for (const go of finish) go();
  for (const { status } of await Promise.all([...flood, urgent])) expect(status).toBe(200);
  agent.destroy();
});

test('what cannot wait is told VasaProviderBusy, and 503 where that is not declared', async () => {
  const server = await serve({ callsWaitingPerSession: 1, concurrentRequestsPerSession: 1 });
  const held = [server.ask(bulk('s'))];
  await until(() => begun.length === 1);
  held.push(server.ask(bulk('s')));
  await until(() => server.server.figures().calls.normal.waiting === 1);
  const busy = await server.ask(bulk('s'));
  expect(busy.status).toBe(500);
  expect(busy.body).toContain('VasaProviderBusy>');
  const shed = await server.ask(open('s'));
  expect(shed).toMatchObject({
    status: 503,
    headers: { 'retry-after': '2', connection: 'close' },
  });
  expect(shed.body).toContain('try again');
  expect(server.log.records.map(({ operation, outcome }) => [operation, outcome])).toEqual([
    ['deleteVirtualVolume', 'VasaProviderBusy'],
    ['setContext', 'VasaProviderBusy'],
  ]);
  holds = false;
  for (const go of finish) go();
  for (const { status } of await Promise.all(held)) expect(status).toBe(200);
  expect(server.server.figures().calls.normal).toEqual({
    underWay: 0,
    waiting: 0,
    admitted: 2,
    refused: 2,
  });
});

test('the call of a client that has gone is never begun', async () => {
  const server = await serve({ concurrentRequestsPerSession: 1 });
  const held = server.ask(bulk('s'));
  await until(() => begun.length === 1);
  const agent = new Agent();
  const lost = server.ask({ ...bulk('s'), agent }).catch(() => 'lost');
  await until(() => server.server.figures().calls.normal.waiting === 1);
  agent.destroy();
  expect(await lost).toBe('lost');
  await until(() => server.server.figures().calls.normal.waiting === 0);
  holds = false;
  for (const go of finish) go();
  await held;
  expect(begun).toHaveLength(1);
});

test('a stranger may send a small body only, announced or not', async () => {
  const server = await serve({ strangerBodyBytes: 2_000 });
  holds = false;
  const large = call('deleteVirtualVolume', '<vvolId>v</vvolId>', 's', 5_000);
  expect((await server.ask(large)).status).toBe(413);
  const chunked = { ...large, headers: { ...large.headers, 'transfer-encoding': 'chunked' } };
  expect((await server.ask(chunked)).status).toBe(413);
  expect((await server.ask(bulk('s'))).status).toBe(200);
});

test('the holder of a trusted certificate may send a large one at once', async () => {
  const asked: string[] = [];
  const server = await startServer(OPERATIONS, {
    limits: { strangerBodyBytes: 2_000 },
    trusts: async ({ fingerprint }) => asked.push(fingerprint) > 0,
  });
  running = server;
  holds = false;
  const identity = await server.authority.issueClient();
  const large = call('deleteVirtualVolume', '<vvolId>v</vvolId>', 's', 5_000);
  expect((await server.ask({ ...large, identity })).status).toBe(200);
  expect(asked).toEqual([identity.fingerprint]);
});

/** TCP connections that send `bytes` and nothing more. */
function strangers(port: number, count: number, bytes: (number: number) => Uint8Array): Socket[] {
  return Array.from({ length: count }, (_, number) => {
    const socket = connectTcp({ host: '127.0.0.1', port });
    socket.on('error', () => {});
    socket.write(bytes(number));
    socket.resume();
    return socket;
  });
}

const begunHello = Uint8Array.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]);

test('half-open connections and handshakes that stop half-way stand in nobody’s way', async () => {
  holds = false;
  const server = await serve({ handshakesAtOnce: 4, handshakeSlotMs: 50 });
  const silent = strangers(server.port, 60, () => new Uint8Array());
  const stopped = strangers(server.port, 40, () => begunHello);
  await until(() => server.server.figures().handshakes.connections === 100);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, host) => server.ask(open(`host${host}`))),
  );
  expect(answers.map(({ status }) => status)).toEqual(new Array(10).fill(200));
  for (const socket of [...silent, ...stopped]) socket.destroy();
});

test('a storm in which every second connection is garbage: all hosts are served, each once', async () => {
  holds = false;
  const server = await serve();
  const hosts = 80;
  const kinds = [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    begunHello,
    Buffer.from([0x16, 0x03, 0x01, 0x00, 0x05, 1, 2, 3, 4, 5]),
    new Uint8Array(),
  ];
  const garbage = strangers(server.port, hosts, (at) => kinds[at % kinds.length] ?? begunHello);
  const answers: Promise<Answered>[] = Array.from({ length: hosts }, (_, host) =>
    server.ask(open(`host${host}`)),
  );
  for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
  expect(new Set(begun).size).toBe(hosts);
  expect(begun).toHaveLength(hosts);
  for (const socket of garbage) socket.destroy();
  expect(server.server.figures().handshakes).toMatchObject({ completed: hosts, waiting: 0 });
});

test('a flood of failures is a hundred lines and a number', async () => {
  const server = await serve({ sheddingLines: 10 });
  strangers(server.port, 50, () => Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  await until(() => server.log.failures.length === 10);
  await until(() => server.server.figures().handshakes.connections === 0);
  await server.stop();
  running = undefined;
  expect(server.log.failures).toHaveLength(10);
  expect(server.log.shed).toEqual([{ connection_failed: 40 }]);
});
