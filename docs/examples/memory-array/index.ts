/**
 * A storage array in memory, whole and small: the module that `array.module` names. Here each method of
 * the port meets the function that does it; what the methods mean is in src/array/port.ts. Nothing is
 * durable, which README.md says too: when the process ends, the array is gone.
 */
import { ArrayError } from '../../../src/array/errors.ts';
import type { JobStart } from '../../../src/array/jobs.ts';
import type { OpenArray } from '../../../src/array/opening.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { JobResult } from '../../../src/model/array.ts';
import { activate, activeProviders } from './activation.ts';
import {
  bind,
  bindingsOf,
  boundHosts,
  endBindingChange,
  prepareBindingChange,
  unbind,
  unbindAllFromHost,
  unbindFromAllHosts,
} from './bindings.ts';
import { readChanges } from './changes.ts';
import {
  allocatedChunks,
  cloneVolume,
  copyDiffs,
  countUnshared,
  unsharedChunks,
} from './copies.ts';
import { pools, reach } from './discovery.ts';
import { cancelJob, once } from './jobs.ts';
import { type Memory, newMemory } from './memory.ts';
import { containerVolumes, findVolumes, profiledVolumes, volumesMadeOf } from './metadata.ts';
import { capabilityProfiles, SCHEMA, volumeServices } from './policies.ts';
import { prepareSnapshot, revertVolume, takeSnapshots } from './snapshots.ts';
import {
  applyProfile,
  containerSpace,
  createVolume,
  deleteVolume,
  resizeVolume,
  updateMetadata,
  volumeSpace,
  volumes,
} from './volumes.ts';

/** An empty array of its own for each opening. It has no options. Errors: invalid (an option). */
export const openArray: OpenArray = async (environment) => {
  const [unknown] = Object.keys(environment.options);
  if (unknown === undefined) return openOn(newMemory())(environment);
  throw new ArrayError('invalid', `array.options.${unknown} is unknown`);
};

/** Adapters that are opened on this array: it outlives them, and several may be open at once. */
export function openOn(memory: Memory): OpenArray {
  return async ({ clock }) => {
    const ends = new Set<() => void>();
    let isClosed = false;
    const opened = { memory, clock };
    /** Runs a method, which is one step that nothing comes between. */
    const step = async <Result>(work: () => Result): Promise<Result> => {
      if (isClosed) throw new ArrayError('failed', 'the array is closed');
      return work();
    };
    /** The same for a method that starts a job. */
    const job = (
      start: JobStart,
      call: readonly unknown[],
      // biome-ignore lint/suspicious/noConfusingVoidType: work without a result returns nothing.
      work: () => JobResult | void,
    ) => step(() => once(opened, start, call, () => work() ?? undefined));

    const port: StorageArrayPort = {
      arrays: () => step(() => [memory.description]),
      containers: () => step(() => memory.containers),
      endpoints: () => step(() => memory.endpoints),
      containerSpace: (containerId) => step(() => containerSpace(memory, containerId)),

      pools: () => step(() => pools(memory)),
      processors: () => step(() => []),
      ports: () => step(() => []),
      luns: () => step(() => []),
      fileSystems: () => step(() => []),
      storageCapabilities: () => step(() => []),
      reach: (access) => step(() => reach(memory, access)),
      sharedBottlenecks: () => step(() => []),

      capabilitySchemas: () => step(() => [SCHEMA]),
      capabilityProfiles: () => step(() => capabilityProfiles(memory)),
      defaultProfiles: () => step(() => []),
      volumeServices: (vvolIds) => step(() => volumeServices(memory, vvolIds)),
      profiledVolumes: (containerId, page) =>
        step(() => profiledVolumes(memory, containerId, page)),

      containerVolumes: (containerId, page) =>
        step(() => containerVolumes(memory, containerId, page)),
      volumesMadeOf: (vvolId, page) => step(() => volumesMadeOf(memory, vvolId, page)),
      boundHosts: (page) => step(() => boundHosts(memory, page)),

      statisticsOffers: () => step(() => []),
      statistics: () => step(() => []),

      activeProviders: () => step(() => activeProviders(memory)),
      activate: (arrayId, provider) => step(() => activate(opened, arrayId, provider)),

      createVolume: (start, asked) =>
        job(start, ['create', asked], () => {
          createVolume(opened, asked);
          return { kind: 'volume', vvolId: asked.vvolId };
        }),
      deleteVolume: (vvolId) => step(() => deleteVolume(opened, vvolId)),
      resizeVolume: (start, vvolId, size) =>
        job(start, ['resize', vvolId, size], () => resizeVolume(opened, vvolId, size)),
      applyProfile: (start, vvolId, profile) =>
        job(start, ['profile', vvolId, profile], () => applyProfile(opened, vvolId, profile)),
      updateMetadata: (vvolId, change) => step(() => updateMetadata(opened, vvolId, change)),
      volumes: (vvolIds) => step(() => volumes(memory, vvolIds)),
      volumeSpace: (vvolIds) => step(() => volumeSpace(memory, vvolIds)),
      findVolumes: (constraints, page) => step(() => findVolumes(memory, constraints, page)),

      bind: (vvolId, hostId, options) => step(() => bind(opened, vvolId, hostId, options)),
      unbind: (vvolId, hostId, only) => step(() => unbind(opened, vvolId, hostId, only)),
      unbindFromAllHosts: (vvolId) => step(() => unbindFromAllHosts(opened, vvolId)),
      unbindAllFromHost: (hostId) => step(() => unbindAllFromHost(opened, hostId)),
      bindings: (of) => step(() => bindingsOf(memory, of)),
      prepareBindingChange: (start, vvolIds, to) =>
        job(start, ['move', vvolIds, to], () => prepareBindingChange(opened, vvolIds, to)),
      endBindingChange: (vvolId) => step(() => endBindingChange(opened, vvolId)),

      prepareSnapshot: (start, request) =>
        job(start, ['prepare', request], () => prepareSnapshot(opened, request)),
      takeSnapshots: (entries) => step(() => takeSnapshots(opened, entries)),
      revertVolume: (start, vvolId, to) =>
        job(start, ['revert', vvolId, to], () => revertVolume(opened, vvolId, to)),
      cloneVolume: (start, copy) =>
        job(start, ['clone', copy], () => cloneVolume(opened, 'clone', copy)),
      fastCloneVolume: (start, copy) =>
        job(start, ['fastClone', copy], () => cloneVolume(opened, 'fastClone', copy)),
      copyDiffs: (start, asked) => job(start, ['diffs', asked], () => copyDiffs(opened, asked)),
      allocatedChunks: (vvolId, range) => step(() => allocatedChunks(memory, vvolId, range)),
      unsharedChunks: (vvolId, base, range) =>
        step(() => unsharedChunks(memory, vvolId, base, range)),
      countUnshared: (vvolId, base, range) =>
        step(() => countUnshared(memory, vvolId, base, range)),

      job: (jobId) => step(() => memory.jobs.get(jobId)?.job),
      openJobs: () => step(() => []),
      cancelJob: (jobId) => step(() => cancelJob(opened, jobId)),
      changes: (after, limit) => step(() => readChanges(memory, after, limit)),
      watch: (listener) => {
        if (isClosed) throw new ArrayError('failed', 'the array is closed');
        // A function of our own, so that one listener may watch twice and end each by itself.
        const entry = () => listener();
        const end = () => {
          memory.listeners.delete(entry);
          ends.delete(end);
        };
        memory.listeners.add(entry);
        ends.add(end);
        return end;
      },
      close: async () => {
        isClosed = true;
        for (const end of ends) end();
      },
    };
    return port;
  };
}
