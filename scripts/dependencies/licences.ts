/**
 * The licences of the packages that the product runs with, as the lock file has them from the packages
 * themselves. Each must be one under which they may be passed on together with Apache-2.0.
 */
import { lockedPackages } from './lock-file.ts';

const ALLOWED: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['Unlicense', 'CC0-1.0', 'Python-2.0', 'Zlib'],
]);

export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; undefined: the package says nothing. */
  readonly licence: string | undefined;
}

/** Packages that the product runs with, by name. Throws when the lock file is malformed. */
export function packagesOf(lock: string): readonly Licensed[] {
  const found = new Map(
    lockedPackages(lock)
      .filter(({ isDev }) => !isDev)
      .map(({ name, version, licence }) => [`${name} ${version}`, { name, version, licence }]),
  );
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** May a package of this licence be passed on? Of several to choose from one is enough; `AND` needs all. */
export function isAllowed(licence: string | undefined): boolean {
  if (licence === undefined) return false;
  const words = licence.replace(/^\((.*)\)$/, '$1');
  return words
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((each) => ALLOWED.has(each.trim())));
}
