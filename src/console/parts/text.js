/** Small things in text: times, ids, and what state a health or colour is. */

import { moment, short } from '../format.js';
import { html } from '../html.js';

/** A time in UTC. @param {{ at: string | number | undefined }} properties */
export function Time({ at }) {
  if (at === undefined || at === '') return html`<span class="quiet">–</span>`;
  return html`<time datetime=${new Date(at).toISOString()}>${moment(at)}</time>`;
}

/** An id, shortened; the whole of it is in the title, and what copies the cell gets the whole of it. @param {{ id: string }} properties */
export function Id({ id }) {
  return html`<span class="mono id" title=${id}>${short(id)}</span>`;
}

/** How a state is to be shown, by the words of VASA and of the array port. @type {Readonly<Record<string, string>>} */
const TONES = {
  ...{
    healthy: 'good',
    online: 'good',
    ok: 'good',
    Green: 'good',
    success: 'good',
    Success: 'good',
  },
  ...{ degraded: 'warn', Yellow: 'warn', queued: 'warn', Queued: 'warn', running: 'warn' },
  ...{ failed: 'bad', offline: 'bad', Red: 'bad', error: 'bad', Error: 'bad', Failed: 'bad' },
};

/** @param {string} word */
export function toneOf(word) {
  return TONES[word] ?? 'quiet';
}
