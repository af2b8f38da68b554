/** Space as a bar: what is used of what there is, and how much was promised. */

import { size } from '../format.js';
import { html } from '../html.js';

/** From here on a bar warns. */
const NEARLY_FULL = 0.9;

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return whole <= 0 ? 0 : Math.min(1, part / whole);
}

/**
 * Bytes used of a total. `mark`: a line at another figure, such as a threshold.
 * @param {{ used: number, total: number, what: string, mark?: number | undefined }} properties
 */
export function Bar({ used, total, what, mark }) {
  const part = share(used, total);
  const label = `${what}: ${size(used)} of ${size(total)}, ${Math.round(part * 100)} percent`;
  return html`<svg class="bar ${part >= NEARLY_FULL ? 'full' : ''}" role="img" aria-label=${label} preserveAspectRatio="none" viewBox="0 0 100 10">
    <title>${label}</title>
    <rect class="track" width="100" height="10" rx="1.2" />
    <rect class="used" width=${used > 0 ? Math.max(0.6, part * 100) : 0} height="10" rx="1.2" />
    ${mark !== undefined && html`<line class="mark" x1=${share(mark, total) * 100} x2=${share(mark, total) * 100} y1="0" y2="10" vector-effect="non-scaling-stroke" />`}
  </svg>`;
}
