/**
 * The texts of an XML message's elements, changed in place: for requests that our own codec wrote, and for answers
 * where what is not found unchanged is taken out by other means too.
 */

const LEAF = /<((?:[\w.-]+:)?([\w.-]+))((?:\s[^<>]*[^<>/])?)>([^<]*)<\/\1>/g;

/** The message with the text of each element that has only text given by `change`, unescaped both ways. */
export function withLeaves(xml: string, change: (name: string, text: string) => string): string {
  return xml.replace(LEAF, (whole, tag: string, name: string, attributes: string, raw: string) => {
    const text = unescaped(raw);
    const changed = change(name, text);
    return changed === text ? whole : `<${tag}${attributes}>${escaped(changed)}</${tag}>`;
  });
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, reference: string) => {
    if (!reference.startsWith('#')) return NAMED[reference] ?? whole;
    const isHex = /^#x/i.test(reference);
    const point = Number.parseInt(reference.slice(isHex ? 2 : 1), isHex ? 16 : 10);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
