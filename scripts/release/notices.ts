/**
 * The notices of everything that is shipped but was not written here: for each package its licence and the text that
 * comes with it, and the text of the Node.js runtime, which names what is inside Node itself.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunPackage } from './packages.ts';

const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense)([.-].*)?$/i;
const RULE = '='.repeat(78);

/** Where installations of Node keep its licence, seen from the program. */
const NODE_LICENCES = ['../LICENSE', '../share/doc/nodejs/LICENSE', '../share/doc/node/LICENSE'];

/** The licence text of the running Node. Throws when it is not found; `given` is looked at first. */
export function nodeLicence(program: string, given: string | undefined): string {
  const places = NODE_LICENCES.map((place) => join(dirname(program), place));
  const file = (given === undefined ? places : [given]).find((place) => existsSync(place));
  if (file === undefined) {
    throw new Error(`no licence of Node at ${places.join(', ')}: name it with --node-licence`);
  }
  return readFileSync(file, 'utf8');
}

function textsOf(tree: string, { path }: RunPackage): readonly string[] {
  const names = readdirSync(join(tree, path)).filter((name) => LICENCE_FILE.test(name));
  return names.toSorted().map((name) => readFileSync(join(tree, path, name), 'utf8').trim());
}

/** The whole text. A package without a file of its own is listed with the licence that it declares. */
export function noticesText(
  tree: string,
  packages: readonly RunPackage[],
  node: { readonly version: string; readonly licence: string },
): string {
  const parts = packages.map((each) => {
    const texts = textsOf(tree, each);
    const said = texts.length === 0 ? ['(the package has no file with its licence)'] : texts;
    return [RULE, `${each.name} ${each.version}: ${each.licence}`, RULE, ...said, ''].join('\n\n');
  });
  const head = `Keelson is shipped with the packages and the runtime below, each under its own licence.\n\n`;
  const runtime = [RULE, `Node.js ${node.version}: MIT and others`, RULE, node.licence.trim(), ''];
  return `${head}${[...parts, runtime.join('\n\n')].join('\n')}`;
}
