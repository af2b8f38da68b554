/** Bindings by host: which hosts hold volumes, and those that hold some and have no session. Changes nothing. */
import { html } from '../html.js';
import { Empty, Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { State, Table } from '../parts/table.js';
import { Id, Time } from '../parts/text.js';
import { linkTo } from '../route.js';

/** @typedef {import('../../admin/shapes/volumes.ts').HostRow} HostRow */
/** @typedef {import('../../admin/shapes/volumes.ts').BindingRow} BindingRow */

/** @type {readonly import('../parts/table.js').Column<HostRow>[]} */
const HOST_COLUMNS = [
  {
    title: 'Host',
    cell: ({ hostId }) => html`<a class="mono" href=${linkTo('bindings', hostId)}>${hostId}</a>`,
  },
  { title: 'State', cell: hostState },
  { title: 'Bindings', number: true, cell: ({ bindings }) => bindings },
  { title: 'Oldest', cell: ({ oldestAt }) => html`<${Time} at=${oldestAt} />` },
  { title: 'Newest', cell: ({ newestAt }) => html`<${Time} at=${newestAt} />` },
  { title: 'Session', cell: ({ session }) => html`<span class="mono">${session ?? '–'}</span>` },
];

/** @type {import('../parts/table.js').Column<BindingRow>} */
const VOLUME_COLUMN = {
  title: 'Volume',
  cell: ({ vvolId, volumeName }) =>
    html`<a href=${linkTo('volumes', vvolId)}>${volumeName ?? html`<${Id} id=${vvolId} />`}</a>`,
};

/** @type {import('../parts/table.js').Column<BindingRow>} */
const HOST_COLUMN = {
  title: 'Host',
  cell: ({ hostId }) => html`<a class="mono" href=${linkTo('bindings', hostId)}>${hostId}</a>`,
};

/** @type {readonly import('../parts/table.js').Column<BindingRow>[]} */
const BINDING_COLUMNS = [
  {
    title: 'State',
    cell: ({ state }) =>
      html`<${State} tone=${state === 'bound' ? 'good' : 'warn'}>${state}</${State}>`,
  },
  { title: 'Endpoint', cell: ({ endpointId }) => html`<${Id} id=${endpointId} />` },
  { title: 'Secondary id', cell: ({ secondaryId }) => html`<${Id} id=${secondaryId} />` },
  { title: 'Bound at', cell: ({ boundAt }) => html`<${Time} at=${boundAt} />` },
];

/** @param {{ route: import('../route.js').Route }} properties */
export function Bindings({ route: { id } }) {
  return id === undefined ? html`<${Hosts} />` : html`<${Host} hostId=${id} />`;
}

function Hosts() {
  return html`<${Page} title="Bindings by host"
    lead="A host binds a volume before it reads or writes it. Bindings outlast sessions: a host that died leaves its own behind, and a volume that is bound cannot be deleted.">
    <${Paged} path="/hosts" subjects=${['hosts', 'bindings', 'sessions']} noun="host"
      empty=${html`<${Empty} title="No host holds a binding or has a session.">Hosts bind volumes when virtual machines are started.</${Empty}>`}
      show=${(hosts) => html`<${Table} caption="Hosts and their bindings" rows=${hosts}
        rowKey=${({ hostId }) => hostId} columns=${HOST_COLUMNS} />
      ${hosts.some(({ isStale }) => isStale) && html`<p class="quiet">Stale: the host holds bindings and has no session. If it is gone for good, have vCenter remove it: its bindings end with unbindAllVirtualVolumesFromHost.</p>`}`} />
  </${Page}>`;
}

/** @param {HostRow} host */
function hostState({ isStale, session }) {
  if (isStale) return html`<${State} tone="warn">stale</${State}>`;
  return session === undefined
    ? html`<${State} tone="quiet">no session</${State}>`
    : html`<${State} tone="good">has a session</${State}>`;
}

/** @param {{ hostId: string }} properties */
function Host({ hostId }) {
  return html`<${Page} title=${`Bindings of ${hostId}`} lead=${html`<a href=${linkTo('bindings')}>All hosts</a>`}>
    <${Paged} path=${`/hosts/${encodeURIComponent(hostId)}/bindings`} subjects=${['bindings']} noun="binding"
      empty=${html`<${Empty} title="This host holds no bindings.">What it binds will be here, oldest first.</${Empty}>`}
      show=${(bindings) => html`<${BindingTable} bindings=${bindings} by="volume" />`} />
  </${Page}>`;
}

/**
 * Bindings of one host or of one volume; the other one is told.
 * @param {{ bindings: readonly BindingRow[], by: 'volume' | 'host' }} properties
 */
export function BindingTable({ bindings, by }) {
  const columns = [by === 'volume' ? VOLUME_COLUMN : HOST_COLUMN, ...BINDING_COLUMNS];
  return html`<${Table} caption="Bindings" rows=${bindings} rowKey=${bindingKey} columns=${columns} />`;
}

/** @param {BindingRow} binding */
function bindingKey({ hostId, vvolId, endpointId }) {
  return [hostId, vvolId, endpointId].join();
}
