/** XML that may be taken apart before it is written: what the mutations of a message work on. */
import { LIMITS } from '../../src/model/limits.ts';

export interface Attribute {
  name: string;
  value: string;
}

export interface Element {
  kind: 'element';
  /** Namespace prefix as written; empty: none. */
  prefix: string;
  local: string;
  attributes: Attribute[];
  children: (Element | Text)[];
}

export interface Text {
  kind: 'text';
  /** As it stands in the document when `raw`, else escaped. */
  text: string;
  raw: boolean;
}

/** An element without attributes. */
export function element(prefix: string, local: string, children: Element['children']): Element {
  return { kind: 'element', prefix, local, attributes: [], children };
}

/** Text to be escaped, or to be left as it is. */
export function text(content: string, raw = false): Text {
  return { kind: 'text', text: content, raw };
}

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * The markup, of which no more is made than a request may have: mutations of mutations are large. No recursion:
 * they are deep, too.
 */
export function written(root: Element): string {
  const pieces: string[] = [];
  let length = 0;
  const todo: (Element | Text | string)[] = [root];
  const add = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  for (
    let node = todo.pop();
    node !== undefined && length < LIMITS.requestBodyBytes / 2;
    node = todo.pop()
  ) {
    if (typeof node === 'string') add(node);
    else if (node.kind === 'text') add(node.raw ? node.text : escaped(node.text));
    else {
      const name = node.prefix === '' ? node.local : `${node.prefix}:${node.local}`;
      const attributes = node.attributes.map(
        ({ name: own, value }) => ` ${own}="${escaped(value).replaceAll('"', '&quot;')}"`,
      );
      add(`<${name}${attributes.join('')}>`);
      todo.push(`</${name}>`, ...node.children.toReversed());
    }
  }
  return pieces.join('');
}

/** Every element of the tree, the root first. */
export function elementsOf(root: Element): readonly Element[] {
  const found: Element[] = [];
  const todo = [root];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    found.push(node);
    for (const child of node.children) if (child.kind === 'element') todo.push(child);
  }
  return found;
}
