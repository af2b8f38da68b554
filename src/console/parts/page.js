/** The frame of each view: its heading, what it is about, and the places where data, gaps and changes stand. */
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';

/**
 * A view. Its heading takes the focus when the view opens, so that a screen reader begins to read there.
 * @param {{ title: string, lead?: unknown, children?: unknown }} properties
 */
export function Page({ title, lead, children }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    document.title = `${title} · Keelson console`;
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [title]);
  return html`<article class="page">
    <header>
      <h1 ref=${heading} tabindex="-1">${title}</h1>
      ${lead !== undefined && html`<p class="lead">${lead}</p>`}
    </header>
    ${children}
  </article>`;
}

/** A part of a view with a heading. @param {{ title: string, aside?: unknown, children?: unknown }} properties */
export function Card({ title, aside, children }) {
  return html`<section class="card">
    <header><h2>${title}</h2>${aside !== undefined && html`<span class="quiet small">${aside}</span>`}</header>
    ${children}
  </section>`;
}

/** Where a view changes something, apart from where it shows. @param {{ title: string, children?: unknown }} properties */
export function Change({ title, children }) {
  return html`<section class="card change"><header><h2>Change: ${title}</h2></header>${children}</section>`;
}

/** What would be here, and how to get it. @param {{ title: string, children?: unknown }} properties */
export function Empty({ title, children }) {
  return html`<div class="empty"><strong>${title}</strong><span class="quiet">${children}</span></div>`;
}

/** What went wrong and what to do. @param {{ error: Error, again?: () => void }} properties */
export function Problem({ error, again }) {
  return html`<div class="banner bad row" role="alert">
    <span>${error.message}</span>
    ${again !== undefined && html`<button type="button" onClick=${again}>Ask again</button>`}
  </div>`;
}

/**
 * The data of a query once it is there; what went wrong stands above what was there before.
 * @param {{ query: import('../query.js').Query<any>, children: (data: any) => unknown }} properties
 */
export function Loaded({ query, children }) {
  const { data, error, again } = query;
  return html`
    ${error !== undefined && html`<${Problem} error=${error} again=${again} />`}
    ${data === undefined && error === undefined && html`<p class="quiet" role="status">Asking the provider …</p>`}
    ${data !== undefined && children(data)}
  `;
}
