/** XML that may be taken apart before it is written: what the mutations of a message work on. */

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

/** The markup. No recursion: mutations make trees of any depth. */
export function written(root: Element): string {
  const pieces: string[] = [];
  const todo: (Element | Text | string)[] = [root];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (typeof node === 'string') pieces.push(node);
    else if (node.kind === 'text') pieces.push(node.raw ? node.text : escaped(node.text));
    else {
      const name = node.prefix === '' ? node.local : `${node.prefix}:${node.local}`;
      const attributes = node.attributes.map(
        ({ name: own, value }) => ` ${own}="${escaped(value).replaceAll('"', '&quot;')}"`,
      );
      pieces.push(`<${name}${attributes.join('')}>`);
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
