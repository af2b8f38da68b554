/** What stands around every view: the way through, what is out of the ordinary, who is logged in. */
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { useApp } from './app.js';
import { html } from './html.js';
import { Notices } from './notices.js';
import { Problem } from './parts/page.js';
import { useQuery } from './query.js';
import { linkTo, useRoute } from './route.js';
import { GROUPS, viewOf } from './views.js';

/** The status is about everything, and also tells that the provider still answers. */
const STATUS_EVERY_MS = 15_000;

/** @param {{ session: import('./api.js').Session, logOut: () => void }} properties */
export function Shell({ session, logOut }) {
  const route = useRoute();
  const status = useQuery('/status', ['status', 'sessions', 'verbose', 'clock', 'faults', 'trust']);
  useEffect(() => {
    const timer = setInterval(status.again, STATUS_EVERY_MS);
    return () => clearInterval(timer);
  }, [status.again]);
  const view = viewOf(route);
  return html`
    <a class="skip" href="#content" onClick=${toContent}>To the content</a>
    <div class="frame">
      <header class="top">
        <a class="brand" href=${linkTo('overview')}><img src="/icon.svg" alt="" />Keelson</a>
        <${LiveState} />
        <span class="quiet small mono push">${status.data?.release}</span>
        <${ThemeChoice} />
        <span>${session.userName}</span>
        <button type="button" onClick=${logOut}>Log out</button>
      </header>
      <${Navigation} route=${route} />
      <main class="main" id="content" tabindex="-1">
        <${Notices} status=${status.data} />
        ${status.error !== undefined && html`<${Problem} error=${status.error} again=${status.again} />`}
        <${Contained} key=${route.view}>${view(route, status.data)}</${Contained}>
      </main>
    </div>
  `;
}

/** A view that fails is told of, and leaves the others alone. @param {{ children?: unknown }} properties */
function Contained({ children }) {
  const [error, again] = useErrorBoundary();
  if (error === undefined) return children;
  const told = new Error(`This view cannot be shown (${error.message}). The other views go on.`);
  return html`<${Problem} error=${told} again=${again} />`;
}

/** The address stays the view's. @param {Event} event */
function toContent(event) {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** @param {{ route: import('./route.js').Route }} properties */
function Navigation({ route }) {
  return html`<nav class="nav" aria-label="Views">
    ${GROUPS.map(
      ({ title, views }) => html`<h2 id=${`group-${title}`}>${title}</h2>
        <ul aria-labelledby=${`group-${title}`}>
          ${views.map(
            ([name, label]) => html`<li>
              <a href=${linkTo(name)} aria-current=${route.view === name ? 'page' : undefined}>${label}</a>
            </li>`,
          )}
        </ul>`,
    )}
  </nav>`;
}

function LiveState() {
  const { live } = useApp();
  const [isLive, setLive] = useState(false);
  useEffect(() => live.onState(setLive), [live]);
  return html`<span class="state ${isLive ? 'good' : 'quiet'}" role="status">${isLive ? 'Live' : 'Not live'}</span>`;
}

function ThemeChoice() {
  const [theme, setTheme] = useState(document.documentElement.dataset['theme'] ?? 'system');
  /** @param {Event} event */
  const choose = (event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.currentTarget);
    document.documentElement.dataset['theme'] = value;
    localStorage.setItem('theme', value);
    setTheme(value);
  };
  return html`<select aria-label="Colours" value=${theme} onChange=${choose}>
    <option value="system">Colours of the system</option>
    <option value="light">Light</option>
    <option value="dark">Dark</option>
  </select>`;
}
