/**
 * Goal: a disk that fills up at any moment of a start ends it with one line, and damages nothing: with more room the
 * same folder starts. Needs the right to mount a small file system, and is left out without it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const MAIN = resolve(import.meta.dirname, '../../dist/src/main.js');
const folder = mkdtempSync(join(tmpdir(), 'keelson-full-'));
const mounted = mount('size=64k').status === 0;

function mount(options: string) {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
}

/** Adds a user, which opens database, keys and certificate like a start does, and then writes. */
function addUser(name: string) {
  const args = [MAIN, 'user', 'add', name, '--data-dir', join(folder, 'data')];
  const environment = { PATH: process.env['PATH'] };
  return spawnSync(process.execPath, args, {
    encoding: 'utf8',
    input: 'a password\n',
    env: environment,
  });
}

/** Starts the provider on the full disk; where it does start, it is told to stop. */
function serve() {
  const args = [MAIN, 'serve', '--data-dir', join(folder, 'data'), '--port', '0'];
  const environment = {
    PATH: process.env['PATH'],
    KEELSON_LOG_STDOUT: 'false',
    KEELSON_ADMIN_PASSWORD: 'x',
  };
  return spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: environment,
    timeout: 8_000,
    killSignal: 'SIGTERM',
  });
}

afterAll(() => {
  spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!mounted)('a full disk (left out where a tmpfs may not be mounted)', () => {
  it('ends a start with one line at whatever point it is met, and nothing is damaged', () => {
    const codes: (number | null)[] = [];
    for (const size of ['4k', '24k', '64k', '128k', '256k', '400k']) {
      mount(`remount,size=${size}`);
      const { status, stderr } = serve();
      codes.push(status);
      if (status === 0) break;
      expect([size, status]).toEqual([size, 7]);
      expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
    }
    expect(codes[0]).toBe(7);
    mount('remount,size=64m');
    const begun = serve();
    expect([begun.status, begun.stderr]).toEqual([0, expect.stringContaining('version.xml')]);
    expect(addUser('after').stdout).toBe('after: added\n');
  });
});
