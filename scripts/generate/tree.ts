/**
 * XML as a small tree: expanded names, line numbers, and the namespace bindings that QNames in attribute
 * values need. Knows nothing of WSDL or XML Schema. Every refusal of the generator is a `Refusal` that
 * names file and line.
 *
 * Source: Namespaces in XML 1.0.
 */

import { SaxesParser } from 'saxes';

/** An expanded name: `uri` is '' where there is no namespace. */
export interface QName {
  readonly uri: string;
  readonly local: string;
}

export interface XmlAttribute extends QName {
  readonly value: string;
}

export interface XmlNode extends QName {
  readonly file: string;
  readonly line: number;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  /** The node's own character data, children's not included. */
  readonly text: string;
  /** Prefix to namespace, for all that is in scope here. */
  readonly scope: Readonly<Record<string, string>>;
}

/** The generator met something that it does not understand, and says where. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Throws a `Refusal` that names the node's file and line. */
export function refuse(node: XmlNode, reason: string): never {
  throw new Refusal(`${node.file}:${node.line}: ${reason}`);
}

interface OpenNode extends XmlNode {
  readonly children: XmlNode[];
  text: string;
}

/** Parses `text`; `file` is only for messages. Throws a `Refusal` on malformed XML or a DTD. */
export function parseXml(text: string, file: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true, position: true, fileName: file });
  const open: OpenNode[] = [];
  let root: XmlNode | undefined;
  let line = 1;
  parser.on('error', (error) => {
    throw new Refusal(error.message);
  });
  parser.on('doctype', () => {
    throw new Refusal(`${file}:${parser.line}: a DTD is not accepted`);
  });
  parser.on('opentagstart', () => {
    line = parser.line;
  });
  parser.on('opentag', (tag) => {
    const parent = open.at(-1);
    const node: OpenNode = {
      file,
      line,
      uri: tag.uri,
      local: tag.local,
      attributes: Object.values(tag.attributes).map(({ uri, local, value }) => ({
        uri,
        local,
        value,
      })),
      children: [],
      text: '',
      scope: { ...parent?.scope, ...tag.ns },
    };
    parent?.children.push(node);
    root ??= node;
    open.push(node);
  });
  parser.on('text', (chunk) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += chunk;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  if (root === undefined) throw new Refusal(`${file}: no root element`);
  return root;
}

/** Value of an attribute without namespace; undefined when it is absent. */
export function attribute(node: XmlNode, local: string): string | undefined {
  return node.attributes.find((each) => each.uri === '' && each.local === local)?.value;
}

/** As `attribute`; refuses when it is absent. */
export function requiredAttribute(node: XmlNode, local: string): string {
  return attribute(node, local) ?? refuse(node, `<${node.local}> has no attribute "${local}"`);
}

/** Children with this expanded name, in document order. */
export function childrenNamed(node: XmlNode, uri: string, local: string): readonly XmlNode[] {
  return node.children.filter((child) => child.uri === uri && child.local === local);
}

/** The expanded name that a QName in an attribute's value stands for; refuses an unbound prefix. */
export function resolveQName(node: XmlNode, value: string): QName {
  const parts = value.trim().split(':');
  const prefix = parts.length > 1 ? (parts[0] ?? '') : '';
  const uri = node.scope[prefix] ?? (prefix === '' ? '' : undefined);
  if (uri === undefined || parts.length > 2)
    return refuse(node, `prefix of "${value}" is not declared`);
  return { uri, local: parts.at(-1) ?? '' };
}

/** An expanded name as one string, for keys of maps and for messages. */
export function clark(name: QName): string {
  return `{${name.uri}}${name.local}`;
}
