/**
 * The simulated array behind the port: joins its parts and says of each method whether it reads (at
 * once, from what is committed) or changes something (in the next group commit). What the methods mean
 * is said in src/array/port.ts.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { StorageArrayPort } from '../src/array/port.ts';
import type { Clock } from '../src/model/clock.ts';
import type { EndpointId } from '../src/model/ids.ts';
import { Bindings } from './bindings.ts';
import { ChangeFeed } from './changes.ts';
import { checkArray } from './check.ts';
import { CommitQueue, toArrayError } from './commit.ts';
import type { Content } from './content/content.ts';
import { Copies } from './copies.ts';
import { Creation } from './creation.ts';
import { DataPath, type DataPlace } from './data-path.ts';
import { Endpoints } from './endpoints.ts';
import { findVolumes } from './finding.ts';
import { openInventory } from './inventory.ts';
import { JobRunner } from './job-runner.ts';
import { Jobs } from './jobs.ts';
import { Metadata } from './metadata.ts';
import type { Db } from './open.ts';
import type { Options } from './options.ts';
import { type JobKind, type Pace, Pacing } from './pacing.ts';
import { Sharing } from './sharing.ts';
import { Snapshots, takeInTime } from './snapshots.ts';
import { Space } from './space.ts';
import { Volumes } from './volumes.ts';

/** What the simulated array owns and closes. */
export interface SimulatorParts {
  readonly db: Db;
  readonly content: Content;
  readonly clock: Clock;
  readonly options: Options;
}

/** The simulated array: the port, and what its operator can do beside it. */
export interface Simulator {
  readonly port: StorageArrayPort;
  /** Reads and writes of hosts, through their bindings. */
  readonly dataPath: DataPath;
  /**
   * Takes an endpoint out of service or back into it; hosts bound there are asked to bind anew. Errors:
   * notFound.
   */
  setEndpointOnline(endpointId: EndpointId, online: boolean): Promise<void>;
  /** Calls `listener` after each commit in which a host has lost its last binding of a volume. */
  watchUnbound(listener: (place: DataPlace) => void): void;
  /** How long jobs of a kind take from now on, those under way too; until the array is closed. */
  setPace(kind: JobKind, pace: Pace): void;
  /** What does not add up, each in a sentence; empty is good. Reads everything. Errors: failed (closed). */
  check(): readonly string[];
}

/** The array in `parts`. */
export function simulate(parts: SimulatorParts): Simulator {
  const core = joinParts(parts);
  const { db, content, jobs, pacing, runner, queue, changes } = core;
  core.begin();
  const refuseWhenClosed = () => {
    if (!db.open) throw new ArrayError('failed', 'the array is closed');
  };
  const read = async <Result>(work: () => Result): Promise<Result> => {
    refuseWhenClosed();
    try {
      return work();
    } catch (error) {
      throw toArrayError(error);
    }
  };
  const write = async <Result>(work: () => Result): Promise<Result> => {
    refuseWhenClosed();
    return queue.submit(work);
  };
  const { volumes, bindings, inventory, space, metadata, endpoints } = core;
  const { creation, snapshots, copies, sharing } = core;
  const port: StorageArrayPort = {
    arrays: () => read(() => inventory.arrays),
    containers: () => read(() => inventory.containers),
    endpoints: () => read(() => inventory.endpoints()),
    containerSpace: (containerId) =>
      read(() => space.ofContainer(inventory.container(containerId).containerNo)),

    createVolume: (job, volume) => write(() => runner.start(job, creation.create(volume))),
    deleteVolume: (vvolId) => write(() => volumes.delete(vvolId)),
    resizeVolume: (job, vvolId, size) =>
      write(() => runner.start(job, creation.resize(vvolId, size))),
    applyProfile: (job, vvolId, profile) =>
      write(() => runner.start(job, creation.applyProfile(vvolId, profile))),
    updateMetadata: (vvolId, change) => write(() => volumes.updateMetadata(vvolId, change)),
    volumes: (vvolIds) => read(() => volumes.list(vvolIds)),
    volumeSpace: (vvolIds) => read(() => sharing.spaceOf(vvolIds)),
    findVolumes: (constraints, page) =>
      read(() => findVolumes({ volumes, metadata }, constraints, page)),

    bind: (vvolId, hostId, choice) => write(() => bindings.bind(vvolId, hostId, choice)),
    unbind: (vvolId, hostId, only) => write(() => bindings.unbind(vvolId, hostId, only)),
    unbindFromAllHosts: (vvolId) => write(() => bindings.unbindFromAllHosts(vvolId)),
    unbindAllFromHost: (hostId) => write(() => bindings.unbindAllFromHost(hostId)),
    bindings: (of) => read(() => bindings.list(of)),
    prepareBindingChange: (job, vvolIds, destination) =>
      write(() => runner.start(job, endpoints.prepareChange(vvolIds, destination))),
    endBindingChange: (vvolId) => write(() => endpoints.endChange(vvolId)),

    prepareSnapshot: (job, request) => write(() => runner.start(job, snapshots.prepare(request))),
    takeSnapshots: (entries, timeoutMs) => takeInTime(core, write, entries, timeoutMs),
    revertVolume: (job, vvolId, snapshotId) =>
      write(() => runner.start(job, snapshots.revert(vvolId, snapshotId))),
    cloneVolume: (job, copy) => write(() => runner.start(job, copies.clone(copy))),
    fastCloneVolume: (job, copy) => write(() => runner.start(job, copies.fastClone(copy))),
    copyDiffs: (job, asked) => write(() => runner.start(job, copies.diffs(asked))),
    allocatedChunks: (vvolId, range) => read(() => sharing.allocated(vvolId, range)),
    unsharedChunks: (vvolId, base, range) => read(() => sharing.differing(vvolId, base, range)),
    countUnshared: (vvolId, base, range) => read(() => sharing.countUnshared(vvolId, base, range)),

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
    close: async () => {
      if (!db.open) return;
      core.end();
      content.close();
      db.close();
    },
  };
  return {
    port,
    dataPath: core.dataPath,
    setEndpointOnline: (endpointId, online) => write(() => endpoints.setOnline(endpointId, online)),
    watchUnbound: (listener) => core.unboundListeners.push(listener),
    setPace: (kind, pace) => {
      refuseWhenClosed();
      pacing.set(kind, pace);
      runner.wake();
    },
    check: () => {
      refuseWhenClosed();
      return checkArray(db, content);
    },
  };
}

