/**
 * Releases to install in tests, made from this tree as `npm run release` makes them, but packed in haste and without
 * documents: one that is older than the tree, the tree's own with a further step of the store's schema, and one that
 * spoils the data and does not start.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packFolder } from '../../../scripts/release/archive.ts';
import { makeInstaller } from '../../../scripts/release/installer.ts';
import { layOutProgram } from '../../../scripts/release/program.ts';
import { latestOf, type Release, releaseOf } from '../../../src/release/release.ts';
import { RELEASES } from '../../../src/release/releases.ts';

const TREE = join(import.meta.dirname, '../../..');
const AT = new Date('2026-01-02T03:04:05Z');
const MIGRATIONS = 'dist/src/store/sqlite/migrations';

export interface Fixture {
  readonly release: Release;
  /** The installer's file. */
  readonly file: string;
}

/** Behaves like the program in everything but `serve`, which changes the data and fails. */
const SPOILER = `
if (process.argv[2] === 'serve') {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(process.env.DATA + '/provider.db');
  database.exec('DROP TABLE user; PRAGMA user_version = 10000');
  database.close();
  console.error('spoiled on purpose');
  process.exit(1);
}
await import('./unspoiled.js');
`;

export interface Fixtures {
  readonly older: Fixture;
  readonly current: Fixture;
  readonly spoiled: Fixture;
  remove(): void;
}

/** Makes the installers. Needs a tree that was built. */
export async function makeFixtures(dataDir: string): Promise<Fixtures> {
  const place = mkdtempSync(join(tmpdir(), 'keelson-fixtures-'));
  const folder = join(place, 'program');
  const { eula } = layOutProgram(
    { tree: TREE, node: process.execPath, nodeLicenceFile: undefined },
    folder,
  );
  const pack = async (version: string, date: string): Promise<Fixture> => {
    const release = releaseOf({ version, date, note: '' }, 'fixture');
    const file = join(place, `keelson-${version}.run`);
    stamp(folder, release);
    const archive = await packFolder({ parent: place, name: 'program', at: AT, level: 0 });
    const parts = { release, folder: 'program', archive, eula };
    writeFileSync(file, makeInstaller({ ...parts, architecture: process.arch, glibc: '2.28' }));
    return { release, file };
  };
  const { version, date } = latestOf(RELEASES);
  const older = await pack('0.0.9', '2020-01-01');
  addStep(join(folder, MIGRATIONS));
  const current = await pack(version, date);
  spoil(folder, dataDir);
  const spoiled = await pack('99.0.0', '2099-01-01');
  return { older, current, spoiled, remove: () => rmSync(place, { recursive: true }) };
}

/** A step of the store's schema beyond those of the tree: `current` changes the data of `older`. */
function addStep(folder: string): void {
  const steps = readdirSync(folder).filter((name) => name.endsWith('.sql')).length;
  const name = `${String(steps + 1).padStart(4, '0')}-of-a-test.sql`;
  writeFileSync(join(folder, name), 'CREATE TABLE of_a_test (x INTEGER);\n');
}

function stamp(folder: string, { version, date, build }: Release): void {
  const entry = { version, date, note: '' };
  const room = join(folder, 'dist/src/release');
  writeFileSync(join(room, 'releases.js'), `export const RELEASES = [${JSON.stringify(entry)}];\n`);
  writeFileSync(join(room, 'build.js'), `export const BUILD = ${JSON.stringify(build)};\n`);
}

function spoil(folder: string, dataDir: string): void {
  const main = join(folder, 'dist/src/main.js');
  cpSync(main, join(folder, 'dist/src/unspoiled.js'));
  writeFileSync(main, SPOILER.replace('process.env.DATA', JSON.stringify(dataDir)));
}

/** A copy of an installer with one byte of its archive changed. */
export function damaged({ file }: Fixture): string {
  const bytes = readFileSync(file);
  const at = bytes.length - 1_000;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(`${file}.damaged`, bytes);
  return `${file}.damaged`;
}
