/**
 * The part of the array port by which an operator looks around: what lies in a container, what was made of a
 * volume, which hosts hold bindings. No client of the protocol asks this, and no answer is urgent; but each page
 * must be cheap, however large the array is.
 */
import type { ContainerId, HostId, VvolId } from '../model/ids.ts';
import type { EpochMs } from '../model/units.ts';
import type { Page } from './page.ts';

/** Which page is asked for: the first, or the one after the `next` of an earlier one. */
export interface PageWish {
  readonly after: string | undefined;
  readonly limit: number;
}

/** A host that holds bindings, whether or not it has a session. */
export interface BoundHost {
  readonly hostId: HostId;
  readonly bindings: number;
  readonly oldestAt: EpochMs;
  readonly newestAt: EpochMs;
}

/** Errors of all: invalid (a limit below 1). */
export interface ListingPort {
  /**
   * Ids of the container's volumes, oldest first. A volume that exists throughout is in exactly one of the
   * pages. Errors: notFound (container), invalid (an `after` that no page gave).
   */
  containerVolumes(containerId: ContainerId, page: PageWish): Promise<Page<VvolId>>;

  /**
   * Ids of the volumes whose origin is this one (`Volume.origin`), oldest first, paged as
   * `containerVolumes`. Never fails for an id: of a volume that is not there, nothing was made.
   */
  volumesMadeOf(vvolId: VvolId, page: PageWish): Promise<Page<VvolId>>;

  /** Hosts that hold bindings, in order of their ids; `next` is the last id of the page. */
  boundHosts(page: PageWish): Promise<Page<BoundHost>>;
}
