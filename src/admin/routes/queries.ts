/** Routes of what is shown: inventory, volumes, bindings, trust, and what goes on. None of them changes anything. */
import { z } from 'zod';
import {
  alarmPage,
  eventPage,
  requestDetails,
  requestPage,
  sessionPage,
  taskReport,
} from '../shapes/activity.ts';
import { trustReport } from '../shapes/certificates.ts';
import { list, paging, text } from '../shapes/form.ts';
import { containerRow, endpointRow, inventory, spaceHistory } from '../shapes/inventory.ts';
import {
  bindingPage,
  hostPage,
  volumeDetails,
  volumePage,
  volumeTree,
  volumeWish,
} from '../shapes/volumes.ts';
import { nothing, route } from './route.ts';

const page = z.strictObject(paging);
const ofVolume = z.strictObject({ vvolId: text });

export const showInventory = route({
  id: 'inventory',
  method: 'GET',
  path: '/inventory',
  tag: 'inventory',
  about: 'Arrays, pools, controllers, ports, LUNs and file systems.',
  input: nothing,
  answer: inventory,
  work: ({ queries }) => queries.inventory(),
});

export const showContainers = route({
  id: 'containers',
  method: 'GET',
  path: '/containers',
  tag: 'inventory',
  about: 'Storage containers with their space and what they promise.',
  input: nothing,
  answer: list(containerRow),
  work: ({ queries }) => queries.containers(),
});

export const showSpace = route({
  id: 'spaceHistory',
  method: 'GET',
  path: '/space',
  tag: 'inventory',
  about: 'How the space of the containers went, as far as this provider has looked.',
  input: nothing,
  answer: spaceHistory,
  work: ({ queries }) => queries.spaceHistory(),
});

export const showEndpoints = route({
  id: 'endpoints',
  method: 'GET',
  path: '/endpoints',
  tag: 'inventory',
  about: 'Protocol endpoints, those that are down included.',
  input: nothing,
  answer: list(endpointRow),
  work: ({ queries }) => queries.endpoints(),
});

export const showVolumes = route({
  id: 'volumes',
  method: 'GET',
  path: '/volumes',
  tag: 'volumes',
  about: 'Virtual volumes, in pages, in order of containers and age.',
  input: volumeWish,
  answer: volumePage,
  work: ({ queries }, wish) => queries.volumes(wish),
});

export const showVolume = route({
  id: 'volume',
  method: 'GET',
  path: '/volumes/:vvolId',
  tag: 'volumes',
  about: 'One virtual volume with all that is known of it.',
  input: ofVolume,
  answer: volumeDetails,
  work: ({ queries }, { vvolId }) => queries.volume(vvolId),
});

export const showTree = route({
  id: 'volumeTree',
  method: 'GET',
  path: '/volumes/:vvolId/tree',
  tag: 'volumes',
  about: 'The volume with what it came from, and the snapshots and clones that came of that.',
  input: ofVolume,
  answer: volumeTree,
  work: ({ queries }, { vvolId }) => queries.volumeTree(vvolId),
});

export const showHosts = route({
  id: 'hosts',
  method: 'GET',
  path: '/hosts',
  tag: 'hosts',
  about: 'Hosts that hold bindings, or have a session.',
  input: page,
  answer: hostPage,
  work: ({ queries }, wish) => queries.hosts(wish),
});

export const showBindings = route({
  id: 'hostBindings',
  method: 'GET',
  path: '/hosts/:hostId/bindings',
  tag: 'hosts',
  about: 'The bindings of one host, oldest first.',
  input: z.strictObject({ hostId: text, ...paging }),
  answer: bindingPage,
  work: ({ queries }, { hostId, ...wish }) => queries.hostBindings(hostId, wish),
});

export const showSessions = route({
  id: 'sessions',
  method: 'GET',
  path: '/sessions',
  tag: 'hosts',
  about: 'Live sessions, the one idle longest first.',
  input: page,
  answer: sessionPage,
  work: ({ queries }, wish) => queries.sessions(wish),
});

export const showTrust = route({
  id: 'trust',
  method: 'GET',
  path: '/trust',
  tag: 'trust',
  about: 'Whom the provider trusts and what it serves, with the end of each.',
  input: nothing,
  answer: trustReport,
  work: ({ queries }) => queries.trust(),
});

export const showTasks = route({
  id: 'tasks',
  method: 'GET',
  path: '/tasks',
  tag: 'activity',
  about: 'Tasks under way, and those of late that have ended.',
  input: nothing,
  answer: taskReport,
  work: ({ queries }) => queries.tasks(),
});

export const showEvents = route({
  id: 'events',
  method: 'GET',
  path: '/events',
  tag: 'activity',
  about: 'Events, newest first.',
  input: page,
  answer: eventPage,
  work: ({ queries }, wish) => queries.events(wish),
});

export const showAlarms = route({
  id: 'alarms',
  method: 'GET',
  path: '/alarms',
  tag: 'activity',
  about: 'Alarms that are active, newest first.',
  input: page,
  answer: alarmPage,
  work: ({ queries }, wish) => queries.alarms(wish),
});

export const showRequests = route({
  id: 'requests',
  method: 'GET',
  path: '/requests',
  tag: 'activity',
  about: 'The latest requests, newest first.',
  input: page,
  answer: requestPage,
  work: ({ queries }, wish) => queries.requests(wish),
});

export const showRequest = route({
  id: 'request',
  method: 'GET',
  path: '/requests/:requestId',
  tag: 'activity',
  about:
    'One of the latest requests with its line in the log, and its SOAP where verbose mode covered it.',
  input: z.strictObject({ requestId: text }),
  answer: requestDetails,
  work: ({ queries }, { requestId }) => queries.request(requestId),
});
