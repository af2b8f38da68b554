/** The scripts and files of a release that other programs read: shell, systemd, container engine. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filled, placesIn } from '../../scripts/release/fill.ts';
import { installerTemplate, makeInstaller } from '../../scripts/release/installer.ts';
import { releaseOf } from '../../src/release/release.ts';

const PROGRAM = join(import.meta.dirname, '../../scripts/release/program');
const RELEASE = releaseOf({ version: '1.2.3', date: '2026-03-04', note: '' }, '0123abcd');

let folder: string;
let installer: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-scripts-'));
  installer = join(folder, 'keelson.run');
  const parts = { release: RELEASE, folder: 'keelson-1.2.3', eula: 'The text.\n', glibc: '2.28' };
  const archive = Buffer.from('not an archive');
  writeFileSync(installer, makeInstaller({ ...parts, archive, architecture: process.arch }));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  return spawnSync('sh', [installer, ...args], { encoding: 'utf8', input: '' });
}

describe('the installer', () => {
  test('is read by a plain POSIX shell', () => {
    for (const text of [
      installerTemplate(),
      readFileSync(join(PROGRAM, 'uninstall.sh'), 'utf8'),
      readFileSync(join(PROGRAM, 'keelson.sh'), 'utf8'),
    ])
      execFileSync('sh', ['-n'], { input: text });
  });

  test('says which release it is, and finds its archive whole', () => {
    expect(run('--version').stdout.trim()).toBe(RELEASE.signature);
    expect(run('--verify').stdout).toContain('whole');
  });

  test.each([
    ['--nothing', 'unknown'],
    ['--port', 'wants a value'],
    ['--port=65536', 'wants a number'],
    ['--port=8443;id', 'wants a number'],
    ['--prefix=relative', 'path from the root'],
    ['--prefix=/opt/../etc', 'plain path'],
    ['--data-dir=/var/lib/a b', 'may have'],
    ['--public-names=$(id)', 'may have'],
  ])('refuses %s on the command line', (argument, words) => {
    const { status, stderr } = run('--accept-eula', argument);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });

  test('is made for machines that it can recognise, and no other', () => {
    const parts = { release: RELEASE, folder: 'x', eula: '', glibc: '2.28' };
    expect(() =>
      makeInstaller({ ...parts, archive: Buffer.from(''), architecture: 'vax' }),
    ).toThrow('no installer');
  });
});

test('the service unit is one that systemd reads without complaint', ({ skip }) => {
  const unit = readFileSync(join(PROGRAM, 'keelson.service'), 'utf8')
    .replaceAll('__PREFIX__/current/bin/keelson', '/bin/true')
    .replaceAll('__PREFIX__', '/opt/keelson')
    .replaceAll('__DATA_DIR__', '/var/lib/keelson')
    .replaceAll('__USER__', 'root')
    .replaceAll('__STATE__', 'keelson')
    .replaceAll('__PROTECT_HOME__', 'yes')
    .replaceAll('__CAPABILITIES__', '');
  expect(unit).not.toMatch(/__[A-Z]/);
  const file = join(folder, 'keelson.service');
  writeFileSync(file, unit);
  const said = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
  if (said.error !== undefined) skip();
  expect(said.stderr).not.toContain('keelson.service');
});

test('the image has the labels and the files of the release that it lies beside', () => {
  const template = readFileSync(join(PROGRAM, 'Dockerfile'), 'utf8');
  const names = { DOCKERFILE: 'd', VERSION: RELEASE.version, BUILD: RELEASE.build };
  const places = { SIGNATURE: RELEASE.signature, ARCHIVE: 'k.tar.gz', FOLDER: 'keelson-1.2.3' };
  const text = filled(template, { ...names, ...places });
  expect(placesIn(text)).toEqual([]);
  expect(text).toContain(`org.keelson.release="${RELEASE.signature}"`);
  expect(text).toContain('ADD k.tar.gz /opt/');
  // What it runs is what the archive has: bin/keelson and runtime/node (test/release/install.test.ts starts both).
  const used = [...text.matchAll(/\/opt\/keelson-1\.2\.3\/([a-z/]+)/g)].map(([, path]) => path);
  expect(new Set(used)).toEqual(new Set(['bin/keelson', 'runtime/node']));
});
