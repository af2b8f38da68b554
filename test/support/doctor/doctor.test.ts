/**
 * Goal: the doctor finds nothing where nothing is wrong, and names each thing that is broken with what to do, on a
 * provider that runs, on one that is stopped, and from another machine.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority } from '../../../certs/make.ts';
import { publishLastStart } from '../../../src/config/last-start.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { movableClock } from '../../../src/model/clock.ts';
import { databaseCopy } from '../../../src/support/database-copy.ts';
import { type Diagnosis, diagnose } from '../../../src/support/doctor/doctor.ts';
import type { Finding } from '../../../src/support/doctor/finding.ts';
import { findInstallation } from '../../../src/support/installation.ts';
import { keelson } from '../../cli/support.ts';
import { startInstallation, type TestInstallation } from '../installation.ts';
import { register } from '../registered.ts';
import { USER } from '../server-process.ts';

/** From a machine without a data folder: what is looked at first is the vCenter. */
const ELSEWHERE = [
  'doctor',
  '--json',
  '--url',
  'https://localhost:1/vasa/version.xml',
  '--vcenter',
];
const DAY_MS = 86_400_000;

let here: TestInstallation;
let diagnosis: Diagnosis;

beforeAll(async () => {
  here = await startInstallation();
  const said = await keelson(['doctor', '--config', here.configFile, '--json']);
  expect(said.stderr).toBe('');
  diagnosis = JSON.parse(said.stdout);
});
afterAll(() => here.remove());

/** The findings of one check. */
function of({ findings }: Diagnosis, check: string): readonly Finding[] {
  return findings.filter((each) => each.check === check);
}

function verdict(found: Diagnosis, check: string): string | undefined {
  return of(found, check)[0]?.verdict;
}

/** Looks at the data folder with a clock that was moved. */
async function looked(dataDir: string, movedMs: number): Promise<Diagnosis> {
  const clock = movableClock();
  clock.moveBy(movedMs);
  const installation = await findInstallation(dataDir);
  const copy = databaseCopy(installation);
  const loaded = loadConfig({ file: here.configFile });
  const rest = { url: undefined, vcenter: undefined, trust: [], triesRegistration: false };
  try {
    return await diagnose({ installation, copy, loaded, clock, ...rest });
  } finally {
    copy.close();
  }
}

