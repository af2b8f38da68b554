/** Fault rules: what goes wrong on purpose between provider and array. A rule is made from a form, apart from the list. */
import { useState } from 'preact/hooks';
import { useApp } from '../app.js';
import { fieldsOf, useChange } from '../change.js';
import { count } from '../format.js';
import { html } from '../html.js';
import { Change, Empty, Loaded, Page, Problem } from '../parts/page.js';
import { Table } from '../parts/table.js';
import { useQuery } from '../query.js';
import { EFFECTS, ruleOf, ruleText } from './fault-rule.js';

/** @typedef {import('../../admin/shapes/operator.ts').FaultSummary} FaultSummary */

/** Operations that rules are most often about; any other may be typed. */
const OPERATIONS = [
  ...['createVirtualVolume', 'deleteVirtualVolume', 'resizeVirtualVolume'],
  ...['bindVirtualVolume', 'unbindVirtualVolume', 'snapshotVirtualVolume'],
  ...['cloneVirtualVolume', 'fastCloneVirtualVolume', 'getTaskUpdate', '*'],
];

export function Faults() {
  const faults = useQuery('/faults', ['faults', 'requests']);
  const { api } = useApp();
  const { change, error } = useChange();
  /** @param {FaultSummary} rule */
  const remove = ({ id, rule }) =>
    change(
      {
        title: 'Remove the rule?',
        text: `${rule}: this no longer happens. How often it matched is forgotten.`,
        verb: 'Remove it',
      },
      () => api.send('DELETE', `/faults/${encodeURIComponent(id)}`),
      `${id} is removed.`,
    );
  return html`<${Page} title="Fault rules" lead="What goes wrong on purpose between the provider and its array, so that clients can be tried. A failure that a rule made says so in the log.">
    <${Loaded} query=${faults}>
      ${({ seed, rules }) =>
        rules.length === 0
          ? html`<${Empty} title="No rule is in force: every failure is a real one.">Add one below, or with keelson fault add (docs/fault-rules.md).</${Empty}>`
          : html`<${Table} caption="Fault rules" rows=${rules} rowKey=${({ id }) => id} columns=${columns(remove)} />
              <p class="quiet small">Which calls a probability hits follows from the seed <span class="mono">${seed}</span>.</p>`}
    </${Loaded}>
    ${error !== undefined && html`<${Problem} error=${error} />`}
    <${AddRule} />
  </${Page}>`;
}

/**
 * @param {(rule: FaultSummary) => void} remove
 * @returns {readonly import('../parts/table.js').Column<FaultSummary>[]}
 */
function columns(remove) {
  return [
    { title: 'Rule', cell: ({ id }) => html`<span class="mono">${id}</span>` },
    { title: 'What it does', cell: ({ rule }) => rule },
    { title: 'Calls that matched', number: true, cell: ({ matched }) => count(matched) },
    { title: 'Of these hit', number: true, cell: ({ injected }) => count(injected) },
    {
      title: 'Change',
      cell: (rule) =>
        html`<button type="button" aria-label=${`Remove ${rule.id}`} onClick=${() => remove(rule)}>Remove …</button>`,
    },
  ];
}

function AddRule() {
  const { api } = useApp();
  const { change, error } = useChange();
  const [effect, setEffect] = useState('noSpace');
  const { about, parameter, danger } = EFFECTS[effect] ?? { about: '' };
  /** @param {Event} event */
  const add = async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const fields = fieldsOf(event);
    const done = await change(
      {
        title: 'Put this rule in force?',
        text: ruleText(fields),
        verb: 'Put it in force',
        danger: true,
      },
      () => api.send('POST', '/faults', { rule: ruleOf(fields) }),
      'The rule is in force.',
    );
    if (done) form.reset();
    if (done) setEffect('noSpace');
  };
  return html`<${Change} title="add a rule">
    <form onSubmit=${add}>
      <label>What happens<select name="effect" value=${effect} onChange=${(event) => setEffect(event.currentTarget.value)}>
        ${Object.entries(EFFECTS).map(([name, { title }]) => html`<option value=${name}>${title}</option>`)}
      </select></label>
      ${parameter !== undefined && html`<label key=${effect}>${parameter.label}<input name="parameter" type=${parameter.type} min="1" value=${parameter.value} required /></label>`}
      <label>At which operation <small>a * at the end matches the rest</small><input name="on" list="operations" required value="createVirtualVolume" /></label>
      <datalist id="operations">${OPERATIONS.map((each) => html`<option value=${each} />`)}</datalist>
      <label>Only for host<input name="host" /></label>
      <label>Only for volume<input name="volume" /></label>
      <label>Only in container<input name="container" /></label>
      <label>How many calls of a hundred<input name="percent" type="number" min="1" max="100" value="100" /></label>
      <label>Calls left alone at first<input name="skip" type="number" min="0" value="0" /></label>
      <label>Then at most <small>empty: all</small><input name="most" type="number" min="1" /></label>
      <button>Add the rule …</button>
    </form>
    <p class=${danger === true ? 'banner warn' : 'quiet small'}>${about}</p>
    ${error !== undefined && html`<${Problem} error=${error} />`}
  </${Change}>`;
}
