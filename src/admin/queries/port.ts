/**
 * What may be asked of a running provider without changing anything: for the console, support and tests. All that
 * may be long is answered in pages, and each page costs little.
 */
import type {
  AlarmPage,
  EventPage,
  RequestDetails,
  RequestPage,
  SessionPage,
  TaskReport,
} from '../shapes/activity.ts';
import type { TrustReport } from '../shapes/certificates.ts';
import type { Paging } from '../shapes/form.ts';
import type { ContainerRow, EndpointRow, Inventory, SpaceHistory } from '../shapes/inventory.ts';
import type {
  BindingPage,
  HostPage,
  VolumeDetails,
  VolumePage,
  VolumeTree,
  VolumeWish,
} from '../shapes/volumes.ts';

/**
 * Errors of each: AdminError, of kind `notFound` where one thing was asked for that is not there, and for an
 * `after` that no page gave. An array that does not answer fails with its ArrayError.
 */
export interface Queries {
  inventory(): Promise<Inventory>;
  containers(): Promise<readonly ContainerRow[]>;
  spaceHistory(): Promise<SpaceHistory>;
  endpoints(): Promise<readonly EndpointRow[]>;
  /** In order of containers and age. */
  volumes(wish: VolumeWish): Promise<VolumePage>;
  volume(vvolId: string): Promise<VolumeDetails>;
  volumeTree(vvolId: string): Promise<VolumeTree>;
  /** Those with bindings first, oldest binding first. */
  hosts(page: Paging): Promise<HostPage>;
  /** Oldest first. */
  hostBindings(hostId: string, page: Paging): Promise<BindingPage>;
  /** The one idle longest first. */
  sessions(page: Paging): Promise<SessionPage>;
  trust(): Promise<TrustReport>;
  tasks(): Promise<TaskReport>;
  /** Newest first. */
  events(page: Paging): Promise<EventPage>;
  /** Active ones, newest first. */
  alarms(page: Paging): Promise<AlarmPage>;
  /** The latest, newest first. */
  requests(page: Paging): Promise<RequestPage>;
  request(requestId: string): Promise<RequestDetails>;
}
