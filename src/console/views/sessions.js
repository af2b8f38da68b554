/** Sessions: who is connected, since when, and how long silent. Changes nothing; a session ends by itself. */
import { duration } from '../format.js';
import { html } from '../html.js';
import { Empty, Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { Table } from '../parts/table.js';
import { Id, Time } from '../parts/text.js';
import { linkTo } from '../route.js';

/** @type {readonly import('../parts/table.js').Column<SessionRow>[]} */
const COLUMNS = [
  { title: 'Session', cell: ({ session }) => html`<span class="mono">${session}</span>` },
  { title: 'Who', cell: who },
  { title: 'Since', cell: ({ openedAt }) => html`<${Time} at=${openedAt} />` },
  {
    title: 'Silent for',
    number: true,
    cell: ({ idleSeconds, timeoutSeconds }) =>
      `${duration(idleSeconds * 1000)} of ${duration(timeoutSeconds * 1000)}`,
  },
  { title: 'Initiators', number: true, cell: ({ initiators }) => initiators },
  { title: 'Endpoints seen', number: true, cell: ({ endpoints }) => endpoints ?? 'not said' },
  {
    title: 'Certificate',
    cell: ({ certificate }) => html`<span class="mono">${certificate}</span>`,
  },
];

/** @typedef {import('../../admin/shapes/activity.ts').SessionRow} SessionRow */

export function Sessions() {
  return html`<${Page} title="Sessions"
    lead="Hosts and vCenters that have a session, the one silent longest first. The session’s short form is the one in the log.">
    <${Paged} path="/sessions" subjects=${['sessions']} noun="session"
      empty=${html`<${Empty} title="No sessions.">A host or vCenter has one from its setContext on. Register the provider in vCenter with the URL in the overview.</${Empty}>`}
      show=${(sessions) => html`<${Table} caption="Sessions" rows=${sessions}
        rowKey=${({ session }) => session} columns=${COLUMNS} />`} />
  </${Page}>`;
}

/** @param {SessionRow} session */
function who({ hostId, vcenterId }) {
  if (hostId !== undefined)
    return html`host <a href=${linkTo('bindings', hostId)}><${Id} id=${hostId} /></a>`;
  return vcenterId === undefined
    ? 'neither host nor vCenter named'
    : html`vCenter <${Id} id=${vcenterId} />`;
}
