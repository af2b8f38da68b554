/**
 * What the simulated array does not do: each method of the port in this list answers `unsupported` and
 * says so. `features` of its arrays (inventory.ts) tell callers beforehand. A method leaves this list
 * when it is written.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { StorageArrayPort } from '../src/array/port.ts';

const REASONS = {
  prepareSnapshot: 'take snapshots',
  takeSnapshots: 'take snapshots',
  revertVolume: 'take snapshots',
  cloneVolume: 'clone volumes',
  fastCloneVolume: 'clone volumes',
  copyDiffs: 'copy differences',
  allocatedChunks: 'tell which chunks hold data',
  unsharedChunks: 'tell which chunks differ',
  countUnshared: 'tell which chunks differ',
  prepareBindingChange: 'prepare the move of bindings',
  endBindingChange: 'prepare the move of bindings',
} as const satisfies Partial<Record<keyof StorageArrayPort, string>>;

type Unsupported = keyof typeof REASONS;

/** The methods of the list, each rejecting with `unsupported`. */
export function unsupportedMethods(): Pick<StorageArrayPort, Unsupported> {
  const refuse = (method: Unsupported) => () =>
    Promise.reject(
      new ArrayError('unsupported', `the simulated array does not ${REASONS[method]} yet`),
    );
  return {
    prepareSnapshot: refuse('prepareSnapshot'),
    takeSnapshots: refuse('takeSnapshots'),
    revertVolume: refuse('revertVolume'),
    cloneVolume: refuse('cloneVolume'),
    fastCloneVolume: refuse('fastCloneVolume'),
    copyDiffs: refuse('copyDiffs'),
    allocatedChunks: refuse('allocatedChunks'),
    unsharedChunks: refuse('unsharedChunks'),
    countUnshared: refuse('countUnshared'),
    prepareBindingChange: refuse('prepareBindingChange'),
    endBindingChange: refuse('endBindingChange'),
  };
}
