/**
 * The documents of the tree: everything under docs/, README, CHANGELOG and LICENSE. They are taken as they are; a
 * page that is added to docs/ is part of the next release's documentation without being named here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TOP = ['CHANGELOG.md', 'LICENSE', 'README.md'] as const;

export interface Library {
  /** By path in the tree, `/` between, sorted. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Is there such a file or folder in the tree? */
  isInSources(path: string): boolean;
}

/** Reads the documents of the tree. */
export function readLibrary(tree: string): Library {
  const found = readdirSync(join(tree, 'docs'), {
    encoding: 'utf8',
    recursive: true,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(tree.length).replace(/^\/+/, ''));
  const paths = [...TOP, ...found].sort();
  return {
    files: new Map(paths.map((path) => [path, readFileSync(join(tree, path))])),
    isInSources: (path) => !path.startsWith('..') && existsSync(join(tree, path)),
  };
}
