/** Volumes: looked for by name, id, virtual machine, type and container. Changes nothing. */
import { fieldsOf } from '../change.js';
import { size } from '../format.js';
import { html } from '../html.js';
import { Empty, Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { Table } from '../parts/table.js';
import { Id, Time } from '../parts/text.js';
import { useQuery } from '../query.js';
import { linkTo } from '../route.js';

/** @typedef {import('../../admin/shapes/volumes.ts').VolumeRow} VolumeRow */
/** @typedef {import('../../admin/shapes/inventory.ts').ContainerRow} ContainerRow */

/** @type {readonly import('../../model/volume-type.ts').VolumeType[]} */
const VOLUME_TYPES = ['Config', 'Data', 'Swap', 'Memory', 'Other'];

/** @type {readonly import('../parts/table.js').Column<VolumeRow>[]} */
const COLUMNS = [
  {
    title: 'Name',
    cell: ({ vvolId, name }) => html`<a href=${linkTo('volumes', vvolId)}>${name ?? 'unnamed'}</a>`,
  },
  { title: 'Type', cell: ({ type }) => type },
  { title: 'Made as', cell: ({ origin }) => originWord(origin) },
  { title: 'Size', number: true, cell: ({ sizeBytes }) => size(sizeBytes) },
  {
    title: 'Allocated',
    number: true,
    cell: ({ committedBytes }) => (committedBytes === undefined ? '–' : size(committedBytes)),
  },
  { title: 'Made at', cell: ({ createdAt }) => html`<${Time} at=${createdAt} />` },
  { title: 'Id', cell: ({ vvolId }) => html`<${Id} id=${vvolId} />` },
];

/** How it came to be, in a word or two. @param {VolumeRow['origin']} origin */
export function originWord({ kind, readOnly }) {
  if (kind === 'snapshot') return readOnly === true ? 'read-only snapshot' : 'snapshot';
  if (kind === 'fastClone') return 'fast clone';
  return kind === 'clone' ? 'clone' : 'new volume';
}

/** @param {{ route: import('../route.js').Route }} properties */
export function Volumes({ route: { question } }) {
  const containers = useQuery('/containers', ['containers']);
  const wish = {
    search: question.get('search') ?? undefined,
    type: question.get('type') ?? undefined,
    containerId: question.get('containerId') ?? undefined,
  };
  const isAll = Object.values(wish).every((each) => each === undefined);
  return html`<${Page} title="Volumes"
    lead="Virtual volumes, in order of containers and age. A name opens the volume with its tree of snapshots and clones.">
    <${Search} wish=${wish} containers=${containers.data ?? []} />
    <${Paged} path="/volumes" question=${wish} subjects=${['volumes']} noun="volume"
      empty=${
        isAll
          ? html`<${Empty} title="No volumes.">Making a virtual machine on a vVols datastore makes its volumes; keelson accept makes some for a trial.</${Empty}>`
          : html`<${Empty} title="No volume is like that."><a href=${linkTo('volumes')}>Show all</a></${Empty}>`
      }
      show=${(volumes) => html`<${Table} caption="Volumes" rows=${volumes}
        rowKey=${({ vvolId }) => vvolId} columns=${COLUMNS} />`} />
  </${Page}>`;
}

/** @param {{ wish: Record<string, string | undefined>, containers: readonly ContainerRow[] }} properties */
function Search({ wish, containers }) {
  /** @param {Event} event */
  const look = (event) => {
    location.hash = linkTo('volumes', undefined, fieldsOf(event));
  };
  return html`<form key=${Object.values(wish).join()} role="search" aria-label="Volumes" onSubmit=${look}>
    <label>Name, id or virtual machine<input type="search" name="search" defaultValue=${wish['search'] ?? ''} /></label>
    <label>Type<select name="type">
      <option value="">all</option>
      ${VOLUME_TYPES.map((type) => html`<option selected=${type === wish['type']}>${type}</option>`)}
    </select></label>
    <label>Container<select name="containerId">
      <option value="">all</option>
      ${containers.map(({ containerId, name }) => html`<option value=${containerId} selected=${containerId === wish['containerId']}>${name}</option>`)}
    </select></label>
    <button class="main-action">Search</button>
  </form>`;
}
