/** Block and file discovery, as vCenter does it for classic datastores. */
import { AlarmStatusEnum } from '../../wire/generated/vasa-2.0/types.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { type DiscoveredType, details, idsByType, pairsOf } from '../world/discovery.ts';
import { refused } from '../world/refusals.ts';
import type { World } from '../world/world.ts';

async function listed({ vcenter }: World, type: DiscoveredType): Promise<readonly string[]> {
  return (await idsByType(vcenter, [type])).get(type) ?? [];
}

const isColour = (status: string | undefined) =>
  status === undefined ||
  AlarmStatusEnum.some((each) => each.toUpperCase() === status.toUpperCase());

export const STORAGE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'storage.luns',
    chapter: 'storage',
    sentence:
      'LUNs are counted, listed for their array, and described: no more used than there is, by a name that hosts see',
    proves: 'vCenter shows what a datastore on a LUN lies on.',
    source: { text: 'StorageLun; ids first, details next', mark: 'seen' },
    needs: ['LUNs'],
    async run(world) {
      const { vcenter, inventory } = world;
      const all = await listed(world, 'StorageLun');
      const ofArrays: string[] = [];
      for (const { uniqueIdentifier: arrayUniqueId, supportedProfile } of inventory.arrays) {
        if (!supportedProfile.includes('BlockDeviceProfile')) continue;
        const { return: ids } = await vcenter.call('queryUniqueIdentifiersForLuns', {
          arrayUniqueId,
        });
        ofArrays.push(...ids);
      }
      expectSame(ofArrays.sort(), [...all].sort(), 'LUNs of all arrays');
      await details(vcenter, 'StorageLun', all);
      const { return: luns } = await vcenter.call('queryStorageLuns', { lunUniqueId: all });
      for (const { esxLunIdentifier, capacityInMB = 0n, usedSpaceInMB, ...lun } of luns) {
        expectThat(
          /^(naa|eui|t10)\./i.test(esxLunIdentifier ?? ''),
          'a host’s name',
          esxLunIdentifier,
        );
        expectThat(capacityInMB > 0n, 'a capacity', capacityInMB);
        expectThat((usedSpaceInMB ?? 0n) <= capacityInMB, 'used within capacity', usedSpaceInMB);
        expectThat(isColour(lun.thinProvisioningStatus), 'a colour', lun.thinProvisioningStatus);
      }
    },
  },
  {
    id: 'storage.file-systems',
    chapter: 'storage',
    sentence:
      'File systems are counted, listed for their array, and say where they are mounted from',
    proves: 'vCenter shows what an NFS datastore lies on.',
    source: {
      text: 'StorageFileSystem; the argument named as a file system is an array’s id',
      mark: 'seen',
    },
    needs: ['file systems'],
    async run(world) {
      const { vcenter, inventory } = world;
      const all = await listed(world, 'StorageFileSystem');
      const ofArrays: string[] = [];
      for (const { uniqueIdentifier: fsUniqueId, supportedProfile } of inventory.arrays) {
        if (!supportedProfile.includes('FileSystemProfile')) continue;
        const request = { fsUniqueId };
        const { return: ids } = await vcenter.call('queryUniqueIdentifiersForFileSystems', request);
        ofArrays.push(...ids);
      }
      expectSame(ofArrays.sort(), [...all].sort(), 'file systems of all arrays');
      await details(vcenter, 'StorageFileSystem', all);
      const { return: found } = await vcenter.call('queryStorageFileSystems', { fsUniqueId: all });
      for (const { fileSystem, fileSystemInfo, uniqueIdentifier } of found) {
        expectThat(fileSystem === 'NFS' || fileSystem === 'Other', 'a kind', fileSystem);
        expectThat(fileSystemInfo.length > 0, `${uniqueIdentifier} has a place`);
        for (const { fileSystemPath, fileServerName, ipAddress } of fileSystemInfo)
          expectThat(Boolean(fileSystemPath && (fileServerName || ipAddress)), 'server and path');
      }
    },
  },
  {
    id: 'storage.controllers-and-ports',
    chapter: 'storage',
    sentence:
      'Controllers belong to arrays, ports to controllers, LUNs to ports, and each association names what is listed',
    proves: 'vCenter draws how a datastore is reached.',
    source: { text: 'associations are pairs of id lists', mark: 'seen' },
    needs: ['LUNs'],
    async run(world) {
      const { vcenter } = world;
      const ids = await idsByType(vcenter, [
        'StorageArray',
        'StorageProcessor',
        'StoragePort',
        'StorageLun',
      ]);
      const of = (type: DiscoveredType) => ids.get(type) ?? [];
      const [arrays, processors] = [of('StorageArray'), of('StorageProcessor')];
      const [ports, luns] = [of('StoragePort'), of('StorageLun')];
      await details(vcenter, 'StorageProcessor', processors);
      await details(vcenter, 'StoragePort', ports);
      const ofArrays = await vcenter.call('queryAssociatedProcessorsForArray', {
        arrayUniqueId: arrays,
      });
      const owned = pairsOf(ofArrays.return, arrays, processors);
      const withArray = new Set(owned.map(([, processor]) => processor));
      expectSame(withArray.size, processors.length, 'controllers that belong to an array');
      const ofProcessors = await vcenter.call('queryAssociatedPortsForProcessor', {
        spUniqueId: processors,
      });
      const paths = pairsOf(ofProcessors.return, processors, ports);
      expectSame(
        new Set(paths.map(([, port]) => port)).size,
        ports.length,
        'ports of a controller',
      );
      const ofPorts = await vcenter.call('queryAssociatedLunsForPort', { portUniqueId: ports });
      const reached = pairsOf(ofPorts.return, ports, luns);
      expectSame(new Set(reached.map(([, lun]) => lun)).size, luns.length, 'LUNs behind a port');
    },
  },
  {
    id: 'storage.labels',
    chapter: 'storage',
    sentence:
      'Labels have a name, and a LUN or file system has at most one of those that are listed',
    proves: 'The one system label of a classic datastore.',
    source: { text: 'one capability for each LUN or file system', mark: 'seen' },
    needs: ['labels'],
    async run(world) {
      const { vcenter } = world;
      const labels = await listed(world, 'StorageCapability');
      await details(vcenter, 'StorageCapability', labels);
      const { return: found } = await vcenter.call('queryStorageCapabilities', {
        capabilityUniqueId: labels,
      });
      for (const { capabilityName } of found) expectThat(Boolean(capabilityName), 'a label’s name');
      const { arrays } = world.inventory;
      const has = (profile: string) =>
        arrays.some((each) => each.supportedProfile.includes(profile));
      const luns = has('BlockDeviceProfile') ? await listed(world, 'StorageLun') : [];
      const fileSystems = has('FileSystemProfile') ? await listed(world, 'StorageFileSystem') : [];
      if (luns.length > 0) {
        const { return: rows } = await vcenter.call('queryAssociatedCapabilityForLun', {
          lunUniqueId: luns,
        });
        const labelled = pairsOf(rows, luns, labels).map(([lun]) => lun);
        expectSame(new Set(labelled).size, labelled.length, 'LUNs with one label');
      }
      if (fileSystems.length > 0) {
        const request = { fsUniqueId: fileSystems };
        const { return: rows } = await vcenter.call(
          'queryAssociatedCapabilityForFileSystem',
          request,
        );
        const labelled = pairsOf(rows, fileSystems, labels).map(([fileSystem]) => fileSystem);
        expectSame(new Set(labelled).size, labelled.length, 'file systems with one label');
      }
    },
  },
  {
    id: 'storage.pools',
    chapter: 'storage',
    sentence: 'Pools hold no more than they have room for, and the pools that LUNs name are there',
    proves: 'vCenter sees how full the space behind thin LUNs is.',
    source: { text: 'BackingStoragePool, BackingConfig', mark: 'seen' },
    needs: ['LUNs'],
    async run(world) {
      const { vcenter } = world;
      const { return: pools } = await vcenter.call('queryBackingStoragePools', {
        storagePoolUniqueId: [],
      });
      const known = new Set(pools.map((each) => each.uniqueIdentifier));
      for (const { capacityInMB, usedSpaceInMB, type } of pools) {
        expectThat(
          capacityInMB >= usedSpaceInMB && usedSpaceInMB >= 0n,
          'used within capacity',
          type,
        );
        expectThat(/Pool$/.test(type), 'a type of pool', type);
      }
      const luns = await listed(world, 'StorageLun');
      const { return: found } = await vcenter.call('queryStorageLuns', { lunUniqueId: luns });
      for (const { backingConfig, uniqueIdentifier } of found) {
        const thin = backingConfig?.thinProvisionBackingIdentifier;
        if (thin !== undefined)
          expectThat(known.has(thin), `the pool of ${uniqueIdentifier}`, thin);
      }
    },
  },
  {
    id: 'storage.bad-types-are-refused',
    chapter: 'storage',
    sentence:
      'No type, an unknown one, and malformed ids are InvalidArgument; an unknown array is NotFound',
    proves: 'vCenter’s questions are judged, not guessed at.',
    source: {
      text: 'null or other is InvalidArgument; unknown array is NotFound',
      mark: 'seen once',
    },
    async run({ vcenter, inventory }) {
      for (const entityType of [undefined, '', 'StorageSpoon']) {
        const why = `the type ${entityType ?? '(none)'}`;
        await refused(vcenter, 'getNumberOfEntities', { entityType }, 'InvalidArgument', why);
        await refused(
          vcenter,
          'queryUniqueIdentifiersForEntity',
          { entityType },
          'InvalidArgument',
          why,
        );
      }
      const profiles = inventory.arrays.flatMap((each) => each.supportedProfile);
      const arrayUniqueId = 'no such array';
      if (profiles.includes('BlockDeviceProfile')) {
        const faults = ['NotFound', 'InvalidArgument'];
        await refused(
          vcenter,
          'queryUniqueIdentifiersForLuns',
          { arrayUniqueId },
          faults,
          'unknown',
        );
      }
    },
  },
  {
    id: 'storage.drs',
    chapter: 'storage',
    sentence:
      'Moving a LUN to itself brings nothing; unknown ones are NotFound; sets name only what was asked about',
    proves: 'Storage DRS moves only where it helps.',
    source: { text: 'both ids of the stated type; unknown is NotFound', mark: 'seen once' },
    needs: ['storage DRS', 'LUNs'],
    async run(world) {
      const { vcenter } = world;
      const luns = await listed(world, 'StorageLun');
      const [one] = luns;
      if (one === undefined) skip('the provider shows no LUN');
      const entityType = 'StorageLun';
      const operation = 'queryDRSMigrationCapabilityForPerformance';
      const itself = { srcUniqueId: one, dstUniqueId: one, entityType };
      expectSame((await vcenter.call(operation, itself)).return, false, 'moving to itself');
      const gone = { ...itself, dstUniqueId: 'no such LUN' };
      await refused(vcenter, operation, gone, ['NotFound', 'InvalidArgument'], 'an unknown LUN');
      const { return: sets } = await vcenter.call('queryDrsMigrationCapabilityForPerformanceEx', {
        entityId: luns,
      });
      for (const { entityId } of sets.nonRecommendedEntitySet) {
        expectSame(
          entityId.filter((each) => !luns.includes(each)),
          [],
          'strangers in a set',
        );
        const [src, dst] = entityId;
        if (src === undefined || dst === undefined) continue;
        const pair = { srcUniqueId: src, dstUniqueId: dst, entityType };
        expectSame((await vcenter.call(operation, pair)).return, false, 'a pair of a set');
      }
    },
  },
];
