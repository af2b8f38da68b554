/** Protocol endpoints: through which hosts reach their volumes, and whether they are in service. */

import { useApp } from '../app.js';
import { fieldsOf, useChange } from '../change.js';
import { html } from '../html.js';
import { Change, Empty, Loaded, Page, Problem } from '../parts/page.js';
import { State, Table } from '../parts/table.js';
import { useQuery } from '../query.js';

/** @type {readonly import('../parts/table.js').Column<EndpointRow>[]} */
const COLUMNS = [
  { title: 'Endpoint', cell: ({ endpointId }) => html`<span class="mono">${endpointId}</span>` },
  {
    title: 'State',
    cell: ({ online }) =>
      html`<${State} tone=${online ? 'good' : 'bad'}>${online ? 'in service' : 'down'}</${State}>`,
  },
  { title: 'Protocol', cell: ({ protocol }) => protocol },
  {
    title: 'Found by hosts as',
    cell: ({ address, transportIpAddresses }) =>
      html`<span class="mono">${[address, ...transportIpAddresses].join(', data at ')}</span>`,
  },
];

/** @typedef {import('../../admin/shapes/inventory.ts').EndpointRow} EndpointRow */

export function Endpoints() {
  const endpoints = useQuery('/endpoints', ['endpoints', 'inventory']);
  return html`<${Page} title="Protocol endpoints" lead="Through which hosts reach the volumes that are bound to them.">
    <${Loaded} query=${endpoints}>
      ${(rows) =>
        rows.length === 0
          ? html`<${Empty} title="No endpoints.">The array lists none; volumes cannot be bound without.</${Empty}>`
          : html`<${Table} caption="Protocol endpoints" rows=${rows}
            rowKey=${({ endpointId }) => endpointId} columns=${COLUMNS} />
            <${Service} endpoints=${rows} />`}
    </${Loaded}>
  </${Page}>`;
}

/** @param {{ endpoints: readonly EndpointRow[] }} properties */
function Service({ endpoints }) {
  const { api } = useApp();
  const { change, error } = useChange();
  /** @param {Event} event */
  const send = (event) => {
    const { endpointId = '' } = fieldsOf(event);
    const online = endpoints.find((each) => each.endpointId === endpointId)?.online === false;
    const text = online
      ? `${endpointId} is taken back into service. New bindings may use it at once.`
      : `${endpointId} is taken out of service. Hosts that have volumes bound there are asked to bind them anew; nothing new is bound to it until it is back.`;
    change(
      {
        title: online
          ? 'Take the endpoint back into service?'
          : 'Take the endpoint out of service?',
        text,
        verb: online ? 'Take it back' : 'Take it out',
        danger: !online,
      },
      () => api.send('POST', '/array/endpoint', { endpointId, online }),
      online ? 'The endpoint is in service.' : 'The endpoint is down.',
    );
  };
  return html`<${Change} title="endpoints in and out of service">
    <form onSubmit=${send}>
      <label>Endpoint<select name="endpointId">
        ${endpoints.map(({ endpointId, online }) => html`<option value=${endpointId}>${endpointId} (${online ? 'in service' : 'down'})</option>`)}
      </select></label>
      <button>Take out, or back …</button>
    </form>
    ${error !== undefined && html`<${Problem} error=${error} />`}
  </${Change}>`;
}