describe('on a provider that runs and is well', () => {
  it('finds no problem', () => {
    expect(diagnosis.findings.filter((each) => each.verdict === 'problem')).toEqual([]);
    expect(diagnosis.subject).toContain('(running)');
  });

  it.each([
    'folder.owner',
    'folder.privacy',
    'folder.holder',
    'folder.flush',
    'folder.keys',
    'store.sound',
    'store.release',
    'array.sound',
    'names.resolve',
    'names.certificate',
    'tls.validity',
    'tls.key',
    'tls.handshake',
    'tls.versions',
    'time.provider',
    'wire.version-xml',
    'wire.stranger',
    'wire.registration',
  ])('has looked at %s', (check) => {
    expect(verdict(diagnosis, check)).toBe('ok');
  });

  it('says InvalidSession and InvalidLogin by name, and locks nobody out', async () => {
    expect(of(diagnosis, 'wire.stranger')[0]?.seen).toContain('InvalidSession');
    expect(of(diagnosis, 'wire.registration')[0]?.seen).toContain('InvalidLogin');
    const { versionXml, certificateFile } = here.provider;
    for (let turn = 0; turn < 6; turn += 1)
      await keelson(['doctor', '--url', versionXml, '--ca', certificateFile]);
    // Six wrong passwords would have locked this user out at this address.
    const { trust } = here.provider.parts;
    const by = { peerAddress: '127.0.0.1', requestId: undefined, certificate: undefined };
    const credentials = { userName: USER.name, password: USER.password };
    await expect(trust.users.login(credentials, by)).resolves.toBe(USER.name);
  });

  it('leaves nothing behind', () => {
    const { dataDir } = here;
    expect(of(diagnosis, 'folder.flush')[0]?.seen).toContain('flushed');
    expect(() => readFileSync(join(dataDir, `.doctor-${process.pid}`))).toThrow(/ENOENT/);
  });

  it('has advice for whatever is not well', () => {
    for (const { verdict: is, advice } of diagnosis.findings)
      if (is === 'warning' || is === 'problem') expect(advice).toMatch(/\w/);
  });

  it('names a certificate that has ended, and one that soon does', async () => {
    const ended = await looked(here.dataDir, 20 * 365 * DAY_MS);
    expect(of(ended, 'tls.validity')).toMatchObject([{ verdict: 'problem' }]);
    expect(of(ended, 'tls.validity')[0]?.advice).toContain('keelson certificate renew');
    expect(of(ended, 'time.provider')).toMatchObject([{ verdict: 'warning' }]);
    const until = Date.parse((await here.provider.administration.certificate()).notAfter);
    const soon = await looked(here.dataDir, until - Date.now() - 10 * DAY_MS);
    expect(verdict(soon, 'tls.validity')).toBe('warning');
  });

  it('names a public name that is not in the certificate, and one that nobody knows', async () => {
    const said = await keelson([
      'doctor',
      '--json',
      '--config',
      writeConfig('names', { publicNames: ['localhost', 'vp.invalid'] }),
    ]);
    expect(said.code).toBe(10);
    const [found] = of(JSON.parse(said.stdout), 'names.certificate');
    expect(found).toMatchObject({ verdict: 'problem' });
    expect(found?.seen).toContain('vp.invalid');
    expect(found?.advice).toContain('publicNames');
  });

  it('says that no vCenter has registered; and of one that has, when its authority ends', async () => {
    expect(verdict(diagnosis, 'trust.registrations')).toBe('warning');
    const vcenter = await register(here.provider);
    const now = await looked(here.dataDir, 0);
    expect(verdict(now, 'trust.registrations')).toBe('ok');
    // Its authority has signed the provider's certificate: the file in the data folder ends below the root.
    expect(verdict(now, 'tls.handshake')).toBe('ok');
    const later = of(await looked(here.dataDir, 400 * DAY_MS), 'trust.registrations');
    expect(later.map((each) => each.verdict)).toEqual(['problem', 'warning']);
    expect(later[0]?.seen).toContain('Test vCenter CA');
    expect(later[1]?.seen).toContain('revocation list');
    (await vcenter.host('host-1')).close();
    expect(verdict(await looked(here.dataDir, 0), 'trust.hosts')).toBe('ok');
  });

  it('goes by the settings that the provider was started with, whatever the command was given', async () => {
    const loaded = loadConfig({ file: here.configFile });
    const startedAt = new Date().toISOString();
    publishLastStart(loaded, { pid: process.pid, startedAt }, () => false);
    const other = writeConfig('other', { publicNames: ['vp.invalid'] });
    const said = await keelson(['doctor', '--json', '--no-registration', '--config', other]);
    rmSync(join(here.dataDir, 'settings.json'));
    const found: Diagnosis = JSON.parse(said.stdout);
    expect(verdict(found, 'names.certificate')).toBe('ok');
    expect(verdict(found, 'wire.registration')).toBe('not checked');
  });

  it('sees from elsewhere what a client sees, with the certificate given', async () => {
    const { provider } = here;
    const args = ['doctor', '--json', '--url', provider.versionXml];
    const said = await keelson([...args, '--ca', provider.certificateFile]);
    const found: Diagnosis = JSON.parse(said.stdout);
    expect(said.code).toBe(0);
    expect(verdict(found, 'tls.handshake')).toBe('ok');
    expect(verdict(found, 'wire.registration')).toBe('ok');
    expect(of(found, 'folder.owner')).toEqual([]);
    const { certificatePem } = await makeAuthority();
    const other = join(here.folder, 'other.pem');
    writeFileSync(other, certificatePem);
    const refused = await keelson([...args, '--ca', other]);
    expect(refused.code).toBe(10);
    expect(of(JSON.parse(refused.stdout), 'tls.handshake')).toMatchObject([{ verdict: 'problem' }]);
  });

  it('tells a name in the URL that the certificate does not have', async () => {
    const { provider } = here;
    const url = provider.versionXml.replace('localhost', '127.0.0.1');
    const said = await keelson(['doctor', '--url', url, '--ca', provider.certificateFile]);
    expect(said.code).toBe(10);
    expect(said.stdout).toMatch(/problem +tls\.handshake .*127\.0\.0\.1/);
    expect(said.stdout).toContain('publicNames');
  });
});

