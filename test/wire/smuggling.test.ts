/**
 * Goal: where HTTP leaves room for two readings of one stream of bytes, there is one answer, and it is no. A
 * proxy in front of a provider must not be made to pass on a request that it has not seen; and what comes in odd
 * forms costs little and harms nobody else.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OperationTable } from '../../src/wire/call.ts';
import { envelope } from '../support/wire/envelopes.ts';
import {
  drained,
  SERVICE_PATH,
  startServer,
  type TestContext,
  type TestServer,
  until,
} from '../support/wire/server.ts';

const OPERATIONS: OperationTable<TestContext> = {
  queryArrays: { session: 'open', handler: async () => ({ return: [] }) },
  queryUniqueIdentifiersForEntity: {
    session: 'open',
    handler: async () => ({ return: Array.from({ length: 200_000 }, (_, index) => `id-${index}`) }),
  },
};
/** A request with an answer of some megabytes. */
const LARGE = envelope(
  '1.1',
  '<m:queryUniqueIdentifiersForEntity xmlns:m="http://com.vmware.vim.vasa/2.0/xsd"/>',
);
const BODY = envelope('1.1', '<m:queryArrays xmlns:m="http://com.vmware.vim.vasa/2.0/xsd"/>');
/** A request behind the first one: whoever answers it has read the first one otherwise. */
const HIDDEN = 'GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n';
const POST = `POST ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n`;
const LENGTH = `Content-Length: ${BODY.length}\r\n`;
const chunked = (body: string) => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
const WHOLE = `${POST}${LENGTH}\r\n${BODY}`;

let running: TestServer;

beforeAll(async () => {
  running = await startServer(OPERATIONS, {
    limits: { headersTimeoutMs: 500, requestTimeoutMs: 800 },
  });
});

beforeEach(() => {
  running.log.records.length = 0;
  running.log.failures.length = 0;
});

afterAll(() => running?.stop());

/** Status lines of all that comes back until the server ends the connection, or has nothing more to say. */
async function statuses(bytes: string | Buffer): Promise<readonly string[]> {
  const socket = await running.open();
  const answer = drained(socket);
  socket.write(bytes);
  const text = await answer;
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status);
}

async function isAlive(): Promise<void> {
  const headers = { 'content-type': 'text/xml' };
  expect((await running.ask({ method: 'POST', headers, body: BODY })).status).toBe(200);
}

describe('the length of a request', () => {
  test.each([
    ['twice, differing', `${POST}Content-Length: 0\r\n${LENGTH}\r\n${HIDDEN}`],
    ['twice, the same', `${POST}${LENGTH}${LENGTH}\r\n${BODY}${HIDDEN}`],
    ['and chunks', `${POST}${LENGTH}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['chunks, and', `${POST}Transfer-Encoding: chunked\r\n${LENGTH}\r\n0\r\n\r\n${HIDDEN}`],
    ['as a list', `${POST}Content-Length: 0, 0\r\n\r\n${HIDDEN}`],
    ['signed', `${POST}Content-Length: +0\r\n\r\n${HIDDEN}`],
    ['negative', `${POST}Content-Length: -1\r\n\r\n${HIDDEN}`],
    ['in hexadecimal', `${POST}Content-Length: 0x0\r\n\r\n${HIDDEN}`],
    ['beyond 64 bits', `${POST}Content-Length: 18446744073709551616\r\n\r\n${HIDDEN}`],
    ['with a blank in it', `${POST}Content-Length: 0 0\r\n\r\n${HIDDEN}`],
    ['folded', `${POST}Content-Length:\r\n 0\r\n\r\n${HIDDEN}`],
    ['behind a blank', `${POST}Content-Length : 0\r\n\r\n${HIDDEN}`],
    ['behind a tab', `${POST}Content-Length\t: 0\r\n\r\n${HIDDEN}`],
  ])('%s, is refused and the connection ends', async (_, bytes) => {
    expect(await statuses(bytes)).toEqual(['400']);
    expect(running.log.failures).toHaveLength(1);
    await isAlive();
  });
});

describe('chunks', () => {
  test.each([
    ['of an unknown coding', 'Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${HIDDEN}`],
    [
      'with another coding behind',
      'Transfer-Encoding: chunked, identity\r\n',
      `0\r\n\r\n${HIDDEN}`,
    ],
    [
      'twice',
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
      `0\r\n\r\n${HIDDEN}`,
    ],
    ['behind a vertical tab', 'Transfer-Encoding: \u000bchunked\r\n', `0\r\n\r\n${HIDDEN}`],
    ['folded', 'Transfer-Encoding:\r\n chunked\r\n', `0\r\n\r\n${HIDDEN}`],
    ['in HTTP/1.0', 'Transfer-Encoding: chunked\r\n', `0\r\n\r\n${HIDDEN}`],
    ['of no number', 'Transfer-Encoding: chunked\r\n', `zz\r\n${BODY}\r\n0\r\n\r\n`],
    ['of a negative number', 'Transfer-Encoding: chunked\r\n', `-1\r\n${BODY}\r\n0\r\n\r\n`],
    ['with 0x', 'Transfer-Encoding: chunked\r\n', `0x1\r\nx\r\n0\r\n\r\n`],
    ['beyond 64 bits', 'Transfer-Encoding: chunked\r\n', `fffffffffffffffff\r\n${BODY}`],
    ['longer than they say', 'Transfer-Encoding: chunked\r\n', `1\r\nxx\r\n0\r\n\r\n`],
    ['ended by a line feed alone', 'Transfer-Encoding: chunked\r\n', `1\nx\r\n0\r\n\r\n`],
    [
      'with an endless extension',
      'Transfer-Encoding: chunked\r\n',
      `1;${'a'.repeat(40_000)}\r\nx\r\n`,
    ],
  ])('%s, are refused and the connection ends', async (name, headers, body) => {
    const start = name.includes('1.0') ? POST.replace('HTTP/1.1', 'HTTP/1.0') : POST;
    const found = await statuses(`${start}${headers}\r\n${body}`);
    expect(found.length).toBeLessThan(2);
    expect(found[0] ?? '400').toMatch(/^4/);
    await isAlive();
  });

  test('of one byte each are a request like any other', async () => {
    const pieces = [...BODY].map((each) => `1\r\n${each}\r\n`).join('');
    const bytes = `${POST}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${pieces}0\r\n\r\n`;
    expect(await statuses(bytes)).toEqual(['200']);
  });

  test('with trailers keep them for themselves', async () => {
    const trailers = 'Host: other\r\nCookie: VASASESSIONID=x\r\n';
    const body = chunked(BODY).replace(/\r\n$/, `${trailers}\r\n`);
    expect(
      await statuses(`${POST}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${body}`),
    ).toEqual(['200']);
  });
});

