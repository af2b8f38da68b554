/** Alarms that are active. They end by themselves when their cause does, so nothing can be changed here. */
import { html } from '../html.js';
import { Empty, Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { State, Table } from '../parts/table.js';
import { Id, Time, toneOf } from '../parts/text.js';
import { linkTo } from '../route.js';

/** @type {readonly import('../parts/table.js').Column<AlarmRow>[]} */
const COLUMNS = [
  {
    title: 'Status',
    cell: ({ status }) => html`<${State} tone=${toneOf(status)}>${status}</${State}>`,
  },
  { title: 'Message', text: true, cell: ({ message }) => message },
  { title: 'About', cell: alarmObject },
  { title: 'Since', cell: ({ at }) => html`<${Time} at=${at} />` },
];

/** @typedef {import('../../admin/shapes/activity.ts').AlarmRow} AlarmRow */

export function Alarms() {
  return html`<${Page} title="Alarms"
    lead="What is wrong at the moment, as vCenter is told. An alarm ends by itself, with a green one, when its cause does.">
    <${Paged} path="/alarms" subjects=${['alarms']} noun="alarm"
      empty=${html`<${Empty} title="No alarm is active.">Alarms about space, health, compliance and certificates would be here.</${Empty}>`}
      show=${(alarms) => html`<${AlarmTable} alarms=${alarms} />`} />
  </${Page}>`;
}

/** @param {{ alarms: readonly AlarmRow[] }} properties */
export function AlarmTable({ alarms }) {
  return html`<${Table} caption="Active alarms" rows=${alarms} rowKey=${({ alarmId }) => alarmId}
    columns=${COLUMNS} />`;
}

/** @param {AlarmRow} alarm */
function alarmObject({ objectType, objectId }) {
  const id = html`<${Id} id=${objectId} />`;
  return objectType === 'VirtualVolume'
    ? html`<a href=${linkTo('volumes', objectId)}>${id}</a>`
    : id;
}