function joinParts({ db, content, clock, options }: SimulatorParts) {
  const inventory = openInventory(db, clock, options);
  const pacing = new Pacing(options.pacing);
  const space = new Space(db, content);
  const metadata = new Metadata(db);
  const jobs = new Jobs({ db, clock, pacing, kept: options.jobsKept });
  const changes = new ChangeFeed(db, clock, options.changesKept);
  const volumeParts = { db, clock, inventory, content, space, metadata, jobs, changes };
  const volumes = new Volumes(volumeParts);
  const parts = { ...volumeParts, volumes };
  const sharing = new Sharing(parts);
  const creation = new Creation(parts);
  const snapshots = new Snapshots({ ...parts, sharing });
  const copies = new Copies({ ...parts, snapshots });
  const bindings = new Bindings(parts);
  const endpoints = new Endpoints(parts);
  const unboundListeners: ((place: DataPlace) => void)[] = [];
  let isReclaiming = false;
  let isEnding = false;
  const queue: CommitQueue = new CommitQueue(db, {
    beforeCommit: () => {
      changes.prune();
      jobs.prune();
      snapshots.expire();
      isReclaiming = content.flush();
    },
    afterCommit: () => {
      content.settle();
      changes.announce();
      for (const place of bindings.takeUnbound()) {
        for (const listener of unboundListeners) listener(place);
      }
      // What a large volume has left is taken apart a little in each transaction.
      if (isReclaiming && !isEnding) void queue.submit(() => undefined).catch(() => undefined);
      runner.wake();
    },
  });
  const runner = new JobRunner({
    db,
    clock,
    jobs,
    pacing,
    content,
    works: {
      ...creation.works(),
      ...snapshots.works(),
      ...copies.works(),
      ...endpoints.works(),
    },
    discard: (volumeNo) => volumes.discard(volumeNo),
    submit: (work) => queue.submit(work),
  });
  return {
    ...parts,
    pacing,
    creation,
    snapshots,
    copies,
    sharing,
    bindings,
    endpoints,
    unboundListeners,
    queue,
    runner,
    dataPath: new DataPath({ ...parts, submit: (work, weight) => queue.submit(work, weight) }),
    /** Goes on with what the last process left: jobs, and content that was given up. */
    begin: () => void queue.submit(() => undefined).catch(() => undefined),
    /** Does what was asked for, and nothing more. */
    end: () => {
      isEnding = true;
      runner.close();
      queue.drain();
      changes.close();
    },
  };
}
