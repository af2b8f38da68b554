/** VASA 1.0: its 22 operations, as an older vCenter calls them. */

import { EntityTypeEnum } from '../../wire/generated/vasa-1.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { type DiscoveredType, details, idsByType, pairsOf, TYPES } from '../world/discovery.ts';
import { makeLegacyVcenter, openLegacyVcenter, registerLegacy } from '../world/legacy.ts';
import { refused } from '../world/refusals.ts';
import { usageContextOf } from '../world/usage-context.ts';
import { makeVolume, type World } from '../world/world.ts';
import { eventsAbout, readAll } from './events.ts';

const open = ({ target, casting, undo }: World) => openLegacyVcenter(target, casting, undo);

const PROFILES = [
  'BlockDeviceProfile',
  'FileSystemProfile',
  'CapabilityProfile',
  'StorageObjectProfile',
  'StorageDrsBlockDevice',
  'StorageDrsFileSystem',
];

/** What an event may be about. */
const WORDS: readonly string[] = EntityTypeEnum;

/** Types whose profile the arrays announce. */
async function offered(client: VasaClient): Promise<readonly DiscoveredType[]> {
  const { return: arrays } = await client.call('queryArrays', { arrayUniqueId: [] });
  const profiles = arrays.flatMap((each) => each.supportedProfile);
  const has = (profile: string) => profiles.includes(profile);
  return TYPES.filter((type) => {
    if (type === 'StorageFileSystem') return has('FileSystemProfile');
    if (type === 'StorageCapability') return has('CapabilityProfile');
    return type === 'StorageArray' || has('BlockDeviceProfile');
  });
}

/** Where 2.0 is spoken too: a change that 1.0 has no words for, and that a client of 2.0 has heard of. */
async function aChangeOfLater(world: World): Promise<void> {
  const [host] = world.hosts;
  if (host === undefined) return;
  const { last } = await readAll(host);
  await eventsAbout(host, last, await makeVolume(world, host), 1);
}

