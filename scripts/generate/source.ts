/**
 * Loads a contract from a folder: its one WSDL, the schemas inside it and those that they import from the
 * same folder. Knows files; knows nothing of TypeScript.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readSchema, type Schema, XS } from './schema.ts';
import { attribute, childrenNamed, parseXml, Refusal, refuse, type XmlNode } from './tree.ts';
import { readWsdl, type Wsdl } from './wsdl.ts';

export interface Contract {
  readonly wsdl: Wsdl;
  /** In the order in which the WSDL reaches them, one entry per `xs:schema`. */
  readonly schemas: readonly Schema[];
  /** Of the API, e.g. `2.0`: what follows the last `-` in the folder's name. */
  readonly version: string;
  /** SHA-256 of the names and contents of all files that were read, as hexadecimal digits. */
  readonly digest: string;
}

/**
 * Reads the contract in `folder`. `version` replaces the one in the folder's name. Throws a `Refusal` when
 * the folder does not hold exactly one `.wsdl` file, or holds what the generator does not understand.
 */
export function loadContract(folder: string, version?: string): Contract {
  const contents = new Map<string, string>();
  const parse = (path: string): XmlNode => {
    const text = readFileSync(path, 'utf8');
    contents.set(relative(folder, path).split(sep).join('/'), text);
    return parseXml(text, relative(process.cwd(), path));
  };
  const path = join(folder, onlyWsdl(folder));
  const wsdl = readWsdl(parse(path));
  const schemas: Schema[] = [];
  const visited = new Set<string>();
  const visit = (schema: XmlNode, directory: string): void => {
    if (schema.uri !== XS || schema.local !== 'schema')
      refuse(schema, `<${schema.local}> is not a schema`);
    if (!isListOfImports(schema)) schemas.push(readSchema(schema));
    for (const node of childrenNamed(schema, XS, 'import')) {
      const target = importedFile(node, folder, directory);
      if (target === undefined || visited.has(target)) continue;
      visited.add(target);
      const root = parse(target);
      if (attribute(root, 'targetNamespace') !== attribute(node, 'namespace')) {
        refuse(node, `"${basename(target)}" has another target namespace`);
      }
      visit(root, dirname(target));
    }
  };
  for (const schema of wsdl.schemas) visit(schema, folder);
  return { wsdl, schemas, version: version ?? folderVersion(folder), digest: digestOf(contents) };
}

function onlyWsdl(folder: string): string {
  const found = readdirSync(folder).filter((name) => name.endsWith('.wsdl'));
  if (found.length !== 1)
    throw new Refusal(`${folder}: expected one .wsdl file, found ${found.length}`);
  return found.join();
}

function folderVersion(folder: string): string {
  const match = /-(\d+(?:\.\d+)*)$/.exec(basename(resolve(folder)));
  if (match?.[1] === undefined) {
    throw new Refusal(
      `${folder}: the folder's name does not end in "-" and a version; give --api-version`,
    );
  }
  return match[1];
}

/** A schema whose only purpose is to import others has no namespace of its own. */
function isListOfImports(schema: XmlNode): boolean {
  return (
    attribute(schema, 'targetNamespace') === undefined &&
    schema.children.every((child) => child.uri === XS && child.local === 'import')
  );
}

/** Path of an import; undefined where none is given, which is right for a schema inside the WSDL. */
function importedFile(node: XmlNode, folder: string, directory: string): string | undefined {
  const location = attribute(node, 'schemaLocation');
  if (location === undefined) return undefined;
  const target = resolve(directory, location);
  if (/^[a-z]+:/i.test(location) || !target.startsWith(resolve(folder) + sep)) {
    refuse(node, `schemaLocation="${location}" does not lie in the WSDL's folder`);
  }
  return target;
}

function digestOf(contents: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const name of [...contents.keys()].sort()) hash.update(`${name}\0${contents.get(name)}\0`);
  return hash.digest('hex');
}
