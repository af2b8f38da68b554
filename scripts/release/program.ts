/**
 * Lays the program out as it is installed and run: what was built, the packages it runs with, the Node runtime,
 * documentation, licences, and the scripts that start and remove it. The archive, the installer and the image are
 * made from this one folder.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { nodeLicence, noticesText } from './notices.ts';
import { isShipped, type RunPackage, runPackages } from './packages.ts';

export interface ProgramSource {
  /** A tree that was built: `dist`, `wsdl` and the packages are read there. */
  readonly tree: string;
  /** The Node program to ship. */
  readonly node: string;
  /** File with its licence; undefined: where installations of Node keep it. */
  readonly nodeLicenceFile: string | undefined;
  /** Pages to read on the machine, by path inside the folder `documentation`. */
  readonly handbook: ReadonlyMap<string, Buffer>;
}

/** What was laid out, for those who describe it. */
export interface ProgramFacts {
  readonly packages: readonly RunPackage[];
  readonly eula: string;
  readonly thirdPartyNotices: string;
}

const TEMPLATES = join(import.meta.dirname, 'program');
const EULA = join(import.meta.dirname, 'eula.txt');
/** What the compiler keeps for its next run, and for those who have the sources. */
const NOT_SHIPPED = [/^dist\/build\.tsbuildinfo$/, /^dist\/.*\.map$/];

/** Lays it out in a new folder. Throws when something is missing. */
export function layOutProgram(source: ProgramSource, folder: string): ProgramFacts {
  const { tree, node } = source;
  const packages = runPackages(readFileSync(join(tree, 'package-lock.json'), 'utf8'));
  mkdirSync(join(folder, 'bin'), { recursive: true });
  for (const name of ['dist', 'wsdl', 'package.json', 'LICENSE']) copy(tree, name, folder);
  for (const each of packages) copyPackage(tree, each, folder);
  const licence = nodeLicence(node, source.nodeLicenceFile);
  mkdirSync(join(folder, 'runtime'));
  cpSync(node, join(folder, 'runtime/node'), { dereference: true });
  chmodSync(join(folder, 'runtime/node'), 0o755);
  const notices = noticesText(tree, packages, { version: process.versions.node, licence });
  const eula = readFileSync(EULA, 'utf8');
  writeFileSync(join(folder, 'runtime/LICENSE'), licence);
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices);
  writeFileSync(join(folder, 'EULA.txt'), eula);
  addScripts(folder);
  for (const [path, bytes] of source.handbook) {
    const file = join(folder, 'documentation', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return { packages, eula, thirdPartyNotices: notices };
}

function addScripts(folder: string): void {
  cpSync(join(TEMPLATES, 'keelson.sh'), join(folder, 'bin/keelson'));
  mkdirSync(join(folder, 'install'));
  for (const name of ['keelson.service', 'uninstall.sh'])
    cpSync(join(TEMPLATES, name), join(folder, 'install', name));
  for (const name of ['bin/keelson', 'install/uninstall.sh', 'dist/src/main.js'])
    chmodSync(join(folder, name), 0o755);
}

function copy(tree: string, name: string, folder: string): void {
  cpSync(join(tree, name), join(folder, name), {
    recursive: true,
    filter: (path) => !NOT_SHIPPED.some((pattern) => pattern.test(nameIn(tree, path))),
  });
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

function copyPackage(tree: string, each: RunPackage, folder: string): void {
  const from = join(tree, each.path);
  if (!existsSync(from)) throw new Error(`${from} is missing: npm ci`);
  for (const file of filesOf(from)) {
    if (isShipped(each, file)) cpSync(join(from, file), join(folder, each.path, file));
  }
}

/** Files of a package, relative, without those of packages that lie in it. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => nameIn(folder, join(entry.parentPath, entry.name)));
}
