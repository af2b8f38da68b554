/** Fault rules: what goes wrong on purpose between provider and array. Rules come and go from forms, apart from the list. */
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

/** @type {readonly import('../parts/table.js').Column<FaultSummary>[]} */
const COLUMNS = [
  { title: 'Rule', cell: ({ id }) => html`<span class="mono">${id}</span>` },
  { title: 'What it does', cell: ({ rule }) => rule },
  { title: 'Calls that matched', number: true, cell: ({ matched }) => count(matched) },
  { title: 'Of these hit', number: true, cell: ({ injected }) => count(injected) },
];

export function Faults() {
  const faults = useQuery('/faults', ['faults', 'requests']);
  return html`<${Page} title="Fault rules"
    lead="What goes wrong on purpose between the provider and its array, so that clients can be tried. A failure that a rule made says so in the log.">
    <${Loaded} query=${faults}>
      ${({ seed, rules }) =>
        rules.length === 0
          ? html`<${Empty} title="No rule is in force: every failure is a real one.">Add one below, or with keelson fault add (docs/fault-rules.md).</${Empty}>`
          : html`<${Table} caption="Fault rules" rows=${rules} rowKey=${({ id }) => id} columns=${COLUMNS} />
              <p class="quiet small">Which calls a probability hits follows from the seed <span class="mono">${seed}</span>.</p>`}
    </${Loaded}>
    <${AddRule} />
    ${faults.data !== undefined && faults.data.rules.length > 0 && html`<${RemoveRule} rules=${faults.data.rules} />`}
  </${Page}>`;
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
    const isDone = await change(
      {
        title: 'Put this rule in force?',
        text: ruleText(fields),
        verb: 'Put it in force',
        danger: true,
      },
      () => api.send('POST', '/faults', { rule: ruleOf(fields) }),
      'The rule is in force.',
    );
    if (!isDone) return;
    form.reset();
    setEffect('noSpace');
  };
  return html`<${Change} title="add a rule">
    <form onSubmit=${add}>
      <label>What happens<select name="effect" value=${effect} onChange=${(event) => setEffect(event.currentTarget.value)}>
        ${Object.entries(EFFECTS).map(([name, { title }]) => html`<option value=${name}>${title}</option>`)}
      </select></label>
      ${parameter !== undefined && html`<label key=${effect}>${parameter.label}<input name="parameter" type=${parameter.type} min="1" defaultValue=${parameter.value} required /></label>`}
      <label><span>At which operation <small>a * at the end matches the rest</small></span><input name="on" list="operations" required defaultValue="createVirtualVolume" /></label>
      <datalist id="operations">${OPERATIONS.map((each) => html`<option value=${each} />`)}</datalist>
      <label>Only for host<input name="host" /></label>
      <label>Only for volume<input name="volume" /></label>
      <label>Only in container<input name="container" /></label>
      <label>How many calls of a hundred<input name="percent" type="number" min="1" max="100" defaultValue="100" /></label>
      <label>Calls left alone at first<input name="skip" type="number" min="0" defaultValue="0" /></label>
      <label><span>Then at most <small>empty: all</small></span><input name="most" type="number" min="1" /></label>
      <button>Add the rule …</button>
    </form>
    <p class=${danger === true ? 'banner warn' : 'quiet small'}>${about}</p>
    ${error !== undefined && html`<${Problem} error=${error} />`}
  </${Change}>`;
}

/** @param {{ rules: readonly FaultSummary[] }} properties */
function RemoveRule({ rules }) {
  const { api } = useApp();
  const { change, error } = useChange();
  /** @param {Event} event */
  const remove = (event) => {
    const { id = '' } = fieldsOf(event);
    const rule = rules.find((each) => each.id === id)?.rule;
    change(
      {
        title: `Remove ${id}?`,
        text: `This happens no more: ${rule}. How often it matched is forgotten.`,
        verb: 'Remove it',
      },
      () => api.send('DELETE', `/faults/${encodeURIComponent(id)}`),
      `${id} is removed.`,
    );
  };
  const clear = () =>
    change(
      {
        title: 'Remove all rules?',
        text: 'From now on every failure is a real one.',
        verb: 'Remove all',
      },
      () => api.send('DELETE', '/faults'),
      'All rules are removed.',
    );
  return html`<${Change} title="remove rules">
    <form onSubmit=${remove}>
      <label>Rule<select name="id">${rules.map(({ id }) => html`<option>${id}</option>`)}</select></label>
      <button>Remove it …</button>
      <button type="button" onClick=${clear}>Remove all …</button>
    </form>
    ${error !== undefined && html`<${Problem} error=${error} />`}
  </${Change}>`;
}
