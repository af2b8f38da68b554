/** A figure over time as a picture: an area under a line, with the least and the most beside it. */

import { moment, size } from '../format.js';
import { html } from '../html.js';

const WIDTH = 640;
const HEIGHT = 150;
const LEFT = 64;
const BOTTOM = 18;
const TOP = 8;
/** A line below this part of the total has a scale of its own. */
const SMALL_PART = 5;

/**
 * Bytes over time, of `total`.
 * @param {{ points: readonly { at: number, value: number }[], total: number, what: string }} properties
 */
export function LineChart({ points, total, what }) {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const peak = Math.max(...points.map(({ value }) => value));
  // All there is, unless the line would lie on the ground then.
  const most = Math.max(1, peak * SMALL_PART < total && peak > 0 ? 2 * peak : total, peak);
  const span = Math.max(1, last.at - first.at);
  /** @param {number} at */
  const x = (at) => LEFT + ((at - first.at) / span) * (WIDTH - LEFT - 4);
  /** @param {number} value */
  const y = (value) => TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
  const path = points
    .map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`)
    .join(' L');
  const label = `${what} from ${moment(first.at)} to ${moment(last.at)}: at first ${size(first.value)}, at last ${size(last.value)}`;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
    ${[0, 0.5, 1].map(
      (part) => html`<g>
        <line class="grid" x1=${LEFT} x2=${WIDTH - 4} y1=${y(part * most)} y2=${y(part * most)} />
        <text x=${LEFT - 8} y=${y(part * most) + 4} text-anchor="end">${size(part * most)}</text>
      </g>`,
    )}
    <path class="area" d="M${x(first.at)},${y(0)} L${path} L${x(last.at)},${y(0)} Z" />
    <path class="line" d="M${path}" />
    <text x=${LEFT} y=${HEIGHT - 3}>${moment(first.at).slice(5, 16)}</text>
    <text x=${WIDTH - 4} y=${HEIGHT - 3} text-anchor="end">${moment(last.at).slice(5, 16)}</text>
  </svg>`;
}
