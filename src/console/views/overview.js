/** The overview: is it well, what is in it, what is it doing. Changes nothing. */
import { count, counted, duration } from '../format.js';
import { html } from '../html.js';
import { Card, Empty, Loaded, Page } from '../parts/page.js';
import { SpaceOverview } from '../parts/space.js';
import { Facts, Figure, State, Table } from '../parts/table.js';
import { Time, toneOf } from '../parts/text.js';
import { useQuery } from '../query.js';
import { linkTo } from '../route.js';
import { AlarmTable } from './alarms.js';

/** @typedef {import('../../admin/shapes/operator.ts').StatusReport} StatusReport */
/** @typedef {import('../../admin/shapes/inventory.ts').Inventory} Inventory */
/** @typedef {import('../../admin/shapes/inventory.ts').ContainerRow} ContainerRow */
/** @typedef {import('../../admin/shapes/activity.ts').AlarmPage} AlarmPage */

/** @type {readonly import('../parts/table.js').Column<{ name: string, underWay: number, waiting: number, admitted: number, refused: number }>[]} */
const LANES = [
  { title: 'Lane', cell: ({ name }) => name },
  { title: 'Under way', number: true, cell: ({ underWay }) => count(underWay) },
  { title: 'Waiting', number: true, cell: ({ waiting }) => count(waiting) },
  { title: 'Admitted', number: true, cell: ({ admitted }) => count(admitted) },
  { title: 'Refused', number: true, cell: ({ refused }) => count(refused) },
];

/** @type {readonly import('../parts/table.js').Column<Inventory['arrays'][number]>[]} */
const ARRAYS = [
  { title: 'Name', cell: ({ name }) => name },
  {
    title: 'Health',
    cell: ({ health }) => html`<${State} tone=${toneOf(health)}>${health}</${State}>`,
  },
  { title: 'Made by', cell: ({ vendor, model }) => `${vendor} ${model}` },
  { title: 'Firmware', cell: ({ firmware }) => firmware },
  { title: 'Id', cell: ({ arrayId }) => html`<span class="mono">${arrayId}</span>` },
  {
    title: 'At most',
    cell: ({ snapshotsPerVolume, bindingsPerHost }) =>
      `${count(snapshotsPerVolume)} snapshots of a volume, ${count(bindingsPerHost)} bindings of a host`,
  },
];

/** @param {{ status: StatusReport | undefined }} properties */
export function Overview({ status }) {
  const inventory = useQuery('/inventory', ['inventory']);
  const alarms = useQuery('/alarms?limit=5', ['alarms']);
  const containers = useQuery('/containers', ['containers', 'space']);
  return html`<${Page} title="Overview">
    ${
      status !== undefined &&
      html`<${Figures} status=${status} alarms=${alarms.data} containers=${containers.data} />`
    }
    <${Loaded} query=${alarms}>${(page) => html`<${ActiveAlarms} page=${page} />`}</${Loaded}>
    <div class="columns">
      ${status !== undefined && html`<${Provider} status=${status} />`}
      <div class="stack">
        ${status !== undefined && html`<${Load} load=${status.load} />`}
        <${Loaded} query=${containers}>${(rows) => html`<${SpaceUsed} rows=${rows} />`}</${Loaded}>
      </div>
    </div>
    <${Loaded} query=${inventory}>${(data) => html`<${Arrays} inventory=${data} />`}</${Loaded}>
  </${Page}>`;
}

/** @param {{ status: StatusReport, alarms: AlarmPage | undefined, containers: readonly ContainerRow[] | undefined }} properties */
function Figures({ status, alarms, containers }) {
  const { arrayAnswers, arrays, sessions, registrations, certificateNotAfter, clock } = status;
  const left = new Date(certificateNotAfter).getTime() - new Date(clock.now).getTime();
  const active =
    alarms === undefined ? '–' : `${alarms.items.length}${alarms.next === undefined ? '' : '+'}`;
  return html`<section class="card figures-row" aria-label="In figures">
    <${Figure} of="The array" value=${arrayAnswers ? 'Answers' : 'Silent'} />
    <${Figure} of="Arrays" value=${arrays.length} />
    <${Figure} of="Containers" value=${containers?.length ?? '–'} to=${linkTo('containers')} />
    <${Figure} of="Sessions" value=${sessions} to=${linkTo('sessions')} />
    <${Figure} of="Registrations" value=${registrations} to=${linkTo('trust')} />
    <${Figure} of="Active alarms" value=${active} to=${linkTo('alarms')} />
    <${Figure} of="Certificate left" value=${left < 0 ? 'ended' : duration(left)} to=${linkTo('trust')} />
  </section>`;
}

