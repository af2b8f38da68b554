/** One request: its line in the log in words, why it failed, and its SOAP side by side. Changes nothing. */
import { duration } from '../format.js';
import { html } from '../html.js';
import { Card, Loaded, Page } from '../parts/page.js';
import { Facts, State } from '../parts/table.js';
import { Time } from '../parts/text.js';
import { Xml } from '../parts/xml.js';
import { useQuery } from '../query.js';
import { linkTo } from '../route.js';

/** @typedef {import('../../admin/shapes/activity.ts').RequestDetails} RequestDetails */

/** @param {{ route: import('../route.js').Route }} properties */
export function Request({ route: { id = '' } }) {
  const request = useQuery(`/requests/${encodeURIComponent(id)}`, []);
  return html`<${Page} title=${request.data?.operation ?? 'Request'} lead=${html`<span
    class="mono">${id}</span> · <a href=${linkTo('requests')}>All requests</a>`}>
    <${Loaded} query=${request}>${(data) => html`<${Told} request=${data} />`}</${Loaded}>
  </${Page}>`;
}

/** @param {{ request: RequestDetails }} properties */
function Told({ request }) {
  const { outcome, cause, fields, host_id, vcenter_id, task_id, reason } = request;
  return html`
    <${Card} title="What was asked and answered">
      <${Facts} of=${[
        [
          'Outcome',
          html`<${State} tone=${outcome === 'ok' ? 'good' : 'bad'}>${outcome}</${State}>`,
        ],
        ['Reason', reason],
        ['When', html`<${Time} at=${request.at} />`],
        ['Took', duration(request.duration_ms)],
        ['From', request.peer_address],
        [
          'Host',
          host_id === undefined
            ? undefined
            : html`<a class="mono" href=${linkTo('bindings', host_id)}>${host_id}</a>`,
        ],
        [
          'vCenter',
          vcenter_id === undefined ? undefined : html`<span class="mono">${vcenter_id}</span>`,
        ],
        [
          'Session',
          request.session === undefined
            ? undefined
            : html`<span class="mono">${request.session}</span>`,
        ],
        [
          'Task',
          task_id === undefined
            ? undefined
            : html`<a class="mono" href=${linkTo('tasks')}>${task_id}</a>`,
        ],
        ...(cause ?? []).map(({ type, message }, at) => [
          at === 0 ? 'Because' : 'and that because',
          `${type}: ${message}`,
        ]),
      ]} />
      <details>
        <summary>All fields of its line in the log</summary>
        <${Facts} of=${Object.entries(fields).map(([name, value]) => [
          name,
          html`<span
          class="mono">${typeof value === 'string' ? value : JSON.stringify(value)}</span>`,
        ])} />
      </details>
    </${Card}>
    <${Card} title="SOAP" aside="Passwords and session ids are hidden">
      ${
        request.hasBodies
          ? html`<${Bodies} request=${request} />`
          : html`<p
        class="quiet">Not kept: verbose was off for this request. <a
        href=${linkTo('requests')}>Switch it on</a> and have the client ask again.</p>`
      }
    </${Card}>
  `;
}

/** @param {{ request: RequestDetails }} properties */
function Bodies({ request: { requestBody = '', responseBody = '' } }) {
  return html`<div class="exchange">
    <div><h3>Request</h3><${Xml} xml=${requestBody} label="Request" /></div>
    <div><h3>Answer</h3><${Xml} xml=${responseBody} label="Answer" /></div>
  </div>`;
}