describe('the way to a vCenter', () => {
  let server: Server;
  let apart = 0;
  let ca: string;

  beforeAll(async () => {
    const authority = await makeAuthority();
    const own = await authority.issueServer({ hosts: ['localhost'] });
    ca = join(here.folder, 'vcenter-ca.pem');
    writeFileSync(ca, authority.certificatePem);
    server = createServer({ key: own.keyPem, cert: own.chainPem }, (_request, response) => {
      response.setHeader('Date', new Date(Date.now() + apart).toUTCString());
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, 'localhost', done));
  });
  afterAll(() => server.close());

  async function seen(more: readonly string[] = []): Promise<Diagnosis> {
    const { port } = server.address() as AddressInfo;
    const said = await keelson([...ELSEWHERE, `localhost:${port}`, ...more]);
    return JSON.parse(said.stdout);
  }

  it('is well when the clocks agree', async () => {
    apart = 0;
    const found = await seen(['--ca', ca]);
    expect(verdict(found, 'vcenter.reach')).toBe('ok');
    expect(verdict(found, 'vcenter.clock')).toBe('ok');
  });

  it('is a problem when they are an hour apart, and says by how much', async () => {
    apart = 3_600_000;
    const [found] = of(await seen(['--ca', ca]), 'vcenter.clock');
    expect(found).toMatchObject({ verdict: 'problem' });
    expect(found?.seen).toMatch(/(3599|3600|3601) s behind/);
    expect(found?.advice).toContain('time servers');
  });

  it('asks no clock over a certificate that is not trusted', async () => {
    apart = 0;
    const found = await seen();
    expect(verdict(found, 'vcenter.clock')).not.toBe('problem');
    expect(of(found, 'vcenter.clock')[0]?.seen).toMatch(/could not be asked|proves nothing/);
  });

  it('says that nobody is there, or that the name is not known', async () => {
    const nobody: Diagnosis = JSON.parse((await keelson([...ELSEWHERE, '127.0.0.1:1'])).stdout);
    expect(verdict(nobody, 'vcenter.reach')).toBe('warning');
    const unknown: Diagnosis = JSON.parse((await keelson([...ELSEWHERE, 'vc.invalid'])).stdout);
    expect(verdict(unknown, 'vcenter.resolve')).toBe('problem');
  });
});

function writeConfig(name: string, more: Readonly<Record<string, unknown>>): string {
  const file = join(here.folder, `${name}.yaml`);
  const given: unknown = JSON.parse(readFileSync(here.configFile, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...(given as object), ...more }));
  return file;
}

describe('on a provider that is stopped', () => {
  beforeAll(() => here.stop());

  const on = async (file: string): Promise<Diagnosis> =>
    JSON.parse((await keelson(['doctor', '--config', file, '--json'])).stdout);

  it('looks at the folder and finds no problem', async () => {
    const found = await on(here.configFile);
    expect(found.subject).toContain('(stopped)');
    expect(found.findings.filter((each) => each.verdict === 'problem')).toEqual([]);
    expect(verdict(found, 'store.sound')).toBe('ok');
    expect(verdict(found, 'array.sound')).toBe('ok');
  });

  it('changes nothing in it', async () => {
    const before = readFileSync(join(here.dataDir, 'provider.db'));
    await on(here.configFile);
    expect(readFileSync(join(here.dataDir, 'provider.db')).equals(before)).toBe(true);
  });

  it('names a port that is taken', async () => {
    const taken = createTcpServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as AddressInfo;
    const [found] = of(await on(writeConfig('port', { port })), 'port.free');
    taken.close();
    expect(found).toMatchObject({ verdict: 'problem' });
    expect(found?.seen).toContain(`port ${port}`);
    expect(found?.advice).toContain('ss -ltnp');
  });

  it('names a folder that cannot be written', async () => {
    const [found] = of(await on(writeConfig('unwritable', { dataDir: '/proc' })), 'folder.flush');
    expect(found).toMatchObject({ verdict: 'problem' });
    expect(found?.advice).toContain('writable');
  });

  it('names a database that is damaged, and one of a later release', async () => {
    const dataDir = join(here.folder, 'damaged');
    cpSync(here.dataDir, dataDir, { recursive: true });
    const file = join(dataDir, 'provider.db');
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4_096 * 2, 4_096 * 6);
    writeFileSync(file, bytes);
    const [found] = of(await on(writeConfig('damaged', { dataDir })), 'store.sound');
    expect(found).toMatchObject({ verdict: 'problem' });
    expect(found?.advice).toContain('keelson backup restore');
    cpSync(join(here.dataDir, 'provider.db'), file);
    const later = readFileSync(file);
    later.writeUInt32BE(9_999, 60);
    writeFileSync(file, later);
    const newer = await on(writeConfig('newer', { dataDir }));
    expect(verdict(newer, 'store.release')).toBe('problem');
  });

  it('names settings that contradict each other, and one that cannot be read', async () => {
    const log = { stdout: false };
    const mute = await on(writeConfig('mute', { log }));
    expect(of(mute, 'configuration.sense').some((each) => each.verdict === 'problem')).toBe(true);
    const broken = await on(writeConfig('broken', { prot: 8443 }));
    expect(of(broken, 'configuration.read')).toMatchObject([{ verdict: 'problem' }]);
    expect(of(broken, 'configuration.read')[0]?.seen).toContain('prot');
  });

  it('says that nothing is there where nothing is', async () => {
    const dataDir = join(here.folder, 'empty');
    mkdirSync(dataDir, { mode: 0o700 });
    const found = await on(writeConfig('empty', { dataDir }));
    expect(found.subject).toContain('(absent)');
    expect(verdict(found, 'store.sound')).toBe('not checked');
  });
});

describe('keelson doctor', () => {
  it('refuses a URL that is none', async () => {
    const said = await keelson(['doctor', '--url', 'http://localhost/vasa/version.xml']);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('not an https URL');
  });
});
