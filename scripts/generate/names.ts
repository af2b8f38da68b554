/**
 * Chooses one name per schema type and element: the key in the descriptor and the name in TypeScript.
 * A local name that is unique in the service stands as it is; others get their namespace's prefix.
 */

import type { Contract } from './source.ts';
import { clark, type QName, refuse, type XmlNode } from './tree.ts';

export interface Names {
  /** Expanded name (`clark`) of a type to its key. */
  readonly types: ReadonlyMap<string, string>;
  /** Expanded name of a global element to its key. */
  readonly elements: ReadonlyMap<string, string>;
  /** Key of an element that is a request or response to its TypeScript name. */
  readonly wrappers: ReadonlyMap<string, string>;
}

/** Names that the generated files use themselves. */
const TAKEN: readonly string[] = [
  'AnyValue',
  'Empty',
  'Omit',
  'OperationName',
  'Operations',
  'Record',
  'Uint8Array',
];

/** `text` with its first letter in upper case. */
function pascalCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Name of the union of the type called `name` and those that extend it. */
export function unionName(name: string): string {
  return `Any${name}`;
}

function prefixOf(contract: Contract, uri: string): string {
  const declared = Object.entries(contract.wsdl.root.scope).find(
    ([prefix, each]) => each === uri && prefix !== '',
  );
  return declared?.[0] ?? `ns${contract.schemas.findIndex((schema) => schema.uri === uri) + 1}`;
}

type Named = QName & { readonly node: XmlNode };

/** Keys for `all`; a local name that occurs twice is told apart by its prefix. */
function keysOf(contract: Contract, all: readonly Named[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const each of all) {
    if (keys.has(clark(each))) refuse(each.node, `"${each.local}" is declared twice`);
    const twin = all.some((other) => other.local === each.local && other.uri !== each.uri);
    keys.set(
      clark(each),
      twin ? pascalCase(prefixOf(contract, each.uri)) + pascalCase(each.local) : each.local,
    );
  }
  return keys;
}

/** Chooses all names of a contract. Refuses what cannot be a TypeScript name, and names that still collide. */
export function chooseNames(contract: Contract): Names {
  const allTypes = contract.schemas.flatMap((schema) => schema.types);
  const allElements = contract.schemas.flatMap((schema) => schema.elements);
  const types = keysOf(contract, allTypes);
  const elements = keysOf(contract, allElements);
  const used = new Set(TAKEN);
  const claim = (name: string, node: XmlNode): string => {
    if (!/^[A-Za-z_]\w*$/.test(name)) refuse(node, `"${name}" cannot be a name in TypeScript`);
    if (used.has(name)) refuse(node, `the name "${name}" is needed twice`);
    used.add(name);
    return name;
  };
  for (const type of allTypes) claim(types.get(clark(type)) ?? type.local, type.node);
  const bases = new Set(
    allTypes.flatMap((type) => (type.kind === 'complex' && type.base ? [clark(type.base)] : [])),
  );
  for (const type of allTypes) {
    if (bases.has(clark(type))) claim(unionName(types.get(clark(type)) ?? type.local), type.node);
  }
  const wrappers = new Map<string, string>();
  for (const { input, output, node } of contract.wsdl.operations) {
    for (const element of [input, output]) {
      if (element === null) continue;
      const key =
        elements.get(clark(element)) ?? refuse(node, `element ${clark(element)} is not declared`);
      if (wrappers.has(key)) continue;
      const name = pascalCase(key);
      wrappers.set(key, claim(used.has(name) ? `${name}Message` : name, node));
    }
  }
  return { types, elements, wrappers };
}
