/**
 * The simulated array behind the port: joins its parts and says of each method whether it reads (at
 * once, from what is committed) or changes something (in the next group commit). What the methods mean
 * is said in src/array/port.ts.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { StorageArrayPort } from '../src/array/port.ts';
import type { Clock } from '../src/model/clock.ts';
import { Bindings } from './bindings.ts';
import { ChangeFeed } from './changes.ts';
import { CommitQueue, toArrayError } from './commit.ts';
import type { Content } from './content/content.ts';
import { Creation } from './creation.ts';
import { findVolumes } from './finding.ts';
import { openInventory } from './inventory.ts';
import { JobRunner } from './job-runner.ts';
import { Jobs } from './jobs.ts';
import { Metadata } from './metadata.ts';
import type { Db } from './open.ts';
import type { Options } from './options.ts';
import { type JobKind, type Pace, Pacing } from './pacing.ts';
import { Sharing } from './sharing.ts';
import { Space } from './space.ts';
import { unsupportedMethods } from './unsupported.ts';
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
  const { volumes, bindings, inventory, space, metadata, creation, sharing } = core;
  const port: StorageArrayPort = {
    ...unsupportedMethods(),
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
    setPace: (kind, pace) => {
      refuseWhenClosed();
      pacing.set(kind, pace);
      runner.wake();
    },
    check: () => {
      refuseWhenClosed();
      return content.check(core.roots());
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
  const creation = new Creation(parts);
  let isReclaiming = false;
  let isEnding = false;
  const queue: CommitQueue = new CommitQueue(db, {
    beforeCommit: () => {
      changes.prune();
      jobs.prune();
      isReclaiming = content.flush();
    },
    afterCommit: () => {
      content.settle();
      changes.announce();
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
    works: { ...creation.works() } as never,
    discard: (volumeNo) => volumes.discard(volumeNo),
    submit: (work) => queue.submit(work),
  });
  const held = db
    .prepare<[], bigint>(
      `SELECT root_no FROM volume UNION ALL SELECT source_root FROM job
       UNION ALL SELECT base_root FROM job UNION ALL SELECT target_root FROM job`,
    )
    .pluck();
  return {
    ...parts,
    pacing,
    creation,
    queue,
    runner,
    bindings: new Bindings(parts),
    sharing: new Sharing(parts),
    roots: () => held.all().map(Number),
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
