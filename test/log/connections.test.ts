/** Goal: connections that fail over a real network have the id that explains them, whoever made the code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { connectionFailureOf } from '../../src/log/messages/connections.ts';
import { describeWithTool, TOOLS } from '../support/tools.ts';
import { startServer, type TestServer } from '../support/wire/server.ts';

let running: TestServer;

beforeAll(async () => {
  running = await startServer({});
});
afterAll(() => running.stop());
beforeEach(() => {
  running.log.failures.length = 0;
});

/** The names of what failed, when something has. */
async function failed(): Promise<readonly string[]> {
  await vi.waitUntil(() => running.log.failures.length > 0, { timeout: 20_000 });
  // What goes on after the first mistake may be a second of the same kind.
  return [...new Set(running.log.failures.map(({ code }) => connectionFailureOf(code)))];
}

/** Sends bytes without TLS. */
function sendPlain(bytes: string | Uint8Array): void {
  const socket = connectTcp(running.port, '127.0.0.1', () => socket.write(bytes));
  socket.on('error', () => undefined);
}

/** Sends text over verified TLS. */
async function sendOverTls(text: string): Promise<void> {
  const socket = await running.open();
  socket.on('error', () => undefined);
  socket.write(text);
}

it('a client without TLS', async () => {
  sendPlain('GET /vasa/version.xml HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await failed()).toEqual(['no_tls']);
});

it('a client that hangs up in the middle of its handshake', async () => {
  const socket = connectTcp(running.port, '127.0.0.1', () =>
    socket.write(new Uint8Array([0x16, 3, 1, 0, 200, 1]), () => socket.end()),
  );
  expect(await failed()).toEqual(['hung_up']);
});

it('a client that speaks TLS and then nonsense', async () => {
  sendPlain(new Uint8Array([0x16, 3, 1, 0, 5, 99, 2, 3, 4, 5]));
  expect(await failed()).toEqual(['broken_tls']);
});

it('a client with ciphers of long ago', async () => {
  const { certificatePem: ca } = running.authority;
  const old = { ca, maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' } as const;
  connectTls({ host: '127.0.0.1', port: running.port, ...old }).on('error', () => undefined);
  expect(await failed()).toEqual(['no_common_tls']);
});

it('what is no HTTP', async () => {
  await sendOverTls('\0\0\0\r\n\r\n');
  expect(await failed()).toEqual(['bad_http']);
});

it('headers without end', async () => {
  await sendOverTls(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`);
  expect(await failed()).toEqual(['headers_too_large']);
});

it('a client that takes the provider for a proxy', async () => {
  await sendOverTls('CONNECT other.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await failed()).toEqual(['no_proxy']);
});

describeWithTool('with another TLS library', TOOLS.openssl, () => {
  it('a client that does not trust the certificate', async () => {
    const at = `127.0.0.1:${running.port}`;
    const client = spawn('openssl', ['s_client', '-connect', at, '-verify_return_error'], {
      stdio: 'ignore',
    });
    await once(client, 'close');
    expect(await failed()).toEqual(['certificate_unknown']);
  });
});
