/** The queries on the parts of a running provider. */
import type { StorageArrayPort } from '../../array/port.ts';
import type { RecentRequests } from '../../log/recent.ts';
import type { ProviderStore } from '../../store/port.ts';
import type { Trust } from '../../trust/trust.ts';
import { alarms, events, tasks } from './activity.ts';
import { type HostParts, hostBindings, hosts, sessionPage } from './hosts.ts';
import { containers, endpoints, inventory } from './inventory.ts';
import type { Queries } from './port.ts';
import { mentionedTasks, requestDetails, requestPage } from './requests.ts';
import type { SpaceWatch } from './space.ts';
import { volumeTree } from './tree.ts';
import { trustReport } from './trust.ts';
import { volume, volumes } from './volumes.ts';

export interface QueryParts extends HostParts {
  readonly store: ProviderStore;
  readonly trust: Trust;
  /** The array as fault rules make it look: what is gone or degraded by them is shown so. */
  readonly looks: StorageArrayPort;
  readonly recent: RecentRequests;
  readonly space: SpaceWatch;
}

/** Each looks at the parts when it is asked. */
export function createQueries(parts: QueryParts): Queries {
  const { array, looks, store, trust, clock, recent, space } = parts;
  return {
    inventory: () => inventory(looks),
    containers: () => containers(array, looks),
    spaceHistory: async () => space.history(),
    endpoints: () => endpoints(looks),
    volumes: (wish) => volumes(array, wish),
    volume: (vvolId) => volume(array, vvolId),
    volumeTree: (vvolId) => volumeTree(array, vvolId),
    hosts: (page) => hosts(parts, page),
    hostBindings: (hostId, page) => hostBindings(array, hostId, page),
    sessions: (page) => sessionPage(parts, page),
    trust: async () => trustReport(trust, clock),
    tasks: () => tasks(array, mentionedTasks(recent)),
    events: (page) => events(store, page),
    alarms: (page) => alarms(store, page),
    requests: async (page) => requestPage(recent, page),
    request: async (requestId) => requestDetails(recent, requestId),
  };
}
