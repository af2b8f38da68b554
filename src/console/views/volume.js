/** One volume: what it is, the tree it belongs to, who has bound it, what it is given. */
import { moment, size } from '../format.js';
import { html } from '../html.js';
import { Card, Change, Loaded, Page } from '../parts/page.js';
import { Facts, State } from '../parts/table.js';
import { Id, Time } from '../parts/text.js';
import { Tree } from '../parts/tree.js';
import { useQuery } from '../query.js';
import { linkTo } from '../route.js';
import { BindingTable } from './bindings.js';
import { VerboseForm } from './verbose.js';
import { originWord } from './volumes.js';

/** @typedef {import('../../admin/shapes/volumes.ts').VolumeDetails} VolumeDetails */
/** @typedef {import('../../admin/shapes/volumes.ts').VolumeTree} VolumeTree */

/** @param {{ route: import('../route.js').Route }} properties */
export function Volume({ route: { id = '' } }) {
  const path = `/volumes/${encodeURIComponent(id)}`;
  const volume = useQuery(path, ['volumes', 'bindings']);
  const tree = useQuery(`${path}/tree`, ['volumes']);
  return html`<${Page} title=${volume.data?.name ?? 'Volume'} lead=${html`<span
    class="mono">${id}</span> · <a href=${linkTo('volumes')}>All volumes</a>`}>
    <${Loaded} query=${volume}>${(data) => html`<div
      class="columns"><${About} volume=${data} /><${Service} volume=${data} /></div>`}</${Loaded}>
    <${Card} title="Snapshots and clones">
      <${Loaded} query=${tree}>${(data) => html`<${Family} tree=${data} here=${id} />`}</${Loaded}>
    </${Card}>
    ${volume.data !== undefined && html`<${Details} volume=${volume.data} />`}
    <${Change} title="verbose for this volume"><${VerboseForm} volume=${id} /></${Change}>
  </${Page}>`;
}

/** @param {{ volume: VolumeDetails }} properties */
function About({ volume }) {
  const { committedBytes, unsharedBytes, origin } = volume;
  return html`<${Card} title="What it is">
    <${Facts} of=${[
      ['Type', volume.type],
      [
        'Made as',
        html`${originWord(origin)}${
          origin.of !== undefined &&
          html` of <a
          href=${linkTo('volumes', origin.of)}><${Id} id=${origin.of} /></a>`
        }`,
      ],
      ['Made at', html`<${Time} at=${volume.createdAt} />`],
      ['Size', `${size(volume.sizeBytes)}, ${volume.thin ? 'thin' : 'thick'}`],
      ['Allocated', committedBytes === undefined ? 'not known' : size(committedBytes)],
      [
        'Of its own',
        unsharedBytes === undefined ? undefined : `${size(unsharedBytes)} would be free without it`,
      ],
      [
        'Container',
        html`<a href=${linkTo('volumes', undefined, { containerId: volume.containerId })} class="mono">${volume.containerId}</a>`,
      ],
      [
        'Virtual machine',
        volume.vmId === undefined
          ? undefined
          : html`<a class="mono" href=${linkTo('volumes', undefined, { search: volume.vmId })}>${volume.vmId}</a>`,
      ],
    ]} />
  </${Card}>`;
}

/** @param {{ volume: VolumeDetails }} properties */
function Service({ volume: { profile, service } }) {
  return html`<${Card} title="What it is given"
    aside=${service !== undefined && html`<${State} tone=${service.healthy ? 'good' : 'bad'}>${service.healthy ? 'healthy' : 'not healthy'}</${State}>`}>
    <${Facts} of=${[
      [
        'Policy',
        profile === undefined
          ? 'none was asked: it has the defaults of its container'
          : html`<span class="mono">${profile.profileId}</span>, generation ${profile.generationId}`,
      ],
      ['Asked for', profile === undefined ? undefined : listed(profile.asked)],
      ['Gets', service === undefined ? undefined : listed(service.values)],
      [
        'Moving data',
        service?.progressPercent === undefined
          ? undefined
          : html`<progress max="100" value=${service.progressPercent}></progress> ${service.progressPercent} %`,
      ],
    ]} />
  </${Card}>`;
}

/** @param {readonly string[]} values */
function listed(values) {
  return values.length === 0 ? 'nothing' : values.join(' · ');
}

const KINDS = { created: 'volume', snapshot: 'snapshot', fastClone: 'clone', clone: 'clone' };

/** @param {{ tree: VolumeTree, here: string }} properties */
function Family({ tree, here }) {
  const nodes = tree.volumes.map(({ vvolId, parentId, name, origin, sizeBytes, createdAt }) => ({
    id: vvolId,
    parentId,
    name: name ?? vvolId,
    kind: KINDS[origin.kind],
    sizeBytes,
    note: moment(createdAt).slice(5, 16),
  }));
  return html`
    ${tree.goneId !== undefined && html`<p class="quiet">What the first of them was made of, <span class="mono">${tree.goneId}</span>, is gone.</p>`}
    ${nodes.length === 1 && html`<p class="quiet">Nothing was taken of this volume yet: its snapshots and clones will hang on it here.</p>`}
    <${Tree} nodes=${nodes} here=${here} />
    ${!tree.isWhole && html`<p class="banner warn">There are more than can be drawn: the list of volumes has them all.</p>`}
  `;
}

/** @param {{ volume: VolumeDetails }} properties */
function Details({ volume: { bindings, metadata } }) {
  const sorted = metadata.toSorted((a, b) => a.key.localeCompare(b.key));
  return html`
    <${Card} title="Bindings">
      ${
        bindings.length === 0
          ? html`<p
        class="quiet">No host has bound it: nobody can read or write it at the moment.</p>`
          : html`<${BindingTable} bindings=${bindings} by="host" />`
      }
    </${Card}>
    <${Card} title="Metadata">
      ${
        sorted.length === 0
          ? html`<p
        class="quiet">It has none.</p>`
          : html`<${Facts} of=${sorted.map(({ key, value }) => [
              key,
              html`<span
        class="mono">${value}</span>`,
            ])} />`
      }
    </${Card}>
  `;
}
