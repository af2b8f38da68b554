/** The versions of everything that runs: release, runtime, libraries, and the packages as they are installed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { RELEASE } from '../../release/release.ts';
import { packageRoot } from '../../run/places.ts';
import type { Collect } from './source.ts';

export const collectVersions: Collect = async ({ bundle }) => {
  const packages = installed(join(packageRoot(), 'node_modules'));
  bundle.data('versions.json', {
    release: RELEASE,
    node: process.version,
    libraries: process.versions,
    sqlite: sqliteVersion(),
    packages,
  });
  return packages.length > 0 ? [] : ['no packages are installed beside the program'];
};

function sqliteVersion(): string {
  const database = new Database(':memory:');
  try {
    return database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? 'unknown';
  } finally {
    database.close();
  }
}

/** Each package of the folder as `name version`: what is there, whatever was to be there. */
function installed(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(folder, name)).map((part) => `${name}/${part}`)
        : name,
    );
  return names.sort().flatMap((name) => {
    const file = join(folder, name, 'package.json');
    return existsSync(file) ? [`${name} ${versionIn(readFileSync(file, 'utf8'))}`] : [];
  });
}

function versionIn(text: string): string {
  return /"version"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}
