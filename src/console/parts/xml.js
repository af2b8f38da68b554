/** XML as people read it: an element a line, indented, names and values told apart. What is not well-formed is shown as it came. */
import { html } from '../html.js';

/** Deeper than this nothing is indented further; a hostile message cannot make the page build without end. */
const DEPTH_MOST = 64;

/** @param {{ xml: string, label: string }} properties */
export function Xml({ xml, label }) {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const isBroken = document.querySelector('parsererror') !== null;
  const shown = isBroken ? xml : lines(document.documentElement, 0);
  return html`<pre class="xml" tabindex="0" role="region" aria-label=${label}>${shown}</pre>`;
}

/** @param {Element} element @param {number} depth @returns {unknown[]} */
function lines(element, depth) {
  const indent = '  '.repeat(Math.min(depth, DEPTH_MOST));
  const name = html`<span class="element">${element.nodeName}</span>`;
  const attributes = [...element.attributes].map(
    (each) => html` <span class="attribute">${each.name}="${each.value}"</span>`,
  );
  const children = [...element.children];
  const text = element.textContent ?? '';
  if (children.length === 0 && text === '') return [indent, '<', name, attributes, '/>\n'];
  const end = ['</', name, '>\n'];
  if (children.length === 0) {
    return [indent, '<', name, attributes, '>', html`<span class="text">${text}</span>`, ...end];
  }
  const inner = depth >= DEPTH_MOST ? [text] : children.flatMap((each) => lines(each, depth + 1));
  return [indent, '<', name, attributes, '>\n', ...inner, indent, ...end];
}