export const LEGACY_SCENARIOS: readonly Scenario[] = [
  {
    id: 'legacy.register-and-leave',
    chapter: 'legacy',
    sentence:
      'A vCenter registers its own certificate, opens a session with it, and is nobody again once it has left',
    proves: 'The way in which older vCenters come and go.',
    source: {
      text: 'registerVASACertificate, setContext, unregisterVASACertificate',
      mark: 'seen once',
    },
    needs: ['api 1.0'],
    async run(world) {
      const { target, casting, undo } = world;
      const player = await makeLegacyVcenter();
      const client = casting.client(player, { api: '1.0' });
      const usageContext = usageContextOf(player, [player]);
      await refused(
        client,
        'setContext',
        { usageContext },
        'InvalidSession',
        'before it registers',
      );
      await registerLegacy(target, casting, undo, player);
      const { return: told } = await client.call('setContext', { usageContext });
      expectSame(client.session === told?.sessionId, true, 'cookie and body name one session');
      expectThat(/^1(\.0)?$/.test(told?.vasaApiVersion ?? ''), 'version 1.0', told?.vasaApiVersion);
      await client.call('queryArrays', { arrayUniqueId: [] });
      await undo.all();
      await refused(client, 'setContext', { usageContext }, 'InvalidSession', 'after it has left');
    },
  },
  {
    id: 'legacy.wrong-password',
    chapter: 'legacy',
    sentence: 'Absent credentials are InvalidLogin',
    proves: 'The older way in is no open door.',
    source: { text: 'absent credentials must not skip the check', mark: 'inferred' },
    needs: ['api 1.0'],
    async run({ casting }) {
      const { identity } = await makeLegacyVcenter();
      const nobody = casting.client(undefined, { api: '1.0', name: 'nobody' });
      const request = { newCertificate: identity.certificatePem };
      await refused(nobody, 'registerVASACertificate', request, 'InvalidLogin', 'no credentials');
    },
  },
  {
    id: 'legacy.arrays',
    chapter: 'legacy',
    sentence: 'Arrays are told of in words that 1.0 has',
    proves: 'An older vCenter meets no value that it does not know.',
    source: { text: 'ProfileEnum of VASA 1.0', mark: 'seen' },
    needs: ['api 1.0'],
    async run(world) {
      const client = await open(world);
      const { return: arrays } = await client.call('queryArrays', { arrayUniqueId: [] });
      expectThat(arrays.length > 0, 'an array is seen');
      for (const { supportedProfile } of arrays) {
        const later = supportedProfile.filter((each) => !PROFILES.includes(each));
        expectSame(later, [], 'profiles that 1.0 has not');
      }
    },
  },
  {
    id: 'legacy.discovery',
    chapter: 'legacy',
    sentence: 'All that is counted is listed, and all that is listed is described',
    proves: 'An older vCenter discovers classic datastores.',
    source: { text: 'counts, ids, details', mark: 'seen once' },
    needs: ['api 1.0'],
    async run(world) {
      const client = await open(world);
      for (const [type, ids] of await idsByType(client, await offered(client))) {
        if (ids.length > 0) await details(client, type, ids);
      }
      for (const entityType of ['StorageContainer', undefined])
        await refused(
          client,
          'getNumberOfEntities',
          { entityType },
          'InvalidArgument',
          'no type of 1.0',
        );
    },
  },
  {
    id: 'legacy.associations',
    chapter: 'legacy',
    sentence: 'What belongs to what is told in ids that are listed',
    proves: 'An older vCenter draws how a datastore is reached.',
    source: { text: 'five operations of association', mark: 'seen' },
    needs: ['api 1.0'],
    async run(world) {
      const client = await open(world);
      const types = await offered(client);
      const ids = await idsByType(client, types);
      const of = (type: DiscoveredType) => ids.get(type) ?? [];
      const [arrays, processors, ports] = [
        of('StorageArray'),
        of('StorageProcessor'),
        of('StoragePort'),
      ];
      const [luns, files, labels] = [
        of('StorageLun'),
        of('StorageFileSystem'),
        of('StorageCapability'),
      ];
      if (luns.length > 0) {
        const owned = await client.call('queryAssociatedProcessorsForArray', {
          arrayUniqueId: arrays,
        });
        pairsOf(owned.return, arrays, processors);
        const paths = await client.call('queryAssociatedPortsForProcessor', {
          spUniqueId: processors,
        });
        pairsOf(paths.return, processors, ports);
        const reached = await client.call('queryAssociatedLunsForPort', { portUniqueId: ports });
        pairsOf(reached.return, ports, luns);
        const labelled = await client.call('queryAssociatedCapabilityForLun', {
          lunUniqueId: luns,
        });
        pairsOf(labelled.return, luns, labels);
      }
      if (files.length > 0) {
        const request = { fsUniqueId: files };
        const labelled = await client.call('queryAssociatedCapabilityForFileSystem', request);
        pairsOf(labelled.return, files, labels);
      }
      if (luns.length + files.length === 0)
        skip('the provider shows neither LUNs nor file systems');
    },
  },
  {
    id: 'legacy.by-array-and-drs',
    chapter: 'legacy',
    sentence:
      'LUNs and file systems are listed for their array, and Storage DRS is answered for two of a kind',
    proves: 'The rest of what an older vCenter asks about datastores.',
    source: {
      text: 'queryUniqueIdentifiersForLuns, …ForFileSystems, queryDRSMigrationCapability…',
      mark: 'seen',
    },
    needs: ['api 1.0'],
    async run(world) {
      const client = await open(world);
      const types = await offered(client);
      const ids = await idsByType(client, types);
      const luns: string[] = [];
      for (const id of ids.get('StorageArray') ?? []) {
        if (types.includes('StorageLun'))
          luns.push(
            ...(await client.call('queryUniqueIdentifiersForLuns', { arrayUniqueId: id })).return,
          );
        if (types.includes('StorageFileSystem'))
          await client.call('queryUniqueIdentifiersForFileSystems', { fsUniqueId: id });
      }
      expectSame(luns.sort(), [...(ids.get('StorageLun') ?? [])].sort(), 'LUNs of all arrays');
      const [srcUniqueId, dstUniqueId] = luns;
      if (srcUniqueId === undefined || dstUniqueId === undefined) return;
      const { return: arrays } = await client.call('queryArrays', { arrayUniqueId: [] });
      if (!arrays.some((each) => each.supportedProfile.includes('StorageDrsBlockDevice'))) return;
      const pair = { srcUniqueId, dstUniqueId, entityType: 'StorageLun' };
      const { return: isHelp } = await client.call(
        'queryDRSMigrationCapabilityForPerformance',
        pair,
      );
      expectThat(typeof isHelp === 'boolean', 'yes or no', isHelp);
    },
  },
  {
    id: 'legacy.events-alarms-catalogs',
    chapter: 'legacy',
    sentence:
      'Events and alarms come with rising ids in words of 1.0, odd cursors are InvalidArgument, catalogs are named',
    proves: 'An older vCenter stays up to date.',
    source: {
      text: 'event types System and Config; alarms SpaceCapacity, Capability, Object',
      mark: 'seen',
    },
    needs: ['api 1.0'],
    async run(world) {
      const client = await open(world);
      await aChangeOfLater(world);
      const { return: events } = await client.call('getEvents', { lastEventId: -1n });
      for (const [index, { eventType, eventObjType, eventId }] of events.entries()) {
        expectThat(/^(System|Config)$/.test(eventType ?? ''), 'a type of 1.0', eventType);
        const isKnown = eventObjType === undefined || WORDS.includes(eventObjType);
        expectThat(isKnown, 'an event of what 1.0 has', eventObjType);
        const before = events[index - 1]?.eventId;
        expectThat(before === undefined || (eventId ?? 0n) > before, 'ids rise', eventId);
      }
      const { return: alarms } = await client.call('getAlarms', { lastAlarmId: -1n });
      for (const { alarmType } of alarms)
        expectThat(
          /^(SpaceCapacity|Capability|Object)$/.test(alarmType ?? ''),
          'a type of 1.0',
          alarmType,
        );
      await refused(client, 'getEvents', { lastEventId: -2n }, 'InvalidArgument', 'below -1');
      await refused(client, 'getAlarms', { lastAlarmId: -2n }, 'InvalidArgument', 'below -1');
      const { return: catalogs } = await client.call('queryCatalog', {});
      const strange = catalogs.filter(
        (each) => !/^(Alarm|Event|Fault)$/.test(each.catalogName ?? ''),
      );
      expectSame(
        strange.map((each) => each.catalogName),
        [],
        'catalogs that 1.0 has not',
      );
    },
  },
];
