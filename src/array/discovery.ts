/**
 * The part of the array port that describes the array beside its virtual volumes. Small lists that are
 * asked often: an adapter should answer from memory. An array without such things answers empty lists and
 * says so in `ArrayFeatures`. Changes of any of them are in the feed.
 */
import type {
  Access,
  FileSystem,
  Lun,
  Pool,
  Port,
  Processor,
  Reach,
  StorageCapability,
} from '../model/discovery.ts';

export interface DiscoveryPort {
  /** Every pool, in a stable order, with its space as it is now. Each container lies in one. */
  pools(): Promise<readonly Pool[]>;

  /** Every controller, in a stable order. */
  processors(): Promise<readonly Processor[]>;

  /** Every port of every controller, in a stable order. */
  ports(): Promise<readonly Port[]>;

  /** Every LUN of a classic datastore, in a stable order. Protocol endpoints are not among them. */
  luns(): Promise<readonly Lun[]>;

  /** Every file system of a classic datastore, in a stable order. */
  fileSystems(): Promise<readonly FileSystem[]>;

  /** Labels of LUNs and file systems, in a stable order. */
  storageCapabilities(): Promise<readonly StorageCapability[]>;

  /** What somebody who names these initiators and mounts can reach: masking is the array's. */
  reach(access: Access): Promise<Reach>;

  /**
   * Groups of these LUNs or file systems among which moving data brings no performance, since they share
   * what is slow. Ids of neither kind are passed over; who shares with nobody is in no group.
   */
  sharedBottlenecks(entityIds: readonly string[]): Promise<readonly (readonly string[])[]>;
}
