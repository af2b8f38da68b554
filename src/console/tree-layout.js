/**
 * Where the volumes of a tree stand in its picture: a column for each generation, a row for each end of a branch,
 * and whoever has children stands at the height of the first of them. Knows nothing of how it is drawn.
 */

/**
 * @template Node
 * @typedef {object} Place
 * @property {Node} node
 * @property {number} column 0 for the root.
 * @property {number} row
 * @property {Place<Node> | undefined} parent
 * @property {Place<Node>[]} children
 */

/**
 * The tree, root first, children before the next sibling. A node whose parent is not among the nodes is a root.
 * @template {{ id: string, parentId?: string | undefined }} Node
 * @param {readonly Node[]} nodes
 * @returns {readonly Place<Node>[]}
 */
export function placesOf(nodes) {
  const known = new Set(nodes.map(({ id }) => id));
  /** @type {Map<string | undefined, Node[]>} */
  const byParent = new Map();
  for (const node of nodes) {
    const parentId =
      node.parentId !== undefined && known.has(node.parentId) ? node.parentId : undefined;
    byParent.set(parentId, [...(byParent.get(parentId) ?? []), node]);
  }
  /** @type {Place<Node>[]} */
  const places = [];
  let rows = 0;
  // A stack and not a recursion: a chain of snapshots may be a thousand deep.
  /** @type {{ node: Node, parent: Place<Node> | undefined, isFirst: boolean }[]} */
  const left = childrenOf(byParent, undefined, undefined);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, parent, isFirst } = next;
    const row = isFirst && parent !== undefined ? parent.row : rows++;
    /** @type {Place<Node>} */
    const place = {
      node,
      column: parent === undefined ? 0 : parent.column + 1,
      row,
      parent,
      children: [],
    };
    parent?.children.push(place);
    places.push(place);
    left.push(...childrenOf(byParent, node.id, place));
  }
  return places;
}

/**
 * The children, the last first, as a stack takes them.
 * @template {{ id: string }} Node
 * @param {Map<string | undefined, Node[]>} byParent
 * @param {string | undefined} id
 * @param {Place<Node> | undefined} parent
 */
function childrenOf(byParent, id, parent) {
  const nodes = byParent.get(id) ?? [];
  return nodes.map((node, at) => ({ node, parent, isFirst: at === 0 })).reverse();
}
