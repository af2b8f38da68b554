/**
 * Goal: a backup holds all of the provider's own data and tells nobody else; restored, the provider is who it was; and
 * what is no whole backup, or would overwrite something, is refused with one line and nothing changed.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { create, extract, list } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority } from '../../certs/make.ts';
import { systemClock } from '../../src/model/clock.ts';
import { packBackup } from '../../src/run/backup/archive.ts';
import { createBackup } from '../../src/run/backup/create.ts';
import { restoreBackup } from '../../src/run/backup/restore.ts';
import { readMigrations } from '../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { keelson } from '../cli/support.ts';
import { ACTOR, openTestTrust } from '../trust/support.ts';

const room = mkdtempSync(join(tmpdir(), 'keelson-backup-'));
const data = join(room, 'data');
const file = join(room, 'backup.tar');
let made = 0;

const backup = (order: 'create' | 'restore', archive: string, dir: string) =>
  keelson(['backup', order, archive, '--data-dir', dir]);

/** A data folder that is not there yet. */
function fresh(): string {
  made += 1;
  return join(room, `restored-${made}`);
}

/** Names of the key files of a data folder, as a backup calls them. */
const keysOf = (dir: string) => readdirSync(join(dir, 'keys')).map((name) => `keys/${name}`);

/** The files of a folder, each with its bytes. */
function contents(dir: string): ReadonlyMap<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(dir, name)).isFile());
  return new Map(files.sort().map((name) => [name, readFileSync(join(dir, name), 'base64')]));
}

/** The backup, unpacked, changed, and packed again. */
function changed(change: (dir: string) => void): string {
  const dir = mkdtempSync(join(room, 'changed-'));
  extract({ file, cwd: dir, sync: true });
  change(dir);
  const other = `${dir}.tar`;
  create({ file: other, cwd: dir, sync: true, portable: true }, [...contents(dir).keys()]);
  return other;
}

beforeAll(async () => {
  const user = ['user', 'add', 'alice', '--data-dir', data];
  expect((await keelson(user, { input: 'a password\n' })).code).toBe(0);
  mkdirSync(join(data, 'array'));
  writeFileSync(join(data, 'array/array.db'), 'the array’s');
  expect((await backup('create', file, data)).code).toBe(0);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

describe('a backup', () => {
  it('is for its owner alone, says that it holds keys, and overwrites nothing', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const other = join(room, 'other.tar');
    const said = await backup('create', other, data);
    expect(said.stdout).toMatch(
      /^\S+other\.tar: backup of the provider [0-9a-f-]{36}: 1 users, 0 registrations, 1 keys, .* It holds private keys/,
    );
    const before = readFileSync(other);
    const again = await backup('create', other, data);
    expect(again).toMatchObject({ code: 9, stderr: expect.stringContaining('is there already') });
    expect(readFileSync(other).equals(before)).toBe(true);
    expect(readdirSync(data).filter((name) => name.includes('backup-'))).toEqual([]);
  });

  it('holds database, keys and a manifest, and nothing of the array', () => {
    const names: string[] = [];
    list({ file, sync: true, onReadEntry: ({ path }) => void names.push(path) });
    expect(names.map((name) => name.replace(/[0-9a-f]{64}/, '*'))).toEqual([
      'manifest.json',
      'provider.db',
      'keys/*.pem',
    ]);
  });

  it('has the key of its certificate, whatever is installed while it is made', async () => {
    const trust = await openTestTrust();
    const root = await makeAuthority();
    const roots = { roots: [root.certificatePem], crls: [] };
    const own = [await trust.trust.registrations.addAuthorities(roots, ACTOR)];
    const { certificate } = trust.trust;
    let isEnded = false;
    const renewing = (async () => {
      while (!isEnded) {
        const signed = await root.signRequest(await certificate.request(ACTOR));
        await certificate.install(signed, own, ACTOR);
      }
    })();
    for (let turn = 0; turn < 8; turn += 1) {
      const archive = join(room, `turn-${turn}.tar`);
      await createBackup({ dataDir: trust.dir, store: trust.store, clock: systemClock }, archive);
      const dir = fresh();
      await restoreBackup(archive, dir, systemClock);
      const back = await openTestTrust({ dir });
      expect(back.events.map(({ kind }) => kind)).not.toContain('keyLost');
      const { key, cert } = back.trust.certificate.served();
      expect(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))).toBe(true);
      await back.close();
    }
    isEnded = true;
    await renewing;
    expect(trust.served.length, 'it was installed meanwhile').toBeGreaterThan(3);
    await trust.close();
  });

  it('that was not ended leaves no keys behind, once the data folder is opened again', async () => {
    const dir = fresh();
    await backup('restore', file, dir);
    mkdirSync(join(dir, '.unfinished-backup-abc123/keys'), { recursive: true });
    writeFileSync(join(dir, 'backup-of-mine.tar'), 'an operator’s');
    await keelson(['user', 'list', '--data-dir', dir]);
    expect(readdirSync(dir).sort()).toEqual([
      'audit.jsonl',
      'backup-of-mine.tar',
      'keys',
      'provider.db',
      'provider.pem',
    ]);
  });

  it('cannot be made where it cannot be written, and leaves nothing behind', async () => {
    const said = await backup('create', join(room, 'nowhere/backup.tar'), data);
    expect(said).toMatchObject({ code: 9, stderr: expect.stringContaining('no backup was made') });
  });
});

