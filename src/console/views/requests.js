/** Requests as they come, newest first: the live trace. The verbose switch stands below, apart. */
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../app.js';
import { counted, duration } from '../format.js';
import { html } from '../html.js';
import { Change, Empty, Loaded, Page } from '../parts/page.js';
import { State, Table } from '../parts/table.js';
import { Id, Time } from '../parts/text.js';
import { useQuery } from '../query.js';
import { linkTo } from '../route.js';
import { VerboseForm, VerboseSwitches } from './verbose.js';

/** @typedef {import('../../admin/shapes/activity.ts').RequestRow} RequestRow */

/** Rows that are kept on the page; the log has all. */
const ROWS_MOST = 200;

/** @type {readonly import('../parts/table.js').Column<RequestRow>[]} */
const COLUMNS = [
  {
    title: 'Operation',
    cell: ({ operation, request_id }) =>
      html`<a href=${linkTo('requests', request_id)}>${operation}</a>`,
  },
  {
    title: 'Outcome',
    cell: ({ outcome }) =>
      html`<${State} tone=${outcome === 'ok' ? 'good' : 'bad'}>${outcome}</${State}>`,
  },
  { title: 'When', cell: ({ at }) => html`<${Time} at=${at} />` },
  { title: 'Took', number: true, cell: ({ duration_ms }) => duration(duration_ms) },
  { title: 'From', cell: ({ peer_address }) => html`<span class="figures">${peer_address}</span>` },
  {
    title: 'Host or vCenter',
    cell: ({ host_id, vcenter_id }) => {
      const id = host_id ?? vcenter_id;
      return id === undefined ? '–' : html`<${Id} id=${id} />`;
    },
  },
  { title: 'SOAP', cell: ({ hasBodies }) => (hasBodies ? 'kept' : '–') },
];

/** @param {{ status: import('../../admin/shapes/operator.ts').StatusReport | undefined }} properties */
export function Requests({ status }) {
  const latest = useQuery('/requests', []);
  const [text, setText] = useState('');
  const [isFaultsOnly, setFaultsOnly] = useState(false);
  const [isPollingLeftOut, setPollingLeftOut] = useState(false);
  const [isPaused, setPaused] = useState(false);
  const came = useLatest(isPaused);
  return html`<${Page} title="Requests"
    lead="What clients ask, as it comes, newest first. The log has every request; here are the latest.">
    <form role="search" aria-label="Requests" onSubmit=${(event) => event.preventDefault()}>
      <label><span>Filter <small>operation, outcome, host, address, request id</small></span><input type="search" value=${text} onInput=${(event) => setText(event.currentTarget.value)} /></label>
      <label class="tick"><input type="checkbox" checked=${isFaultsOnly} onChange=${(event) => setFaultsOnly(event.currentTarget.checked)} />Failed ones only</label>
      <label class="tick"><input type="checkbox" checked=${isPollingLeftOut} onChange=${(event) => setPollingLeftOut(event.currentTarget.checked)} />Without getEvents</label>
      <button type="button" aria-pressed=${isPaused} onClick=${() => setPaused(!isPaused)}>${isPaused ? 'Go on' : 'Hold still'}</button>
    </form>
    <${Loaded} query=${latest}>
      ${({ items }) => html`<${Trace}
        rows=${joined(came, items)} meets=${(row) => meets(row, { text, isFaultsOnly, isPollingLeftOut })} />`}
    </${Loaded}>
    <${Change} title="verbose">
      ${status !== undefined && html`<${VerboseSwitches} switches=${status.verbose} />`}
      <${VerboseForm} />
    </${Change}>
  </${Page}>`;
}

/** What came since the view was opened, newest first; while paused nothing is added. @param {boolean} isPaused */
function useLatest(isPaused) {
  const { live } = useApp();
  const [came, setCame] = useState(/** @type {readonly RequestRow[]} */ ([]));
  useEffect(() => {
    if (isPaused) return undefined;
    return live.onRequest((records) =>
      setCame((rows) => [...records.toReversed(), ...rows].slice(0, ROWS_MOST)),
    );
  }, [live, isPaused]);
  return came;
}

/** Each request once. @param {readonly RequestRow[]} came @param {readonly RequestRow[]} first */
function joined(came, first) {
  const known = new Set(came.map(({ request_id }) => request_id));
  return [...came, ...first.filter(({ request_id }) => !known.has(request_id))].slice(0, ROWS_MOST);
}

/** @param {RequestRow} row @param {{ text: string, isFaultsOnly: boolean, isPollingLeftOut: boolean }} wish */
function meets(row, { text, isFaultsOnly, isPollingLeftOut }) {
  if (isFaultsOnly && row.outcome === 'ok') return false;
  if (isPollingLeftOut && row.operation === 'getEvents') return false;
  const words = [
    row.operation,
    row.outcome,
    row.host_id,
    row.vcenter_id,
    row.peer_address,
    row.request_id,
  ];
  return words.join(' ').toLowerCase().includes(text.trim().toLowerCase());
}

/** @param {{ rows: readonly RequestRow[], meets: (row: RequestRow) => boolean }} properties */
function Trace({ rows, meets: isMet }) {
  if (rows.length === 0) {
    return html`<${Empty} title="No request since the provider was started.">The first one will be here as soon as a client asks something.</${Empty}>`;
  }
  const shown = rows.filter(isMet);
  return html`
    ${
      shown.length === 0
        ? html`<${Empty} title="No request is like that.">Empty the filter to see all ${rows.length}.</${Empty}>`
        : html`<${Table} caption="Latest requests"
      rows=${shown} rowKey=${({ request_id }) => request_id} columns=${COLUMNS} />`
    }
    <p class="quiet small">${counted(shown.length, 'request')} of ${rows.length}</p>
  `;
}
