/** Events as vCenter numbers them, newest first. Changes nothing. */
import { html } from '../html.js';
import { Empty, Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { Table } from '../parts/table.js';
import { Id, Time } from '../parts/text.js';
import { linkTo } from '../route.js';

/** @typedef {import('../../admin/shapes/activity.ts').EventRow} EventRow */

/** @type {readonly import('../parts/table.js').Column<EventRow>[]} */
const COLUMNS = [
  { title: 'Number', cell: ({ eventId }) => html`<span class="figures">${eventId}</span>` },
  { title: 'When', cell: ({ at }) => html`<${Time} at=${at} />` },
  { title: 'Kind', cell: ({ kind }) => kind },
  { title: 'Message', text: true, cell: ({ message }) => message },
  { title: 'About', cell: eventObject },
];

const VOLUME_TYPES = ['VirtualVolume', 'VirtualVolumeInfo'];

export function Events() {
  return html`<${Page} title="Events"
    lead="What vCenter is told, newest first, with the numbers that it knows them by.">
    <${Paged} path="/events" subjects=${['events']} noun="event"
      empty=${html`<${Empty} title="No events yet.">Every change of the array, and what the provider has to say of itself, will be here.</${Empty}>`}
      show=${(events) => html`<${Table} caption="Events" rows=${events}
        rowKey=${({ eventId }) => eventId} columns=${COLUMNS} />`} />
  </${Page}>`;
}

/** @param {EventRow} event */
function eventObject({ objectType, objectId, hostId }) {
  if (objectId === undefined)
    return hostId === undefined ? '' : html`for host <${Id} id=${hostId} />`;
  const id = html`<${Id} id=${objectId} />`;
  return html`${VOLUME_TYPES.includes(objectType ?? '') ? html`<a href=${linkTo('volumes', objectId)}>${id}</a>` : id}`;
}
