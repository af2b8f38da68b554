/**
 * The part of the array port by which several providers over one array agree who of them serves it. The
 * array keeps the answer, so that it outlives every provider; a provider that is not active for an array
 * answers InactiveProvider for what lies in it.
 */
import type { ArrayId } from '../model/ids.ts';

/** A provider as the array knows it. */
export interface ActiveProvider {
  /** The provider's uid. */
  readonly providerId: string;
  /** Where clients reach it. */
  readonly url: string;
  /** Rises with each take-over of the array. */
  readonly term: bigint;
}

export interface ActivationPort {
  /** Who serves each array; arrays that nobody was activated for are left out. From memory. */
  activeProviders(): Promise<ReadonlyMap<ArrayId, ActiveProvider>>;

  /**
   * Makes this provider the one that serves the array, at once and durably; bindings, jobs and volumes
   * stay. Already active: nothing happens. The feed tells it as an update of the StorageArray.
   * Errors: notFound.
   */
  activate(
    arrayId: ArrayId,
    provider: { readonly providerId: string; readonly url: string },
  ): Promise<void>;
}
