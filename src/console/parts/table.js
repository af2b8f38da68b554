/** Tables, lists of names and values, states in words. */
import { html } from '../html.js';

/**
 * @template Row
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: Row) => unknown} cell
 * @property {boolean} [number] Set right, in figures of one width.
 * @property {boolean} [text] Sentences with long ids in them: broken anywhere, so that the rest has room.
 */

/**
 * A table; the first column names its row.
 * @template Row
 * @param {{ caption: string, columns: readonly Column<Row>[], rows: readonly Row[], rowKey: (row: Row) => string | number }} properties
 */
export function Table({ caption, columns, rows, rowKey }) {
  /** @param {Column<Row>} column */
  const kind = ({ number, text }) =>
    number === true ? 'number' : text === true ? 'sentence' : undefined;
  return html`<div class="wide" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption class="hidden">${caption}</caption>
      <thead>
        <tr>${columns.map((each) => html`<th scope="col" class=${kind(each)}>${each.title}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr key=${rowKey(row)}>
            ${columns.map((each, at) =>
              at === 0
                ? html`<th scope="row" class=${kind(each)}>${each.cell(row)}</th>`
                : html`<td class=${kind(each)}>${each.cell(row)}</td>`,
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Names and values; what is undefined is left out. @param {{ of: readonly (readonly [string, unknown])[] }} properties */
export function Facts({ of }) {
  const given = of.filter(([, value]) => value !== undefined);
  return html`<dl>${given.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** A word with a sign and a colour: good, warn, bad or quiet. @param {{ tone: string, children?: unknown }} properties */
export function State({ tone, children }) {
  return html`<span class="state ${tone}">${children}</span>`;
}

/** A large figure with what it counts. @param {{ value: unknown, of: unknown, to?: string }} properties */
export function Figure({ value, of, to }) {
  const label = to === undefined ? of : html`<a href=${to}>${of}</a>`;
  return html`<div class="figure"><strong>${value}</strong><span class="quiet">${label}</span></div>`;
}

/** The one button that goes on to the next page of a list, and the one that goes back. @param {{ shown: string, back?: (() => void) | undefined, on?: (() => void) | undefined }} properties */
export function Pager({ shown, back, on }) {
  return html`<nav class="row" aria-label="Pages of the list">
    <button type="button" disabled=${back === undefined} onClick=${back}>Back</button>
    <button type="button" disabled=${on === undefined} onClick=${on}>Next</button>
    <span class="quiet" role="status">${shown}</span>
  </nav>`;
}
