/**
 * The installer from the first question to the last trace, in the order in which an administrator lives through it:
 * each test begins where the one before ended. The place it runs in has nothing but what the installer says it needs.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reached, register, type VCenter } from '../support/registered.ts';
import { barePlace, type Place, textIn } from './support/bare-root.ts';
import { damaged, type Fixtures, makeFixtures } from './support/fixtures.ts';

const FIRST_PASSWORD = /password {8}(\S+) {3}\(shown this once\)/;

let place: Place;
let fixtures: Fixtures;
let untouched: readonly string[];
let vcenter: VCenter;
let running: ChildProcess | undefined;

beforeAll(async () => {
  place = barePlace();
  fixtures = await makeFixtures(place.data);
  untouched = place.tree();
}, 180_000);

afterAll(async () => {
  await stopProvider();
  fixtures?.remove();
  place?.remove();
});

function install(which: 'older' | 'current' | 'spoiled', ...more: readonly string[]) {
  const settings = ['--port', '0', '--public-names', 'localhost'];
  const args = [...place.options, ...(which === 'older' ? settings : []), ...more];
  return place.install(fixtures[which].file, args);
}

/** The version that `current` names. */
const currentIn = ({ root, prefix }: Place) =>
  readlinkSync(join(root, prefix, 'current')).replace('versions/', '');

const keelson = (...args: readonly string[]) => place.run(`${place.prefix}/bin/keelson`, ...args);

/** Starts what is installed, as its own user, and gives what its ready file says. */
async function startProvider() {
  const ready = join(place.data, 'ready.json');
  const log = join(place.root, place.data, 'log/output.log');
  const child = place.start(
    `${place.prefix}/bin/keelson`,
    ['serve', '--ready-file', ready, '--host', '127.0.0.1'],
    log,
  );
  running = child;
  while (!existsSync(join(place.root, ready))) {
    if (child.exitCode !== null) throw new Error(readFileSync(log, 'utf8'));
    await pause(20);
  }
  const { versionXml, certificateFile } = JSON.parse(textIn(place, ready));
  return { versionXml, certificateFile: join(place.root, certificateFile) };
}

async function stopProvider(): Promise<void> {
  const child = running;
  if (child === undefined) return;
  running = undefined;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}

/** A host of the vCenter that registered long ago opens a session; rejects when it is not known any more. */
async function hostReturns(): Promise<void> {
  const again = await reached(vcenter, await startProvider());
  const host = await again.host('host-1');
  host.close();
  await stopProvider();
}

test('a file that lost a bit on its way is not installed', () => {
  const { code, stderr } = place.install(damaged(fixtures.older), ['--accept-eula']);
  expect(stderr).toContain('is damaged');
  expect(code).toBe(4);
  expect(place.tree()).toEqual(untouched);
});

test('who declines the licence has read it, and has nothing installed', () => {
  const { code, stdout, stderr } = place.install(fixtures.older.file, place.options, 'no\n');
  expect(stdout).toContain('END-USER LICENCE AGREEMENT');
  expect(stderr).toContain('was not accepted');
  expect(code).toBe(3);
  expect(place.tree()).toEqual(untouched);
});

test('who accepts it has a provider that starts and a password that registers a vCenter', async () => {
  const { code, stdout, stderr } = install('older', '--accept-eula');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const password = FIRST_PASSWORD.exec(stdout)?.[1] ?? '';
  expect(keelson('--version').stdout.trim()).toBe(fixtures.older.release.signature);
  vcenter = await register(await startProvider(), { user: 'admin', password });
  const host = await vcenter.host('host-1');
  host.close();
});

test('it is written down who accepted which text for which release', () => {
  const line = textIn(place, `${place.prefix}/EULA-ACCEPTED`);
  expect(line).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \S+ accepted by flag: Keelson 0\.0\.9 .* [0-9a-f]{64}\n$/,
  );
});

test('an upgrade under a provider that runs is refused, and changes nothing', () => {
  const { code, stderr } = install('current', '--accept-eula');
  expect(stderr).toContain('stop it first');
  expect(code).toBe(5);
  expect(currentIn(place)).toBe(fixtures.older.release.version);
  expect(running?.exitCode).toBeNull();
});

test('a release that spoils the data and does not start gives way to the one before, data and all', async () => {
  await stopProvider();
  const { code, stderr } = install('spoiled', '--accept-eula');
  expect(stderr).toContain('spoiled on purpose');
  expect(stderr).toContain(`${fixtures.older.release.signature} is back`);
  expect(code).toBe(6);
  expect(keelson('user', 'list').stdout).toContain('admin');
});

test('an upgrade keeps configuration, users and registrations, and leaves a backup', async () => {
  const before = textIn(place, `${place.prefix}/etc/keelson.yaml`);
  const { code, stderr } = install('current', '--accept-eula');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(currentIn(place)).toBe(fixtures.current.release.version);
  expect(textIn(place, `${place.prefix}/etc/keelson.yaml`)).toBe(before);
  await hostReturns();
  const backups = readdirSync(join(place.root, place.data, 'backups'));
  expect(backups.filter((name) => name.startsWith('before-'))).toHaveLength(2);
});

test('the same release once more changes nothing but the record of the licence', () => {
  const notRecord = (line: string) => !line.includes('EULA-ACCEPTED') && !line.includes('/log');
  const before = place.tree().filter(notRecord);
  const { code } = install('current', '--accept-eula');
  expect(code).toBe(0);
  expect(place.tree().filter(notRecord)).toEqual(before);
});

test('an earlier release is refused, because it could not read the data', () => {
  const { code, stderr } = install('older', '--accept-eula');
  expect(stderr).toContain('which is later');
  expect(code).toBe(5);
});

test('uninstalling leaves the data and nothing else', () => {
  const { code, stdout } = place.run('/bin/sh', `${place.prefix}/uninstall.sh`);
  expect(code).toBe(0);
  expect(stdout).toContain(
    `The data stay in ${place.root === '' ? place.data : '/var/lib/keelson'}`,
  );
  const rest = place.tree().filter((line) => !untouched.includes(line));
  const data = place.root === '' ? 'data' : 'var/lib/keelson';
  expect(rest.filter((line) => !line.startsWith(data))).toEqual([]);
  expect(rest.some((line) => line.includes('provider.db'))).toBe(true);
});

test('installed over data that are there it has the old users, and purged it leaves no trace', () => {
  const { code, stdout } = install('current', '--accept-eula');
  expect(code).toBe(0);
  expect(stdout).not.toMatch(FIRST_PASSWORD);
  const kept = place.run('/bin/sh', `${place.prefix}/uninstall.sh`, '--purge');
  expect(kept.stderr).toContain('nothing was removed');
  expect(kept.code).toBe(1);
  expect(place.run('/bin/sh', `${place.prefix}/uninstall.sh`, '--purge', '--yes').code).toBe(0);
  if (place.root === '') rmSync(place.prefix, { recursive: true, force: true });
  expect(place.tree()).toEqual(untouched);
});
