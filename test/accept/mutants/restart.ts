/** Providers that forget something when they are restarted. */
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { Mutant } from './mutant.ts';

const caughtBy = 'restart.nothing-is-forgotten';

/** Frees a volume from whoever holds it before anything is asked of it. */
function forgetting(good: StorageArrayPort): Partial<StorageArrayPort> {
  return {
    deleteVolume: async (vvolId) => {
      await good.unbindFromAllHosts(vvolId);
      await good.deleteVolume(vvolId);
    },
  };
}

export const RESTART_MUTANTS: readonly Mutant[] = [
  {
    id: 'binding-lost-over-a-restart',
    sentence: 'What was bound before a restart is not bound after it',
    caughtBy,
    says: /deleteVirtualVolume succeeded where it should be refused/,
    afterRestart: { array: forgetting },
  },
  {
    id: 'handle-of-another-kind-after-a-restart',
    sentence: 'A volume that was bound before a restart has another handle after it',
    caughtBy,
    says: /the handle of before: expected/,
    afterRestart: {
      array: (good) => ({
        bind: async (...args) => {
          const bound = await good.bind(...args);
          return { ...bound, secondaryId: `${bound.secondaryId}1` };
        },
      }),
    },
  },
  {
    id: 'events-lost-over-a-restart',
    sentence: 'What happened before a restart and was not read until then is told to nobody',
    caughtBy,
    says: /the event of before the restart/,
    afterRestart: {
      handlers: {
        getEvents: (good) => async (context, request) => {
          const { return: events } = await good(context, request);
          return { return: events.slice(-1) };
        },
      },
    },
  },
  {
    id: 'tasks-lost-over-a-restart',
    sentence: 'A task that was begun before a restart is not known after it',
    caughtBy,
    says: /getTaskUpdate answered NotFound/,
    afterRestart: { array: () => ({ job: async () => undefined }) },
  },
  {
    id: 'metadata-lost-over-a-restart',
    sentence: 'Volumes have lost their metadata after a restart',
    caughtBy,
    says: /its? name|the name of a volume: expected|the name of the copy: expected/,
    afterRestart: {
      array: (good) => ({
        volumes: async (vvolIds) =>
          (await good.volumes(vvolIds)).map((each) => ({ ...each, metadata: [] })),
      }),
    },
  },
];
