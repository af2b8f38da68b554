/**
 * Goal: nobody but who is logged in sees or changes anything over the console's listener, whatever a browser or
 * another site sends; and what it serves is what it has, and no file beside.
 */
import { readFileSync } from 'node:fs';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../../../certs/make.ts';
import { LiveFeed } from '../../../src/admin/live.ts';
import type { ConsoleLogin, Operator, RunningAdministration } from '../../../src/admin/port.ts';
import { ROUTES } from '../../../src/admin/routes/all.ts';
import { API_PREFIX } from '../../../src/admin/routes/route.ts';
import { type ConsoleServer, openConsole } from '../../../src/admin/web/server.ts';
import { systemClock } from '../../../src/model/clock.ts';
import { VasaFault } from '../../../src/model/faults.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { USER } from '../../support/server-process.ts';
import { ask, askAs, logIn, type Visitor } from './staged.ts';

const AT = '2030-01-01T00:00:00.000Z';
const live = new LiveFeed();
const logins: ConsoleLogin[] = [];
const failures: unknown[] = [];
/** Verbs that reached the provider, and in whose name. */
const reached: { readonly verb: string; readonly by: Operator }[] = [];

/** Verbs of any name, each of which is noted; users are asked by the listener itself. */
function verbs(by: Operator, prefix = ''): RunningAdministration {
  const get = (_target: object, name: string | symbol) => {
    const verb = `${prefix}${String(name)}`;
    if (verb === 'users')
      return async () => [{ userName: USER.name, createdAt: AT, changedAt: AT }];
    if (['clock', 'faults', 'array', 'queries'].includes(verb)) return verbs(by, `${verb}.`);
    return async () => {
      reached.push({ verb, by });
      if (verb === 'status') throw new Error('a failure of our own');
      return {};
    };
  };
  // Whatever verbs there are, it has them: nothing else of the type is relied on.
  return new Proxy({}, { get }) as RunningAdministration;
}

function open(host: string, tls = () => ({ key: '', cert: '' })): Promise<ConsoleServer> {
  return openConsole({
    ...{ host, port: 0, names: ['Provider.Example.com'], tls, live, clock: systemClock },
    login: async ({ userName, password }) => {
      if (password === 'busy') throw new VasaFault('VasaProviderBusy', 'too many logins wait');
      if (userName === USER.name && password === USER.password) return userName;
      throw new VasaFault(
        'InvalidLogin',
        'User name or password is wrong, or logging in is locked.',
      );
    },
    administrationFor: verbs,
    consoleLogin: (login) => void logins.push(login),
    failed: (error) => void failures.push(error),
  });
}

let console: ConsoleServer;
let url: URL;
let visitor: Visitor;
beforeAll(async () => {
  console = await open('127.0.0.1');
  url = new URL(console.url);
  visitor = await logIn(url);
});
afterAll(() => console.close());

const CHANGES = ROUTES.filter(({ method }) => method !== 'GET');
const named = (routes: typeof ROUTES) => routes.map((route) => [route.id, route] as const);
const pathOf = (path: string) => API_PREFIX + path.replace(/:\w+/g, 'x');
const takeReached = () => reached.splice(0).map(({ verb }) => verb);

describe('without a session', () => {
  test.each(named(ROUTES))('%s is refused with 401 and reaches nothing', async (_id, route) => {
    const asked = { method: route.method, ...(route.method === 'GET' ? {} : { body: {} }) };
    const { status, json } = await ask(url, pathOf(route.path), asked);
    expect([status, json]).toEqual([401, { error: 'log in first' }]);
    expect(takeReached()).toEqual([]);
  });

  test.each(['/api/live', '/api/openapi.json', '/api/session'])('%s is refused', async (path) => {
    expect((await ask(url, path)).status).toBe(401);
  });

  test('a path of the API that is not there says no more than one that is', async () => {
    expect((await ask(url, '/api/nothing')).status).toBe(401);
  });

  test.each(['', 'x', 'a'.repeat(43)])(
    'a cookie that was made up (%j) opens nothing',
    async (id) => {
      const headers = { cookie: `keelson-console-${url.port}=${id}` };
      expect((await ask(url, '/api/users', { headers })).status).toBe(401);
    },
  );
});

