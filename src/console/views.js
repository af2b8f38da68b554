/** The views by name, in the groups in which they are offered. */
import { html } from './html.js';
import { Empty, Page } from './parts/page.js';
import { Alarms } from './views/alarms.js';
import { Bindings } from './views/bindings.js';
import { Clock } from './views/clock.js';
import { Containers } from './views/containers.js';
import { Endpoints } from './views/endpoints.js';
import { Events } from './views/events.js';
import { Faults } from './views/faults.js';
import { Overview } from './views/overview.js';
import { Release } from './views/release.js';
import { Request } from './views/request.js';
import { Requests } from './views/requests.js';
import { Sessions } from './views/sessions.js';
import { States } from './views/states.js';
import { Tasks } from './views/tasks.js';
import { Trust } from './views/trust.js';
import { Users } from './views/users.js';
import { Volume } from './views/volume.js';
import { Volumes } from './views/volumes.js';

/** @typedef {{ title: string, views: readonly (readonly [name: string, label: string, view: any, detail?: any])[] }} Group */

/** @type {readonly Group[]} */
export const GROUPS = [
  {
    title: 'Provider',
    views: [
      ['overview', 'Overview', Overview],
      ['trust', 'Certificates', Trust],
      ['users', 'Users', Users],
      ['release', 'Release', Release],
    ],
  },
  {
    title: 'Storage',
    views: [
      ['containers', 'Containers', Containers],
      ['volumes', 'Volumes', Volumes, Volume],
      ['endpoints', 'Endpoints', Endpoints],
    ],
  },
  {
    title: 'Hosts',
    views: [
      ['bindings', 'Bindings', Bindings],
      ['sessions', 'Sessions', Sessions],
    ],
  },
  {
    title: 'Activity',
    views: [
      ['requests', 'Requests', Requests, Request],
      ['tasks', 'Tasks', Tasks],
      ['events', 'Events', Events],
      ['alarms', 'Alarms', Alarms],
    ],
  },
  {
    title: 'Simulation',
    views: [
      ['faults', 'Fault rules', Faults],
      ['clock', 'Clock', Clock],
      ['states', 'Saved states', States],
    ],
  },
];

/**
 * What draws a route: its list, or with an id the one thing.
 * @param {import('./route.js').Route} route
 * @returns {(route: import('./route.js').Route, status: unknown) => unknown}
 */
export function viewOf({ view, id }) {
  const entry = GROUPS.flatMap(({ views }) => views).find(([name]) => name === view);
  const [, , list, detail] = entry ?? [];
  const shown = id === undefined ? list : (detail ?? list);
  if (shown === undefined) return () => html`<${Nowhere} key="nowhere" />`;
  return (route, status) => html`<${shown} key=${view} route=${route} status=${status} />`;
}

function Nowhere() {
  return html`<${Page} title="No such view">
    <${Empty} title="Nothing is shown at this address.">The views are in the list beside this text.</${Empty}>
  </${Page}>`;
}
