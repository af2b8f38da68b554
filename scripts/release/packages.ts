/**
 * The packages that the program runs with, by the lock file, and what of each belongs into a release. What is only
 * needed to build or test is not listed here and so is not shipped.
 */
import { lockedPackages } from '../dependencies/lock-file.ts';

export interface RunPackage {
  /** Relative to the tree: `node_modules/pino`; nested ones `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression; `NOASSERTION` when the package says nothing. */
  readonly licence: string;
}

/** All of them, by path. Throws when the lock file is malformed. */
export function runPackages(lock: string): readonly RunPackage[] {
  return lockedPackages(lock)
    .filter(({ isDev, isOptional }) => !isDev && !isOptional)
    .map(({ path, name, version, licence = 'NOASSERTION' }) => ({ path, name, version, licence }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Of these packages only what starts with one of the paths is shipped: the rest is what they are compiled from. */
const SHIPPED_PARTS: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['lib/', 'build/Release/better_sqlite3.node', 'package.json', 'LICENSE'],
};

/** What serves those who compile, bundle or test a package, and nobody who runs it in this Node. */
const NOT_SHIPPED = /^(tests?|node_modules|build\/(esm|esnext))\/|\.([cm]?ts|map|tsbuildinfo)$/;

/** Whether a file of a package is shipped; `file` is relative to the package's folder, with `/`. */
export function isShipped({ name }: Pick<RunPackage, 'name'>, file: string): boolean {
  if (NOT_SHIPPED.test(file)) return false;
  const parts = SHIPPED_PARTS[name];
  return parts === undefined || parts.some((part) => file.startsWith(part));
}
