/**
 * Picks single values out of an answer without parsing it: elements by local name, their text as it stands,
 * still escaped, so that it can go into the next request. For load only; the acceptance runner reads strictly.
 */

/** Text of the first element of this local name after `from`; undefined: there is none. */
export function textIn(xml: string, local: string, from = 0): string | undefined {
  const at = startOf(xml, local, from);
  if (at === undefined) return undefined;
  const open = xml.indexOf('>', at);
  const end = xml.indexOf('<', open);
  return open < 0 || end < 0 ? undefined : xml.slice(open + 1, end);
}

/** Texts of all elements of this local name. */
export function textsIn(xml: string, local: string): readonly string[] {
  const found: string[] = [];
  for (let at = startOf(xml, local, 0); at !== undefined; at = startOf(xml, local, at + 1)) {
    const text = textIn(xml, local, at);
    if (text !== undefined) found.push(text);
  }
  return found;
}

/** Where a start tag of this local name has its `<`. */
function startOf(xml: string, local: string, from: number): number | undefined {
  for (let at = xml.indexOf(local, from); at >= 0; at = xml.indexOf(local, at + 1)) {
    const after = xml.charCodeAt(at + local.length);
    const endsHere = after === 62 || after === 32 || after === 47 || after === 10 || after === 13;
    if (!endsHere) continue;
    const before = xml.lastIndexOf('<', at);
    const prefix = xml.slice(before + 1, at);
    if (before >= from && /^([\w.-]+:)?$/.test(prefix)) return before;
  }
  return undefined;
}

/** The content of an element and the namespace declarations that it needs. */
export interface Fragment {
  /** Attributes `xmlns…`, each with a space before it. */
  readonly namespaces: string;
  readonly inner: string;
}

const DECLARATION = /\sxmlns(?::[\w.-]+)?=(?:"[^"]*"|'[^']*')/g;

/**
 * The first element of this local name with what is in it. Namespaces are those declared up to there; where a
 * prefix is declared twice the later one counts, as in every writer that is known.
 */
export function fragmentIn(xml: string, local: string): Fragment | undefined {
  const at = startOf(xml, local, 0);
  if (at === undefined) return undefined;
  const open = xml.indexOf('>', at);
  const name = /^<([\w.:-]+)/.exec(xml.slice(at, open + 1))?.[1];
  const end = xml.indexOf(`</${name}`, open);
  if (open < 0 || end < 0) return undefined;
  const declared = new Map<string, string>();
  for (const [whole] of xml.slice(0, open).matchAll(DECLARATION))
    declared.set(whole.slice(0, whole.indexOf('=')), whole);
  return { namespaces: [...declared.values()].join(''), inner: xml.slice(open + 1, end) };
}
