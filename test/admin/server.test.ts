/**
 * Goal: the operator's verbs reach the provider over a socket that only the owner can open, say no in words,
 * and find their way when a provider died or the data folder has a long name.
 */
import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { adminClient } from '../../src/admin/client.ts';
import { openHealthServer } from '../../src/admin/health.ts';
import { AdminError, type RunningAdministration } from '../../src/admin/port.ts';
import type { Queries } from '../../src/admin/queries/port.ts';
import { openAdminServer } from '../../src/admin/server.ts';
import {
  findSocket,
  newSocketPath,
  publishAddress,
  withdrawAddress,
} from '../../src/admin/socket.ts';
import { arrayAdministration } from '../../src/run/array-administration.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Heard {
  readonly administration: RunningAdministration;
  readonly orders: unknown[][];
}

function listening(change: Partial<RunningAdministration> = {}): Heard {
  const orders: unknown[][] = [];
  const heard =
    <Answer>(name: string, answer: Answer) =>
    async (...args: unknown[]): Promise<Answer> => {
      orders.push([name, ...args]);
      return answer;
    };
  const certificate = {
    subject: 's',
    issuer: 'i',
    notBefore: 'b',
    notAfter: 'a',
    sha256: '2',
    sha1: '1',
    installedBy: 'self-signed',
    chain: 'PEM',
  };
  const backup = {
    ...{ file: '/f', uid: 'u', createdAt: 'c' },
    ...{ users: 1, registrations: 0, keys: 1, bytes: 2 },
  };
  const entry = { switch: 1, target: 'everything', until: 'later' };
  const time = { now: 'now', offsetMs: 0, movable: true };
  const queries = new Proxy(
    {},
    { get: (_target, name) => heard(`queries.${String(name)}`, []) },
  ) as Queries; // Each query is heard under its name, whichever there are.
  const fault = { id: 'rule-1', rule: 'error busy on bind', matched: 0, injected: 0 };
  const administration: RunningAdministration = {
    clock: {
      show: heard('clock.show', time),
      moveBy: heard('clock.moveBy', time),
      reset: heard('clock.reset', time),
    },
    faults: {
      list: heard('faults.list', { seed: 's', rules: [fault] }),
      add: heard('faults.add', fault),
      remove: heard('faults.remove', undefined),
      clear: heard('faults.clear', { count: 1 }),
    },
    array: arrayAdministration(undefined, 'my-adapter'),
    queries,
    metrics: heard('metrics', ''),
    users: heard('users', []),
    saveUser: heard('saveUser', 'added' as const),
    removeUser: heard('removeUser', true),
    certificate: heard('certificate', certificate),
    renewCertificate: heard('renewCertificate', certificate),
    installCertificate: heard('installCertificate', certificate),
    releaseCertificate: heard('releaseCertificate', certificate),
    registrations: heard('registrations', []),
    removeRegistration: heard('removeRegistration', true),
    backup: heard('backup', backup),
    copyDatabase: heard('copyDatabase', undefined),
    auditHead: heard('auditHead', { seq: 0, hash: '' }),
    status: async () => {
      throw new Error('a failure of our own');
    },
    verbose: heard('verbose', [entry]),
    verboseOn: heard('verboseOn', entry),
    verboseOff: heard('verboseOff', 2),
    ...change,
  };
  return { administration, orders };
}

async function open(heard: Heard, folder = mkdtempSync(join(tmpdir(), 'keelson-admin-'))) {
  const failures: unknown[] = [];
  const path = newSocketPath(folder);
  const server = await openAdminServer(path, heard.administration, (error) => failures.push(error));
  closing.push(() => server.close());
  return { path, folder, failures, client: adminClient(path) };
}

