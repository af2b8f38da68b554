/** Named states of the whole array: kept, brought back, removed; and the array emptied. */
import { useApp } from '../app.js';
import { fieldsOf, useChange } from '../change.js';
import { count, size } from '../format.js';
import { html } from '../html.js';
import { Change, Empty, Loaded, Page, Problem } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { Time } from '../parts/text.js';
import { useQuery } from '../query.js';

/** @typedef {import('../../array/administration.ts').SavedState} SavedState */

/** @type {readonly import('../parts/table.js').Column<SavedState>[]} */
const COLUMNS = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Saved at', cell: ({ savedAt }) => html`<${Time} at=${savedAt} />` },
  { title: 'Volumes', number: true, cell: ({ volumes }) => count(volumes) },
  { title: 'Bindings', number: true, cell: ({ bindings }) => count(bindings) },
  { title: 'Size', number: true, cell: ({ bytes }) => size(bytes) },
];

export function States() {
  const states = useQuery('/array/states', ['states']);
  return html`<${Page} title="Saved states"
    lead="The whole array under a name: volumes, their bytes, snapshots, bindings, tasks. Registrations, users and sessions are the provider’s, and are not in it.">
    <${Loaded} query=${states}>
      ${(rows) =>
        rows.length === 0
          ? html`<${Empty} title="No state is kept.">Save one below before a trial, and load it after: the array is then as it was.</${Empty}>`
          : html`<${Table} caption="Saved states" rows=${rows} rowKey=${({ name }) => name} columns=${COLUMNS} />`}
    </${Loaded}>
    <${Orders} states=${states.data ?? []} />
  </${Page}>`;
}

/** @param {{ states: readonly SavedState[] }} properties */
function Orders({ states }) {
  const { api } = useApp();
  const { change, error } = useChange();
  /** @param {string} name @param {string} [order] */
  const path = (name, order = '') => `/array/states/${encodeURIComponent(name)}${order}`;
  /** @param {Event} event */
  const save = async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const { name = '' } = fieldsOf(event);
    const done = await change(
      {
        title: `Keep the array as ${name}?`,
        text: 'The array is kept as it is at this moment. Hosts go on meanwhile; nothing of it changes.',
        verb: 'Save it',
      },
      () => api.send('POST', path(name)),
      `The array is kept as ${name}.`,
    );
    if (done) form.reset();
  };
  /** @param {Event} event */
  const bringBack = (event) => {
    const { name = '' } = fieldsOf(event);
    const isRemoval =
      /** @type {SubmitEvent} */ (event).submitter?.getAttribute('value') === 'remove';
    if (isRemoval) {
      change(
        {
          title: `Remove ${name}?`,
          text: 'The kept state is gone for good. The array stays as it is.',
          verb: 'Remove it',
          danger: true,
        },
        () => api.send('DELETE', path(name)),
        `${name} is removed.`,
      );
      return;
    }
    change(
      {
        title: `Make the array what it was as ${name}?`,
        text: 'Every volume, byte, snapshot and binding that came since is lost. Sessions stay open; clients are told that they have missed events and read everything again.',
        verb: 'Load it',
        danger: true,
      },
      () => api.send('POST', path(name, '/load')),
      `The array is as it was as ${name}.`,
    );
  };
  const empty = () =>
    change(
      {
        title: 'Empty the array?',
        text: 'Every volume, snapshot and binding is lost. Arrays, containers and endpoints stay, with their ids; saved states stay too.',
        verb: 'Empty it',
        danger: true,
      },
      () => api.send('POST', '/array/reset'),
      'The array is empty.',
    );
  return html`<${Change} title="save, load, empty">
    <form onSubmit=${save}>
      <label>Name<input name="name" required maxlength="64" /></label>
      <button>Save the array …</button>
    </form>
    ${
      states.length > 0 &&
      html`<form onSubmit=${bringBack}>
      <label>State<select name="name">${states.map(({ name }) => html`<option>${name}</option>`)}</select></label>
      <button value="load">Load it …</button>
      <button value="remove">Remove it …</button>
    </form>`
    }
    <p><button type="button" class="danger" onClick=${empty}>Empty the array …</button></p>
    ${error !== undefined && html`<${Problem} error=${error} />`}
  </${Change}>`;
}
