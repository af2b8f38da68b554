/**
 * The provider's database file: its shape, its upgrades, and every way in which opening it must say no
 * without harming it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/model/clock.ts';
import { StoreError } from '../../src/store/errors.ts';
import { readMigrations } from '../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';

const sources = fileURLToPath(new URL('../../src/store/sqlite/', import.meta.url));
let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(dir, 'provider.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function open(options: Partial<Parameters<typeof openSqliteStore>[0]> = {}) {
  return openSqliteStore({ dir, clock: systemClock, ...options });
}

function failure(work: () => unknown): StoreError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof StoreError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

/** The statements of a database's schema without comments and spacing. */
function shape(database: Database.Database): string[] {
  return database
    .prepare<[], { sql: string }>(
      'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name',
    )
    .all()
    .map(({ sql }) => sql.replace(/--[^\n]*/g, ' ').replace(/\s+/g, ' '));
}

describe('the shape', () => {
  test('an empty database with all migrations applied is what schema.sql says', () => {
    const described = new Database(':memory:');
    described.exec(readFileSync(join(sources, 'schema.sql'), 'utf8'));
    const migrated = new Database(':memory:');
    for (const { sql } of readMigrations()) migrated.exec(sql);
    expect(shape(migrated)).toEqual(shape(described));
    expect(shape(described).length).toBeGreaterThan(5);
  });

  test('every table is strict', () => {
    const migrated = new Database(':memory:');
    for (const { sql } of readMigrations()) migrated.exec(sql);
    const lax = migrated
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0")
      .all()
      .filter((row) => !JSON.stringify(row).includes('sqlite_'));
    expect(lax).toEqual([]);
  });

  test('migrations are numbered from 1 without gaps', () => {
    const numbers = readMigrations().map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  test('no listed migration has been edited and none is unlisted', () => {
    const listed = readFileSync(join(sources, 'migrations/SHA256SUMS'), 'utf8');
    const found = readMigrations().map(
      ({ name, sql }) => `${createHash('sha256').update(sql).digest('hex')}  ${name}\n`,
    );
    expect(found.join('')).toBe(listed);
  });
});

describe('opening', () => {
  test('makes a file that only its owner may read', async () => {
    await open().close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('keeps the uid over restarts, and another folder has another', async () => {
    const first = open();
    const { uid } = await first.installation();
    await first.close();
    const again = open();
    expect((await again.installation()).uid).toBe(uid);
    await again.close();
    rmSync(file);
    const other = open();
    expect((await other.installation()).uid).not.toBe(uid);
    await other.close();
  });

  test('writes with a write-ahead log and full synchronisation', async () => {
    await open({ openedBy: 'Keelson test' }).close();
    const database = new Database(file);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.prepare('SELECT opened_by FROM installation').pluck().get()).toBe(
      'Keelson test',
    );
    database.close();
  });

  test('refuses a second opener in this process and leaves the first working', async () => {
    const first = open();
    expect(failure(open)).toMatchObject({ kind: 'inUse' });
    expect(await first.users()).toEqual([]);
    await first.close();
    await open().close();
  });

  test('refuses a second process, by name of the file', async () => {
    const first = open();
    const module = join(sources, 'open.ts');
    const script = `
      const { openSqliteStore } = await import(${JSON.stringify(module)});
      try { openSqliteStore({ dir: ${JSON.stringify(dir)}, clock: { now: () => 0 } }); console.log('opened'); }
      catch (error) { console.log(error.kind + '|' + error.message); }`;
    const child = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      {
        encoding: 'utf8',
      },
    );
    await first.close();
    expect(child.stdout).toContain('inUse|');
    expect(child.stdout).toContain(file);
  });

  test('refuses a newer database and does not change it', async () => {
    await open().close();
    const database = new Database(file);
    database.pragma('user_version = 99');
    database.pragma('journal_mode = DELETE');
    database.close();
    const before = readFileSync(file);
    const error = failure(open);
    expect(error.kind).toBe('newerDatabase');
    expect(error.message).toContain('schema 99');
    expect(readFileSync(file)).toEqual(before);
  });

  test('refuses another program’s database and does not change it', () => {
    const database = new Database(file);
    database.exec('CREATE TABLE theirs (x)');
    database.close();
    const before = readFileSync(file);
    expect(failure(open).kind).toBe('foreign');
    expect(readFileSync(file)).toEqual(before);
  });

  test('calls a file that is no database damaged', () => {
    writeFileSync(file, 'x'.repeat(5000));
    expect(failure(open).kind).toBe('damaged');
  });

  test('calls a missing folder unreadable', () => {
    expect(failure(() => open({ dir: join(dir, 'nowhere') })).kind).toBe('unreadable');
  });

  test.skipIf(process.getuid?.() === 0)(
    'calls a folder without permission unreadable (left out for root, whom permissions do not bind)',
    () => {
      chmodSync(dir, 0o500);
      expect(failure(open).kind).toBe('unreadable');
    },
  );

  test('a step that fails leaves the database at the step before', async () => {
    await open().close();
    const broken = [
      ...readMigrations(),
      { number: readMigrations().length + 1, name: 'x', sql: 'CREATE TABLE half (x); nonsense' },
    ];
    expect(failure(() => open({ migrations: broken })).kind).toBe('failed');
    const store = open();
    expect(await store.users()).toEqual([]);
    await store.close();
    const database = new Database(file);
    expect(database.pragma('user_version', { simple: true })).toBe(readMigrations().length);
    expect(shape(database).join()).not.toContain('half');
    database.close();
  });

  test('a database of the step before is upgraded and keeps its rows', async () => {
    const store = open();
    await store.saveUser({
      userName: 'a',
      passwordHash: 'h',
      createdAt: now(1),
      changedAt: now(2),
    });
    await store.close();
    const longer = [
      ...readMigrations(),
      { number: readMigrations().length + 1, name: 'x', sql: 'CREATE TABLE added (x) STRICT' },
    ].map((step) => ({ ...step, sql: step.sql.replace('(x) STRICT', '(x TEXT) STRICT') }));
    const upgraded = open({ migrations: longer });
    expect(await upgraded.users()).toHaveLength(1);
    await upgraded.close();
    expect(failure(open).kind).toBe('newerDatabase');
  });

  test('a database from before alarms numbers them where its events stand', async () => {
    const [first] = readMigrations();
    const old = new Database(file);
    old.exec(first?.sql ?? '');
    old.exec(
      "INSERT INTO installation VALUES (1, '00000000-0000-4000-8000-000000000001', 5, NULL)",
    );
    old.exec('INSERT INTO event_numbering VALUES (1, 1000, 7)');
    old.pragma(`application_id = ${0x4b45454c}`);
    old.pragma('user_version = 1');
    old.close();
    const upgraded = open();
    expect(await upgraded.alarmRange()).toEqual({ oldest: 1000n, newest: 999n });
    expect(await upgraded.judgedUpTo()).toBe(999n);
    expect(await upgraded.numberedUpTo()).toBe(7n);
    await upgraded.close();
  });

  test('after close every method says so', async () => {
    const store = open();
    await store.close();
    await expect(store.users()).rejects.toMatchObject({ kind: 'closed' });
    await store.close();
  });
});

function now(at: number) {
  return at as ReturnType<typeof systemClock.now>;
}