describe('a change', () => {
  test.each(named(CHANGES))('%s is refused without the token', async (_id, route) => {
    const { cookie } = visitor;
    for (const token of [undefined, '', 'x', visitor.cookie.split('=')[1]]) {
      const headers = { cookie, ...(token === undefined ? {} : { 'x-csrf-token': token }) };
      const asked = { method: route.method, headers, body: {} };
      expect((await ask(url, pathOf(route.path), asked)).status).toBe(403);
    }
    expect(takeReached()).toEqual([]);
  });

  test('with the token is made, in the name of who is logged in', async () => {
    const answer = await askAs(url, visitor, '/api/certificate/renew', {
      method: 'POST',
      body: {},
    });
    expect(answer.status).toBe(200);
    const by = { kind: 'console', user: USER.name, peerAddress: '127.0.0.1' };
    expect(reached.splice(0)).toEqual([{ verb: 'renewCertificate', by }]);
  });

  test.each(named(CHANGES.filter(({ isLocal }) => isLocal)))(
    '%s names a file of the machine, and is refused whoever asks',
    async (_id, route) => {
      const asked = { method: route.method, body: { file: '/tmp/x' } };
      expect((await askAs(url, visitor, pathOf(route.path), asked)).status).toBe(403);
      expect(takeReached()).toEqual([]);
    },
  );

  test.each([
    ['a field that the route does not know', { method: 'POST', body: { secnods: 5 } }, 400],
    ['no record', { method: 'POST', body: [] }, 400],
    ['a form instead of JSON', { method: 'POST', headers: { 'content-type': 'text/xml' } }, 415],
    ['too much', { method: 'POST', body: { x: 'x'.repeat(LIMITS.adminBodyBytes) } }, 413],
  ])('of %s is refused', async (_what, asked, status) => {
    const sent = 'body' in asked ? asked : { ...asked, body: {} };
    expect((await askAs(url, visitor, '/api/verbose', sent)).status).toBe(status);
    expect(takeReached()).toEqual([]);
  });
});

describe('another site', () => {
  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `https://127.0.0.1` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('with %j is refused, whatever cookie and token it has', async (headers) => {
    expect((await askAs(url, visitor, '/api/users', { headers })).status).toBe(403);
    const asked = { method: 'POST', headers, body: {} };
    expect((await askAs(url, visitor, '/api/certificate/renew', asked)).status).toBe(403);
    const body = { userName: USER.name, password: USER.password };
    const login = await ask(url, '/api/session', { method: 'POST', headers, body });
    expect([login.status, login.headers['set-cookie']]).toEqual([403, undefined]);
    expect(takeReached()).toEqual([]);
  });

  test('its own page is answered', async () => {
    const headers = { origin: url.origin, 'sec-fetch-site': 'same-origin' };
    expect((await askAs(url, visitor, '/api/users', { headers })).status).toBe(200);
  });

  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    'a b',
    '[::2]',
  ])('that has the name %j point here gets nothing, not even the page', async (host) => {
    for (const path of ['/', '/api/users', '/main.js'])
      expect((await askAs(url, visitor, path, { headers: { host } })).status).toBe(421);
  });

  test.each(['localhost', 'LOCALHOST:9000', '127.0.0.1:1', '[::1]:8444', 'provider.example.com'])(
    'the provider’s own name %j is answered at any port, for a tunnel has its own',
    async (host) => {
      expect((await askAs(url, visitor, '/api/users', { headers: { host } })).status).toBe(200);
    },
  );
});