function post(socketPath: string, path: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request({ socketPath, path, method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('admin socket', () => {
  it('hands every order on with its arguments, and brings the answer back', async () => {
    const heard = listening();
    const { client } = await open(heard);
    expect(await client.saveUser('a/b ü', 'secret')).toBe('added');
    expect(await client.removeUser('a/b ü')).toBe(true);
    expect(await client.users()).toEqual([]);
    expect((await client.certificate()).chain).toBe('PEM');
    await client.renewCertificate();
    await client.installCertificate('CHAIN');
    await client.installCertificate('CHAIN', 'KEY');
    await client.releaseCertificate();
    expect(await client.registrations()).toEqual([]);
    expect(await client.removeRegistration('a/b')).toBe(true);
    expect(await client.backup('/f')).toMatchObject({ file: '/f', keys: 1 });
    await client.copyDatabase('/c');
    expect(await client.verboseOn({ host: 'h', seconds: 5 })).toMatchObject({
      target: 'everything',
    });
    expect(await client.verboseOff({ volume: 'v' })).toBe(2);
    expect(await client.verbose()).toHaveLength(1);
    expect(heard.orders).toEqual([
      ['saveUser', 'a/b ü', 'secret'],
      ['removeUser', 'a/b ü'],
      ['users'],
      ['certificate'],
      ['renewCertificate'],
      ['installCertificate', 'CHAIN', undefined],
      ['installCertificate', 'CHAIN', 'KEY'],
      ['releaseCertificate'],
      ['registrations'],
      ['removeRegistration', 'a/b'],
      ['backup', '/f'],
      ['copyDatabase', '/c'],
      ['verboseOn', { host: 'h', seconds: 5 }],
      ['verboseOff', { volume: 'v' }],
      ['verbose'],
    ]);
  });

  it('hands on orders about the clock and fault rules', async () => {
    const heard = listening();
    const { client } = await open(heard);
    expect(await client.clock.show()).toMatchObject({ now: 'now' });
    expect(await client.clock.moveBy(-5)).toMatchObject({ movable: true });
    await client.clock.reset();
    await expect(client.clock.moveBy(0.5)).rejects.toThrow('milliseconds');
    expect((await client.faults.list()).rules).toHaveLength(1);
    expect(await client.faults.add({ on: 'bind' })).toMatchObject({ id: 'rule-1' });
    await client.faults.remove('a/b');
    expect(await client.faults.clear()).toEqual({ count: 1 });
    expect(heard.orders).toEqual([
      ['clock.show'],
      ['clock.moveBy', -5],
      ['clock.reset'],
      ['faults.list'],
      ['faults.add', { on: 'bind' }],
      ['faults.remove', 'a/b'],
      ['faults.clear'],
    ]);
  });

  it('only the owner can open the socket', async () => {
    const { path } = await open(listening());
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('a refusal comes back in its own words, a failure of ours is reported as one', async () => {
    const heard = listening({
      saveUser: async () => {
        throw new AdminError('the name is too short');
      },
    });
    const { client, failures } = await open(heard);
    await expect(client.saveUser('x', 'y')).rejects.toThrow(
      new AdminError('the name is too short'),
    );
    expect(failures).toEqual([]);
    await expect(client.status()).rejects.toThrow('a failure of our own');
    expect(failures).toHaveLength(1);
  });

  it.each([
    ['/api/verbose', '{"seconds":0}'],
    ['/api/verbose', '{"seconds":5,"hots":"x"}'],
    ['/api/verbose', '{"seconds":5,"host":""}'],
    ['/api/certificate/install', '{}'],
    ['/api/certificate/install', '{'],
  ])('POST %s of %s is refused and reaches nobody', async (path, body) => {
    const heard = listening();
    const opened = await open(heard);
    expect(await post(opened.path, path, body)).toBe(400);
    expect([heard.orders, opened.failures]).toEqual([[], []]);
  });

  it('a body too large, and a path that is not there, are refused', async () => {
    const { path } = await open(listening());
    const large = JSON.stringify({ chain: 'x'.repeat(1_000_000) });
    expect(await post(path, '/api/certificate/install', large)).toBe(413);
    expect(await post(path, '/nothing', '{}')).toBe(404);
  });

  it('what a provider that died left behind is replaced, and is not taken for a running one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keelson-stale-'));
    const socket = newSocketPath(folder);
    writeFileSync(socket, '');
    publishAddress(folder, { socket, pid: 1 });
    expect(await findSocket(folder)).toBeUndefined();
    await open(listening(), folder);
    expect(await findSocket(folder)).toBe(socket);
  });

  it('a data folder with a long name keeps its socket elsewhere, in a private folder', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'keelson-long-')), 'x'.repeat(120));
    mkdirSync(folder);
    const { path, client } = await open(listening(), folder);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    publishAddress(folder, { socket: path, pid: process.pid });
    expect(await findSocket(folder)).toBe(path);
    expect(await client.users()).toEqual([]);
    withdrawAddress(folder, path);
    expect([existsSync(join(path, '..')), existsSync(join(folder, 'admin.json'))]).toEqual([
      false,
      false,
    ]);
  });

  it('no address, or one that makes no sense, means that none runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keelson-none-'));
    expect(await findSocket(folder)).toBeUndefined();
    for (const text of ['', '{', 'null', '[]', '{"socket":3}']) {
      writeFileSync(join(folder, 'admin.json'), text);
      expect(await findSocket(folder)).toBeUndefined();
    }
  });
});

describe('/healthz', () => {
  it('is 200 while healthy, 503 while not, and nothing else is there', async () => {
    let healthy = true;
    const array = 'answers' as const;
    const address = { host: '127.0.0.1', port: 0 };
    const health = await openHealthServer(address, async () => ({ healthy, array }));
    closing.push(() => health.close());
    expect((await fetch(health.url)).status).toBe(200);
    healthy = false;
    const answer = await fetch(health.url);
    expect([answer.status, await answer.json()]).toEqual([503, { healthy: false, array }]);
    expect((await fetch(new URL('/', health.url))).status).toBe(404);
  });
});
