/** Providers that cannot be found, or that tell wrong things of themselves. */
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
