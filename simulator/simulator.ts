/**
 * The simulated array behind the port: says of each method whether it reads (at once, from what is
 * committed) or changes something (in the next group commit). What the methods mean is said in
 * src/array/port.ts.
 */
import { setImmediate } from 'node:timers/promises';
import type { ChunkBitmap } from '../src/array/differences.ts';
import type { DiscoveryPort } from '../src/array/discovery.ts';
import type { PolicyPort } from '../src/array/policies.ts';
import type { StorageArrayPort } from '../src/array/port.ts';
import type { StatisticsPort } from '../src/array/statistics.ts';
import type { EndpointId } from '../src/model/ids.ts';
import { type Access, accessTo } from './access.ts';
import { checkArray } from './check.ts';
import type { BitmapPart } from './content/maps.ts';
import type { DataPlace, HostDataPath } from './data-path.ts';
import { findVolumes, profiledVolumes } from './finding.ts';
import type { ContentChange } from './inventory-changes.ts';
import { listingMethods } from './listing.ts';
import type { JobKind, Pace } from './pacing.ts';
import { type Core, joinParts, type SimulatorParts } from './parts.ts';
import { volumeServices } from './policies/services.ts';
import { takeInTime } from './taking.ts';
import type { Tending } from './tending.ts';

/** The simulated array: the port, and what its operator can do beside it. */
export interface Simulator {
  readonly port: StorageArrayPort;
  /** Reads and writes of hosts, through their bindings. */
  readonly dataPath: HostDataPath;
  /**
   * Takes an endpoint out of service or back into it; hosts bound there are asked to bind anew. Errors:
   * notFound.
   */
  setEndpointOnline(endpointId: EndpointId, online: boolean): Promise<void>;
  /** Changes what the array is made of; wholly or not at all, and told in the feed. Errors: see Tending. */
  tend(work: (tending: Tending) => readonly ContentChange[]): Promise<readonly ContentChange[]>;
  /** Calls `listener` after each commit in which a host has lost its last binding of a volume. */
  watchUnbound(listener: (place: DataPlace) => void): void;
  /** How long jobs of a kind take from now on, those under way too; until the array is closed. */
  setPace(kind: JobKind, pace: Pace): void;
  /** See `RunningArray` in copying.ts. */
  holdBlocks(): () => void;
  /**
   * What does not add up, each in a sentence; empty is good. Reads everything at once, so that everybody
   * waits: checking.ts does it beside them. Errors: failed (closed).
   */
  check(): readonly string[];
}

/** The array in `parts`. */
export function simulate(parts: SimulatorParts): Simulator {
  const core = joinParts(parts);
  const { db, content, endpoints, pacing, runner } = core;
  const access = accessTo(core);
  core.begin();
  return {
    port: {
      ...inventoryMethods(core, access),
      ...discoveryMethods(core, access),
      ...statisticsMethods(core, access),
      ...policyMethods(core, access),
      ...volumeMethods(core, access),
      ...bindingMethods(core, access),
      ...copyMethods(core, access),
      ...jobMethods(core, access),
      ...listingMethods({ db, inventory: core.inventory }, access),
      ...activationMethods(core, access),
      close: async () => {
        if (!db.open) return;
        core.end();
        content.close();
        db.close();
      },
    },
    dataPath: core.dataPath,
    setEndpointOnline: (endpointId, online) =>
      access.write(() => endpoints.setOnline(endpointId, online)),
    tend: async (work) => {
      try {
        return await access.write(() => work(core.tending));
      } catch (error) {
        if (db.open) db.transaction(() => core.tending.restore()).exclusive();
        throw error;
      }
    },
    watchUnbound: (listener) => core.unboundListeners.push(listener),
    setPace: (kind, pace) => {
      access.refuseWhenClosed();
      pacing.set(kind, pace);
      runner.wake();
    },
    holdBlocks: () => content.hold(),
    check: () => {
      access.refuseWhenClosed();
      return checkArray(db, content);
    },
  };
}

/** Some methods of the port. */
type Methods<Name extends keyof StorageArrayPort> = Pick<StorageArrayPort, Name>;

function inventoryMethods(
  { inventory, space }: Core,
  { read }: Access,
): Methods<'arrays' | 'containers' | 'endpoints' | 'containerSpace'> {
  return {
    arrays: () => read(() => inventory.arrays),
    containers: () => read(() => inventory.containers),
    endpoints: () => read(() => inventory.endpoints()),
    containerSpace: (containerId) =>
      read(() => space.ofContainer(inventory.container(containerId).containerNo)),
  };
}

function discoveryMethods({ discovery }: Core, { read }: Access): DiscoveryPort {
  return {
    pools: () => read(() => discovery.pools()),
    processors: () => read(() => discovery.processors()),
    ports: () => read(() => discovery.ports()),
    luns: () => read(() => discovery.luns()),
    fileSystems: () => read(() => discovery.fileSystems()),
    storageCapabilities: () => read(() => discovery.storageCapabilities()),
    reach: (access) => read(() => discovery.reach(access)),
    sharedBottlenecks: (entityIds) => read(() => discovery.sharedBottlenecks(entityIds)),
  };
}

function statisticsMethods({ statistics }: Core, { read }: Access): StatisticsPort {
  return {
    statisticsOffers: () => read(() => statistics.offers()),
    statistics: (entity, entityIds) => read(() => statistics.of(entity, entityIds)),
  };
}

