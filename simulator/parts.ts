/**
 * Joins the parts of the simulated array: the nouns to each other, and all of them to the group commit,
 * which runs what must happen around every transaction.
 */
import type { CrashPoint } from '../src/array/crash-points.ts';
import type { Clock } from '../src/model/clock.ts';
import { LIMITS } from '../src/model/limits.ts';
import { Activation } from './activation.ts';
import { Bindings } from './bindings.ts';
import { ChangeFeed } from './changes.ts';
import { CommitQueue } from './commit.ts';
import type { Content } from './content/content.ts';
import { Copies } from './copies.ts';
import { Creation } from './creation.ts';
import { DataPath, type DataPlace } from './data-path.ts';
import { Discovery } from './discovery.ts';
import { Endpoints } from './endpoints.ts';
import { openInventory } from './inventory.ts';
import { JobRunner } from './job-runner.ts';
import { Jobs } from './jobs.ts';
import { Metadata } from './metadata.ts';
import type { Db } from './open.ts';
import type { Options } from './options.ts';
import { Pacing } from './pacing.ts';
import { Given } from './policies/given.ts';
import { Policies } from './policies/policies.ts';
import { ProfileChanges } from './profile-changes.ts';
import { Sharing } from './sharing.ts';
import { Snapshots } from './snapshots.ts';
import { Space } from './space.ts';
import { Statistics } from './statistics/statistics.ts';
import { Tending } from './tending.ts';
import { Volumes } from './volumes.ts';

/** What the simulated array owns and closes. */
export interface SimulatorParts {
  readonly db: Db;
  readonly content: Content;
  readonly clock: Clock;
  readonly options: Options;
  /** Told of each point at which faults may end the process. */
  readonly reach?: ((point: CrashPoint) => void) | undefined;
}

/** Everything that the array consists of. */
export type Core = ReturnType<typeof joinParts>;

/** The array in `parts`; nothing moves in it before `begin`. */
export function joinParts(parts: SimulatorParts) {
  const { db, content, reach = () => undefined } = parts;
  const nouns = joinNouns(parts);
  const { bindings, changes, jobs, snapshots, creation, copies, endpoints } = nouns;
  const unboundListeners: ((place: DataPlace) => void)[] = [];
  let isReclaiming = false;
  let isEnding = false;
  const queue: CommitQueue = new CommitQueue(db, {
    beforeCommit: () => {
      changes.prune();
      jobs.prune();
      snapshots.expire();
      reach('array:before-flush');
      isReclaiming = content.flush();
      reach('array:before-commit');
    },
    committed: () => reach('array:after-commit'),
    afterCommit: () => {
      content.settle();
      changes.announce();
      for (const place of bindings.takeUnbound()) {
        for (const listener of unboundListeners) listener(place);
      }
      // What a large volume has left is taken apart a little in each transaction.
      if (isReclaiming && !isEnding) goOn();
      runner.wake();
    },
  });
  /** An empty transaction; what it does not get done, the next one does. */
  const goOn = () => void queue.submit(() => undefined).catch(() => undefined);
  /** On an array at rest no transaction comes by that would end them; what fails now the next call meets. */
  const sweep = async () => {
    if (snapshots.areExpired()) await queue.submit(() => undefined);
  };
  let sweeping: NodeJS.Timeout | undefined;
  const runner = new JobRunner({
    ...nouns,
    works: {
      ...creation.works(),
      applyProfile: nouns.profileChanges.work(),
      ...snapshots.works(),
      ...copies.works(),
      ...endpoints.works(),
    },
    discard: (volumeNo) => nouns.volumes.discard(volumeNo),
    submit: (work) => queue.submit(work),
  });
  return {
    ...nouns,
    queue,
    runner,
    unboundListeners,
    dataPath: new DataPath({
      ...nouns,
      count: (io) => nouns.statistics.count(io),
      submit: (work, weight) => queue.submit(work, weight),
    }),
    /** Goes on with what the last process left: jobs, and content that was given up. */
    begin: () => {
      goOn();
      sweeping = setInterval(() => void sweep().catch(() => undefined), LIMITS.sweepMs).unref();
    },
    /** Does what was asked for, and nothing more. */
    end: () => {
      isEnding = true;
      clearInterval(sweeping);
      runner.close();
      queue.drain();
      changes.close();
    },
  };
}

function joinNouns({ db, content, clock, options }: SimulatorParts) {
  const inventory = openInventory(db, clock, options);
  const pacing = new Pacing(options.pacing);
  const space = new Space(db, content);
  const metadata = new Metadata(db);
  const jobs = new Jobs({ db, clock, pacing, kept: options.jobsKept });
  const changes = new ChangeFeed(db, clock, options.changesKept);
  const policies = new Policies({ db, inventory, changes });
  const given = new Given(db);
  const ground = { db, clock, inventory, content, space, metadata, jobs, changes, policies, given };
  const volumes = new Volumes(ground);
  const parts = { ...ground, volumes };
  const sharing = new Sharing(parts);
  const snapshots = new Snapshots({ ...parts, sharing });
  const discovery = new Discovery(inventory, space);
  return {
    ...parts,
    pacing,
    sharing,
    snapshots,
    activation: new Activation(parts),
    creation: new Creation(parts),
    profileChanges: new ProfileChanges(parts),
    copies: new Copies({ ...parts, snapshots }),
    bindings: new Bindings(parts),
    endpoints: new Endpoints(parts),
    discovery,
    tending: new Tending(parts),
    statistics: new Statistics({
      db,
      clock,
      inventory,
      things: discovery,
      load: options.load,
      intervalSeconds: options.statisticsIntervalSeconds,
      chunkBytes: content.chunkBytes,
    }),
  };
}
