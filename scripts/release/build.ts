/**
 * Builds a copy of the sources: packages, then the program, stamped with its commit. What a compiler puts into a
 * program about the place where it ran would make each build another one, so the places are given a common name.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runPackages } from './packages.ts';
import type { Source } from './source.ts';

export interface BuildOptions {
  /** A `node_modules` that npm made from the same lock file; undefined: npm makes one. */
  readonly packages: string | undefined;
  readonly say: (line: string) => void;
}

function npm(tree: string, args: readonly string[], environment: Record<string, string>): void {
  // npm hands its own settings to its children by variable; another npm run must not inherit them.
  const own = Object.entries(process.env).filter(([name]) => !/^(npm|NODE)_/i.test(name));
  execFileSync('npm', args, {
    cwd: tree,
    env: { ...Object.fromEntries(own), ...environment },
    stdio: ['ignore', process.stderr, 'inherit'],
  });
}

/** Builds the sources in `tree`, which `exportSource` made. Throws when a command fails. */
export function buildTree(tree: string, source: Source, { packages, say }: BuildOptions): void {
  const prefixMap = `-ffile-prefix-map=${tree}=/keelson`;
  const environment = {
    KEELSON_BUILD: source.build,
    SOURCE_DATE_EPOCH: String(source.committedAt.getTime() / 1_000),
    CFLAGS: prefixMap,
    CXXFLAGS: prefixMap,
  };
  if (packages === undefined) {
    say('packages: npm ci');
    npm(tree, ['ci', '--no-audit', '--no-fund', '--prefer-offline'], environment);
  } else {
    checkPackages(tree, packages);
    symlinkSync(packages, join(tree, 'node_modules'));
  }
  say(`program: build ${source.build}`);
  npm(tree, ['run', '--silent', 'build'], environment);
}

/** Throws unless the folder has the packages of the tree's lock file, in their versions. */
function checkPackages(tree: string, packages: string): void {
  const lock = readFileSync(join(tree, 'package-lock.json'), 'utf8');
  for (const { path, name, version } of runPackages(lock)) {
    const file = join(packages, '..', path, 'package.json');
    const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    const has = typeof found === 'object' && found !== null && 'version' in found && found.version;
    if (has !== version) {
      throw new Error(`${packages} has ${name} ${String(has)}, the lock file ${version}: npm ci`);
    }
  }
}
