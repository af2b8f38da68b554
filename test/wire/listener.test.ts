/**
 * Connections: TLS versions, the client's certificate in full and resumed handshakes, a certificate
 * replaced while running, slow and silent and talkative strangers, and an orderly end.
 */
import 'reflect-metadata';
import { once } from 'node:events';
import { Agent } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { Extension } from '@peculiar/x509';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Issued } from '../../certs/make.ts';
import { LIMITS } from '../../src/model/limits.ts';
import type { OperationTable, Peer } from '../../src/wire/call.ts';
import { plainAddress } from '../../src/wire/peer.ts';
import { envelope, soapHeaders } from '../support/wire/envelopes.ts';
import {
  type Answered,
  type Asked,
  drained,
  SERVICE_PATH,
  startServer,
  type TestContext,
  type TestServer,
  until,
} from '../support/wire/server.ts';

const DELETE =
  '<deleteVirtualVolume xmlns="http://com.vmware.vim.vasa/2.0/xsd"><vvolId>v</vvolId></deleteVirtualVolume>';

/** What the handler saw last, and what it waits for. */
let seen: Peer | undefined;
let gate: Promise<void> = Promise.resolve();

const OPERATIONS: OperationTable<TestContext> = {
  deleteVirtualVolume: {
    session: 'session',
    handler: async ({ call }: TestContext) => {
      seen = call.peer;
      await gate;
      return undefined;
    },
  },
};

const CALL: Asked = {
  method: 'POST',
  headers: soapHeaders('1.1', 'urn:deleteVirtualVolume'),
  body: envelope('1.1', DELETE),
};

let running: TestServer;
let client: Issued;
let chain: readonly string[];
beforeAll(async () => {
  running = await startServer(OPERATIONS, {
    limits: { handshakeTimeoutMs: 300, headersTimeoutMs: 300, requestTimeoutMs: 600 },
  });
  const root = await running.authority.issueAuthority();
  const issuer = await root.issueAuthority();
  client = await issuer.issueClient();
  chain = [issuer.der, root.der].map((der) => der.toString('hex'));
});
afterAll(() => running.stop());
afterEach(() => {
  seen = undefined;
  gate = Promise.resolve();
  running.log.failures.length = 0;
  running.log.records.length = 0;
});

const chainSeen = (): readonly string[] =>
  (seen?.certificate?.issuers ?? []).map((der) => Buffer.from(der).toString('hex'));

