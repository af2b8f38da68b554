/**
 * What block and file discovery tells, read the way vCenter reads it: ids, then details, then what belongs
 * to what. Both versions of the API have it, so that the client decides which is spoken.
 */
import type { VasaAssociationObject } from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat } from '../expectations.ts';

/** The six types that VASA 1.0 has names for. */
export const TYPES = [
  'StorageArray',
  'StorageProcessor',
  'StoragePort',
  'StorageLun',
  'StorageFileSystem',
  'StorageCapability',
] as const;
export type DiscoveredType = (typeof TYPES)[number];

/** Ids by type. Fails where a count is not the length of the list, or an id comes twice. */
export async function idsByType(
  client: VasaClient,
  types: readonly DiscoveredType[],
): Promise<ReadonlyMap<DiscoveredType, readonly string[]>> {
  const found = new Map<DiscoveredType, readonly string[]>();
  for (const entityType of types) {
    const { return: ids } = await client.call('queryUniqueIdentifiersForEntity', { entityType });
    const { return: count } = await client.call('getNumberOfEntities', { entityType });
    expectSame(count, ids.length, `the number of ${entityType}`);
    expectSame(new Set(ids).size, ids.length, `different ids of ${entityType}`);
    found.set(entityType, ids);
  }
  return found;
}

/** Details of a type by their ids; what comes must be what was asked for, an unknown id left out. */
export async function details(client: VasaClient, type: DiscoveredType, ids: readonly string[]) {
  const asked = [...ids, `no such ${type}`];
  const found = await detailsOf(client, type, asked);
  const own = found.map((each) => each.uniqueIdentifier).sort();
  expectSame(own, [...ids].sort(), `${type} by ids, beside an unknown one`);
  return found;
}

async function detailsOf(client: VasaClient, type: DiscoveredType, ids: readonly string[]) {
  switch (type) {
    case 'StorageArray':
      return (await client.call('queryArrays', { arrayUniqueId: ids })).return;
    case 'StorageProcessor':
      return (await client.call('queryStorageProcessors', { spUniqueId: ids })).return;
    case 'StoragePort':
      return (await client.call('queryStoragePorts', { portUniqueId: ids })).return;
    case 'StorageLun':
      return (await client.call('queryStorageLuns', { lunUniqueId: ids })).return;
    case 'StorageFileSystem':
      return (await client.call('queryStorageFileSystems', { fsUniqueId: ids })).return;
    case 'StorageCapability':
      return (await client.call('queryStorageCapabilities', { capabilityUniqueId: ids })).return;
  }
}

/** Pairs of ids. Fails where an association names what is not among `from` or `to`. */
export function pairsOf(
  associations: readonly VasaAssociationObject[],
  from: readonly string[],
  to: readonly string[],
): readonly (readonly [string, string])[] {
  return associations.flatMap(({ entityId, associatedId }) =>
    entityId.flatMap(({ uniqueIdentifier: entity = '' }) => {
      expectThat(from.includes(entity), 'an association of what was asked about', entity);
      return associatedId.map(({ uniqueIdentifier: other = '' }): readonly [string, string] => {
        expectThat(to.includes(other), 'an association with what is known', other);
        return [entity, other];
      });
    }),
  );
}
