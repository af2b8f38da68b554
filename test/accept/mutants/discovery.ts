/** Providers that cannot be found, or that tell wrong things of themselves, of block and file storage and of policies. */
import { randomUUID } from 'node:crypto';
import { answerOf, type Mutant } from './mutant.ts';

export const DISCOVERY_MUTANTS: readonly Mutant[] = [
  {
    id: 'version-xml-of-the-moment',
    sentence: 'version.xml is another each time that it is read',
    caughtBy: 'discovery.version-xml-is-open',
    says: /version\.xml, read again/,
    served: ({ versionXml }) => ({ versionXml: () => `${versionXml()}<!-- ${randomUUID()} -->` }),
  },
  {
    id: 'version-xml-leads-nowhere',
    sentence: 'version.xml names a place for VASA 1.0 at which nothing is served',
    caughtBy: 'discovery.versions-answer',
    says: /queryArrays/,
    served: ({ versionXml }) => ({
      versionXml: () => versionXml().replaceAll('/vasa/1.0/', '/vasa/0.9/'),
    }),
  },
  {
    id: 'old-version-answers-in-the-new-one',
    sentence: 'VASA 1.0 is answered in the namespaces of 2.0',
    caughtBy: 'discovery.versions-answer',
    says: /cannot be read|does not fit/,
    answer: (good, asked) =>
      asked !== undefined && Buffer.from(asked.body).includes('vasa/1.0')
        ? { ...good, body: good.body.replaceAll('vasa/1.0', 'vasa/2.0') }
        : good,
  },
  {
    id: 'another-uid-each-time',
    sentence: 'The provider has another uid in each session',
    caughtBy: 'discovery.tells-about-itself',
    says: /its uid: expected/,
    handlers: {
      setContext: (good) => async (context, request) => {
        const { return: told } = await good(context, request);
        return told === undefined ? {} : { return: { ...told, uid: randomUUID() } };
      },
    },
  },
  {
    id: 'another-version-told',
    sentence: 'Asked by VASA 2.0, the provider says that it speaks 1.0',
    caughtBy: 'discovery.tells-about-itself',
    says: /version 2\.0; found "1\.0"/,
    answer: answerOf('setContext', (body) => body.replace(/(vasaApiVersion>)2\.0</, '$11.0<')),
  },
  {
    id: 'catalogs-without-files',
    sentence: 'The message catalogs that are named cannot be read',
    caughtBy: 'discovery.catalogs-can-be-read',
    says: /was answered with HTTP 404/,
    served: () => ({ catalogs: new Map() }),
  },
  {
    id: 'catalog-named-twice',
    sentence: 'A message catalog is named twice for a language',
    caughtBy: 'discovery.catalogs-can-be-read',
    says: /catalogs of different name and language/,
    handlers: {
      queryCatalog: (good) => async (context, request) => {
        const { return: catalogs } = await good(context, request);
        return { return: [...catalogs, ...catalogs.slice(0, 1)] };
      },
    },
  },
  {
    id: 'words-of-2-0-to-a-client-of-1-0',
    sentence: 'An array tells a client of VASA 1.0 of profiles that only 2.0 has',
    caughtBy: 'legacy.arrays',
    says: /profiles that 1\.0 has not|cannot be read|does not fit/,
    handlers: {
      queryArrays: (good) => async (context, request) => ({
        return: (await good(context, request)).return.map((each) => ({
          ...each,
          supportedProfile: [...each.supportedProfile, 'VirtualVolumeProfile'],
        })),
      }),
    },
  },
];

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
];

export const POLICY_MUTANTS: readonly Mutant[] = [
  {
    id: 'property-of-an-unknown-type',
    sentence: 'A property of a capability has a type that VASA has not',
    caughtBy: 'policies.schemas-are-whole',
    says: /a type that VASA has/,
    answer: answerOf('queryCapabilityMetadata', (body) =>
      body.replace(/(typeName>)[^<]+</, '$1VENDOR_TYPE<'),
    ),
  },
  {
    id: 'unknown-schema-is-nothing',
    sentence: 'A schema that is unknown is answered with nothing instead of NotFound',
    caughtBy: 'policies.schemas-by-id',
    says: /queryCapabilityMetadata succeeded where it should be refused/,
    handlers: {
      queryCapabilityMetadata: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'edit-of-a-profile-not-looked-at',
    sentence: 'Compliance is judged by the profile’s id, whichever edit of it was asked about',
    caughtBy: 'policies.mismatch-is-told',
    says: /mismatch, status: expected \[true,"unknown"\]/,
    handlers: {
      queryComplianceResult:
        (good) =>
        (context, { compliance }) =>
          good(context, {
            compliance: compliance.map(({ generationId, ...rest }) => rest),
          }),
    },
  },
  {
    id: 'undeclared-capability-accepted',
    sentence: 'A policy of another vendor’s capabilities is taken for kept',
    caughtBy: 'policies.undeclared-are-refused',
    says: /one of InvalidProfile, OutOfResource; found "Success"/,
    handlers: {
      createVirtualVolume:
        (good) =>
        (context, { storageProfile, ...request }) =>
          good(context, request),
    },
  },
  {
    id: 'path-lost-by-a-policy',
    sentence: 'A volume that is given another policy loses its binding',
    caughtBy: 'policies.changed-while-bound',
    says: /its path/,
    array: (good) => ({
      applyProfile: async (job, vvolId, profile) => {
        await good.unbindFromAllHosts(vvolId);
        return good.applyProfile(job, vvolId, profile);
      },
    }),
  },
  {
    id: 'gone-volume-is-compliant',
    sentence: 'A volume that is gone is left out of the answer about compliance',
    caughtBy: 'policies.unknown-volumes',
    says: /queryComplianceResult succeeded where it should be refused/,
    handlers: {
      queryComplianceResult: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
];