describe('a restore', () => {
  it('brings everything back, beside an array that stays as it is', async () => {
    const dir = fresh();
    mkdirSync(join(dir, 'array'), { recursive: true });
    writeFileSync(join(dir, 'array/array.db'), 'untouched');
    const said = await backup('restore', file, dir);
    expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining('1 users') });
    expect(readdirSync(dir).sort()).toEqual(['array', 'audit.jsonl', 'keys', 'provider.db']);
    expect(readFileSync(join(dir, 'array/array.db'), 'utf8')).toBe('untouched');
    expect(contents(join(dir, 'keys'))).toEqual(contents(join(data, 'keys')));
    expect((await keelson(['user', 'list', '--data-dir', dir])).stdout).toContain('alice');
    const shown = (folder: string) => keelson(['certificate', 'show', '--data-dir', folder]);
    expect((await shown(dir)).stdout).toBe((await shown(data)).stdout);
  });

  it('begins the numberings above every id that may have been given out since', async () => {
    const dir = fresh();
    await backup('restore', file, dir);
    const [before, after] = [data, dir].map((each) =>
      openSqliteStore({ dir: each, clock: systemClock }),
    );
    const [old, now] = [await before?.eventRange(), await after?.eventRange()];
    expect(now?.oldest).toBeGreaterThan((old?.newest ?? 0n) + 1n);
    expect((await after?.installation())?.uid).toBe((await before?.installation())?.uid);
    await before?.close();
    await after?.close();
  });

  it('is refused where a provider’s data is, whole or in part', async () => {
    for (const name of ['provider.db', 'keys', 'provider.pem']) {
      const dir = fresh();
      mkdirSync(dir);
      writeFileSync(join(dir, name), 'something');
      const said = await backup('restore', file, dir);
      expect(said).toMatchObject({ code: 9, stderr: expect.stringContaining(`${name} is there`) });
      expect([...contents(dir).keys()]).toEqual([name]);
    }
  });

  it('is refused for a backup that is cut off at any place, and nothing is left', async () => {
    const whole = readFileSync(file);
    for (let part = 0; part < 12; part += 1) {
      const short = join(room, 'short.tar');
      writeFileSync(short, whole.subarray(0, Math.floor((whole.length * part) / 12)));
      const dir = fresh();
      const said = await backup('restore', short, dir);
      expect([part, said.code], said.stderr).toEqual([part, 9]);
      expect(said.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(readdirSync(dir)).toEqual([]);
    }
  });

  it.each<[string, number, RegExp, (dir: string) => void]>([
    ['a damaged database', 9, /provider\.db is damaged/, (dir) => flip(join(dir, 'provider.db'))],
    ['a missing key', 9, /is missing/, (dir) => rmSync(join(dir, 'keys'), { recursive: true })],
    [
      'a stranger among its files',
      9,
      /no part of a backup/,
      (dir) => writeFileSync(join(dir, 'x'), ''),
    ],
    ['no manifest', 9, /manifest cannot be read/, (dir) => rmSync(join(dir, 'manifest.json'))],
    [
      'a newer form',
      6,
      /written by a newer release/,
      (dir) => edited(dir, { format: 2, files: {} }),
    ],
    ['other data', 9, /manifest cannot be read/, (dir) => edited(dir, { product: 'other' })],
  ])('is refused for %s', async (_, code, words, change) => {
    const dir = fresh();
    const said = await backup('restore', changed(change), dir);
    expect(said.code, said.stderr).toBe(code);
    expect(said.stderr).toMatch(words);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('brings the backup of an older release to the present shape', async () => {
    const old = join(room, 'old');
    expect((await backup('restore', file, old)).code).toBe(0);
    rmSync(join(old, 'provider.db'));
    const database = new Database(join(old, 'provider.db'));
    database.exec(readMigrations()[0]?.sql ?? '');
    database.exec(`INSERT INTO installation VALUES (1, '00000000-0000-4000-8000-000000000001', 5, NULL);
      INSERT INTO event_numbering VALUES (1, 1000, 7);
      INSERT INTO user VALUES ('olga', 'hash', 5, 5)`);
    database.pragma(`application_id = ${0x4b45454c}`);
    database.pragma('user_version = 1');
    database.close();
    const archive = join(room, 'old.tar');
    await packBackup(archive, old, ['provider.db', ...keysOf(old)], 'then');
    const dir = fresh();
    expect((await backup('restore', archive, dir)).stdout).toContain('1 users');
    expect((await keelson(['user', 'list', '--data-dir', dir])).stdout).toContain('olga');
  });

  it('is refused for a database of a newer release', async () => {
    const newer = join(room, 'newer');
    expect((await backup('restore', file, newer)).code).toBe(0);
    const database = new Database(join(newer, 'provider.db'));
    database.pragma('user_version = 9999');
    database.close();
    // Its own release would have made it, with sums that fit.
    const archive = join(room, 'newer.tar');
    await packBackup(archive, newer, ['provider.db', ...keysOf(newer)], 'now');
    const dir = fresh();
    const said = await backup('restore', archive, dir);
    expect(said).toMatchObject({ code: 6, stderr: expect.stringContaining('a later release') });
    expect(readdirSync(dir)).toEqual([]);
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000);
  writeFileSync(path, bytes);
}

function edited(dir: string, change: object): void {
  const path = join(dir, 'manifest.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
}
