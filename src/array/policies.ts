/**
 * The part of the array port about storage policies: what the array can promise, and what volumes get. An
 * array that promises nothing answers empty lists. Judging profiles is the provider's work: the array is
 * handed the values it is to realise (`AppliedProfile.asked`), chosen among what it offers. Wherever a profile
 * is handed over, the array has the last word: what nothing in the container has any more is noSpace. Whether
 * it still holds, once a volume has it, is told by `volumeServices`.
 */
import type { ContainerId, VvolId } from '../model/ids.ts';
import type {
  CapabilityProfile,
  CapabilitySchema,
  DefaultProfile,
  VolumeService,
} from '../model/policies.ts';
import type { Page } from './page.ts';

export interface PolicyPort {
  /** What the arrays behind this adapter can promise at all, in a stable order. From memory. */
  capabilitySchemas(): Promise<readonly CapabilitySchema[]>;

  /** What containers promise, in a stable order. From memory. */
  capabilityProfiles(): Promise<readonly CapabilityProfile[]>;

  /** What volumes made without a profile are given, in a stable order; a container may have none. */
  defaultProfiles(): Promise<readonly DefaultProfile[]>;

  /**
   * What these volumes get at the moment, in the order asked; unknown ones are left out. Follows the
   * array's real state: a degraded pool shows in each of its volumes.
   */
  volumeServices(vvolIds: readonly VvolId[]): Promise<readonly VolumeService[]>;

  /**
   * Ids of the container's volumes that have a profile, at most `limit`, continuing after the `next` of an
   * earlier page: what to look at again when the container's pool changes. A volume that has one throughout
   * is in exactly one of the pages. Errors: notFound, invalid (a limit below 1, an `after` that no
   * page gave).
   */
  profiledVolumes(
    containerId: ContainerId,
    page: { readonly after: string | undefined; readonly limit: number },
  ): Promise<Page<VvolId>>;
}
