/** The server over real TLS, as a client sees it: paths, headers, status codes, bounds, log lines. */
import { Agent } from 'node:https';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { VasaFault } from '../../src/model/faults.ts';
import type { OperationTable } from '../../src/wire/call.ts';
import { envelope, soapHeaders } from '../support/wire/envelopes.ts';
import {
  type Answered,
  type Asked,
  drained,
  SERVICE_PATH,
  SIGNATURE,
  startServer,
  type TestContext,
  type TestServer,
  until,
} from '../support/wire/server.ts';

const M = 'xmlns="http://com.vmware.vim.vasa/2.0/xsd"';
const DELETE = `<deleteVirtualVolume ${M}><vvolId>v</vvolId></deleteVirtualVolume>`;
const BODY_LIMIT = 10_000;

const OPERATIONS: OperationTable<TestContext> = {
  deleteVirtualVolume: {
    session: 'session',
    handler: async ({ call }: TestContext) => {
      call.note({ vvol_ids: ['v'] });
      return undefined;
    },
  },
  queryCatalog: {
    session: 'session',
    handler: async ({ call }: TestContext) => {
      call.setSession(call.sessionId ?? 'fresh');
      throw new VasaFault('InvalidSession', `session ${call.sessionId}`);
    },
  },
};

let running: TestServer;
beforeAll(async () => {
  running = await startServer(OPERATIONS, {
    limits: { requestBodyBytes: BODY_LIMIT },
    versionXml: () => '<versions/>',
    catalogs: new Map([
      [
        '/vasa/catalog/en/event.vmsg',
        { body: 'a = b\n', lastModified: Date.UTC(2026, 0, 2, 3, 4, 5, 678) },
      ],
    ]),
  });
});
afterAll(() => running.stop());
afterEach(() => {
  running.log.records.length = 0;
  running.log.failures.length = 0;
});

const post = (body: string, more: Asked = {}): Promise<Answered> =>
  running.ask({
    method: 'POST',
    body: envelope('1.1', body),
    ...more,
    headers: { ...soapHeaders('1.1', ''), ...more.headers },
  });