describe('a request line or header', () => {
  test.each([
    ['of HTTP/0.9', 'GET /vasa/version.xml\r\n\r\n'],
    ['of HTTP/2', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${HIDDEN}`],
    ['of HTTP/9.9', 'GET / HTTP/9.9\r\nHost: h\r\n\r\n'],
    ['of a method in small letters', `post ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\n\r\n`],
    ['of a method nobody knows', `${'A'.repeat(5_000)} / HTTP/1.1\r\nHost: h\r\n\r\n`],
    ['of a path with a blank', 'GET /a b HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['of a path with a NUL', 'GET /\u0000 HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['with a NUL in a value', 'GET / HTTP/1.1\r\nHost: h\r\nA: \u0000\r\n\r\n'],
    [
      'with a carriage return in a value',
      `GET / HTTP/1.1\r\nHost: h\r\nA: b\rC: d\r\n\r\n${HIDDEN}`,
    ],
    ['without a name', 'GET / HTTP/1.1\r\nHost: h\r\n: a\r\n\r\n'],
    ['without a colon', 'GET / HTTP/1.1\r\nHost: h\r\nA\r\n\r\n'],
    ['with a blank in its name', 'GET / HTTP/1.1\r\nHost: h\r\nA B: c\r\n\r\n'],
    ['with a fold before the first', 'GET / HTTP/1.1\r\n Host: h\r\n\r\n'],
    ['that is TLS once more', Buffer.from('16030100a5010000a1', 'hex')],
  ])('%s, is refused and the connection ends', async (_, bytes) => {
    const found = await statuses(bytes);
    expect(found.length).toBeLessThan(2);
    expect(found[0] ?? '400').toMatch(/^4/);
    await isAlive();
  });

  test.each([
    [
      'an absolute path of another server',
      `GET https://other/vasa/version.xml HTTP/1.1\r\nHost: h\r\n`,
      '404',
    ],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: h\r\n', '404'],
    ['dots', 'GET /vasa/../../../etc/passwd HTTP/1.1\r\nHost: h\r\n', '404'],
    ['dots in percents', 'GET /vasa/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: h\r\n', '404'],
    ['percents that are broken', 'GET /%zz%00 HTTP/1.1\r\nHost: h\r\n', '40'],
    ['TRACE', `TRACE ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\n`, '405'],
    ['an upgrade', 'GET /vasa/version.xml HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\n', '200'],
  ])('with %s is answered once', async (_, head, status) => {
    const found = await statuses(`${head}Connection: close\r\n\r\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(status);
  });

  test('in numbers without end is refused by their size', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `A${index}: b\r\n`).join('');
    expect(await statuses(`GET / HTTP/1.1\r\nHost: h\r\n${many}\r\n`)).toEqual(['431']);
  });
});

describe('many requests on one connection', () => {
  test('are answered in their order', async () => {
    const last = WHOLE.replace('Content-Type', 'Connection: close\r\nContent-Type');
    expect(await statuses(`${WHOLE}${HIDDEN}${last}`)).toEqual(['200', '404', '200']);
  });

  test('end with the first that is malformed, and what is behind it is never read', async () => {
    const found = await statuses(`${WHOLE}GET / HTTP/1.1\r\nBad Header: x\r\n\r\n${HIDDEN}`);
    expect(found.at(-1)).toBe('400');
    expect(running.log.records.map(({ operation }) => operation)).not.toContain('unknown');
  });

  test('of which a malformed one comes while an answer leaves put nothing into that answer', async () => {
    const socket = await running.open();
    socket.write(`${POST}Content-Length: ${LARGE.length}\r\n\r\n${LARGE}`);
    await until(() => running.log.records.length > 0);
    socket.write('GET / HTTP/1.1\r\nBad Header: x\r\n\r\n');
    await until(() => running.log.failures.length > 0);
    const text = await drained(socket);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe('a body', () => {
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));

  test.each(['gzip', 'deflate', 'br', 'gzip, gzip', 'identity, gzip'])(
    'in %s is refused unread',
    async (coding) => {
      const headers = { 'content-type': 'text/xml', 'content-encoding': coding };
      const before = process.memoryUsage.rss();
      expect((await running.ask({ method: 'POST', headers, body: bomb })).status).toBe(415);
      expect(process.memoryUsage.rss() - before).toBeLessThan(25 * 1024 * 1024);
    },
  );

  test('that is announced and never sent, with a word to wait for, holds its connection for a while only', async () => {
    const socket = await running.open();
    const answer = drained(socket);
    socket.write(`${POST}${LENGTH}Expect: 100-continue\r\n\r\n`);
    await until(() => socket.bytesRead > 0);
    await isAlive();
    expect(await answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
  });
});
