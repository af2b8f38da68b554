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
      html`<section class="card figures-row" aria-label="In figures">
      <${Figure} value=${status.arrayAnswers ? 'Answers' : 'Silent'} of="The array" />
      <${Figure} value=${status.arrays.length} of="Arrays" />
      <${Figure} value=${containers.data === undefined ? '–' : containers.data.length} of="Containers" to=${linkTo('containers')} />
      <${Figure} value=${status.sessions} of="Sessions" to=${linkTo('sessions')} />
      <${Figure} value=${status.registrations} of="Registrations" to=${linkTo('trust')} />
      <${Figure} value=${alarms.data === undefined ? '–' : `${alarms.data.items.length}${alarms.data.next === undefined ? '' : '+'}`} of="Active alarms" to=${linkTo('alarms')} />
      <${Figure} value=${duration(new Date(status.certificateNotAfter).getTime() - new Date(status.clock.now).getTime())} of="Certificate left" to=${linkTo('trust')} />
    </section>`
    }
    <${Loaded} query=${alarms}>${({ items }) => items.length > 0 && html`<${Card} title="Active alarms" aside=${html`<a href=${linkTo('alarms')}>All</a>`}><${AlarmTable} alarms=${items} /></${Card}>`}</${Loaded}>
    <div class="columns">
      ${status !== undefined && html`<${Card} title="This provider"><${Provider} status=${status} /></${Card}>`}
      <div class="stack">
        ${status !== undefined && html`<${Card} title="Load" aside=${counted(status.load.connections, 'connection')}><${Lanes} status=${status} /></${Card}>`}
        <${Loaded} query=${containers}>${(rows) => rows.length > 0 && html`<${Card} title="Space used" aside=${html`<a href=${linkTo('containers')}>Over time</a>`}><${SpaceOverview} containers=${rows} /></${Card}>`}</${Loaded}>
      </div>
    </div>
    <${Loaded} query=${inventory}>${(data) => html`<${Arrays} inventory=${data} />`}</${Loaded}>
  </${Page}>`;
}

/** @param {{ status: StatusReport }} properties */
function Provider({ status }) {
  return html`<${Facts} of=${[
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
  ]} />`;
}

/** @param {{ status: StatusReport }} properties */
function Lanes({ status }) {
  const { handshakes, lanes } = status.load;
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
  return html`<${Table} caption="Load by lane" rowKey=${({ name }) => name} rows=${rows} columns=${LANES} />`;
}

/** @param {{ inventory: Inventory }} properties */
function Arrays({ inventory: { arrays, pools, parts } }) {
  const ill = [...pools.map((pool) => ({ ...pool, entityId: pool.poolId })), ...parts].filter(
    ({ health }) => health !== 'healthy',
  );
  if (arrays.length === 0)
    return html`<${Empty} title="No arrays.">The array adapter lists none: see its configuration.</${Empty}>`;
  return html`<${Card} title="Arrays">
    <${Table} caption="Arrays" rows=${arrays} rowKey=${({ arrayId }) => arrayId} columns=${ARRAYS} />
    <p class="quiet small">${counted(pools.length, 'pool')}, ${counted(parts.length, 'other part')} (controllers, ports, LUNs, file systems), ${ill.length === 0 ? 'all healthy' : `${ill.length} not healthy:`}</p>
    ${ill.length > 0 && html`<ul class="plain">${ill.map(({ entityId, name, health }) => html`<li><${State} tone=${toneOf(health)}>${health}</${State}> ${name} <span class="mono quiet">${entityId}</span></li>`)}</ul>`}
  </${Card}>`;
}
