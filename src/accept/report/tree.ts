/**
 * XML as a plain tree, of any provider and any version: for telling what messages hold without knowing their
 * types. Namespaces are left out; the message was checked when it came.
 */
import { SaxesParser } from 'saxes';

export interface XmlNode {
  /** Local name. */
  readonly name: string;
  /** Local name of its xsi:type. */
  readonly type: string | undefined;
  /** Its own text, without the white space around it. */
  readonly text: string;
  readonly children: readonly XmlNode[];
}

/** Deepest nesting that is read: legal messages have 14. */
const DEPTH = 64;

interface Growing extends XmlNode {
  text: string;
  readonly children: Growing[];
}

/** The element inside the SOAP Body; undefined where there is none, or it cannot be read. */
export function payloadOf(xml: string): XmlNode | undefined {
  const root = treeOf(xml);
  return root?.children.find(({ name }) => name === 'Body')?.children[0];
}

/** Every element below, by its path of names from here, in document order; those without children with their text. */
export function leavesOf(
  node: XmlNode,
  path: string = node.name,
): readonly (readonly [string, string])[] {
  if (node.children.length === 0) return [[path, node.text]];
  return node.children.flatMap((child) => leavesOf(child, `${path}/${child.name}`));
}

function treeOf(xml: string): XmlNode | undefined {
  const parser = new SaxesParser();
  const top: Growing = { name: '', type: undefined, text: '', children: [] };
  const open: Growing[] = [top];
  let isWrong = false;
  parser.on('error', () => {
    isWrong = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > DEPTH) isWrong = true;
    if (isWrong) return;
    const typed = Object.entries(attributes).find(([key]) => /(^|:)type$/.test(key));
    const node = { name: local(name), type: typed && local(typed[1]), text: '', children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (piece) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += piece.trim();
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  return isWrong ? undefined : top.children[0];
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
