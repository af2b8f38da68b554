/**
 * Goal: the built program runs as docs/configuration.md says: it tells where it is, answers, writes a line for
 * each request that survives kill -9, drains on SIGTERM, and ends clearly when it cannot start.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ReadyFile } from '../../src/cli/ready-file.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/src/main.js');
const folders: string[] = [];
const running: ServerProcess[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'keelson-run-'));
  folders.push(made);
  return made;
}

async function start(
  place: string,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const server = await startServer(place, { environment });
  running.push(server);
  return server;
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.end('SIGKILL');
});
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

function readyOf(place: string): ReadyFile {
  return JSON.parse(readFileSync(join(place, 'ready.json'), 'utf8'));
}

/** GET, or POST of a body, over TLS with the provider's certificate trusted. */
function ask(
  url: string,
  ca: string,
  body?: string,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  return new Promise((settle, reject) => {
    const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '"urn:queryArrays"' };
    const sent = request(
      url,
      body === undefined ? { ca } : { ca, method: 'POST', headers },
      (answer) => {
        let text = '';
        answer.on('data', (part) => {
          text += part;
        });
        answer.on('end', () =>
          settle({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function logLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

const CANARY = 'c4naryS3cret';
const QUERY = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><v:queryArrays xmlns:v="http://com.vmware.vim.vasa/2.0/xsd"><v:password>${CANARY}</v:password></v:queryArrays></s:Body></s:Envelope>`;

function keelson(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { status, stdout, stderr };
}

describe('a provider that runs', () => {
  it('says where it is: in the ready file, on standard error, in the log, over the admin socket', async () => {
    const place = folder();
    const server = await start(place);
    const ready = readyOf(place);
    expect(ready.versionXml).toMatch(
      new RegExp(`^https://[^/]+:${ready.port}/vasa/version\\.xml$`),
    );
    expect(ready.pid).toBeGreaterThan(1);
    const ca = readFileSync(ready.certificateFile, 'utf8');
    const versions = await ask(ready.versionXml, ca);
    expect([versions.status, versions.headers['server']]).toEqual([200, ready.release]);
    const [, location = ''] = /<serviceLocation>(.*)<\/serviceLocation>/.exec(versions.text) ?? [];
    expect((await ask(`${location}?wsdl`, ca)).text).toContain('definitions');
    expect((await fetch(ready.healthUrl)).status).toBe(200);
    const page = await fetch(ready.consoleUrl ?? '');
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Keelson')]);
    expect((await fetch(new URL('/vendor/htm.js', page.url))).status).toBe(200);
    const output = server.output();
    for (const part of [
      ready.versionXml,
      ready.healthUrl,
      ready.consoleUrl,
      ready.adminSocket,
      'SHA-256',
      'Register in vCenter',
    ]) {
      expect(output).toContain(part);
    }
    const started = logLines(output).find((line) => line['event'] === 'started');
    expect(started).toMatchObject({ event: 'started', port: ready.port, release: ready.release });
    const status = keelson('status', '--data-dir', ready.dataDirectory, '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({
      pid: ready.pid,
      arrayAnswers: true,
      release: ready.release,
    });
  });

  it('keeps keys, database and sockets from everybody else', async () => {
    const place = folder();
    await start(place);
    const { dataDirectory } = readyOf(place);
    for (const name of [
      dataDirectory,
      ...readdirSync(dataDirectory).map((name) => join(dataDirectory, name)),
    ]) {
      expect(statSync(name).mode & 0o077, name).toBe(0);
    }
  });

  it('a user’s password is made and shown once, on the first start alone', async () => {
    const place = folder();
    const environment = { KEELSON_ADMIN_PASSWORD: '' };
    const first = await start(place, environment);
    const [, password = ''] = /password {9}(\S+) +shown this once/.exec(first.output()) ?? [];
    expect(password.length).toBeGreaterThanOrEqual(16);
    const shownInLog = logLines(first.output()).some((line) =>
      JSON.stringify(line).includes(password),
    );
    expect(shownInLog).toBe(false);
    expect(await first.end('SIGTERM')).toBe(0);
    const before = first.output().length;
    const second = await start(place, environment);
    expect(second.output().slice(before)).not.toContain('shown this once');
    const uids = logLines(second.output())
      .filter((line) => line['event'] === 'started')
      .map((line) => line['uid']);
    expect(uids).toEqual([expect.any(String), uids[0]]);
  });

  it('the line of the last answered request is in the log after kill -9', async () => {
    const place = folder();
    const directory = join(place, 'logs');
    const server = await start(place, { KEELSON_LOG_DIRECTORY: directory });
    const ready = readyOf(place);
    const ca = readFileSync(ready.certificateFile, 'utf8');
    const url = `https://localhost:${ready.port}/vasa/2.0/vasaService`;
    const seen: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      const { text } = await ask(url, ca, QUERY);
      seen.push(/request ([0-9a-f-]{36})\]/.exec(text)?.[1] ?? 'none');
    }
    expect(await server.end('SIGKILL')).toBeNull();
    for (const text of [server.output(), readFileSync(join(directory, 'keelson.log'), 'utf8')]) {
      const logged = logLines(text).filter((line) => line['event'] === 'request');
      expect(logged.map((line) => line['request_id'])).toEqual(seen);
      expect(new Set(logged.map((line) => line['release']))).toEqual(new Set([ready.release]));
    }
  });

  it('verbose mode is switched by command and signal, joins bodies to requests, and hides secrets', async () => {
    const place = folder();
    const server = await start(place);
    const ready = readyOf(place);
    const ca = readFileSync(ready.certificateFile, 'utf8');
    const url = `https://localhost:${ready.port}/vasa/2.0/vasaService`;
    const where = ['--data-dir', ready.dataDirectory];
    const bodies = () => logLines(server.output()).filter((line) => line['event'] === 'bodies');
    await ask(url, ca, QUERY);
    expect(bodies()).toEqual([]);
    expect(keelson('verbose', 'on', '--host', '203.0.113.99', '--for', '5m', ...where).status).toBe(
      0,
    );
    await ask(url, ca, QUERY);
    expect(bodies()).toEqual([]);
    expect(keelson('verbose', 'on', ...where).stdout).toMatch(/^verbose for everything until /);
    await ask(url, ca, QUERY);
    const [line] = bodies();
    const last = logLines(server.output())
      .filter(({ event }) => event === 'request')
      .at(-1);
    expect(line?.['request_id']).toBe(last?.['request_id']);
    expect(line?.['request_body']).toContain('queryArrays');
    expect(line?.['response_body']).toContain('Fault');
    expect(server.output()).not.toContain(CANARY);
    expect(keelson('verbose', 'off', ...where).stdout).toBe('switched off: 2\n');
    process.kill(ready.pid, 'SIGUSR2');
    await until(() =>
      keelson('verbose', 'status', ...where).stdout.startsWith('verbose for everything'),
    );
  });

  it('commands of the operator act on the running provider', async () => {
    const place = folder();
    await start(place);
    const ready = readyOf(place);
    const where = ['--data-dir', ready.dataDirectory];
    const before = readFileSync(ready.certificateFile, 'utf8');
    expect(keelson('certificate', 'renew', ...where).status).toBe(0);
    const after = readFileSync(ready.certificateFile, 'utf8');
    expect(after).not.toBe(before);
    const url = `https://localhost:${ready.port}/vasa/version.xml`;
    expect((await ask(url, after)).status).toBe(200);
    await expect(ask(url, before)).rejects.toThrow(/self-signed certificate|unable to verify/);
    const file = join(place, 'password');
    writeFileSync(file, 'a password of tests\n');
    expect(keelson('user', 'add', 'second', '--password-file', file, ...where).stdout).toBe(
      'second: added\n',
    );
    expect(keelson('user', 'list', ...where).stdout).toContain('second\t');
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (condition()) return;
    await pause(100);
  }
  throw new Error('the condition never came true');
}

describe('the end of a provider', () => {
  it('SIGTERM finishes what is in flight, refuses what is new, ends with 0 and takes its traces away', async () => {
    const place = folder();
    const server = await start(place);
    const ready = readyOf(place);
    const ca = readFileSync(ready.certificateFile, 'utf8');
    const url = `https://localhost:${ready.port}/vasa/2.0/vasaService`;
    const headers = {
      'content-type': 'text/xml',
      soapaction: 'urn:queryArrays',
      'content-length': QUERY.length,
    };
    const sent = request(url, { ca, method: 'POST', headers });
    const answer = once(sent, 'response');
    // Half of the body is under way when the signal comes.
    await new Promise<void>((done) => sent.write(QUERY.slice(0, 100), () => done()));
    await pause(200);
    const ended = server.end('SIGTERM');
    await until(() => logLines(server.output()).some((line) => line['event'] === 'stopping'));
    await expect(ask(url, ca)).rejects.toThrow(/ECONNREFUSED/);
    sent.end(QUERY.slice(100));
    const [response] = await answer;
    response.resume();
    expect(response.statusCode).toBe(500);
    expect(await ended).toBe(0);
    const events = logLines(server.output()).map((line) => line['event']);
    expect(events.slice(-3)).toEqual(['stopping', 'request', 'stopped']);
    for (const trace of [
      ready.adminSocket,
      join(place, 'ready.json'),
      join(ready.dataDirectory, 'admin.json'),
    ]) {
      expect(existsSync(trace), trace).toBe(false);
    }
  });

  it('a call that does not end is given up after the drain time, and a second signal ends at once', async () => {
    const place = folder();
    for (const second of [false, true]) {
      const server = await start(place, { KEELSON_DRAIN_SECONDS: second ? '60' : '1' });
      const ready = readyOf(place);
      const ca = readFileSync(ready.certificateFile, 'utf8');
      const headers = { 'content-length': 10_000 };
      const sent = request(`https://localhost:${ready.port}/vasa/2.0/vasaService`, {
        ca,
        method: 'POST',
        headers,
      });
      sent.on('error', () => {});
      await new Promise<void>((done) => sent.write('<', () => done()));
      const begun = Date.now();
      const ended = server.end('SIGTERM');
      if (second) {
        await until(
          () => logLines(server.output()).filter(({ event }) => event === 'stopping').length > 1,
        );
        await server.end('SIGTERM');
      }
      expect(await ended).toBe(second ? 143 : 0);
      expect(Date.now() - begun).toBeLessThan(10_000);
    }
  });
});

describe('a failure nobody expected', () => {
  it('is the last line of the log with its causes, and ends the program with 1', async () => {
    const place = folder();
    const simulator = resolve(import.meta.dirname, '../../dist/simulator/index.js');
    const adapter = join(place, 'adapter.mjs');
    writeFileSync(
      adapter,
      `import { openArray as open } from ${JSON.stringify(simulator)};
       export const openArray = async (environment) => {
         setTimeout(() => { throw new Error('out of the blue', { cause: new Error('deep below') }); }, 3_000);
         return open(environment);
       };`,
    );
    const directory = join(place, 'logs');
    const server = await start(place, {
      KEELSON_ARRAY_MODULE: adapter,
      KEELSON_LOG_DIRECTORY: directory,
    });
    await until(() => server.output().includes('"fatal"'));
    expect(await server.end('SIGTERM')).toBe(1);
    const last = logLines(readFileSync(join(directory, 'keelson.log'), 'utf8')).at(-1);
    expect(last).toMatchObject({
      event: 'fatal',
      cause: [{ message: 'out of the blue' }, { message: 'deep below' }],
    });
    expect(await (await start(place)).end('SIGTERM')).toBe(0);
  });
});

describe('a provider that cannot start', () => {
  async function failure(place: string, environment: Record<string, string>) {
    const child: ChildProcess = spawn(
      process.execPath,
      [MAIN, 'serve', '--port', '0', '--data-dir', join(place, 'data')],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { PATH: process.env['PATH'], ...environment },
      },
    );
    let stderr = '';
    child.stderr?.on('data', (part) => {
      stderr += part;
    });
    const [code] = await once(child, 'close');
    const lines = stderr.trimEnd().split('\n');
    expect(lines, stderr).toHaveLength(1);
    return { code, line: lines[0] };
  }

  it('on a busy port ends with 3 and names it, leaving a good data folder', async () => {
    const place = folder();
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const port = (busy.address() as { port: number }).port;
    const environment = { KEELSON_HOST: '127.0.0.1' };
    const taken = spawnSync(
      process.execPath,
      [MAIN, 'serve', '--port', `${port}`, '--data-dir', join(place, 'data')],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], ...environment },
      },
    );
    expect(taken.status).toBe(3);
    expect(taken.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(taken.stderr).toContain(`${port}`);
    // Its password was never shown, so the next start must make another.
    expect(keelson('user', 'list', '--data-dir', join(place, 'data')).stdout).not.toContain(
      'admin',
    );
    const health = await failure(place, { KEELSON_HEALTH_PORT: `${port}` });
    expect(health).toMatchObject({ code: 3, line: expect.stringContaining(`${port}`) });
    busy.close();
    expect(await (await start(place)).end('SIGTERM')).toBe(0);
  });

  it('on the folder of another process ends with 5, and the other goes on', async () => {
    const place = folder();
    await start(place);
    expect(await failure(place, {})).toMatchObject({
      code: 5,
      line: expect.stringContaining('another process'),
    });
    const ready = readyOf(place);
    expect((await fetch(ready.healthUrl)).status).toBe(200);
    expect(keelson('status', '--data-dir', ready.dataDirectory).status).toBe(0);
  });

  it('on a folder that is none ends with 4', async () => {
    const place = folder();
    writeFileSync(join(place, 'data'), 'a file');
    expect(await failure(place, {})).toMatchObject({
      code: 4,
      line: expect.stringContaining('data'),
    });
  });

  it('on a database of a newer release, or of another program, ends with 6 and leaves it as it was', async () => {
    for (const foreign of [false, true]) {
      const place = folder();
      mkdirSync(join(place, 'data'));
      if (!foreign) await (await start(place)).end('SIGTERM');
      const file = join(place, 'data/provider.db');
      const database = new Database(file);
      if (foreign) database.exec('CREATE TABLE theirs (x)');
      database.pragma('user_version = 9999');
      database.close();
      const before = readFileSync(file);
      expect(await failure(place, {})).toMatchObject({
        code: 6,
        line: expect.stringContaining('provider.db'),
      });
      expect(readFileSync(file).equals(before)).toBe(true);
    }
  });

  it.each([
    [{ KEELSON_PROT: '1' }, 2, 'KEELSON_PORT'],
    [{ KEELSON_ARRAY_MODULE: './nowhere.js' }, 8, 'nowhere.js'],
    [{ KEELSON_ARRAY_MODULE: 'zod' }, 8, 'openArray'],
    [{ KEELSON_ARRAY_OPTIONS: '{presett: small}' }, 8, 'presett'],
    [{ KEELSON_VERSION_XML: '/nowhere.xml' }, 2, '/nowhere.xml'],
    [{ KEELSON_HOST: '203.0.113.1' }, 3, '203.0.113.1'],
    [{ KEELSON_LOG_DIRECTORY: '/proc/nowhere' }, 4, '/proc/nowhere'],
    [{ KEELSON_READY_FILE: '/proc/nowhere/ready' }, 4, '/proc/nowhere'],
  ])('with %j ends with %d and one line', async (environment, code, part) => {
    const said = await failure(folder(), environment as Record<string, string>);
    expect(said).toMatchObject({ code, line: expect.stringContaining(part) });
  });
});
