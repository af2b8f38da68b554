/** The file of the array: who may open it, what durability rests on, and what is refused. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openDatabase, SHAPE } from '../../simulator/open.ts';
import { create, newFolder, open } from './world.ts';

describe('one process at a time', () => {
  it('a second opening is refused with a clear message, and works after the close', async () => {
    const folder = newFolder();
    const array = await open(folder);
    await expect(open(folder)).rejects.toThrow(`${join(folder, 'array.db')} is in use`);
    await array.close();
    await expect(open(folder)).resolves.toBeDefined();
  });

  it('another process holds the folder until it dies, even by SIGKILL', async () => {
    const folder = newFolder();
    const holder = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('./crash-child.ts', import.meta.url)), folder, '1'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    await expect(open(folder)).rejects.toThrow('is in use by another process');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await expect(open(folder)).resolves.toBeDefined();
  });
});

describe('durability', () => {
  it('every commit is flushed, foreign keys hold, and the file is held for us alone', () => {
    const db = openDatabase(newFolder());
    const value = (name: string) => db.pragma(name, { simple: true });
    expect(value('synchronous')).toBe(2n);
    expect(value('journal_mode')).toBe('wal');
    expect(value('locking_mode')).toBe('exclusive');
    expect(value('foreign_keys')).toBe(1n);
    db.close();
  });
});

describe('what is refused', () => {
  it('a file of a newer release, untouched', async () => {
    const folder = newFolder();
    const db = openDatabase(folder);
    db.pragma(`user_version = ${SHAPE.version + 1}`);
    db.close();
    const before = readFileSync(join(folder, 'array.db'));
    await expect(open(folder)).rejects.toThrow('was written by a newer release');
    expect(readFileSync(join(folder, 'array.db')).equals(before)).toBe(true);
  });

  it('the database of another program, untouched', async () => {
    const folder = newFolder();
    const other = new Database(join(folder, 'array.db'));
    other.exec('CREATE TABLE theirs (a)');
    other.close();
    const before = readFileSync(join(folder, 'array.db'));
    await expect(open(folder)).rejects.toThrow('is not the database of a simulated array');
    expect(readFileSync(join(folder, 'array.db')).equals(before)).toBe(true);
  });

  it('a file that is no database, or a damaged one', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'array.db'), 'no database'.repeat(100));
    await expect(open(folder)).rejects.toThrow('is damaged');

    const damaged = newFolder();
    const array = await open(damaged);
    for (let i = 0; i < 50; i += 1) await create(array, 1n);
    await array.close();
    const file = openSync(join(damaged, 'array.db'), 'r+');
    for (let page = 4; page < 20; page += 1)
      writeSync(file, Buffer.alloc(2_048, 7), 0, 2_048, page * 4_096);
    await expect(open(damaged)).rejects.toThrow('is damaged');
  });

  it('a folder that is not there', async () => {
    await expect(open('/no/such/folder')).rejects.toThrow('cannot be opened');
  });
});

describe('migrations', () => {
  it('steps lead from one shape to the next, each with its version, and a missing one is named', () => {
    const folder = newFolder();
    openDatabase(folder).close();
    const migrations = join(folder, 'migrations');
    mkdirSync(migrations);
    const name = `${String(SHAPE.version + 1).padStart(4, '0')}-add-table.sql`;
    writeFileSync(join(migrations, name), 'CREATE TABLE added (a INTEGER) STRICT;');
    const url = pathToFileURL(`${migrations}/`);
    const shape = { ...SHAPE, migrations: url, version: SHAPE.version + 1 };
    const db = openDatabase(folder, shape);
    expect(db.pragma('user_version', { simple: true })).toBe(BigInt(shape.version));
    expect(db.prepare('SELECT count(*) FROM added').pluck().get()).toBe(0n);
    db.close();
    const further = { ...shape, version: SHAPE.version + 2 };
    expect(() => openDatabase(folder, further)).toThrow(`no migration to shape ${further.version}`);
  });

  it('a step that fails leaves the file as it was', () => {
    const folder = newFolder();
    openDatabase(folder).close();
    const migrations = join(folder, 'migrations');
    mkdirSync(migrations);
    const name = `${String(SHAPE.version + 1).padStart(4, '0')}-broken.sql`;
    writeFileSync(join(migrations, name), 'CREATE TABLE half (a INTEGER) STRICT; NOT SQL;');
    const shape = {
      ...SHAPE,
      migrations: pathToFileURL(`${migrations}/`),
      version: SHAPE.version + 1,
    };
    expect(() => openDatabase(folder, shape)).toThrow('cannot be opened');
    const db = openDatabase(folder);
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    expect(tables).not.toContain('half');
    db.close();
  });

  it('a copy of the closed file is the array', async () => {
    const folder = newFolder();
    const array = await open(folder, { seed: 's' });
    const vvolId = await create(array, 1n);
    await array.close();
    const copy = newFolder();
    copyFileSync(join(folder, 'array.db'), join(copy, 'array.db'));
    expect(await (await open(copy)).volumes([vvolId])).toHaveLength(1);
  });
});
