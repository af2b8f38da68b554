/** Providers that treat clients of VASA 1.0 wrongly. */
import { randomUUID } from 'node:crypto';
import { answerOf, type Mutant } from './mutant.ts';

export const LEGACY_MUTANTS: readonly Mutant[] = [
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
  {
    id: 'catalog-that-1-0-has-not',
    sentence: 'A message catalog is of a kind that VASA 1.0 has not',
    caughtBy: 'legacy.events-alarms-catalogs',
    says: /catalogs that 1.0 has not: expected \[\]/,
    answer: answerOf('queryCatalog', (body) =>
      body.replaceAll(/(catalogName>)Event</g, '$1Capability<'),
    ),
  },
  {
    id: 'odd-cursor-of-an-old-client-accepted',
    sentence: 'A cursor below -1 is answered with nothing new',
    caughtBy: 'legacy.events-alarms-catalogs',
    says: /getEvents succeeded where it should be refused/,
    handlers: {
      getEvents: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'events-of-2-0-to-an-old-client',
    sentence: 'A client of VASA 1.0 is told of events that only 2.0 has words for',
    caughtBy: 'legacy.events-alarms-catalogs',
    says: /an event of what 1.0 has; found/,
    handlers: {
      getEvents: (good) => (context, request) =>
        good({ ...context, call: { ...context.call, apiVersion: '2.0' } }, request),
    },
  },
];