describe('a SOAP call', () => {
  test('is answered in kind, by the release that the Server header names', async () => {
    const first = await post(DELETE);
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({
      server: SIGNATURE,
      'content-type': 'text/xml; charset=utf-8',
      'content-length': String(first.body.length),
    });
    expect(first.headers['x-powered-by']).toBeUndefined();
    expect(first.headers['set-cookie']).toBeUndefined();
    const second = await running.ask({
      method: 'POST',
      headers: soapHeaders('1.2', 'urn:deleteVirtualVolume'),
      body: envelope('1.2', DELETE),
    });
    expect(second.status).toBe(200);
    expect(second.headers['content-type']).toBe('application/soap+xml; charset=utf-8');
    expect(second.body).toContain('http://www.w3.org/2003/05/soap-envelope');
  });

  test('is told by its action where the Body is empty, in both versions', async () => {
    for (const soap of ['1.1', '1.2'] as const) {
      const { status, body } = await running.ask({
        method: 'POST',
        headers: soapHeaders(soap, 'urn:queryCatalog'),
        body: envelope(soap, ''),
      });
      expect(status).toBe(500);
      expect(body).toContain('InvalidSession>');
    }
  });

  test('may carry any query', async () => {
    expect((await post(DELETE, { path: `${SERVICE_PATH}?version=4` })).status).toBe(200);
    expect((await post(DELETE, { path: `${SERVICE_PATH}?` })).status).toBe(200);
  });

  test('may come in chunks, or wait for the word to go on', async () => {
    expect((await post(DELETE, { headers: { 'transfer-encoding': 'chunked' } })).status).toBe(200);
    const socket = await running.open();
    const answer = drained(socket);
    const body = envelope('1.1', DELETE);
    socket.write(
      `POST ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nExpect: 100-continue\r\n` +
        `Connection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await until(() => socket.bytesRead > 0);
    socket.write(body);
    expect(await answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  test('with an expectation nobody knows is a request like any other', async () => {
    expect((await post(DELETE, { headers: { expect: 'a-miracle' } })).status).toBe(200);
    expect(running.log.records).toHaveLength(1);
  });

  test('carries its session in a cookie among others, and gets one back', async () => {
    const { headers, body } = await post('', {
      headers: {
        ...soapHeaders('1.1', 'urn:queryCatalog'),
        cookie: 'a=b; VASASESSIONID=abc;$Path="/"',
      },
    });
    expect(body).toContain('session abc');
    expect(headers['set-cookie']).toEqual(['VASASESSIONID=abc; Path=/; Secure; HttpOnly']);
    const fresh = await post('', {
      headers: { ...soapHeaders('1.1', 'urn:queryCatalog'), cookie: 'VASASESSIONID=0' },
    });
    expect(fresh.body).toContain('session undefined');
    expect(fresh.headers['set-cookie']).toEqual(['VASASESSIONID=fresh; Path=/; Secure; HttpOnly']);
  });

  test('has the client’s traceparent in its line, when that is one', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await post(DELETE, { headers: { traceparent } });
    await post(DELETE, { headers: { traceparent: 'anything else' } });
    const told = running.log.records.map(({ trace_parent: parent }) => parent);
    expect(told).toEqual([traceparent, undefined]);
  });

  test('is one line in the log, sizes and times in it', async () => {
    const sent = envelope('1.1', DELETE);
    const { body } = await post(DELETE);
    expect(running.log.records).toEqual([
      {
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        operation: 'deleteVirtualVolume',
        api_version: '2.0',
        soap_version: '1.1',
        outcome: 'ok',
        vvol_ids: ['v'],
        queue_ms: expect.any(Number),
        http_status: 200,
        duration_ms: expect.any(Number),
        request_bytes: sent.length,
        response_bytes: body.length,
        connection: expect.stringMatching(/^\d+$/),
        peer_address: '127.0.0.1',
      },
    ]);
  });

  test('in verbose mode leaves both bodies, joined to that line', async () => {
    running.log.verbose = true;
    const { body } = await post(DELETE);
    running.log.verbose = false;
    await post(DELETE);
    expect(running.log.kept).toEqual([
      { record: running.log.records[0], request: envelope('1.1', DELETE), response: body },
    ]);
    running.log.kept.length = 0;
  });
});

describe('a request that HTTP alone condemns', () => {
  const CASES: readonly [string, Asked, number, string][] = [
    [
      'a foreign media type',
      { headers: { 'content-type': 'application/json' } },
      415,
      'content type must be',
    ],
    [
      'a foreign charset',
      { headers: { 'content-type': 'text/xml; charset=utf-16' } },
      415,
      'charset',
    ],
    ['MTOM', { headers: { 'content-type': 'multipart/related; boundary=x' } }, 415, 'MTOM'],
    [
      'gzip',
      { headers: { 'content-encoding': 'gzip' }, body: gzipSync('x'.repeat(1e6)) },
      415,
      'compressed',
    ],
    ['a body over the limit', { body: 'x'.repeat(BODY_LIMIT + 1) }, 413, 'too large'],
    ['no body', { body: '' }, 500, 'malformed XML'],
    [
      'another action',
      { headers: { soapaction: '"urn:bindVirtualVolume"' } },
      500,
      'the action says bindVirtualVolume but the Body says deleteVirtualVolume',
    ],
    ['two actions', { headers: { soapaction: ['"urn:a"', '"urn:b"'] } }, 500, 'action'],
  ];

  test.each(CASES)('%s is a SOAP fault', async (_, asked, status, words) => {
    const answer = await post(DELETE, asked);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(answer.body).toContain('<faultcode>soapenv:Client</faultcode>');
    expect(answer.body).toContain(words);
    expect(answer.body).toContain(`[${SIGNATURE}; request `);
    expect(running.log.records).toMatchObject([
      { operation: 'unknown', outcome: 'Client', http_status: status },
    ]);
  });

  test.each([
    [
      'a billion laughs',
      `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}">]><a>&c;</a>`,
    ],
    ['nesting without end', '<a>'.repeat(3_000)],
    ['an element named __proto__', envelope('1.1', '<__proto__><x/></__proto__>')],
    ['bytes that are no text', Uint8Array.from([0x3c, 0xff, 0x00])],
  ])('%s is a short SOAP fault, and the server lives on', async (_, body) => {
    const answer = await post(DELETE, { body });
    expect(answer.status).toBe(500);
    expect(answer.body).toContain('<faultcode>soapenv:Client</faultcode>');
    expect(answer.body.length).toBeLessThan(600);
    expect((await post(DELETE)).status).toBe(200);
  });

  test('without a content type is told what to send', async () => {
    const answer = await running.ask({ method: 'POST', body: envelope('1.1', DELETE) });
    expect(answer.status).toBe(415);
    expect(running.log.records).toHaveLength(1);
  });

  test('a body over the limit in chunks is cut off at the limit', async () => {
    const answer = await post(DELETE, {
      headers: { 'transfer-encoding': 'chunked' },
      body: 'x'.repeat(BODY_LIMIT * 2),
    });
    expect(answer.status).toBe(413);
    expect(answer.headers.connection).toBe('close');
  });

  test('SOAP 1.2 gets its own form, and 400 for what it got wrong', async () => {
    const answer = await running.ask({
      method: 'POST',
      headers: soapHeaders('1.2', 'urn:nothing'),
      body: envelope('1.2', DELETE),
    });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/soap+xml; charset=utf-8');
    expect(answer.body).toContain('soapenv:Sender');
  });

  test('two Host headers, and none, are refused', async () => {
    for (const hosts of ['Host: a\r\nHost: b\r\n', '']) {
      const socket = await running.open();
      const answer = drained(socket);
      socket.write(`GET /vasa/version.xml HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
      expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(running.log.records).toMatchObject([{ http_status: 400 }, { http_status: 400 }]);
  });

  test.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n'],
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'],
    ['chunks by halves', 'Transfer-Encoding: identity, chunked, x\r\n'],
    ['a stray carriage return', 'A\r: b\r\nContent-Length: 0\r\n'],
  ])('%s, the ground of smuggling, end the connection', async (_, headers) => {
    const socket = await running.open();
    const answer = drained(socket);
    socket.write(
      `POST ${SERVICE_PATH} HTTP/1.1\r\nHost: h\r\n${headers}\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: h\r\n\r\n`,
    );
    const text = await answer;
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nServer: Keelson/);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(running.log.failures).toHaveLength(1);
    expect(running.log.records).toHaveLength(0);
  });

  test('headers over the limit', async () => {
    const answer = running.ask({ headers: { a: 'x'.repeat(20_000) } });
    expect((await answer).status).toBe(431);
    expect(running.log.failures).toMatchObject([
      { code: 'HPE_HEADER_OVERFLOW', remoteAddress: '127.0.0.1' },
    ]);
  });
});

describe('paths', () => {
  const get = (path: string, headers = {}): Promise<Answered> => running.ask({ path, headers });

  test('version.xml is for everybody', async () => {
    const { status, body, headers } = await get('/vasa/version.xml');
    expect({ status, body, type: headers['content-type'] }).toEqual({
      status: 200,
      body: '<versions/>',
      type: 'text/xml; charset=utf-8',
    });
    expect(running.log.records).toMatchObject([
      { operation: 'versionXml', outcome: 'ok', api_version: 'none', soap_version: 'none' },
    ]);
  });

  test('the contract is complete, with the address the client came by', async () => {
    const seen = new Set<string>();
    const follow = async (path: string): Promise<void> => {
      const { status, body } = await get(path, { host: 'provider.example:8443' });
      expect(status).toBe(200);
      for (const [, location = ''] of body.matchAll(/schemaLocation="([^"]+)"/g)) {
        expect(location).toMatch(
          /^https:\/\/provider\.example:8443\/vasa\/services\/vasaService\?xsd=/,
        );
        const { pathname, search } = new URL(location);
        if (seen.has(search)) continue;
        seen.add(search);
        await follow(pathname + search);
      }
    };
    await follow(`${SERVICE_PATH}?WSDL`);
    expect(seen.size).toBe(12);
    const { body } = await get(`${SERVICE_PATH}?wsdl`);
    expect(
      body.match(/location="https:\/\/127\.0\.0\.1:\d+\/vasa\/services\/vasaService"/g),
    ).toHaveLength(2);
  });

  test('a Host that is no host does not get into the contract', async () => {
    const { body } = await get(`${SERVICE_PATH}?wsdl`, { host: 'a"<b>' });
    expect(body).toContain(`location="https://127.0.0.1:${running.port}/vasa`);
    expect(body).not.toContain('a"<b>');
  });

  test.each(['../vasa-1.0/data.xsd', 'vasaService.wsdl', 'constructor', ''])(
    'no schema %s',
    async (file) => {
      expect((await get(`${SERVICE_PATH}?xsd=${encodeURIComponent(file)}`)).status).toBe(404);
    },
  );

  test('a catalog has its date, and is not sent twice', async () => {
    const { status, body, headers } = await get('/vasa/catalog/en/event.vmsg');
    expect({ status, body }).toEqual({ status: 200, body: 'a = b\n' });
    const modified = headers['last-modified'] ?? '';
    expect(modified).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    const again = await get('/vasa/catalog/en/event.vmsg', { 'if-modified-since': modified });
    expect({ status: again.status, body: again.body }).toEqual({ status: 304, body: '' });
    const newer = await get('/vasa/catalog/en/event.vmsg', {
      'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT',
    });
    expect(newer.status).toBe(200);
  });

  test.each([
    ['GET', '/', 404],
    ['GET', '/vasa/version.xml/', 404],
    ['GET', '/vasa/catalog/en/../en/event.vmsg', 404],
    ['GET', '/%ZZ', 400],
    ['GET', '/constructor', 404],
    ['GET', SERVICE_PATH, 405],
    ['PUT', SERVICE_PATH, 405],
    ['DELETE', SERVICE_PATH, 405],
    ['OPTIONS', SERVICE_PATH, 405],
    ['TRACE', SERVICE_PATH, 405],
    ['PROPFIND', SERVICE_PATH, 405],
    ['POST', '/vasa/version.xml', 405],
    ['POST', '/elsewhere', 404],
  ])('%s %s is %i in a few words and one line', async (method, path, status) => {
    const answer = await running.ask({ method, path });
    expect(answer.status).toBe(status);
    expect(answer.headers['server']).toBe(SIGNATURE);
    expect(answer.body.length).toBeLessThan(80);
    if (status === 405) expect(answer.headers['allow']).toMatch(/POST|GET/);
    expect(running.log.records).toMatchObject([
      { outcome: 'Client', http_status: status, soap_version: 'none' },
    ]);
  });

  test('HEAD gives the head', async () => {
    const { status, body, headers } = await running.ask({
      method: 'HEAD',
      path: '/vasa/version.xml',
    });
    expect({ status, body, length: headers['content-length'] }).toEqual({
      status: 200,
      body: '',
      length: '11',
    });
  });
});

test('a template that fails is 500 without a word of why, and the log has the cause', async () => {
  const broken = await startServer(
    {},
    {
      versionXml: () => {
        throw new Error('/etc/secret is missing');
      },
    },
  );
  const { status, body } = await broken.ask({ path: '/vasa/version.xml' });
  await broken.stop();
  expect(status).toBe(500);
  expect(body).toBe('the provider failed\n');
  expect(broken.log.records).toMatchObject([
    { outcome: 'Server', http_status: 500, cause: { message: '/etc/secret is missing' } },
  ]);
});

test('requests on one connection share its number', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await post(DELETE, { agent });
  await post(DELETE, { agent });
  agent.destroy();
  await post(DELETE);
  const [first, second, third] = running.log.records.map(({ connection }) => connection);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});
