/** Finding the provider: what anybody may read before there is any trust. */

import { expectSame, expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { newHost } from '../world/more.ts';
import { fetchText } from '../world/target.ts';
import { usageContextOf } from '../world/usage-context.ts';

const KNOWN = ['Alarm', 'Event', 'Fault', 'Policy'];

export const DISCOVERY_SCENARIOS: readonly Scenario[] = [
  {
    id: 'discovery.version-xml-is-open',
    chapter: 'discovery',
    sentence:
      'version.xml is read by anybody, twice the same, and names services on an https address',
    proves: 'vCenter finds the service before there is any trust.',
    source: {
      text: 'version.xml is fetched first, without certificate or session',
      mark: 'inferred',
    },
    async run({ target }) {
      const again = await fetchText(target.url, [target.trust], target.timeoutMs);
      expectSame(again, target.versionXml, 'version.xml, read again');
      for (const [version, url] of target.services)
        expectSame(new URL(url).protocol, 'https:', `the service of VASA ${version}`);
    },
  },
  {
    id: 'discovery.versions-answer',
    chapter: 'discovery',
    sentence:
      'Each service that version.xml names answers in its own namespace, with a fault where there is no session',
    proves: 'No entry of version.xml leads nowhere.',
    source: {
      text: 'one entry for each version; every operation declares InvalidSession',
      mark: 'seen',
    },
    async run({ target, casting }) {
      for (const api of target.services.keys()) {
        const anybody = casting.client(undefined, { api, name: `anybody of VASA ${api}` });
        const fault = await anybody.faultOf('queryArrays', { arrayUniqueId: [] });
        expectSame(fault.name, 'InvalidSession', `queryArrays of VASA ${api}`);
      }
    },
  },
  {
    id: 'discovery.tells-about-itself',
    chapter: 'discovery',
    sentence:
      'The provider says who it is the same way to the registration and to each session, with an identity that stays',
    proves: 'vCenter knows a provider again by its uid and namespace.',
    source: { text: 'VasaProviderInfo: uid, supportedProfile, vasaApiVersion', mark: 'seen' },
    needs: ['api 2.0'],
    async run(world) {
      const { provider } = world.inventory;
      const player = await newHost(world, 'host that asks who you are');
      const client = world.casting.client(player);
      const { return: told } = await client.call('setContext', {
        usageContext: usageContextOf(player, []),
      });
      expectThat(told !== undefined && told.uid !== '', 'a provider has a uid', told);
      expectSame(told.uid, provider?.uid, 'its uid');
      expectSame(told.defaultNamespace, provider?.defaultNamespace, 'its namespace');
      expectThat(/^2(\.0)?$/.test(told.vasaApiVersion ?? ''), 'version 2.0', told.vasaApiVersion);
      expectThat(told.supportedProfile.length > 0, 'it lists a profile', told.supportedProfile);
      const { defaultSessionTimeoutInSeconds: seconds } = told;
      expectThat(seconds === undefined || seconds > 0n, 'a session lasts', seconds);
    },
  },
  {
    id: 'discovery.catalogs-can-be-read',
    chapter: 'discovery',
    sentence: 'Each message catalog is named once for a language, and its file is there to be read',
    proves: 'vCenter shows texts, not keys, for events, alarms and faults.',
    source: { text: 'queryCatalog: a path on the same server, read over HTTPS', mark: 'seen once' },
    needs: ['api 2.0'],
    async run({ target, vcenter }) {
      const { return: catalogs } = await vcenter.call('queryCatalog', {});
      const names = catalogs.map(({ catalogName, locale }) => `${catalogName} ${locale}`);
      expectSame(new Set(names).size, names.length, 'catalogs of different name and language');
      for (const { catalogName = '', catalogUri = '', locale } of catalogs) {
        expectThat(KNOWN.includes(catalogName), 'a catalog that VASA knows', catalogName);
        expectThat(Boolean(locale), `${catalogName} has a language`, locale);
        const url = new URL(catalogUri, target.services.get('2.0') ?? target.url).href;
        const text = await fetchText(url, vcenter.options.trust, target.timeoutMs);
        const isLine = (line: string) => /^\s*(#.*)?$|^\s*[^=\s]+\s*=/.test(line);
        const odd = text.split(/\r?\n/).find((line) => !isLine(line));
        expectSame(odd, undefined, `a line of ${catalogUri} that is neither comment nor message`);
      }
    },
  },
];
