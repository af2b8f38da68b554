/**
 * Snapshots and clones of a volume as a picture that the arrow keys walk, and the same as a list. A snapshot hangs on
 * what it was taken of by a line, a clone by a broken one.
 */

import { size } from '../format.js';
import { html } from '../html.js';
import { linkTo } from '../route.js';
import { placesOf } from '../tree-layout.js';

/**
 * @typedef {object} TreeNode
 * @property {string} id
 * @property {string | undefined} [parentId]
 * @property {string} name
 * @property {'volume' | 'snapshot' | 'clone'} kind
 * @property {number} sizeBytes
 * @property {string | undefined} [note] A word more: when it was made.
 */

const BOX = { width: 178, height: 46 };
const STEP = { column: 226, row: 60 };
const EDGE = 3;
/** Characters of a name that a box has room for. */
const NAME_CHARACTERS = 21;

/** @typedef {import('../tree-layout.js').Place<TreeNode>} Placed */

/** @param {{ nodes: readonly TreeNode[], here: string }} properties */
export function Tree({ nodes, here }) {
  const places = placesOf(nodes);
  const columns = Math.max(...places.map(({ column }) => column)) + 1;
  const rows = Math.max(...places.map(({ row }) => row)) + 1;
  const width = (columns - 1) * STEP.column + BOX.width + 2 * EDGE;
  const height = (rows - 1) * STEP.row + BOX.height + 2 * EDGE;
  return html`
    <p class="small quiet">
      Arrow keys walk the picture: right to what was taken of it, left to what it was taken of, up and down among the
      rest. Enter opens. Solid line: snapshot. Broken line: clone.
    </p>
    <div class="wide" tabindex="-1">
      <svg class="tree" width=${width} height=${height} role="group" aria-label="Tree of snapshots and clones" onKeyDown=${walk(places)}>
        ${places.map((place) => place.parent !== undefined && html`<path key=${place.node.id} class="edge ${place.node.kind}" d=${edge(place.parent, place)} />`)}
        ${places.map((place) => box(place, here))}
      </svg>
    </div>
    <details>
      <summary>The same as a list</summary>
      ${list(places.filter(({ parent }) => parent === undefined))}
    </details>
  `;
}

/** @param {Placed} place */
function corner({ column, row }) {
  return { x: EDGE + column * STEP.column, y: EDGE + row * STEP.row };
}

/** @param {Placed} parent @param {Placed} child */
function edge(parent, child) {
  const from = corner(parent);
  const to = corner(child);
  const [x1, y1, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.y + BOX.height / 2];
  const middle = (x1 + to.x) / 2;
  return `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${to.x},${y2}`;
}

/** @param {Placed} place @param {string} here */
function box(place, here) {
  const { node } = place;
  const { x, y } = corner(place);
  const isHere = node.id === here;
  const name =
    node.name.length > NAME_CHARACTERS ? `${node.name.slice(0, NAME_CHARACTERS - 1)}…` : node.name;
  return html`<a key=${node.id} data-id=${node.id} href=${linkTo('volumes', node.id)} class="${node.kind} ${isHere ? 'here' : ''}" aria-description=${describe(place)} aria-current=${isHere ? 'true' : undefined}>
    <rect x=${x} y=${y} width=${BOX.width} height=${BOX.height} rx=${node.kind === 'snapshot' ? 4 : 12} />
    <text class="name" x=${x + 12} y=${y + 19}>${name}</text>
    <text class="about" x=${x + 12} y=${y + 36}>${node.kind}${node.note === undefined ? '' : ` · ${node.note}`}</text>
    <title>${node.name}</title>
  </a>`;
}

/** @param {Placed} place */
function describe({ node, parent }) {
  const of = parent === undefined ? '' : ` of ${parent.node.name}`;
  return `${node.name}: ${node.kind}${of}, ${size(node.sizeBytes)}`;
}

/** Moves the focus along the tree. @param {readonly Placed[]} places */
function walk(places) {
  return (/** @type {KeyboardEvent & { currentTarget: SVGElement }} */ event) => {
    const links = [...event.currentTarget.querySelectorAll('a')];
    const at = places.findIndex(
      ({ node }) => node.id === document.activeElement?.getAttribute('data-id'),
    );
    const place = places[at];
    if (place === undefined) return;
    const target = {
      ArrowLeft: place.parent,
      ArrowRight: place.children[0],
      ArrowUp: places[at - 1],
      ArrowDown: places[at + 1],
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    links[places.indexOf(target)]?.focus();
  };
}

/** @param {readonly Placed[]} places @returns {unknown} */
function list(places) {
  return html`<ul>
    ${places.map(
      (place) => html`<li key=${place.node.id}>
        <a href=${linkTo('volumes', place.node.id)}>${describe(place)}</a>
        ${place.children.length > 0 && list(place.children)}
      </li>`,
    )}
  </ul>`;
}
