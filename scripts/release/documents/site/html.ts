/** Pieces of the landing page: vendor's words, links and tables as HTML. */
import { escapedHtml, marked, pageOf } from '../markdown.ts';
import { isPlaceholder, shown } from '../vendor.ts';

/** Where a document's page is, seen from the landing page. */
export function documentAt(path: string): string {
  return `documentation/${pageOf(path)}`;
}

/** Vendor's words as HTML. */
export function said(text: string): string {
  return marked(escapedHtml(shown(text)));
}

/** An address as a link, anything else as text. */
export function link(text: string): string {
  if (isPlaceholder(text)) return said(text);
  if (/^https:\/\/\S+$/.test(text))
    return `<a href="${escapedHtml(text)}">${escapedHtml(text)}</a>`;
  if (/^\S+@\S+\.\S+$/.test(text))
    return `<a href="mailto:${escapedHtml(text)}">${escapedHtml(text)}</a>`;
  return escapedHtml(text);
}

/** A table of cells that are HTML already; each says its column, for narrow screens. */
export function grid(
  head: readonly string[],
  cells: readonly (readonly string[])[],
  kind = '',
): string {
  const row = (each: readonly string[]) =>
    `<tr>${each.map((cell, at) => `<td data-label="${head[at]}"><div>${cell}</div></td>`).join('')}</tr>`;
  return `<table class="grid ${kind}">
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${cells.map(row).join('\n')}
</tbody>
</table>`.replace('class="grid "', 'class="grid"');
}

/** Names and values, which are text. */
export function rows(pairs: readonly (readonly [string, string])[]): string {
  const items = pairs.map(
    ([name, value]) => `<div><dt>${escapedHtml(name)}</dt><dd>${escapedHtml(value)}</dd></div>`,
  );
  return `<dl class="facts">\n${items.join('\n')}\n</dl>`;
}
