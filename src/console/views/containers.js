/** Storage containers: how much space each has, how it went, and what it promises. Changes nothing. */
import { size } from '../format.js';
import { html } from '../html.js';
import { LineChart } from '../parts/line-chart.js';
import { Card, Empty, Loaded, Page } from '../parts/page.js';
import { SpaceBars } from '../parts/space.js';
import { Facts, State } from '../parts/table.js';
import { toneOf } from '../parts/text.js';
import { useQuery } from '../query.js';
import { linkTo } from '../route.js';

/** @typedef {import('../../admin/shapes/inventory.ts').ContainerRow} ContainerRow */
/** @typedef {import('../../admin/shapes/inventory.ts').SpaceHistory} SpaceHistory */

export function Containers() {
  const containers = useQuery('/containers', ['containers', 'space']);
  const history = useQuery('/space', ['space']);
  return html`<${Page} title="Containers"
    lead="Where virtual volumes are made. Used is what lies on disk; promised is what volumes may grow to together.">
    <${Loaded} query=${containers}>
      ${(rows) =>
        rows.length === 0
          ? html`<${Empty} title="No containers.">The array lists none: its inventory file says which it has (docs/simulator.md).</${Empty}>`
          : html`<div
            class="columns">${rows.map((row) => html`<${Container} key=${row.containerId} row=${row} history=${history.data} />`)}</div>`}
    </${Loaded}>
  </${Page}>`;
}

/** @param {{ row: ContainerRow, history: SpaceHistory | undefined }} properties */
function Container({ row, history }) {
  const { space } = row;
  const samples =
    history?.containers.find(({ containerId }) => containerId === row.containerId)?.samples ?? [];
  return html`<${Card} title=${row.name}
    aside=${html`${row.protocol} ${row.health !== undefined && html`<${State} tone=${toneOf(row.health)}>${row.health}</${State}>`}`}>
    <${SpaceBars} space=${space} />
    ${
      samples.length > 1
        ? html`<${LineChart} what="Space used" total=${space.totalBytes}
          points=${samples.map(({ at, usedBytes }) => ({ at: new Date(at).getTime(), value: usedBytes }))} />`
        : html`<p class="quiet small">Space over time will be drawn here: it is looked at every ${history?.everySeconds ?? 60} seconds while the provider runs.</p>`
    }
    <${Facts} of=${[
      ['Pool', row.poolName ?? row.poolId],
      ['A volume, at most', size(row.maxVolumeBytes)],
      ['Id', html`<span class="mono">${row.containerId}</span>`],
    ]} />
    ${
      row.profiles.length > 0 &&
      html`<details><summary>What it can promise: ${row.profiles.map(({ name }) => name).join(', ')}</summary>
      ${row.profiles.map(
        ({ name, description, offers }) => html`<h3>${name}</h3><p
        class="quiet">${description}</p><${Facts} of=${offers.map((offer) => [offer.name, offer.values.join(' · ')])} />`,
      )}
    </details>`
    }
    <p><a href=${linkTo('volumes', undefined, { containerId: row.containerId })}>Its volumes</a></p>
  </${Card}>`;
}
