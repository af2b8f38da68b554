/** A list that comes in pages: the API gives with each page where the next one begins. */
import { useEffect, useState } from 'preact/hooks';
import { asked } from '../api.js';
import { counted } from '../format.js';
import { html } from '../html.js';
import { useQuery } from '../query.js';
import { Loaded } from './page.js';
import { Pager } from './table.js';

/**
 * `show` draws the items of a page; `empty` stands there when there is none at all.
 * @param {{ path: string, question?: Record<string, string | undefined>, subjects: readonly string[], noun: string, empty: unknown, show: (items: readonly any[]) => unknown }} properties
 */
export function Paged({ path, question = {}, subjects, noun, empty, show }) {
  const [before, setBefore] = useState(/** @type {readonly string[]} */ ([]));
  const list = asked(path, question);
  useEffect(() => setBefore([]), [list]);
  const query = useQuery(asked(path, { ...question, after: before.at(-1) }), subjects);
  return html`<${Loaded} query=${query}>
    ${({ items, next }) => {
      if (items.length === 0 && next === undefined && before.length === 0) return empty;
      const back = before.length === 0 ? undefined : () => setBefore(before.slice(0, -1));
      const on = next === undefined ? undefined : () => setBefore([...before, next]);
      const hasPages = back !== undefined || on !== undefined;
      const shown = `${counted(items.length, noun)}${hasPages ? ` on page ${before.length + 1}` : ''}`;
      return html`
        ${show(items)}
        ${
          hasPages
            ? html`<${Pager} shown=${shown} back=${back} on=${on} />`
            : html`<p
          class="quiet small">${shown}</p>`
        }
      `;
    }}
  </${Loaded}>`;
}
