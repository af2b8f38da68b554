/** Tasks: under way with their progress, and those of late that have ended. Changes nothing. */
import { useEffect } from 'preact/hooks';
import { duration } from '../format.js';
import { html } from '../html.js';
import { Card, Empty, Loaded, Page } from '../parts/page.js';
import { State, Table } from '../parts/table.js';
import { Id, Time } from '../parts/text.js';
import { useQuery } from '../query.js';
import { linkTo } from '../route.js';

/** @typedef {import('../../admin/shapes/activity.ts').TaskRow} TaskRow */
/** @typedef {import('../../admin/shapes/activity.ts').TaskReport} TaskReport */

/** Progress is nobody's change: it is asked for. */
const PROGRESS_EVERY_MS = 2_000;

/** What task ids begin with, which stands in the row already. */
const OPERATION = /^\w+:/;

/** @type {import('../parts/table.js').Column<TaskRow>} */
const WHAT = { title: 'Operation', cell: ({ operation }) => operation };
/** @type {import('../parts/table.js').Column<TaskRow>} */
const BEGUN = { title: 'Begun', cell: ({ startedAt }) => html`<${Time} at=${startedAt} />` };
/** @type {import('../parts/table.js').Column<TaskRow>} */
const TASK_ID = {
  title: 'Task',
  cell: ({ taskId }) => html`<${Id} id=${taskId.replace(OPERATION, '')} />`,
};

/** @type {readonly import('../parts/table.js').Column<TaskRow>[]} */
const OPEN_COLUMNS = [
  WHAT,
  {
    title: 'Progress',
    cell: ({ progressPercent, operation }) =>
      html`<span class="id"><progress max="100" value=${progressPercent} aria-label=${`Progress of ${operation}`}></progress> <span class="figures">${progressPercent} %</span></span>`,
  },
  { title: 'State', cell: ({ state }) => html`<${State} tone="busy">${state}</${State}>` },
  BEGUN,
  { title: 'Ends about', cell: ({ estimatedEndAt }) => html`<${Time} at=${estimatedEndAt} />` },
  { title: 'Can be cancelled', cell: ({ cancelable }) => (cancelable ? 'yes' : 'no') },
  TASK_ID,
];

/** @type {readonly import('../parts/table.js').Column<TaskRow>[]} */
const ENDED_COLUMNS = [
  WHAT,
  { title: 'Outcome', cell: outcome },
  BEGUN,
  {
    title: 'Took',
    number: true,
    cell: ({ startedAt, endedAt }) =>
      endedAt === undefined
        ? '–'
        : duration(new Date(endedAt).getTime() - new Date(startedAt).getTime()),
  },
  {
    title: 'Made',
    cell: ({ vvolId }) =>
      vvolId === undefined
        ? '–'
        : html`<a href=${linkTo('volumes', vvolId)}><${Id} id=${vvolId} /></a>`,
  },
  TASK_ID,
];

/** @param {TaskRow} task */
function outcome({ state, cancelled, error }) {
  if (cancelled) return html`<${State} tone="quiet">cancelled</${State}>`;
  return html`<${State} tone=${state === 'failed' ? 'bad' : 'good'}>${state}</${State}> ${error}`;
}

export function Tasks() {
  const tasks = useQuery('/tasks', ['tasks']);
  const isBusy = (tasks.data?.open.length ?? 0) > 0;
  useEffect(() => {
    if (!isBusy) return undefined;
    const timer = setInterval(tasks.again, PROGRESS_EVERY_MS);
    return () => clearInterval(timer);
  }, [isBusy, tasks.again]);
  return html`<${Page} title="Tasks"
    lead="Work that outlasts the call which began it. Clients ask after it until it ends.">
    <${Loaded} query=${tasks}>
      ${(/** @type {TaskReport} */ { open, ended }) => html`
        <${Card} title="Under way">
          ${
            open.length === 0
              ? html`<p
            class="quiet">Nothing is under way. Clones, snapshots and new volumes are here while they are made.</p>`
              : html`<${Table} caption="Tasks under way"
            rows=${open} rowKey=${({ taskId }) => taskId} columns=${OPEN_COLUMNS} />`
          }
        </${Card}>
        <${Card} title="Ended">
          ${
            ended.length === 0
              ? html`<${Empty} title="None has ended of late.">What a client asked after and has ended stays here for a while.</${Empty}>`
              : html`<${Table} caption="Tasks that have ended"
            rows=${ended} rowKey=${({ taskId }) => taskId} columns=${ENDED_COLUMNS} />`
          }
        </${Card}>`}
    </${Loaded}>
  </${Page}>`;
}
