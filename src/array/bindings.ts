/**
 * The part of the array port about bindings: a set per (volume, host). They belong to the array, outlive
 * sessions and providers, and end only by unbind. Planned moves of a host's bindings are here too.
 */
import type { Binding, Job } from '../model/array.ts';
import type { EndpointId, HostId, VvolId } from '../model/ids.ts';
import type { JobStart } from './jobs.ts';

export interface BindingPort {
  /**
   * Gives `hostId` a data path to the volume through one of `candidates`, the endpoints that the host
   * can see, in no order; unknown ones are passed over. Already bound for this host: the same binding,
   * whatever the candidates. Of one host's bindings of a volume exactly one is `bound`.
   * `rebind`: chooses again among the candidates; the earlier binding becomes `moving` and keeps
   * carrying I/O until it is ended by `unbind`. When there is no other choice than the present
   * endpoint, or a move is already under way and its new endpoint still a choice, nothing changes and
   * the present binding is the answer: so a repeat is harmless. Not bound yet: as without `rebind`.
   * Errors: notFound; failed (no candidate is online and serves the volume's container); noSpace (the
   * host's limit of bindings, or no address left at the endpoint).
   */
  bind(
    vvolId: VvolId,
    hostId: HostId,
    options: { readonly candidates: readonly EndpointId[]; readonly rebind: boolean },
  ): Promise<Binding>;

  /**
   * Ends the binding of this volume for this host that has `endpointId` and `secondaryId` (undefined:
   * every one of the host's). What is not bound: nothing happens. When that leaves only `moving` ones,
   * the latest of them is `bound` again: the host has given up its move. Errors: notFound (volume).
   */
  unbind(
    vvolId: VvolId,
    hostId: HostId,
    only: { readonly endpointId: EndpointId; readonly secondaryId: string } | undefined,
  ): Promise<void>;

  /** Ends every host's bindings of the volume. Errors: notFound. */
  unbindFromAllHosts(vvolId: VvolId): Promise<void>;

  /** Ends every binding of the host. A host with none, or unknown: nothing happens. */
  unbindAllFromHost(hostId: HostId): Promise<void>;

  /** Bindings, oldest first, of one volume, one host, both, or (neither given) all. Never fails for an id. */
  bindings(of: { readonly vvolId?: VvolId; readonly hostId?: HostId }): Promise<readonly Binding[]>;

  /** Gets ready for binds of these volumes by another host. Errors: notFound. */
  prepareBindingChange(
    job: JobStart,
    vvolIds: readonly VvolId[],
    destination: HostId,
  ): Promise<Job>;

  /** Ends what `prepareBindingChange` began: `complete` keeps the new place, else all stays. Errors: notFound. */
  endBindingChange(vvolId: VvolId, outcome: 'complete' | 'cancel'): Promise<void>;
}
