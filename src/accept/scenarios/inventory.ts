/** Arrays, containers, protocol endpoints, and space. */
import { randomUUID } from 'node:crypto';
import {
  InBandBindCapabilityEnum,
  ProfileEnum,
  ProtocolEndpointTypeEnum,
} from '../../wire/generated/vasa-2.0/types.ts';
import { FaultError } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { refused } from '../world/refusals.ts';
import { aContainer, aHost, makeVolume, type World } from '../world/world.ts';

const idsOf = (list: readonly { readonly uniqueIdentifier?: string | undefined }[]) =>
  list.flatMap((each) => each.uniqueIdentifier ?? []).sort();

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const NO_SUCH_ARRAY = 'no such array';

function arrayIds({ inventory }: World): readonly string[] {
  const ids = idsOf(inventory.arrays);
  return ids.length > 0 ? ids : skip('the provider shows no array');
}

export const INVENTORY_SCENARIOS: readonly Scenario[] = [
  {
    id: 'inventory.arrays',
    chapter: 'inventory',
    sentence:
      'Arrays have ids of their own, take part in virtual volumes, name only profiles that VASA has, and are found by id',
    proves: 'vCenter knows what it may ask of an array.',
    source: {
      text: 'StorageArray; VirtualVolumeProfile is a must for virtual volumes',
      mark: 'inferred',
    },
    async run(world) {
      const ids = arrayIds(world);
      expectSame(new Set(ids).size, ids.length, 'different ids');
      expectSame(ids.length, world.inventory.arrays.length, 'arrays with an id');
      for (const { supportedProfile, priority, uniqueIdentifier } of world.inventory.arrays) {
        const strange = supportedProfile.filter((each) => !ProfileEnum.some((one) => one === each));
        expectSame(strange, [], `profiles of ${uniqueIdentifier} that VASA has not`);
        expectThat(
          supportedProfile.includes('VirtualVolumeProfile'),
          'VirtualVolumeProfile',
          supportedProfile,
        );
        expectThat(priority >= 0 && priority <= 255, 'a priority from 0 to 255', priority);
        const arrayUniqueId = [uniqueIdentifier ?? '', NO_SUCH_ARRAY];
        const { return: found } = await world.vcenter.call('queryArrays', { arrayUniqueId });
        expectSame(idsOf(found), [uniqueIdentifier], 'the array by its id, beside an unknown one');
      }
    },
  },
  {
    id: 'inventory.containers',
    chapter: 'inventory',
    sentence:
      'Containers have UUIDs, names and a largest size, are found by id, and unknown ones are left out',
    proves: 'A datastore can be made of each.',
    source: { text: 'queryStorageContainer: empty is all, unknown is omitted', mark: 'seen once' },
    async run(world) {
      const { containers } = world.inventory;
      expectThat(containers.length > 0, 'there is a container');
      for (const each of containers) {
        expectThat(
          UUID.test(each.uniqueIdentifier ?? ''),
          'its id is a UUID',
          each.uniqueIdentifier,
        );
        expectThat(each.name !== '', 'it has a name');
        expectThat(each.maxVvolSizeMB > 0n, 'a largest size', each.maxVvolSizeMB);
        const containerId = [randomUUID(), each.uniqueIdentifier ?? ''];
        const { return: found } = await aHost(world).call('queryStorageContainer', { containerId });
        expectSame(found, [each], 'the container by its id, beside an unknown one');
      }
    },
  },
  {
    id: 'inventory.parts-of-arrays',
    chapter: 'inventory',
    sentence:
      'Each container and endpoint belongs to an array that lists it, and an unknown array is refused',
    proves: 'vCenter shows what lies where.',
    source: {
      text: 'queryStorageContainerForArray, queryProtocolEndpointForArray',
      mark: 'seen once',
    },
    async run(world) {
      const { vcenter, inventory } = world;
      const containers: string[] = [];
      const endpoints = new Set<string>();
      for (const arrayId of arrayIds(world)) {
        const { return: own } = await vcenter.call('queryStorageContainerForArray', { arrayId });
        containers.push(...own);
        const { return: paths } = await vcenter.call('queryProtocolEndpointForArray', { arrayId });
        for (const id of paths) endpoints.add(id);
      }
      expectSame(containers.sort(), idsOf(inventory.containers), 'containers of all arrays');
      expectSame([...endpoints].sort(), idsOf(inventory.endpoints), 'endpoints of all arrays');
      const faults = ['NotFound', 'InvalidArgument'];
      const request = { arrayId: NO_SUCH_ARRAY };
      await refused(vcenter, 'queryStorageContainerForArray', request, faults, 'an unknown array');
      await refused(vcenter, 'queryProtocolEndpointForArray', request, faults, 'an unknown array');
    },
  },
  {
    id: 'inventory.endpoints',
    chapter: 'inventory',
    sentence:
      'Each endpoint says what hosts find it by, each container’s kind has one, and unknown ones are left out',
    proves: 'Hosts can find or mount every path.',
    source: { text: 'ProtocolEndpointInbandId: a naa. name, or address and mount', mark: 'seen' },
    async run(world) {
      const { endpoints, containers } = world.inventory;
      for (const { uniqueIdentifier = '', inBandId, inBandBindCapability } of endpoints) {
        const { protocolEndpointType: type, lunId, ipAddress, serverMount } = inBandId;
        expectThat(
          ProtocolEndpointTypeEnum.some((each) => each === type),
          'a kind that VASA has',
          type,
        );
        if (type === 'SCSI')
          expectThat(/^naa\.[0-9a-f]{16,32}$/i.test(lunId ?? ''), 'a naa. name', lunId);
        else expectThat(Boolean(ipAddress && serverMount), 'an address and a mount', inBandId);
        const isKnown = InBandBindCapabilityEnum.some((each) => each === inBandBindCapability);
        expectThat(isKnown, 'a bind capability that VASA has', inBandBindCapability);
        const peId = [uniqueIdentifier, 'no such endpoint'];
        const { return: found } = await aHost(world).call('queryProtocolEndpoint', { peId });
        expectSame(
          idsOf(found),
          [uniqueIdentifier],
          'the endpoint by its id, beside an unknown one',
        );
      }
      const kinds = new Set(endpoints.map((each) => each.inBandId.protocolEndpointType));
      for (const { name, protocolEndPointType: kind } of containers)
        expectThat(kind === undefined || kinds.has(kind), `${name} has an endpoint`, kind);
    },
  },
  {
    id: 'inventory.unknown-endpoint-of-a-host',
    chapter: 'inventory',
    sentence:
      'A host that tells of an endpoint that the array has not is told so, and keeps those of before',
    proves: 'A path that leads nowhere is found before a bind needs it.',
    source: { text: 'setPEContext with an unknown endpoint is a StorageFault', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const listOfHostPE = [
        {
          uniqueIdentifier: 'no such endpoint',
          inBandBindCapability: 'None',
          inBandId: { protocolEndpointType: 'SCSI', lunId: `naa.${'6'.repeat(32)}` },
          transportIpAddress: [],
        },
      ];
      await refused(host, 'setPEContext', { listOfHostPE }, 'StorageFault', 'an unknown endpoint');
      const vvolId = await makeVolume(world, host);
      const { return: rows } = await host.call('bindVirtualVolume', {
        vvolId: [vvolId],
        bindContext: 'Normal',
      });
      expectSame(rows[0]?.fault?.type, undefined, 'the fault of a bind afterwards');
    },
  },
  {
    id: 'inventory.space-adds-up',
    chapter: 'inventory',
    sentence:
      'Of each container, used and free space are the total, none below nothing, and it holds what is promised to it',
    proves: 'Datastores show how full they are.',
    source: { text: 'spaceStatsForStorageContainer', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      for (const container of world.inventory.containers) {
        const { uniqueIdentifier: containerId = '' } = container;
        await makeVolume(world, host, { container, sizeInMB: 64n });
        const request = { containerId, capabilityProfileId: [] };
        const { return: rows } = await host.call('spaceStatsForStorageContainer', request);
        expectSame(
          rows.map((each) => each.objectId),
          [containerId],
          'one row, of the container',
        );
        for (const row of rows) {
          const { physicalTotal, physicalUsed, physicalFree, logicalUsed, logicalFree } = row;
          expectSame(physicalUsed + physicalFree, physicalTotal, 'used and free space in MB');
          const all = [physicalTotal, physicalUsed, physicalFree, logicalUsed, logicalFree];
          expectThat(
            all.every((each) => each >= 0n),
            'no space below nothing',
            row,
          );
          expectThat(logicalUsed >= 64n, 'what volumes promise is counted', logicalUsed);
        }
      }
      const unknown = { containerId: randomUUID(), capabilityProfileId: [] };
      await refused(
        host,
        'spaceStatsForStorageContainer',
        unknown,
        'NotFound',
        'an unknown container',
      );
    },
  },
  {
    id: 'inventory.space-of-volumes',
    chapter: 'inventory',
    sentence: 'A volume’s row has its size, and what does not exist has no row',
    proves: 'Datastore browsers show sizes.',
    source: { text: 'spaceStatsForVirtualVolume; unknown ids are left out', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host, { sizeInMB: 40n });
      const request = { vvolId: [`rfc4122.${randomUUID()}`, vvolId] };
      const { return: rows } = await host.call('spaceStatsForVirtualVolume', request);
      expectSame(
        rows.map((each) => [each.objectId, each.logical]),
        [[vvolId, 40n]],
        'its rows',
      );
      for (const { committed, unshared, unsharedValid } of rows) {
        expectThat(committed >= 0n, 'committed space', committed);
        expectThat(!unsharedValid || unshared <= committed, 'unshared is part of it', unshared);
      }
    },
  },
  {
    id: 'inventory.container-context',
    chapter: 'inventory',
    sentence:
      'A container’s context is a cookie that later calls may carry, and an unknown container has none, where the provider has contexts at all',
    proves: 'Hosts that ask for a cookie can go on with it.',
    source: {
      text: 'setStorageContainerContext; a provider may answer NotImplemented',
      mark: 'seen',
    },
    async run(world) {
      const host = aHost(world);
      const { uniqueIdentifier: containerId = '' } = aContainer(world);
      try {
        const { return: containerCookie } = await host.call('setStorageContainerContext', {
          containerId,
          userId: 'acceptance',
        });
        const vvolId = await makeVolume(world, host);
        await host.call('deleteVirtualVolume', { vvolId, containerCookie });
        const unknown = { containerId: randomUUID(), userId: 'acceptance' };
        await refused(
          host,
          'setStorageContainerContext',
          unknown,
          'NotFound',
          'an unknown container',
        );
      } catch (error) {
        if (!(error instanceof FaultError) || error.fault.name !== 'NotImplemented') throw error;
        skip('the provider has no container contexts');
      }
    },
  },
];
