/** Providers that make, grow or delete virtual volumes wrongly. */
import { randomUUID } from 'node:crypto';
import { type VvolId, vvolIdFromUuid } from '../../../src/model/ids.ts';
import { pretended, saying } from './jobs.ts';
import { faultOf, type Mutant } from './mutant.ts';

export const VOLUME_MUTANTS: readonly Mutant[] = [
  {
    id: 'double-id',
    sentence: 'The id of an earlier volume is given for a new one',
    caughtBy: 'volumes.made-and-found',
    says: /its name: expected/,
    array: (good) => {
      let first: VvolId | undefined;
      return {
        createVolume: async (job, volume) => {
          const made = await good.createVolume(job, volume);
          first ??= volume.vvolId;
          return saying(made, first);
        },
      };
    },
  },
  {
    id: 'wrong-id-of-what-was-made',
    sentence: 'The task of a new volume tells an id that no volume has',
    caughtBy: 'volumes.made-and-found',
    says: /the volume is told of by its id/,
    array: (good) => ({
      createVolume: async (job, volume) =>
        saying(await good.createVolume(job, volume), vvolIdFromUuid(randomUUID())),
    }),
  },
  {
    id: 'metadata-lost-when-made',
    sentence: 'A new volume loses the metadata that came with it',
    caughtBy: 'volumes.made-and-found',
    says: /its name: expected/,
    array: (good) => ({
      createVolume: (job, volume) => good.createVolume(job, { ...volume, metadata: [] }),
    }),
  },
  {
    id: 'resize-ignored',
    sentence: 'A volume keeps its size when it is made larger, and the task says that it succeeded',
    caughtBy: 'volumes.grows-and-never-shrinks',
    says: /its size in MB: expected "32"/,
    array: (good) => ({ resizeVolume: (job) => pretended(good, job) }),
  },
  {
    id: 'smaller-size-accepted',
    sentence: 'A smaller size is accepted instead of being refused',
    caughtBy: 'volumes.grows-and-never-shrinks',
    says: /resizeVirtualVolume succeeded where it should be refused/,
    array: (good) => ({
      resizeVolume: async (job, vvolId, size) => {
        const [volume] = await good.volumes([vvolId]);
        const isSmaller = volume !== undefined && size < volume.size;
        return isSmaller ? pretended(good, job) : good.resizeVolume(job, vvolId, size);
      },
    }),
  },
  {
    id: 'deleted-volume-stays',
    sentence: 'A deletion that is answered as done leaves the volume where it is',
    caughtBy: 'volumes.deleted-is-gone',
    says: /rows about the deleted volume/,
    array: () => ({ deleteVolume: async () => undefined }),
  },
  {
    id: 'second-deletion-succeeds',
    sentence: 'Deleting what is gone is answered as a success',
    caughtBy: 'volumes.deleted-is-gone',
    says: /deleteVirtualVolume succeeded where it should be refused/,
    array: (good) => ({
      deleteVolume: (vvolId) => good.deleteVolume(vvolId).catch(() => undefined),
    }),
  },
  {
    id: 'form-of-ids-not-judged',
    sentence: 'An id of a wrong form is answered as one that is unknown',
    caughtBy: 'volumes.unknown-is-not-found',
    says: /an id of a wrong form: expected "InvalidArgument", found "NotFound"/,
    answer: faultOf('deleteVirtualVolume', ({ body }) => ({
      body: body.replaceAll('InvalidArgument', 'NotFound'),
    })),
  },
  {
    id: 'size-of-nothing-accepted',
    sentence: 'A volume of no size is made, with one MB',
    caughtBy: 'volumes.size-is-judged',
    says: /a task for 0 MB: expected "Error", found "Success"/,
    handlers: {
      createVirtualVolume: (good) => (context, request) =>
        good(context, { ...request, sizeInMB: request.sizeInMB < 1n ? 1n : request.sizeInMB }),
    },
  },
  {
    id: 'volumes-of-one-session',
    sentence: 'A volume is told of to the session that made it only',
    caughtBy: 'sessions.are-all-alike-for-volumes',
    says: /the volume as vCenter sees it/,
    handlers: {
      queryVirtualVolumeInfo: (good) => async (context, request) =>
        context.session?.usageContext.hostId === undefined
          ? { return: [] }
          : good(context, request),
    },
  },
];