function policyMethods(core: Core, { read }: Access): PolicyPort {
  const { inventory, volumes, policies } = core;
  return {
    capabilitySchemas: () => read(() => policies.declared.schemas),
    capabilityProfiles: () => read(() => policies.declared.profiles),
    defaultProfiles: () => read(() => policies.declared.defaults),
    volumeServices: (vvolIds) => read(() => volumeServices(core, vvolIds)),
    profiledVolumes: (containerId, page) =>
      read(() => profiledVolumes(volumes, inventory.container(containerId).containerNo, page)),
  };
}

function volumeMethods(
  core: Core,
  { read, write }: Access,
): Methods<
  | 'createVolume'
  | 'deleteVolume'
  | 'resizeVolume'
  | 'applyProfile'
  | 'updateMetadata'
  | 'volumes'
  | 'volumeSpace'
  | 'findVolumes'
> {
  const { runner, creation, volumes, sharing } = core;
  return {
    createVolume: (job, volume) => write(() => runner.start(job, creation.create(volume))),
    deleteVolume: (vvolId) => write(() => volumes.delete(vvolId)),
    resizeVolume: (job, vvolId, size) =>
      write(() => runner.start(job, creation.resize(vvolId, size))),
    applyProfile: (job, vvolId, profile) =>
      write(() => runner.start(job, core.profileChanges.apply(vvolId, profile))),
    updateMetadata: (vvolId, change) => write(() => volumes.updateMetadata(vvolId, change)),
    volumes: (vvolIds) => read(() => volumes.list(vvolIds)),
    volumeSpace: (vvolIds) => read(() => sharing.spaceOf(vvolIds)),
    findVolumes: (constraints, page) => read(() => findVolumes(core, constraints, page)),
  };
}

function bindingMethods(
  { runner, bindings, endpoints }: Core,
  { read, write }: Access,
): Methods<
  | 'bind'
  | 'unbind'
  | 'unbindFromAllHosts'
  | 'unbindAllFromHost'
  | 'bindings'
  | 'prepareBindingChange'
  | 'endBindingChange'
> {
  return {
    bind: (vvolId, hostId, choice) => write(() => bindings.bind(vvolId, hostId, choice)),
    unbind: (vvolId, hostId, only) => write(() => bindings.unbind(vvolId, hostId, only)),
    unbindFromAllHosts: (vvolId) => write(() => bindings.unbindFromAllHosts(vvolId)),
    unbindAllFromHost: (hostId) => write(() => bindings.unbindAllFromHost(hostId)),
    bindings: (of) => read(() => bindings.list(of)),
    prepareBindingChange: (job, vvolIds, destination) =>
      write(() => runner.start(job, endpoints.prepareChange(vvolIds, destination))),
    endBindingChange: (vvolId) => write(() => endpoints.endChange(vvolId)),
  };
}

function copyMethods(
  core: Core,
  { read, write, refuseWhenClosed }: Access,
): Methods<
  | 'prepareSnapshot'
  | 'takeSnapshots'
  | 'revertVolume'
  | 'cloneVolume'
  | 'fastCloneVolume'
  | 'copyDiffs'
  | 'allocatedChunks'
  | 'unsharedChunks'
  | 'countUnshared'
> {
  const { runner, snapshots, copies, sharing } = core;
  return {
    prepareSnapshot: (job, request) => write(() => runner.start(job, snapshots.prepare(request))),
    takeSnapshots: async (entries, timeoutMs) => {
      refuseWhenClosed();
      return takeInTime(core, entries, timeoutMs);
    },
    revertVolume: (job, vvolId, snapshotId) =>
      write(() => runner.start(job, snapshots.revert(vvolId, snapshotId))),
    cloneVolume: (job, copy) => write(() => runner.start(job, copies.clone(copy))),
    fastCloneVolume: (job, copy) => write(() => runner.start(job, copies.fastClone(copy))),
    copyDiffs: (job, asked) => write(() => runner.start(job, copies.diffs(asked))),
    allocatedChunks: (vvolId, range) =>
      inSteps((begun) => read(() => sharing.allocated(vvolId, range, begun))),
    unsharedChunks: (vvolId, base, range) =>
      inSteps((begun) => read(() => sharing.differing(vvolId, base, range, begun))),
    countUnshared: (vvolId, base, range) => read(() => sharing.countUnshared(vvolId, base, range)),
  };
}

/**
 * A bitmap in steps, between which others get their turn. Each chunk is as it was at some moment of the
 * call: what was written before the call is in it, what is written meanwhile may be.
 */
async function inSteps(
  step: (begun: BitmapPart | undefined) => Promise<BitmapPart>,
): Promise<ChunkBitmap> {
  let part = await step(undefined);
  while (part.next !== undefined) {
    await setImmediate();
    part = await step(part);
  }
  return part.bits;
}

function jobMethods(
  { jobs, runner, changes }: Core,
  { read, write, refuseWhenClosed }: Access,
): Methods<'job' | 'openJobs' | 'cancelJob' | 'changes' | 'watch'> {
  return {
    job: async (jobId) => {
      if (await read(() => runner.minds(jobId))) await write(() => runner.poll(jobId));
      return read(() => jobs.find(jobId));
    },
    openJobs: (arrayId) => read(() => jobs.open(arrayId)),
    cancelJob: (jobId) => write(() => runner.cancel(jobId)),
    changes: (after, limit) => read(() => changes.page(after, limit)),
    watch: (listener) => {
      refuseWhenClosed();
      return changes.watch(listener);
    },
  };
}

function activationMethods(
  { activation }: Core,
  { read, write }: Access,
): Methods<'activeProviders' | 'activate'> {
  return {
    activeProviders: () => read(() => activation.all()),
    activate: (arrayId, provider) => write(() => activation.activate(arrayId, provider)),
  };
}
