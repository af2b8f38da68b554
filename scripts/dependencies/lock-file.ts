/** What package-lock.json says of the packages in it. Which of them count for what is their readers' business. */
import { z } from 'zod';

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
    }),
  ),
});

export interface LockedPackage {
  /** Relative to the tree: `node_modules/pino`; nested ones `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression; undefined: the package says nothing. */
  readonly licence: string | undefined;
  /** Only for building and testing. */
  readonly isDev: boolean;
  /** Not on every machine, for the program or for its building. */
  readonly isOptional: boolean;
}

/** All but the tree itself, in the file's order. Throws when the file is malformed. */
export function lockedPackages(lock: string): readonly LockedPackage[] {
  return Object.entries(lockFile.parse(JSON.parse(lock)).packages)
    .filter(([path]) => path !== '')
    .map(([path, { version = '', license, dev, optional, devOptional }]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      isDev: dev === true,
      isOptional: optional === true || devOptional === true,
    }));
}
