/** Providers whose snapshots are not what they should be. */
import { ArrayError } from '../../../src/array/errors.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { VvolId } from '../../../src/model/ids.ts';
import { pretended } from './jobs.ts';
import type { Breakage, Mutant } from './mutant.ts';

/** Breaks an array that remembers the snapshots it has taken, oldest first. */
function withSnapshots(
  breaking: (good: StorageArrayPort, taken: readonly VvolId[]) => Partial<StorageArrayPort>,
): NonNullable<Breakage['array']> {
  return (good) => {
    const taken: VvolId[] = [];
    return {
      takeSnapshots: (snapshots, timeoutMs) => {
        taken.push(...snapshots.map((each) => each.snapshotId));
        return good.takeSnapshots(snapshots, timeoutMs);
      },
      ...breaking(good, taken),
    };
  };
}

export const SNAPSHOT_MUTANTS: readonly Mutant[] = [
  {
    id: 'snapshot-there-before-it-is-taken',
    sentence: 'A snapshot is told of when it has only been prepared',
    caughtBy: 'snapshots.two-steps',
    says: /the snapshot is told of before it is taken: expected false/,
    array: (good) => {
      const prepared = new Map<VvolId, VvolId>();
      return {
        prepareSnapshot: (job, request) => {
          prepared.set(request.snapshotId, request.vvolId);
          return good.prepareSnapshot(job, request);
        },
        volumes: async (vvolIds) => {
          const found = await good.volumes(vvolIds);
          if (found.length > 0) return found;
          const parents = vvolIds.flatMap((each) => prepared.get(each) ?? []);
          return good.volumes(parents);
        },
      };
    },
  },
  {
    id: 'snapshot-without-its-metadata',
    sentence: 'A snapshot loses the metadata that it was taken with',
    caughtBy: 'snapshots.two-steps',
    says: /its name: expected \["snapshot"\]/,
    array: (good) => ({
      takeSnapshots: (snapshots, timeoutMs) =>
        good.takeSnapshots(
          snapshots.map((each) => ({ ...each, metadata: [] })),
          timeoutMs,
        ),
    }),
  },
  {
    id: 'one-bad-snapshot-spoils-all',
    sentence: 'No snapshot of a call is answered as taken when one of them is not',
    caughtBy: 'snapshots.many-at-once',
    says: /its rows: expected/,
    array: (good) => ({
      takeSnapshots: async (...args) => {
        const rows = await good.takeSnapshots(...args);
        const refusal = rows.find((each) => each !== undefined);
        return rows.map(() => refusal);
      },
    }),
  },
  {
    id: 'snapshot-told-as-taken-and-not-there',
    sentence: 'A snapshot that was not taken is answered as taken',
    caughtBy: 'snapshots.many-at-once',
    says: /its rows: expected/,
    array: (good) => ({
      takeSnapshots: async (...args) => (await good.takeSnapshots(...args)).map(() => undefined),
    }),
  },
  {
    id: 'rows-of-snapshots-out-of-order',
    sentence: 'The rows of a batch of snapshots come in another order',
    caughtBy: 'snapshots.many-at-once',
    says: /one row for each snapshot, in the order asked/,
    handlers: {
      snapshotVirtualVolume: (good) => async (context, request) => ({
        return: [...(await good(context, request)).return].reverse(),
      }),
    },
  },
  {
    id: 'oldest-snapshot-takes-the-others-along',
    sentence: 'Deleting one snapshot deletes the others of its volume',
    caughtBy: 'snapshots.deleted-in-any-order',
    says: /the second snapshot is there: expected true/,
    array: withSnapshots((good, taken) => ({
      deleteVolume: async (vvolId) => {
        await good.deleteVolume(vvolId);
        if (!taken.includes(vvolId)) return;
        for (const each of await good.volumes(taken)) await good.deleteVolume(each.vvolId);
      },
    })),
  },
  {
    id: 'revert-loses-later-snapshots',
    sentence: 'A revert deletes the snapshots that are newer than the one reverted to',
    caughtBy: 'snapshots.revert-goes-back',
    says: /the later snapshot is there: expected true/,
    array: withSnapshots((good, taken) => ({
      revertVolume: async (job, vvolId, snapshotId) => {
        const reverted = await good.revertVolume(job, vvolId, snapshotId);
        for (const each of taken.slice(taken.indexOf(snapshotId) + 1))
          await good.deleteVolume(each);
        return reverted;
      },
    })),
  },
  {
    id: 'revert-takes-the-metadata-back',
    sentence: 'A revert puts the metadata back to the snapshot’s too',
    caughtBy: 'snapshots.revert-goes-back',
    says: /its name: expected \["acceptance"\], found \["snapshot"\]/,
    array: (good) => ({
      revertVolume: async (job, vvolId, snapshotId) => {
        const reverted = await good.revertVolume(job, vvolId, snapshotId);
        const [snapshot] = await good.volumes([snapshotId]);
        await good.updateMetadata(vvolId, { set: snapshot?.metadata ?? [], remove: [] });
        return reverted;
      },
    }),
  },
  {
    id: 'revert-does-nothing',
    sentence: 'A revert is answered as done and leaves the volume as it is',
    caughtBy: 'snapshots.revert-goes-back',
    says: /its size in MB: expected "16", found "48"/,
    array: (good) => ({ revertVolume: (job) => pretended(good, job) }),
  },
  {
    id: 'revert-to-a-stranger',
    sentence: 'A volume is reverted to the snapshot of another one',
    caughtBy: 'snapshots.revert-goes-back',
    says: /revertVirtualVolume succeeded where it should be refused/,
    array: (good) => ({
      revertVolume: (job, ...args) =>
        good.revertVolume(job, ...args).catch(() => pretended(good, job)),
    }),
  },
  {
    id: 'snapshot-grows',
    sentence: 'A snapshot can be resized',
    caughtBy: 'snapshots.cannot-be-grown',
    says: /resizeVirtualVolume succeeded where it should be refused/,
    array: (good) => ({
      resizeVolume: (job, ...args) =>
        good.resizeVolume(job, ...args).catch(() => pretended(good, job)),
    }),
  },
  {
    id: 'no-time-is-time-enough',
    sentence: 'A time-out of 0 is taken for one of the provider’s own choice',
    caughtBy: 'snapshots.bad-calls-are-refused',
    says: /snapshotVirtualVolume succeeded where it should be refused/,
    handlers: {
      snapshotVirtualVolume: (good) => (context, request) =>
        good(context, { ...request, timeoutMS: request.timeoutMS || 30_000n }),
    },
  },
  {
    id: 'snapshot-taken-although-timed-out',
    sentence: 'A snapshot that is told as not taken in time is taken all the same',
    caughtBy: 'snapshots.too-late-is-not-taken',
    says: /a snapshot told as Timeout is there: expected false/,
    array: (good) => ({
      takeSnapshots: async (snapshots, timeoutMs) => {
        await good.takeSnapshots(snapshots, 30_000);
        throw new ArrayError('timedOut', `not taken in ${timeoutMs} ms`);
      },
    }),
  },
];
