/**
 * Goal: a command line that makes no sense ends with one clear line and its own exit code; help and version say
 * what they should; commands on a data folder work while no provider runs.
 */
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { settings } from '../../src/config/settings.ts';
import { systemClock } from '../../src/model/clock.ts';
import { epochMs } from '../../src/model/units.ts';
import { RELEASE } from '../../src/release/release.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { keelson } from './support.ts';

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'keelson-cli-'));
}

describe('command line', () => {
  it('--version prints the release signature', async () => {
    expect(await keelson(['--version'])).toEqual({
      code: 0,
      stdout: `${RELEASE.signature}\n`,
      stderr: '',
    });
  });

  it('--help names every command and exit code, and serve --help every setting that has a flag', async () => {
    const general = await keelson(['--help']);
    expect(general.code).toBe(0);
    for (const name of ['serve', 'user', 'certificate', 'registrations', 'verbose', 'status']) {
      expect(general.stdout).toContain(name);
    }
    expect(general.stdout).toContain('Exit codes:');
    const serve = await keelson(['serve', '--help']);
    for (const { flag } of settings())
      if (flag !== undefined) expect(serve.stdout).toContain(`${flag} <`);
    expect(serve.stdout).not.toContain('password <');
  });

  it.each([
    [[], 2, /Usage: keelson/],
    [['serv'], 2, /unknown command 'serv'[\s\S]*Did you mean serve/],
    [['serve', '--prot', '1'], 2, /unknown option '--prot'/],
    [['serve', '--port', 'many'], 2, /^keelson: --port: port cannot be "many"/],
    [['serve', '--config', '/nowhere.yaml'], 2, /^keelson: cannot read the configuration file/],
    [['serve', '--admin-password', 'x'], 2, /unknown option '--admin-password'/],
    [
      ['verbose', 'on', '--for', 'ever', '--data-dir', '/nowhere'],
      2,
      /--for: not a length of time/,
    ],
    [['verbose', 'on', '--host', 'a', '--volume', 'b'], 2, /not both/],
    [['status', '--data-dir', '/nowhere'], 9, /no provider runs on the data folder/],
    [['verbose', 'status', '--data-dir', '/nowhere'], 9, /no provider runs/],
    [['user', 'list', '--data-dir', '/proc/nowhere'], 4, /^keelson: .*\/proc\/nowhere/],
  ])('keelson %j ends with %d and says why', async (args, code, message) => {
    const said = await keelson(args);
    expect(said.stderr).toMatch(message);
    expect([said.code, said.stdout]).toEqual([code, '']);
  });

  it('--print-config prints what would be used, and starts nothing', async () => {
    const dataDir = join(folder(), 'data');
    const said = await keelson(['serve', '--data-dir', dataDir, '--print-config'], {
      environment: { KEELSON_PORT: '0', KEELSON_ADMIN_PASSWORD: 'c4nary' },
    });
    expect(said.code).toBe(0);
    expect(said.stdout).toContain(`dataDir: ${dataDir}  # --data-dir`);
    expect(said.stdout).toContain('port: 0  # KEELSON_PORT');
    expect(said.stdout).not.toContain('c4nary');
    expect(readdirSync(join(dataDir, '..'))).toEqual([]);
  });
});

describe('commands on a data folder without a running provider', () => {
  it('users are added, changed, listed and removed, with passwords from input or file', async () => {
    const place = ['--data-dir', folder()];
    const added = await keelson(['user', 'add', 'storage-admin', ...place], {
      input: 'first password\n',
    });
    expect(added).toMatchObject({ code: 0, stdout: 'storage-admin: added\n' });
    const again = await keelson(['user', 'add', 'storage-admin', ...place], { input: 'x\n' });
    expect(again).toMatchObject({
      code: 9,
      stderr: 'keelson: there is a user storage-admin already\n',
    });
    const file = join(folder(), 'password');
    writeFileSync(file, 'second password\nnot this\n');
    const changed = await keelson([
      'user',
      'password',
      'storage-admin',
      '--password-file',
      file,
      ...place,
    ]);
    expect(changed).toMatchObject({ code: 0, stdout: 'storage-admin: password changed\n' });
    expect((await keelson(['user', 'list', ...place])).stdout).toMatch(/^storage-admin\t.*\n$/);
    expect((await keelson(['user', 'remove', 'storage-admin', ...place])).code).toBe(0);
    expect((await keelson(['user', 'list', ...place])).stdout).toBe('');
    const none = await keelson(['user', 'remove', 'storage-admin', ...place]);
    expect(none).toMatchObject({ code: 9, stderr: 'keelson: there is no user storage-admin\n' });
  });

  it('an empty password is refused', async () => {
    const said = await keelson(['user', 'add', 'x', '--data-dir', folder()], { input: '\n' });
    expect(said).toMatchObject({ code: 2, stderr: 'keelson: the password is empty\n' });
  });

  it('the certificate is made, shown, renewed with the same key, and installed', async () => {
    const place = ['--data-dir', folder()];
    const shown = await keelson(['certificate', 'show', ...place]);
    expect(shown.stdout).toMatch(/SHA-256 {7}([0-9A-F]{2}:){31}[0-9A-F]{2}\n/);
    expect(shown.stdout).toContain('installed by  self-signed');
    const first = (await keelson(['certificate', 'show', '--pem', ...place])).stdout;
    expect(first).toMatch(/^-----BEGIN CERTIFICATE-----/);
    await keelson(['certificate', 'renew', ...place]);
    const second = (await keelson(['certificate', 'show', '--pem', ...place])).stdout;
    expect(second).not.toBe(first);
    const file = join(folder(), 'chain');
    writeFileSync(file, first);
    expect((await keelson(['certificate', 'install', file, ...place])).stdout).toContain(
      'installed by  operator',
    );
    writeFileSync(file, 'no certificate');
    const refused = await keelson(['certificate', 'install', file, ...place]);
    expect(refused.code).toBe(9);
    expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect((await keelson(['registrations', ...place])).code).toBe(0);
  });

  it('a registration is listed and removed, and one that is not there is refused', async () => {
    const dataDir = folder();
    const place = ['--data-dir', dataDir];
    const { config } = loadConfig({ flags: { dataDir }, environment: {}, file: undefined });
    await keelson(['registrations', ...place]);
    const store = openSqliteStore({ dir: config.dataDir, clock: systemClock });
    await store.saveRegistration({
      registrationId: 'r-1',
      kind: 'authorities',
      userName: 'a',
      peerAddress: '192.0.2.1',
      vcenterIds: ['vc-1', 'vc-2'],
      createdAt: epochMs(1),
      changedAt: epochMs(1),
      certificates: [],
      crls: [],
    });
    await store.close();
    expect((await keelson(['registrations', ...place])).stdout).toMatch(/^r-1\tvc-1, vc-2\t/);
    const removed = await keelson(['registrations', 'remove', 'r-1', ...place]);
    expect(removed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^r-1: removed/) });
    expect((await keelson(['registrations', ...place])).stdout).toBe('');
    const none = await keelson(['registrations', 'remove', 'r-1', ...place]);
    expect(none).toMatchObject({ code: 9, stderr: 'keelson: there is no registration r-1\n' });
  });
});
