/**
 * Releases to install in tests, laid out and wrapped as `npm run release` does it, but packed in haste and without
 * documents: one that is older than the tree, the tree's own with a further step of the store's schema, and one that
 * spoils the data and does not start. What they share is packed once; of a file that an archive has twice, the
 * later one counts.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { packFolder } from '../../../scripts/release/archive.ts';
import { makeInstaller } from '../../../scripts/release/installer.ts';
import { layOutProgram } from '../../../scripts/release/program.ts';
import { latestOf, type Release, releaseOf } from '../../../src/release/release.ts';
import { RELEASES } from '../../../src/release/releases.ts';

const TREE = join(import.meta.dirname, '../../..');
const AT = new Date('2026-01-02T03:04:05Z');
const MIGRATIONS = 'dist/src/store/sqlite/migrations';
/** The two empty blocks that end a tar. */
const TAR_END_BYTES = 1_024;

export interface Fixture {
  readonly release: Release;
  /** The installer's file. */
  readonly file: string;
}

export interface Fixtures {
  readonly older: Fixture;
  readonly current: Fixture;
  readonly spoiled: Fixture;
  remove(): void;
}

/** Files of one release that the tree does not have, by path: their text. */
type Files = Readonly<Record<string, string>>;

/** Behaves like the program in everything but `serve`, which changes the data and fails. */
const spoilerOf = (dataDir: string) => `
if (process.argv[2] === 'serve') {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(${JSON.stringify(join(dataDir, 'provider.db'))});
  database.exec('DROP TABLE user; PRAGMA user_version = 10000');
  database.close();
  console.error('spoiled on purpose');
  process.exit(1);
}
await import('./unspoiled.js');
`;

/** Makes the installers. Needs a tree that was built. */
export async function makeFixtures(dataDir: string): Promise<Fixtures> {
  const place = mkdtempSync(join(tmpdir(), 'keelson-fixtures-'));
  const folder = join(place, 'program');
  const source = {
    tree: TREE,
    node: process.execPath,
    nodeLicenceFile: undefined,
    handbook: new Map(),
  };
  const { eula } = layOutProgram(source, folder);
  const shared = await packed(place);
  cpSync(join(folder, 'dist/src/main.js'), join(place, 'main.js'));
  const step = stepBeyond(join(folder, MIGRATIONS));
  const pack = async (version: string, date: string, files: Files): Promise<Fixture> => {
    const release = releaseOf({ version, date, note: '' }, 'fixture');
    const own = await packedFiles(place, { ...stampOf(release), ...files });
    const tar = Buffer.concat([shared.subarray(0, -TAR_END_BYTES), own]);
    const parts = { release, folder: 'program', archive: gzipSync(tar, { level: 0 }), eula };
    const file = join(place, `keelson-${version}.run`);
    writeFileSync(file, makeInstaller({ ...parts, architecture: process.arch, glibc: '2.28' }));
    return { release, file };
  };
  const { version, date } = latestOf(RELEASES);
  const spoiled = {
    'dist/src/main.js': spoilerOf(dataDir),
    'dist/src/unspoiled.js': readFileSync(join(place, 'main.js'), 'utf8'),
  };
  return {
    older: await pack('0.0.9', '2020-01-01', {}),
    current: await pack(version, date, step),
    spoiled: await pack('99.0.0', '2099-01-01', spoiled),
    remove: () => rmSync(place, { recursive: true }),
  };
}

async function packed(parent: string): Promise<Buffer> {
  return gunzipSync(await packFolder({ parent, name: 'program', at: AT, level: 0 }));
}

async function packedFiles(place: string, files: Files): Promise<Buffer> {
  rmSync(join(place, 'program'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const file = join(place, 'program', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return packed(place);
}

function stampOf({ version, date, build }: Release): Files {
  const entry = JSON.stringify({ version, date, note: '' });
  return {
    'dist/src/release/releases.js': `export const RELEASES = [${entry}];\n`,
    'dist/src/release/build.js': `export const BUILD = ${JSON.stringify(build)};\n`,
  };
}

/** A step of the store's schema beyond those of the tree: a release with it changes the data of one without. */
function stepBeyond(migrations: string): Files {
  const steps = readdirSync(migrations).filter((name) => name.endsWith('.sql')).length;
  const name = `${String(steps + 1).padStart(4, '0')}-of-a-test.sql`;
  return { [`${MIGRATIONS}/${name}`]: 'CREATE TABLE of_a_test (x INTEGER);\n' };
}

/** A copy of an installer with one bit of its archive changed. */
export function damaged({ file }: Fixture): string {
  const bytes = readFileSync(file);
  const at = bytes.length - TAR_END_BYTES;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(`${file}.damaged`, bytes);
  return `${file}.damaged`;
}