/** @param {{ page: AlarmPage }} properties */
function ActiveAlarms({ page: { items } }) {
  if (items.length === 0) return undefined;
  const all = html`<a href=${linkTo('alarms')}>All</a>`;
  return html`<${Card} title="Active alarms" aside=${all}><${AlarmTable} alarms=${items} /></${Card}>`;
}

/** @param {{ rows: readonly ContainerRow[] }} properties */
function SpaceUsed({ rows }) {
  if (rows.length === 0) return undefined;
  const over = html`<a href=${linkTo('containers')}>Over time</a>`;
  return html`<${Card} title="Space used" aside=${over}><${SpaceOverview} containers=${rows} /></${Card}>`;
}

/** @param {{ status: StatusReport }} properties */
function Provider({ status }) {
  const facts = [
    ['Release', html`<span class="mono">${status.release}</span>`],
    ['URL to register', html`<span class="mono">${status.versionXml}</span>`],
    ['Provider id', html`<span class="mono">${status.uid}</span>`],
    ['Started', html`<${Time} at=${status.startedAt} />`],
    ['Process', status.pid],
    ['Data folder', html`<span class="mono">${status.dataDirectory}</span>`],
    [
      'Log folder',
      status.logDirectory === undefined
        ? 'the log goes to standard output'
        : html`<span class="mono">${status.logDirectory}</span>`,
    ],
    ...(status.group ?? []).map(({ array, isActive, activeUrl }) => [
      `Group: ${array}`,
      isActive
        ? 'active here'
        : activeUrl === undefined
          ? 'nobody is active'
          : `active at ${activeUrl}`,
    ]),
  ];
  return html`<${Card} title="This provider"><${Facts} of=${facts} /></${Card}>`;
}

/** @param {{ load: StatusReport['load'] }} properties */
function Load({ load: { connections, handshakes, lanes } }) {
  const dropped = Object.values(handshakes.dropped).reduce((sum, each) => sum + each, 0);
  const rows = [
    {
      name: 'TLS handshakes',
      underWay: handshakes.underWay,
      waiting: handshakes.waiting,
      admitted: handshakes.completed,
      refused: dropped,
    },
    ...Object.entries(lanes).map(([name, lane]) => ({ name: `${name} calls`, ...lane })),
  ];
  return html`<${Card} title="Load" aside=${counted(connections, 'connection')}>
    <${Table} caption="Load by lane" rowKey=${({ name }) => name} rows=${rows} columns=${LANES} />
  </${Card}>`;
}

/** @param {{ inventory: Inventory }} properties */
function Arrays({ inventory: { arrays, pools, parts } }) {
  if (arrays.length === 0)
    return html`<${Empty} title="No arrays.">The array adapter lists none: see its configuration.</${Empty}>`;
  const all = [...pools.map(({ poolId, ...pool }) => ({ ...pool, entityId: poolId })), ...parts];
  const ill = all.filter(({ health }) => health !== 'healthy');
  return html`<${Card} title="Arrays">
    <${Table} caption="Arrays" rows=${arrays} rowKey=${({ arrayId }) => arrayId} columns=${ARRAYS} />
    <p class="quiet small">
      ${counted(pools.length, 'pool')}, ${counted(parts.length, 'other part')} (controllers, ports, LUNs, file systems),${' '}
      ${ill.length === 0 ? 'all healthy' : `${ill.length} not healthy:`}
    </p>
    <ul class="plain">${ill.map(
      ({ entityId, name, health }) => html`<li>
        <${State} tone=${toneOf(health)}>${health}</${State}> ${name}${' '}
        <span class="mono quiet">${entityId}</span>
      </li>`,
    )}</ul>
  </${Card}>`;
}
