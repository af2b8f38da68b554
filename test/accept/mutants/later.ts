/** More providers with wrong events, policies, statistics, pools and answers to older clients. */
import { randomUUID } from 'node:crypto';
import { ArrayError } from '../../../src/array/errors.ts';
import { VasaFault } from '../../../src/model/faults.ts';
import { answerOf, faultOf, type Mutant } from './mutant.ts';

export const LATER_MUTANTS: readonly Mutant[] = [
  {
    id: 'lost-answer-lost-for-good',
    sentence: 'An event that was sent once is never sent again, and nobody is told that it is lost',
    caughtBy: 'events.a-lost-answer-is-repeated-or-told',
    says: /the event, told again/,
    hurry: 4,
    handlers: {
      getEvents: (good) => {
        const given = new Map<string | undefined, bigint>();
        return async (context, request) => {
          const client = context.client?.fingerprint;
          const { return: events } = await good(context, request);
          const last = given.get(client) ?? -1n;
          const fresh = events.filter((each) => (each.eventId ?? 0n) > last);
          given.set(client, fresh.at(-1)?.eventId ?? last);
          return { return: fresh };
        };
      },
    },
  },
  {
    id: 'cursor-of-alarms-not-judged',
    sentence: 'A cursor above all alarms is answered with nothing new',
    caughtBy: 'events.alarms',
    says: /getAlarms succeeded where it should be refused/,
    handlers: {
      getAlarms: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'poller-with-a-stale-session',
    sentence: 'A poller with a stale session is told of an ill array',
    caughtBy: 'events.need-a-session',
    says: /a stale session: expected "InvalidSession", found "StorageFault"/,
    answer: faultOf('getEvents', ({ body }) => ({
      body: body.replaceAll('InvalidSession', 'StorageFault'),
    })),
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
  {
    id: 'unknown-resource-offers-nothing',
    sentence: 'A container that is unknown is answered as one that offers nothing',
    caughtBy: 'policies.resources',
    says: /queryCapabilityProfileForResource succeeded where it should be refused/,
    handlers: {
      queryCapabilityProfileForResource: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'default-for-any-type',
    sentence: 'Default profiles are asked for a type that VASA has not, and none is the answer',
    caughtBy: 'policies.defaults',
    says: /queryDefaultProfileForStorageContainer succeeded where it should be refused/,
    handlers: {
      queryDefaultProfileForStorageContainer: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'no-requirements-refused',
    sentence: 'The profile without requirements is refused as one that is not known',
    caughtBy: 'policies.no-requirements',
    says: /createVirtualVolume answered InvalidProfile/,
    handlers: {
      createVirtualVolume: (good) => async (context, request) => {
        if (request.storageProfile !== undefined) throw new VasaFault('InvalidProfile', 'unknown');
        return good(context, request);
      },
    },
  },
  {
    id: 'kept-policy-told-as-broken',
    sentence: 'A volume that has what its policy asks is told as not compliant',
    caughtBy: 'policies.what-is-offered-is-kept',
    says: /its status: expected "compliant", found "nonCompliant"/,
    handlers: {
      queryComplianceResult: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          complianceStatus: 'nonCompliant' as const,
        })),
      }),
    },
  },
  {
    id: 'same-policy-is-busy-work',
    sentence: 'A volume cannot be given the policy that it has',
    caughtBy: 'policies.same-policy-again',
    says: /updateStorageProfileForVirtualVolume/,
    array: () => ({
      applyProfile: async () => {
        throw new ArrayError('inUse', 'it has this policy');
      },
    }),
  },
  {
    id: 'old-client-stays-when-it-leaves',
    sentence: 'A vCenter of VASA 1.0 that has left can still open sessions',
    caughtBy: 'legacy.register-and-leave',
    says: /setContext succeeded where it should be refused/,
    handlers: { unregisterVASACertificate: () => async () => undefined },
  },
  {
    id: 'old-client-counts-more-than-there-is',
    sentence: 'More is counted for a client of VASA 1.0 than is listed',
    caughtBy: 'legacy.discovery',
    says: /the number of StorageArray/,
    handlers: {
      getNumberOfEntities: (good) => async (context, request) => ({
        return: ((await good(context, request)).return ?? 0) + 1,
      }),
    },
  },
  {
    id: 'associations-of-strangers',
    sentence: 'LUNs are associated with ports that nobody listed',
    caughtBy: 'legacy.associations',
    says: /an association with what is known/,
    handlers: {
      queryAssociatedLunsForPort: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          associatedId: [{ uniqueIdentifier: `StorageLun:${randomUUID()}` }],
        })),
      }),
    },
  },
  {
    id: 'array-lists-no-luns',
    sentence: 'An array lists none of the LUNs that lie in it',
    caughtBy: 'legacy.by-array-and-drs',
    says: /LUNs of all arrays/,
    handlers: { queryUniqueIdentifiersForLuns: () => async () => ({ return: [] }) },
  },
];