describe('the client’s certificate', () => {
  test('is asked for, not demanded', async () => {
    expect((await running.ask(CALL)).status).toBe(200);
    expect(seen).toMatchObject({
      certificate: undefined,
      resumed: false,
      remoteAddress: '127.0.0.1',
    });
  });

  test('arrives with the intermediates it came with, nearest first, trusted by nobody yet', async () => {
    expect((await running.ask({ ...CALL, identity: client })).status).toBe(200);
    expect(seen?.certificate?.fingerprint).toBe(client.fingerprint);
    expect(Buffer.from(seen?.certificate?.der ?? []).equals(client.der)).toBe(true);
    expect(chainSeen()).toEqual(chain);
    expect(running.log.records[0]?.peer_certificate).toBe(client.fingerprint.slice(0, 16));
  });

  test('is sent whoever issued it, because the handshake names no authorities', async () => {
    const { makeSelfSignedClient } = await import('../../certs/make.ts');
    const stranger = await makeSelfSignedClient();
    await running.ask({ ...CALL, identity: stranger });
    expect(seen?.certificate?.fingerprint).toBe(stranger.fingerprint);
    expect(chainSeen()).toEqual([]);
  });

  test('is made out once per connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await running.ask({ ...CALL, identity: client, agent });
    const first = seen;
    await running.ask({ ...CALL, identity: client, agent });
    agent.destroy();
    expect(first).toBeDefined();
    expect(seen).toBe(first);
  });

  describe.each(['TLSv1.2', 'TLSv1.3'] as const)('with a resumed session of %s', (version) => {
    const tls = { minVersion: version, maxVersion: version } as const;

    async function session({ keyPem, chainPem } = client): Promise<Buffer> {
      const socket = await running.open({ ...tls, key: keyPem, cert: chainPem });
      const got = new Promise<Buffer>((resolve) => socket.once('session', resolve));
      // In TLS 1.3 the ticket comes with the first answer at the latest; in 1.2 it is there already.
      const body = CALL.body as string;
      const known = version === 'TLSv1.2' ? socket.getSession() : undefined;
      socket.write(
        `POST ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n` +
          `Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      await drained(socket);
      return known ?? got;
    }

    test('is there again, its intermediates too', async () => {
      const resumable = await session();
      expect(seen?.resumed).toBe(false);
      await running.ask({ ...CALL, tls: { ...tls, session: resumable } });
      expect(seen?.resumed).toBe(true);
      expect(seen?.certificate?.fingerprint).toBe(client.fingerprint);
      expect(chainSeen()).toEqual(chain);
    });

    test('is there without its intermediates where they are too large to be kept for anybody', async () => {
      const bulk = new Extension('1.3.6.1.4.1.99999.1', false, new Uint8Array(20_000));
      const issuer = await running.authority.issueAuthority({ extensions: [bulk] });
      const bulky = await issuer.issueClient();
      const resumable = await session(bulky);
      expect(chainSeen()).toEqual([issuer.der.toString('hex')]);
      await running.ask({ ...CALL, tls: { ...tls, session: resumable } });
      expect(seen).toMatchObject({ resumed: true, certificate: { issuers: [] } });
    });

    test('is not resumed after the tickets were rotated', async () => {
      const resumable = await session();
      running.server.rotateTickets();
      await running.ask({ ...CALL, tls: { ...tls, session: resumable } });
      expect(seen).toMatchObject({ resumed: false, certificate: undefined });
    });

    test('is not resumed after the server’s certificate was replaced', async () => {
      const resumable = await session();
      const { keyPem: key, chainPem: cert } = await running.authority.issueServer();
      running.server.replaceTls({ key, cert });
      await running.ask({ ...CALL, tls: { ...tls, session: resumable } });
      expect(seen).toMatchObject({ resumed: false, certificate: undefined });
    });
  });
});

describe('the server’s certificate', () => {
  test('is replaced on the next handshake; a connection that is open stays', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await running.ask({ ...CALL, agent });
    const before = seen;
    const next = await running.authority.issueServer();
    running.server.replaceTls({ key: next.keyPem, cert: next.chainPem });
    const socket = await running.open();
    expect(socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase()).toBe(
      next.fingerprint,
    );
    socket.destroy();
    await running.ask({ ...CALL, agent });
    agent.destroy();
    expect(seen).toBe(before);
  });

  test('is not replaced by one that does not fit its key', async () => {
    const one = await running.authority.issueServer();
    const other = await running.authority.issueServer();
    running.server.replaceTls({ key: one.keyPem, cert: one.chainPem });
    expect(() => running.server.replaceTls({ key: one.keyPem, cert: other.chainPem })).toThrow();
    expect(() => running.server.replaceTls({ key: 'x', cert: 'y' })).toThrow();
    const socket = await running.open();
    expect(socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase()).toBe(
      one.fingerprint,
    );
    socket.destroy();
  });
});

describe('TLS', () => {
  test('1.1 is refused, and the log says so', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    await expect(running.open(old)).rejects.toThrow();
    const refused = { remoteAddress: '127.0.0.1', code: 'ERR_SSL_UNSUPPORTED_PROTOCOL' };
    await until(() => running.log.failures.some(({ code }) => code === refused.code));
    expect(running.log.failures).toContainEqual({ ...refused, message: 'unsupported protocol' });
  });

  test('is the only way: plain HTTP is closed and logged', async () => {
    const socket = connectTcp({ host: '127.0.0.1', port: running.port });
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write('GET /vasa/version.xml HTTP/1.1\r\nHost: h\r\n\r\n');
    socket.resume();
    await ended;
    await until(() => running.log.failures.length > 0);
    expect(running.log.failures).toMatchObject([
      { remoteAddress: '127.0.0.1', code: 'NO_TLS', message: 'a request without TLS' },
    ]);
  });
});

describe('a slow stranger', () => {
  test('who never begins the handshake is shown out', async () => {
    const socket = connectTcp({ host: '127.0.0.1', port: running.port });
    await new Promise((resolve) => socket.once('close', resolve));
    await until(() => running.log.failures.length > 0);
    expect(running.log.failures).toMatchObject([
      { code: 'ERR_TLS_HANDSHAKE_TIMEOUT', remoteAddress: '127.0.0.1' },
    ]);
  });

  test.each([
    ['who says nothing after the handshake', ''],
    ['who never ends the headers', 'POST / HTTP/1.1\r\nHost: h\r\n'],
    [
      'who never ends the body',
      `POST ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<a>`,
    ],
  ])('%s is shown out', async (_, start) => {
    const socket = await running.open();
    const answer = drained(socket);
    if (start !== '') socket.write(start);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
    expect(running.log.failures).toMatchObject([{ code: 'ERR_HTTP_REQUEST_TIMEOUT' }]);
  });
});

test('a client that asks and does not take its answers is shown out', async () => {
  const limits = { answerTimeoutMs: 300, requestsPerConnection: 1_000 };
  const server = await startServer(OPERATIONS, { limits });
  const socket = await server.open();
  const gone = once(socket, 'close');
  socket.on('error', () => {});
  socket.pause();
  // Far more than the system's buffers on both sides hold.
  for (let asked = 0; asked < 200; asked += 1) {
    socket.write(`GET ${SERVICE_PATH}?wsdl HTTP/1.1\r\nHost: h\r\n\r\n`);
  }
  await until(() => server.log.failures.length > 0);
  expect(server.log.failures[0]).toMatchObject({
    code: 'ANSWER_TIMEOUT',
    remoteAddress: '127.0.0.1',
  });
  socket.resume();
  await gone;
  await server.stop();
});

test('a client that asks without end before it has an answer is shown out', async () => {
  const socket = await running.open();
  const gone = once(socket, 'close');
  socket.on('error', () => {});
  socket.write(`GET ${SERVICE_PATH}?wsdl HTTP/1.1\r\nHost: h\r\n\r\n`.repeat(200));
  await gone;
  expect(running.log.failures).toMatchObject([{ code: 'PIPELINE', remoteAddress: '127.0.0.1' }]);
  expect((await running.ask(CALL)).status).toBe(200);
});

/** What the server learns of another connection it learns when it likes: asks again until it has. */
async function askedUntil(
  server: TestServer,
  asked: Asked,
  isThere: (answer: Answered) => boolean,
): Promise<Answered> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await server.ask(asked);
    if (isThere(answer)) return answer;
  }
  throw new Error('it did not come to pass');
}

test('large bodies on their way are bounded together; small ones go by, and room comes back', async () => {
  const limits = { requestBodiesBytes: 100_000, requestBodyUncountedBytes: 1_000 };
  const server = await startServer(OPERATIONS, { limits });
  const holder = await server.open();
  holder.write(
    `POST ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: 90000\r\n\r\n<a>`,
  );
  const large = { ...CALL, body: `${CALL.body}${' '.repeat(50_000)}` };
  const refused = await askedUntil(server, large, ({ status }) => status !== 200);
  expect(refused.body).toContain('Too many large requests at once');
  expect(refused.headers['connection']).toBe('close');
  expect((await server.ask(CALL)).status).toBe(200);
  holder.destroy();
  await askedUntil(server, large, ({ status }) => status === 200);
  await server.stop();
});

test('a client that goes away while its body is on the way harms nobody', async () => {
  const socket = await running.open();
  socket.write(
    `POST ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<a>`,
  );
  socket.destroy();
  await until(() => running.log.records.length > 0);
  expect(running.log.records).toMatchObject([{ outcome: 'Client', http_status: 400 }]);
  expect((await running.ask(CALL)).status).toBe(200);
});

test('CONNECT is closed and logged', async () => {
  const socket = await running.open();
  const answer = drained(socket);
  socket.write('CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n');
  expect(await answer).toBe('');
  expect(running.log.failures).toMatchObject([{ code: 'CONNECT', remoteAddress: '127.0.0.1' }]);
});

test('an idle connection is kept for longer than hosts take to poll', async () => {
  const agent = new Agent({ keepAlive: true });
  const { headers } = await running.ask({ ...CALL, agent });
  agent.destroy();
  expect(headers['keep-alive']).toBe(`timeout=${LIMITS.keepAliveTimeoutMs / 1_000}`);
  expect(LIMITS.keepAliveTimeoutMs).toBeGreaterThan(10_000);
});

test('an address that is IPv4 within IPv6 is written as IPv4', () => {
  expect(plainAddress('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(plainAddress('2001:db8::1')).toBe('2001:db8::1');
  expect(plainAddress(undefined)).toBe('unknown');
});

test('a client that hangs up between two requests leaves no line, however rudely', async () => {
  const below = connectTcp({ host: '127.0.0.1', port: running.port });
  const socket = await running.open({ socket: below });
  socket.on('error', () => {});
  socket.write('GET /vasa/version.xml HTTP/1.1\r\nHost: h\r\n\r\n');
  await until(() => socket.bytesRead > 0);
  below.resetAndDestroy();
  expect((await running.ask(CALL)).status).toBe(200);
  await running.ask(CALL);
  expect(running.log.failures).toEqual([]);
});

test('where there is no room for one more connection, one that has proved nothing makes it', async () => {
  const small = await startServer(OPERATIONS, { limits: { connections: 1 } });
  const first = await small.open();
  const gone = new Promise((resolve) => first.on('error', () => {}).once('close', resolve));
  await until(() => small.server.figures().handshakes.completed === 1);
  const second = await small.open();
  await gone;
  second.destroy();
  await small.stop();
  expect(small.log.shed).toEqual([{ 'connection connections': 1 }]);
});

describe('the end', () => {
  test('does not wait for connections that never made a request', async () => {
    const server = await startServer(OPERATIONS);
    const idle = await server.open();
    const silent = connectTcp({ host: '127.0.0.1', port: server.port });
    for (const socket of [idle, silent]) socket.on('error', () => {});
    const gone = [idle, silent].map((socket) => once(socket, 'close'));
    await once(silent, 'connect');
    const started = performance.now();
    await server.server.close({ drainMs: 60_000 });
    await Promise.all(gone);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test('lets what is under way finish, and accepts no more', async () => {
    const server = await startServer(OPERATIONS);
    let open = (): void => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const agent = new Agent({ keepAlive: true });
    const answer = server.ask({ ...CALL, agent });
    await until(() => seen !== undefined);
    const closed = server.server.close({ drainMs: 10_000 });
    await expect(server.open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    open();
    const { status, headers } = await answer;
    expect({ status, connection: headers.connection }).toEqual({
      status: 200,
      connection: 'close',
    });
    await closed;
    agent.destroy();
  });

  test('comes within its bound, whatever is under way', async () => {
    const server = await startServer(OPERATIONS);
    gate = new Promise(() => {});
    const answer = server.ask(CALL);
    const idle = await server.open();
    const silent = connectTcp({ host: '127.0.0.1', port: server.port });
    silent.on('error', () => {});
    idle.on('error', () => {});
    await until(() => seen !== undefined);
    const lost = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
    const started = performance.now();
    await server.server.close({ drainMs: 200 });
    await lost;
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('does not wait for idle connections', async () => {
    const server = await startServer(OPERATIONS);
    const agent = new Agent({ keepAlive: true });
    await server.ask({ ...CALL, agent });
    const started = performance.now();
    await server.server.close({ drainMs: 10_000 });
    expect(performance.now() - started).toBeLessThan(5_000);
    agent.destroy();
  });
});

test('a port that is taken rejects with its code', async () => {
  const taken = startServer(OPERATIONS, { port: running.port });
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
