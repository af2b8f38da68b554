/**
 * The simulated array behind the port: joins its parts and says of each method whether it reads (at
 * once, from what is committed) or changes something (in the next group commit). What the methods mean
 * is said in src/array/port.ts.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { MetadataConstraint, Page, StorageArrayPort } from '../src/array/port.ts';
import type { Clock } from '../src/model/clock.ts';
import type { VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { Bindings } from './bindings.ts';
import { ChangeFeed } from './changes.ts';
import { CommitQueue, toArrayError } from './commit.ts';
import { openInventory } from './inventory.ts';
import { Jobs } from './jobs.ts';
import { Metadata } from './metadata.ts';
import type { Db } from './open.ts';
import type { Options } from './options.ts';
import { Space } from './space.ts';
import { unsupportedMethods } from './unsupported.ts';
import { Volumes } from './volumes.ts';

/** The array in `db`, which it owns from now on and closes. */
export function simulate(db: Db, clock: Clock, options: Options): StorageArrayPort {
  const inventory = openInventory(db, clock, options);
  const space = new Space(db);
  const metadata = new Metadata(db);
  const jobs = new Jobs(db, clock, options.jobsKept);
  const changes = new ChangeFeed(db, clock, options.changesKept);
  const volumes = new Volumes({ db, clock, inventory, space, metadata, jobs, changes });
  const bindings = new Bindings({ db, clock, inventory, volumes });
  const queue = new CommitQueue(db, {
    beforeCommit: () => {
      changes.prune();
      jobs.prune();
    },
    afterCommit: () => changes.announce(),
  });
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

  return {
    ...unsupportedMethods(),
    arrays: () => read(() => inventory.arrays),
    containers: () => read(() => inventory.containers),
    endpoints: () => read(() => inventory.endpoints),
    containerSpace: (containerId) =>
      read(() => space.ofContainer(inventory.container(containerId).containerNo)),

    createVolume: (job, volume) => write(() => volumes.create(job, volume)),
    deleteVolume: (vvolId) => write(() => volumes.delete(vvolId)),
    resizeVolume: (job, vvolId, size) => write(() => volumes.resize(job, vvolId, size)),
    applyProfile: (job, vvolId, profile) => write(() => volumes.applyProfile(job, vvolId, profile)),
    updateMetadata: (vvolId, change) => write(() => volumes.updateMetadata(vvolId, change)),
    volumes: (vvolIds) => read(() => volumes.list(vvolIds)),
    volumeSpace: (vvolIds) => read(() => volumes.spaceOf(vvolIds)),
    findVolumes: (constraints, page) => read(() => find(volumes, metadata, constraints, page)),

    bind: (vvolId, hostId, choice) => write(() => bindings.bind(vvolId, hostId, choice)),
    unbind: (vvolId, hostId, only) => write(() => bindings.unbind(vvolId, hostId, only)),
    unbindFromAllHosts: (vvolId) => write(() => bindings.unbindFromAllHosts(vvolId)),
    unbindAllFromHost: (hostId) => write(() => bindings.unbindAllFromHost(hostId)),
    bindings: (of) => read(() => bindings.list(of)),

    job: (jobId) => read(() => jobs.find(jobId)),
    openJobs: () => read(() => jobs.open()),
    cancelJob: (jobId) => read(() => jobs.cancel(jobId)),
    changes: (after, limit) => read(() => changes.page(after, limit)),
    watch: (listener) => {
      refuseWhenClosed();
      return changes.watch(listener);
    },
    close: async () => {
      if (!db.open) return;
      queue.drain();
      changes.close();
      db.close();
    },
  };
}

/** Page tokens are the number of the last volume looked at. */
function find(
  volumes: Volumes,
  metadata: Metadata,
  constraints: readonly MetadataConstraint[],
  page: { readonly after: string | undefined; readonly limit: number },
): Page<VvolId> {
  if (constraints.length === 0 || constraints.length > LIMITS.findConstraints) {
    throw new ArrayError('invalid', `a search has 1 to ${LIMITS.findConstraints} constraints`);
  }
  if (!Number.isSafeInteger(page.limit) || page.limit < 1) {
    throw new ArrayError('invalid', 'a page holds at least one volume');
  }
  if (page.after !== undefined && !/^\d{1,18}$/.test(page.after)) {
    throw new ArrayError('invalid', 'the page does not continue an earlier one');
  }
  const { volumeNos, next } = metadata.find(constraints, BigInt(page.after ?? 0), page.limit);
  return { items: volumes.idsOf(volumeNos), next: next === undefined ? undefined : String(next) };
}
