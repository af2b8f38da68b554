/** HTML as text: what is put between tags is escaped here and nowhere else. */

/** Markup that has been put together already. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
/** Control characters that HTML may not hold; logs do. */
const CONTROL = /[\p{Cc}]/gu;

function escaped(text: string): string {
  const plain = text.replace(CONTROL, (each) =>
    each === '\n' || each === '\t' ? each : '\u{fffd}',
  );
  return plain.replace(/[&<>"]/g, (each) => ENTITIES[each] ?? each);
}

function htmlOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(`${part}`);
  if ('html' in part) return part.html;
  return part.map(htmlOf).join('');
}

/** A template whose places are escaped, unless they are markup; lists are joined, undefined is nothing. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: pieces.map((piece, index) => piece + htmlOf(parts[index])).join('') };
}
