/** Providers whose clones and bitmaps are not what they should be. */
import { ArrayError } from '../../../src/array/errors.ts';
import type { VvolId } from '../../../src/model/ids.ts';
import { pretended, saying } from './jobs.ts';
import type { Mutant } from './mutant.ts';

export const CLONE_MUTANTS: readonly Mutant[] = [
  {
    id: 'clone-goes-with-its-source',
    sentence: 'Deleting a volume deletes its full clones too',
    caughtBy: 'clones.full-clone-stands-alone',
    says: /its size after the source is gone: expected "24"/,
    array: (good) => {
      const clones = new Map<VvolId, VvolId>();
      return {
        cloneVolume: (job, copy) => {
          clones.set(copy.source, copy.vvolId);
          return good.cloneVolume(job, copy);
        },
        deleteVolume: async (vvolId) => {
          await good.deleteVolume(vvolId);
          const clone = clones.get(vvolId);
          if (clone !== undefined) await good.deleteVolume(clone);
        },
      };
    },
  },
  {
    id: 'clone-without-its-metadata',
    sentence: 'A full clone has the metadata of its source instead of its own',
    caughtBy: 'clones.full-clone-stands-alone',
    says: /its name: expected \["full clone"\], found \["acceptance"\]/,
    array: (good) => ({
      cloneVolume: async (job, copy) => {
        const [source] = await good.volumes([copy.source]);
        return good.cloneVolume(job, { ...copy, metadata: source?.metadata ?? [] });
      },
    }),
  },
  {
    id: 'linked-clone-without-its-metadata',
    sentence: 'A linked clone loses the metadata that it was made with',
    caughtBy: 'clones.linked-clone-of-a-snapshot',
    says: /its name: expected \["linked clone"\], found \[\]/,
    array: (good) => ({
      fastCloneVolume: (job, copy) => good.fastCloneVolume(job, { ...copy, metadata: [] }),
    }),
  },
  {
    id: 'clone-is-its-source',
    sentence: 'The task of a clone tells the id of the source',
    caughtBy: 'clones.full-clone-stands-alone',
    says: /the clone has an id of its own/,
    array: (good) => ({
      cloneVolume: async (job, copy) => {
        const started = await good.cloneVolume(job, copy);
        return saying({ ...started, state: 'succeeded', error: undefined }, copy.source);
      },
    }),
  },
  {
    id: 'no-clone-into-another-container',
    sentence: 'A clone into another container of the same array is refused',
    caughtBy: 'clones.into-another-container',
    says: /cloneVirtualVolume answered NotSupported/,
    array: (good) => ({
      cloneVolume: async (job, copy) => {
        if (copy.containerId !== undefined)
          throw new ArrayError('unsupported', 'only within a container');
        return good.cloneVolume(job, copy);
      },
    }),
  },
  {
    id: 'linked-clone-counts-as-a-snapshot',
    sentence: 'A volume can be reverted to a linked clone of its snapshot',
    caughtBy: 'clones.linked-clone-of-a-snapshot',
    says: /revertVirtualVolume succeeded where it should be refused/,
    array: (good) => ({
      revertVolume: (job, ...args) =>
        good.revertVolume(job, ...args).catch(() => pretended(good, job)),
    }),
  },
  {
    id: 'differences-of-strangers',
    sentence: 'Differences are copied between volumes that have nothing in common',
    caughtBy: 'clones.chain-moves-by-differences',
    says: /copyDiffsToVirtualVolume succeeded where it should be refused/,
    array: (good) => ({
      copyDiffs: (job, volumes) =>
        good.copyDiffs(job, volumes).catch((error: unknown) => {
          if (error instanceof ArrayError && error.kind === 'incompatible')
            return pretended(good, job);
          throw error;
        }),
    }),
  },
  {
    id: 'clone-lands-elsewhere',
    sentence: 'A clone for another container is made in that of its source',
    caughtBy: 'clones.into-another-container',
    says: /beside a volume of the other container: expected "Success", found "InvalidArgument"/,
    array: (good) => ({
      cloneVolume: (job, copy) => good.cloneVolume(job, { ...copy, containerId: undefined }),
    }),
  },
];

export const BITMAP_MUTANTS: readonly Mutant[] = [
  {
    id: 'bitmap-with-a-bit-set',
    sentence: 'A bitmap says that the first chunk differs when nothing does',
    caughtBy: 'bitmaps.nothing-written-nothing-differs',
    says: /chunks that differ: expected 0, found 1/,
    array: (good) => ({
      unsharedChunks: async (...args) => {
        const bits = Uint8Array.from(await good.unsharedChunks(...args));
        bits[0] = (bits[0] ?? 0) | 1;
        return bits;
      },
    }),
  },
  {
    id: 'bitmap-too-short',
    sentence: 'The bitmap of what is allocated lacks its last byte',
    caughtBy: 'bitmaps.nothing-written-nothing-differs',
    says: /bytes of the bitmap of what is allocated: expected 2, found 1/,
    array: (good) => ({
      allocatedChunks: async (...args) => (await good.allocatedChunks(...args)).slice(0, -1),
    }),
  },
  {
    id: 'bitmap-with-a-byte-too-many',
    sentence: 'The bitmap of what differs has a byte more than there are chunks for',
    caughtBy: 'bitmaps.nothing-written-nothing-differs',
    says: /bytes of a bitmap of 16 chunks: expected 2, found 3/,
    array: (good) => ({
      unsharedChunks: async (...args) =>
        Uint8Array.from([...(await good.unsharedChunks(...args)), 0]),
    }),
  },
  {
    id: 'count-off-by-one',
    sentence: 'The count of chunks that differ is one too high',
    caughtBy: 'bitmaps.nothing-written-nothing-differs',
    says: /chunks counted as different: expected "0", found "1"/,
    array: (good) => ({
      countUnshared: async (...args) => {
        const counted = await good.countUnshared(...args);
        return { ...counted, unshared: counted.unshared + 1n };
      },
    }),
  },
  {
    id: 'range-judged-before-relation',
    sentence: 'A wrong range is told before it is told that the volumes are strangers',
    caughtBy: 'bitmaps.relation-before-range',
    says: /strangers with a wrong range: expected "IncompatibleVolume", found "InvalidArgument"/,
    array: (good) => ({
      unsharedChunks: async (vvolId, base, range) => {
        await good.allocatedChunks(vvolId, range);
        return good.unsharedChunks(vvolId, base, range);
      },
    }),
  },
];