describe('a login', () => {
  const attempt = (body: unknown) => ask(url, '/api/session', { method: 'POST', body });

  test('gives a cookie that no script reads and no other site sends', async () => {
    const { headers, json } = await attempt({ userName: USER.name, password: USER.password });
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^keelson-console-\d+=[\w-]{43};/);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Secure');
    expect(json).toEqual({
      userName: USER.name,
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
      idleSeconds: LIMITS.consoleIdleMs / 1_000,
    });
    expect(cookie).not.toContain((json as { csrfToken: string }).csrfToken);
  });

  test('that is wrong is told apart from nothing, and noted', async () => {
    logins.length = 0;
    const [one, other] = [
      await attempt({ userName: USER.name, password: 'wrong' }),
      await attempt({ userName: 'nobody', password: 'wrong' }),
    ];
    expect([one.status, one.text]).toEqual([401, other.text]);
    expect(one.headers['set-cookie']).toBeUndefined();
    expect(logins.map(({ user, outcome }) => [user, outcome])).toEqual([
      [USER.name, 'refused'],
      ['nobody', 'refused'],
    ]);
    expect((await attempt({ userName: USER.name, password: 'busy' })).status).toBe(503);
  });

  test.each([{}, { userName: 'x' }, { userName: 'x', password: 5 }, [], 'x', null])(
    'of %j is refused',
    async (body) => {
      expect((await attempt(body)).status).toBe(400);
    },
  );

  test('ends by logging out; the cookie of before opens nothing', async () => {
    logins.length = 0;
    const guest = await logIn(url);
    expect((await askAs(url, guest, '/api/session')).json).toMatchObject({ userName: USER.name });
    const out = await askAs(url, guest, '/api/session', { method: 'DELETE' });
    expect(out.status).toBe(200);
    expect(out.headers['set-cookie']?.[0]).toMatch(
      /^keelson-console-\d+=;.*Expires=Thu, 01 Jan 1970/,
    );
    expect((await askAs(url, guest, '/api/session')).status).toBe(401);
    expect(logins.map(({ outcome }) => outcome)).toEqual(['ok', 'ended']);
  });

  test('again ends the session before', async () => {
    const first = await logIn(url);
    const body = { userName: USER.name, password: USER.password };
    await ask(url, '/api/session', { method: 'POST', headers: { cookie: first.cookie }, body });
    expect((await askAs(url, first, '/api/session')).status).toBe(401);
  });
});

describe('answers', () => {
  test.each(['/', '/api/users', '/api/nothing', '/nothing'])(
    '%s tells the browser what not to do',
    async (path) => {
      const { headers } = await askAs(url, visitor, path);
      const policy = headers['content-security-policy'];
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['access-control-allow-origin']).toBeUndefined();
      if (path.startsWith('/api/')) expect(headers['cache-control']).toBe('no-store');
    },
  );

  test('a failure of ours is 500, and noted', async () => {
    failures.length = 0;
    expect((await askAs(url, visitor, '/api/status')).status).toBe(500);
    expect(failures).toHaveLength(1);
    takeReached();
  });

  test('the document of the API is the one in docs/', async () => {
    const { json } = await askAs(url, visitor, '/api/openapi.json');
    const docs = join(import.meta.dirname, '../../../docs/admin-api.json');
    expect(json).toEqual(JSON.parse(readFileSync(docs, 'utf8')));
  });

  test('who asks on and on is told to wait, and others are not', async () => {
    const guest = await logIn(url);
    const all = await Promise.all(
      Array.from({ length: LIMITS.consoleBurst + 100 }, () => askAs(url, guest, '/api/session')),
    );
    const refused = all.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers['retry-after']).toBe('1');
    expect((await askAs(url, visitor, '/api/session')).status).toBe(200);
  });
});

