/**
 * The contract between the provider and the storage behind it. A vendor replaces the simulator by one
 * folder whose `index.ts` exports `openArray: OpenArray` (`opening.ts`); the provider knows nothing else
 * of it. This file has the rules and the whole; each part is in a file of its own.
 *
 * Who owns what (ADR 0002): the array owns volumes with their metadata and profile, snapshots, bindings,
 * space, jobs, and a durable feed of changes. The provider owns trust, users, sessions, and the
 * numbering of events. Losing the provider's data loses no volume, binding or task.
 *
 * Rules for every method:
 * - It is asynchronous and may live in another process; several providers may call one array at once.
 * - Arguments and results are plain records of `model/array.ts`, never changed after they are handed over.
 * - What a method that changes something has resolved is durable: it survives the loss of power.
 * - It happens wholly or not at all, also when the process dies in the middle.
 * - Ids of new things are chosen by the caller. Repeating a call with the same id and the same arguments
 *   succeeds and changes nothing; with other arguments it fails with `alreadyExists`. So a provider that
 *   lost the answer simply asks again. A repeated job is known for as long as the job is kept; a call
 *   that threw has left no job, and its repeat tries anew.
 * - Reads see every change that was acknowledged before (to any provider).
 * - Failure is an `ArrayError`; the kinds each method uses are listed. `busy` and `failed` always may be.
 * - A call answers within seconds. What may take longer is a job.
 * - A volume exists for all methods from the moment its making succeeds until its deletion begins.
 */
import type { ArrayDescription, Container, ContainerSpace, Endpoint } from '../model/array.ts';
import type { ContainerId } from '../model/ids.ts';
import type { ActivationPort } from './activation.ts';
import type { BindingPort } from './bindings.ts';
import type { ChangePort } from './changes.ts';
import type { CopyPort } from './copies.ts';
import type { DifferencePort } from './differences.ts';
import type { DiscoveryPort } from './discovery.ts';
import type { JobPort } from './jobs.ts';
import type { ListingPort } from './listing.ts';
import type { PolicyPort } from './policies.ts';
import type { StatisticsPort } from './statistics.ts';
import type { VolumePort } from './volumes.ts';

export interface StorageArrayPort
  extends VolumePort,
    BindingPort,
    CopyPort,
    DifferencePort,
    JobPort,
    ListingPort,
    ChangePort,
    DiscoveryPort,
    PolicyPort,
    StatisticsPort,
    ActivationPort {
  // Inventory. Small; asked often: an adapter should answer from memory.

  /** Every array behind this adapter, in a stable order; at least one. */
  arrays(): Promise<readonly ArrayDescription[]>;

  /** Every container of every array, in a stable order. */
  containers(): Promise<readonly Container[]>;

  /** Every protocol endpoint, those that are down included, in a stable order. */
  endpoints(): Promise<readonly Endpoint[]>;

  /** Space of a container as it is now. Errors: notFound. */
  containerSpace(containerId: ContainerId): Promise<ContainerSpace>;

  /** Ends the adapter in order; afterwards every method fails. Idempotent. */
  close(): Promise<void>;
}
