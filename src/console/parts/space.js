/** The space of a container as two bars: what lies on disk, and what volumes may grow to. */
import { size } from '../format.js';
import { html } from '../html.js';
import { Bar } from './bar.js';

/** @typedef {import('../../admin/shapes/inventory.ts').Space} Space */

/** @param {{ space: Space }} properties */
export function SpaceBars({ space }) {
  const { usedBytes, totalBytes, promisedBytes, promiseLimitBytes } = space;
  const limit = promiseLimitBytes === 0 ? undefined : promiseLimitBytes;
  return html`<div class="space">
    <span>Used</span>
    <${Bar} used=${usedBytes} total=${totalBytes} what="Used" />
    <span class="figures">${size(usedBytes)} of ${size(totalBytes)}</span>
    <span>Promised</span>
    ${
      limit === undefined
        ? html`<span class="quiet small">no quota</span>`
        : html`<${Bar}
      used=${promisedBytes} total=${limit} what="Promised" />`
    }
    <span class="figures">${size(promisedBytes)}${limit === undefined ? '' : ` of ${size(limit)}`}</span>
  </div>`;
}

/** One bar for each container, by name. @param {{ containers: readonly import('../../admin/shapes/inventory.ts').ContainerRow[] }} properties */
export function SpaceOverview({ containers }) {
  return html`<div class="space">
    ${containers.map(
      ({ name, space }) => html`
        <span>${name}</span>
        <${Bar} used=${space.usedBytes} total=${space.totalBytes} what=${`Used of ${name}`} />
        <span class="figures">${size(space.usedBytes)} of ${size(space.totalBytes)}</span>
      `,
    )}
  </div>`;
}
