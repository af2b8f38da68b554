/** Providers that tell wrong things of block and file storage, or of its counters. */
import { answerOf, type Mutant } from './mutant.ts';

export const STORAGE_MUTANTS: readonly Mutant[] = [
  {
    id: 'count-is-not-the-list',
    sentence: 'More things are counted than are listed',
    caughtBy: 'storage.luns',
    says: /the number of StorageLun/,
    handlers: {
      getNumberOfEntities: (good) => async (context, request) => ({
        return: ((await good(context, request)).return ?? 0) + 1,
      }),
    },
  },
  {
    id: 'lun-more-than-full',
    sentence: 'A LUN uses more than it can hold',
    caughtBy: 'storage.luns',
    says: /used within capacity/,
    handlers: {
      queryStorageLuns: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          usedSpaceInMB: (each.capacityInMB ?? 0n) + 1n,
        })),
      }),
    },
  },
  {
    id: 'two-labels',
    sentence: 'A LUN has every label that there is',
    caughtBy: 'storage.labels',
    says: /LUNs with one label/,
    handlers: {
      queryAssociatedCapabilityForLun: (good) => async (context, request) => {
        const { return: rows } = await good(context, request);
        return { return: [...rows, ...rows] };
      },
    },
  },
  {
    id: 'port-of-no-controller',
    sentence: 'Ports belong to no controller',
    caughtBy: 'storage.controllers-and-ports',
    says: /ports of a controller/,
    handlers: { queryAssociatedPortsForProcessor: () => async () => ({ return: [] }) },
  },
  {
    id: 'moving-to-itself-helps',
    sentence: 'Moving a LUN to itself is recommended',
    caughtBy: 'storage.drs',
    says: /moving to itself: expected false, found true/,
    handlers: {
      queryDRSMigrationCapabilityForPerformance: (good) => async (context, request) => {
        await good(context, request);
        return { return: true };
      },
    },
  },
  {
    id: 'unknown-type-counted',
    sentence: 'Of a type of things that there is not, none is counted instead of a fault',
    caughtBy: 'storage.bad-types-are-refused',
    says: /getNumberOfEntities succeeded where it should be refused/,
    handlers: {
      getNumberOfEntities: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: 0 })),
    },
  },
  {
    id: 'counters-without-asking',
    sentence: 'Counters are told to a session that has chosen none',
    caughtBy: 'statistics.chosen-are-told',
    says: /queryAssociatedStatisticsForEntity succeeded where it should be refused/,
    handlers: {
      queryAssociatedStatisticsForEntity: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'counter-that-is-not-offered',
    sentence: 'A counter that is not offered can be chosen',
    caughtBy: 'statistics.not-offered-is-refused',
    says: /setStatisticsContext succeeded where it should be refused/,
    handlers: {
      setStatisticsContext: (good) => (context, request) =>
        good(context, request).catch(() => undefined),
    },
  },
  {
    id: 'counters-of-one-number',
    sentence: 'Counters of one kind of thing have the same number',
    caughtBy: 'statistics.manifest',
    says: /different numbers of counters/,
    answer: answerOf('queryAssociatedStatisticsManifestForArray', (body) =>
      body.replaceAll(/(counterId>)\d+</g, '$17<'),
    ),
  },
  {
    id: 'pool-more-than-full',
    sentence: 'A pool holds more than it has room for',
    caughtBy: 'storage.pools',
    says: /used within capacity/,
    handlers: {
      queryBackingStoragePools: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          usedSpaceInMB: each.capacityInMB + 1n,
        })),
      }),
    },
  },
  {
    id: 'file-system-without-a-place',
    sentence: 'A file system does not say where it is mounted from',
    caughtBy: 'storage.file-systems',
    says: /has a place|server and path|does not fit|cannot be read/,
    handlers: {
      queryStorageFileSystems: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          fileSystemInfo: each.fileSystemInfo.map(({ fileSystemPath, ...rest }) => rest),
        })),
      }),
    },
  },
];