describe('files', () => {
  test('the page is served, its import map allowed by its hash, and nothing else inline', async () => {
    const { headers, text } = await ask(url, '/');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('<script type="importmap">');
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[\w+/]+=*';/);
    const { headers: map, status } = await ask(url, '/vendor/preact.js');
    expect([status, map['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
  });

  test('what a browser has is not sent again', async () => {
    const { headers } = await ask(url, '/main.js');
    const again = await ask(url, '/main.js', { headers: { 'if-none-match': headers.etag ?? '' } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/style/../../run/provider.ts',
    '/tsconfig.json',
    '/vendor/../package.json',
    '/.git/config',
  ])('%s is not there', async (path) => {
    expect((await ask(url, path)).status).toBe(404);
  });
});

describe('live updates', () => {
  test('tell a change, and a request, to who is logged in', async () => {
    const controller = new AbortController();
    const stream = await fetch(new URL('/api/live', url), {
      headers: { cookie: visitor.cookie },
      signal: controller.signal,
    });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const row = { request_id: 'r', operation: 'bindVirtualVolume' };
    // Only what the row is told as matters here.
    live.answered('bindVirtualVolume', () => row as never);
    await askAs(url, visitor, '/api/clock/reset', { method: 'POST', body: {} });
    let heard = '';
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    while (!(heard.includes('bindings') && heard.includes('clock'))) {
      const piece = await reader?.read();
      if (piece?.done !== false) break;
      heard += piece.value;
    }
    controller.abort();
    expect(heard).toContain(`event: request\ndata: ${JSON.stringify(row)}\n\n`);
    expect(heard).toMatch(/event: changed\ndata: \{"subjects":\[.*"bindings"/);
    expect(heard).toContain('"clock"');
    takeReached();
  });

  test('let a page go that does not take them', async () => {
    const { cookie } = visitor;
    const socket = connect(Number(url.port), '127.0.0.1');
    socket.pause();
    socket.write(`GET /api/live HTTP/1.1\r\nhost: ${url.host}\r\ncookie: ${cookie}\r\n\r\n`);
    let isGone = false;
    socket.once('close', () => {
      isGone = true;
    });
    socket.on('error', () => undefined);
    const row = { reason: 'x'.repeat(50_000) };
    // What the machine itself holds for a reader is some megabytes; each round has five of them.
    for (let round = 0; round < 40 && !isGone; round += 1) {
      for (let n = 0; n < LIMITS.liveRequests; n += 1)
        live.answered('getEvents', () => row as never);
      await pause(LIMITS.liveGatherMs);
      // A paused socket learns of its end only by writing.
      if (round > 2) socket.write('x');
    }
    expect(isGone).toBe(true);
  });

  test('are for so many pages and no more', async () => {
    const controllers = Array.from(
      { length: LIMITS.consoleLivePages },
      () => new AbortController(),
    );
    const open = await Promise.all(
      controllers.map(({ signal }) =>
        fetch(new URL('/api/live', url), { headers: { cookie: visitor.cookie }, signal }),
      ),
    );
    expect(open.every(({ status }) => status === 200)).toBe(true);
    expect((await askAs(url, visitor, '/api/live')).status).toBe(503);
    for (const controller of controllers) controller.abort();
  });
});

describe('on an address that others reach', () => {
  test('it speaks TLS with the provider’s certificate, and with the next one when that is exchanged', async () => {
    const authority = await makeAuthority();
    const issue = async () => {
      const issued = await authority.issueServer({ hosts: ['localhost'] });
      return { key: issued.keyPem, cert: issued.certificatePem };
    };
    const first = await issue();
    const secure = await open('0.0.0.0', () => first);
    try {
      expect(secure.url).toMatch(/^https:\/\/Provider\.Example\.com:\d+\/$/);
      const served = (): Promise<string> =>
        new Promise((resolve, reject) => {
          const options = {
            ...{ host: 'localhost', port: new URL(secure.url).port, path: '/', agent: false },
            ca: authority.certificatePem,
          };
          httpsGet(options, ({ socket, statusCode }) => {
            const { fingerprint256 } = (
              socket as import('node:tls').TLSSocket
            ).getPeerCertificate();
            if (statusCode === 200) resolve(fingerprint256);
            else reject(new Error(`${statusCode}`));
          }).on('error', reject);
        });
      const before = await served();
      secure.replaceTls(await issue());
      expect(await served()).not.toBe(before);
    } finally {
      await secure.close();
    }
  });
});
