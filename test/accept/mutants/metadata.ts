/** Providers that keep or search metadata wrongly. */
import type { VvolId } from '../../../src/model/ids.ts';
import type { Mutant } from './mutant.ts';

export const METADATA_MUTANTS: readonly Mutant[] = [
  {
    id: 'values-trimmed',
    sentence: 'Spaces at the ends of a value are cut off',
    caughtBy: 'metadata.kept-as-given',
    says: /the value: expected " {2}spaces {2}", found "spaces"/,
    array: (good) => ({
      updateMetadata: (vvolId, { set, remove }) =>
        good.updateMetadata(vvolId, {
          set: set.map(({ key, value }) => ({ key, value: value.trim() })),
          remove,
        }),
    }),
  },
  {
    id: 'only-the-basic-plane',
    sentence: 'Characters beyond the basic plane of Unicode become question marks',
    caughtBy: 'metadata.kept-as-given',
    says: /the value: expected "ä 漢字 🙂", found "ä 漢字 \?"/u,
    array: (good) => ({
      updateMetadata: (vvolId, { set, remove }) =>
        good.updateMetadata(vvolId, {
          set: set.map(({ key, value }) => ({ key, value: value.replace(/[^\0-\uffff]/gu, '?') })),
          remove,
        }),
    }),
  },
  {
    id: 'long-values-cut',
    sentence: 'Values are cut after 255 characters',
    caughtBy: 'metadata.kept-as-given',
    says: /the value: expected "x{500}/,
    array: (good) => ({
      updateMetadata: (vvolId, { set, remove }) =>
        good.updateMetadata(vvolId, {
          set: set.map(({ key, value }) => ({ key, value: value.slice(0, 255) })),
          remove,
        }),
    }),
  },
  {
    id: 'value-not-looked-at',
    sentence: 'A search looks at keys only, whatever value it names',
    caughtBy: 'metadata.found-by-key-and-value',
    says: /by key and value: expected/,
    array: (good) => ({
      findVolumes: (constraints, page) =>
        good.findVolumes(
          constraints.map(({ key }) => ({ key, value: undefined })),
          page,
        ),
    }),
  },
  {
    id: 'second-constraint-ignored',
    sentence: 'A search goes by its first constraint only',
    caughtBy: 'metadata.all-constraints-hold',
    says: /by both: expected/,
    array: (good) => ({
      findVolumes: (constraints, page) => good.findVolumes(constraints.slice(0, 1), page),
    }),
  },
  {
    id: 'keys-case-sensitive',
    sentence: 'A key is found only in the case in which it was given',
    caughtBy: 'metadata.keys-ignore-case',
    says: /in capital letters: expected/,
    array: (good) => ({
      findVolumes: async (constraints, page) => {
        const found = await good.findVolumes(constraints, page);
        const volumes = await good.volumes(found.items);
        const isExact = (key: string, vvolId: VvolId) =>
          volumes
            .find((each) => each.vvolId === vvolId)
            ?.metadata.some((each) => each.key === key) === true;
        const items = found.items.filter((id) => constraints.every(({ key }) => isExact(key, id)));
        return { ...found, items };
      },
    }),
  },
  {
    id: 'keys-kept-in-small-letters',
    sentence: 'Keys come back in small letters',
    caughtBy: 'metadata.keys-ignore-case',
    says: /the key as it was given: expected "value"/,
    array: (good) => ({
      updateMetadata: (vvolId, { set, remove }) =>
        good.updateMetadata(vvolId, {
          set: set.map(({ key, value }) => ({ key: key.toLowerCase(), value })),
          remove,
        }),
    }),
  },
  {
    id: 'update-replaces-everything',
    sentence: 'An update removes every key that it does not name',
    caughtBy: 'metadata.changed-and-removed',
    says: /the other key: expected "stays"/,
    array: (good) => ({
      updateMetadata: async (vvolId, change) => {
        const [volume] = await good.volumes([vvolId]);
        const named = change.set.map((each) => each.key);
        const remove = (volume?.metadata ?? [])
          .map((each) => each.key)
          .filter((key) => !named.includes(key));
        await good.updateMetadata(vvolId, { ...change, remove });
      },
    }),
  },
  {
    id: 'removal-forgotten',
    sentence: 'An empty value does not remove its key',
    caughtBy: 'metadata.changed-and-removed',
    says: /after removal: expected undefined, found "new"/,
    array: (good) => ({
      updateMetadata: (vvolId, { set }) => good.updateMetadata(vvolId, { set, remove: [] }),
    }),
  },
  {
    id: 'ghosts-in-searches',
    sentence: 'A search still finds volumes that have been deleted',
    caughtBy: 'metadata.deleted-is-not-found',
    says: /after: expected \[\]/,
    array: (good) => {
      const found = new Map<string, Awaited<ReturnType<typeof good.findVolumes>>>();
      return {
        findVolumes: async (constraints, page) => {
          const key = JSON.stringify(constraints);
          const now = await good.findVolumes(constraints, page);
          const answer = now.items.length === 0 ? (found.get(key) ?? now) : now;
          found.set(key, answer);
          return answer;
        },
      };
    },
  },
  {
    id: 'unsearchable-keys-answered',
    sentence: 'A search by a key that cannot be searched is answered with nothing',
    caughtBy: 'metadata.bad-calls-are-refused',
    says: /queryVirtualVolume succeeded where it should be refused/,
    handlers: {
      queryVirtualVolume: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
];
