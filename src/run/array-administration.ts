/**
 * The operator's orders to the array as the admin socket gives them: the adapter's own, with its refusals
 * as the operator's; an adapter that offers none says so to each.
 */
import { AdminError } from '../admin/port.ts';
import type { ArrayAdministration } from '../array/administration.ts';
import { ArrayError } from '../array/errors.ts';

/** `module`: the adapter's name in the configuration, for the refusal. */
export function arrayAdministration(
  offered: ArrayAdministration | undefined,
  module: string,
): ArrayAdministration {
  const ask = async <Answer>(
    order: (array: ArrayAdministration) => Promise<Answer>,
  ): Promise<Answer> => {
    if (offered === undefined) {
      throw new AdminError(`the array adapter ${module} offers no orders to its array`);
    }
    try {
      return await order(offered);
    } catch (error) {
      // `failed` is an illness of the array: the admin socket logs it as ours.
      if (error instanceof ArrayError && error.kind !== 'failed') {
        throw new AdminError(error.message);
      }
      throw error;
    }
  };
  return {
    show: () => ask((array) => array.show()),
    reset: () => ask((array) => array.reset()),
    saveState: (name) => ask((array) => array.saveState(name)),
    loadState: (name) => ask((array) => array.loadState(name)),
    listStates: () => ask((array) => array.listStates()),
    removeState: (name) => ask((array) => array.removeState(name)),
    exportTo: (file) => ask((array) => array.exportTo(file)),
    importFrom: (file) => ask((array) => array.importFrom(file)),
    check: () => ask((array) => array.check()),
    repair: () => ask((array) => array.repair()),
    setEndpointOnline: (endpointId, online) =>
      ask((array) => array.setEndpointOnline(endpointId, online)),
    setHealth: (entityId, health) => ask((array) => array.setHealth(entityId, health)),
    setUsed: (entityId, megabytes) => ask((array) => array.setUsed(entityId, megabytes)),
    applyInventory: (file) => ask((array) => array.applyInventory(file)),
    setPace: (operation, pace) => ask((array) => array.setPace(operation, pace)),
  };
}
