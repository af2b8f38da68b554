/** Arrays with their parts, containers and endpoints, as the array port tells of them. */
import type { StorageArrayPort } from '../../array/port.ts';
import type { ArrayDescription, Container, ContainerSpace, Endpoint } from '../../model/array.ts';
import type { Pool } from '../../model/discovery.ts';
import type { CapabilityProfile } from '../../model/policies.ts';
import type { ContainerRow, EndpointRow, Inventory, Space } from '../shapes/inventory.ts';
import { capabilityText } from './text.ts';

/** See `Queries`. */
export async function inventory(array: StorageArrayPort): Promise<Inventory> {
  const [arrays, pools, processors, ports, luns, fileSystems] = await Promise.all([
    array.arrays(),
    array.pools(),
    array.processors(),
    array.ports(),
    array.luns(),
    array.fileSystems(),
  ]);
  const arrayOf = new Map(processors.map(({ processorId, arrayId }) => [processorId, arrayId]));
  return {
    arrays: arrays.map(arrayRow),
    pools: pools.map(poolRow),
    parts: [
      ...processors.map(({ processorId, arrayId, identifiers, health }) => ({
        entityId: processorId,
        arrayId,
        kind: 'StorageProcessor' as const,
        name: identifiers[0] ?? processorId,
        health,
      })),
      ...ports.map(({ portId, processorId, health, ...names }) => ({
        entityId: portId,
        arrayId: arrayOf.get(processorId) ?? '',
        kind: 'StoragePort' as const,
        name: names.portWwn ?? names.iscsiIdentifier ?? names.alternateNames[0] ?? portId,
        health,
      })),
      ...luns.map(({ lunId, arrayId, displayName, health, capacity, used }) => ({
        ...{ entityId: lunId, arrayId, kind: 'StorageLun' as const, name: displayName, health },
        ...{ totalBytes: Number(capacity), usedBytes: Number(used) },
      })),
      ...fileSystems.map(({ fileSystemId, arrayId, exports, health, capacity, used }) => ({
        ...{ entityId: fileSystemId, arrayId, kind: 'StorageFileSystem' as const, health },
        name: exports[0] === undefined ? fileSystemId : exports[0].path,
        ...{ totalBytes: Number(capacity), usedBytes: Number(used) },
      })),
    ],
  };
}

function arrayRow({ limits, features, ...array }: ArrayDescription): Inventory['arrays'][number] {
  const { arrayId, name, vendor, model, firmware, health, priority } = array;
  const { snapshotsPerVolume, bindingsPerHost } = limits;
  const had = Object.entries(features).filter(([, has]) => has === true);
  return {
    ...{ arrayId, name, vendor, model, firmware, health, priority },
    ...{ snapshotsPerVolume, bindingsPerHost },
    features: had.map(([feature]) => feature),
  };
}

function poolRow({ capacity, used, promised, ...pool }: Pool): Inventory['pools'][number] {
  return {
    ...pool,
    totalBytes: Number(capacity),
    usedBytes: Number(used),
    promisedBytes: Number(promised),
  };
}

/** The figures of a container's space. */
export function spaceOf(space: ContainerSpace): Space {
  return {
    totalBytes: Number(space.physicalTotal),
    usedBytes: Number(space.physicalUsed),
    freeBytes: Number(space.physicalFree),
    promisedBytes: Number(space.logicalUsed),
    promiseLimitBytes: Number(space.logicalLimit),
  };
}

/** See `Queries`. `looks`: whose pools are healthy. */
export async function containers(
  array: StorageArrayPort,
  looks: Pick<StorageArrayPort, 'pools'>,
): Promise<readonly ContainerRow[]> {
  const [all, pools, profiles] = await Promise.all([
    array.containers(),
    looks.pools(),
    array.capabilityProfiles(),
  ]);
  const spaces = await Promise.all(all.map(({ containerId }) => array.containerSpace(containerId)));
  return all.flatMap((container, index) => {
    const space = spaces[index];
    if (space === undefined) return [];
    const pool = pools.find(({ poolId }) => poolId === container.poolId);
    return [containerRow(container, { space, pool, profiles })];
  });
}

function containerRow(
  { maxVolumeBytes, ...container }: Container,
  about: {
    readonly space: ContainerSpace;
    readonly pool: Pool | undefined;
    readonly profiles: readonly CapabilityProfile[];
  },
): ContainerRow {
  const { space, pool, profiles } = about;
  const own = profiles.filter(({ containerIds }) => containerIds.includes(container.containerId));
  return {
    ...container,
    ...(pool === undefined ? {} : { poolName: pool.name, health: pool.health }),
    maxVolumeBytes: Number(maxVolumeBytes),
    space: spaceOf(space),
    profiles: own.map(({ profileId, name, description, offers }) => ({
      profileId,
      name,
      description,
      offers: offers.map((offer) => ({
        name: offer.name,
        values: offer.values.map(capabilityText),
      })),
    })),
  };
}

/** See `Queries`. */
export async function endpoints(array: StorageArrayPort): Promise<readonly EndpointRow[]> {
  return (await array.endpoints()).map((endpoint) => ({
    endpointId: endpoint.endpointId,
    arrayId: endpoint.arrayId,
    protocol: endpoint.inBandId.protocol,
    online: endpoint.online,
    address: addressOf(endpoint),
    transportIpAddresses: endpoint.transportIpAddresses,
    authType: endpoint.authType,
  }));
}

function addressOf({ inBandId }: Endpoint): string {
  return inBandId.protocol === 'SCSI'
    ? inBandId.lunId
    : `${inBandId.ipAddress}:${inBandId.serverMount}`;
}
