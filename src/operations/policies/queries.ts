/**
 * What the array can promise, what its containers promise, and what volumes made without a profile are
 * given, as vCenter reads them before it lets anybody write a policy. All from what the array declares.
 */

import { VasaFault } from '../../model/faults.ts';
import { LIMITS } from '../../model/limits.ts';
import { VOLUME_TYPES, type VolumeType } from '../../model/volume-type.ts';
import type {
  QueryCapabilityMetadata,
  QueryCapabilityMetadataResponse,
  QueryCapabilityProfile,
  QueryCapabilityProfileForResource,
  QueryCapabilityProfileForResourceResponse,
  QueryCapabilityProfileResponse,
  QueryDefaultProfileForStorageContainer,
  QueryDefaultProfileForStorageContainerResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { containerIdOf, containerOf, invalid, shown } from '../arguments.ts';
import type { SessionContext } from '../context.ts';
import { declaredBy } from './declared.ts';
import { wireSchema } from './metadata.ts';
import { offersSomething, wireCapabilityProfile, wireDefaultProfile } from './published.ts';

/**
 * Schemas of what the array can promise; without ids, all. Faults: NotFound (an id that names no schema).
 * Ids given twice are answered once.
 */
export async function queryCapabilityMetadata(
  { provider }: SessionContext,
  { schemaId }: QueryCapabilityMetadata,
): Promise<QueryCapabilityMetadataResponse> {
  const schemas = await provider.array.capabilitySchemas();
  // The answer points to texts, which have to be there when the client looks for them.
  provider.catalogs.declare(schemas, provider.clock.now());
  const known = new Set(schemas.map((each) => each.schemaId));
  const unknown = schemaId.find((each) => !known.has(each));
  if (unknown !== undefined)
    throw new VasaFault('NotFound', `there is no capability schema ${shown(unknown)}`);
  const wanted = new Set(schemaId);
  const found = schemas.filter((each) => wanted.size === 0 || wanted.has(each.schemaId));
  return { return: found.map(wireSchema) };
}

/**
 * What containers promise; without ids, all. Of several ids those that name no profile are left out.
 * Faults: NotFound (ids, of which none names a profile).
 */
export async function queryCapabilityProfile(
  { provider }: SessionContext,
  { profileId }: QueryCapabilityProfile,
): Promise<QueryCapabilityProfileResponse> {
  const declared = declaredBy(await provider.array.capabilitySchemas());
  const published = (await provider.array.capabilityProfiles()).filter(offersSomething);
  const wanted = new Set<string>(profileId);
  const found = published.filter((each) => wanted.size === 0 || wanted.has(each.profileId));
  if (wanted.size > 0 && found.length === 0)
    throw new VasaFault('NotFound', 'none of these ids names a capability profile');
  return { return: found.map((each) => wireCapabilityProfile(declared, each)) };
}

/**
 * Which container promises which profile: a row for each pair; without ids, of all containers. What names
 * no container, and a container that promises nothing, has no row. Faults: InvalidArgument (malformed id;
 * too many), NotFound (ids, of which none names a container).
 */
export async function queryCapabilityProfileForResource(
  { provider }: SessionContext,
  { resourceId }: QueryCapabilityProfileForResource,
): Promise<QueryCapabilityProfileForResourceResponse> {
  if (resourceId.length > LIMITS.queryItems)
    throw invalid(`${resourceId.length} resources in one call; the most is ${LIMITS.queryItems}`);
  const wanted = new Set(resourceId.map(containerIdOf));
  const containers = (await provider.array.containers()).filter(
    (each) => wanted.size === 0 || wanted.has(each.containerId),
  );
  if (wanted.size > 0 && containers.length === 0)
    throw new VasaFault('NotFound', 'none of these ids names a storage container');
  const published = (await provider.array.capabilityProfiles()).filter(offersSomething);
  const rows = containers.flatMap(({ containerId }) =>
    published
      .filter(({ containerIds }) => containerIds.includes(containerId))
      .map(({ profileId }) => ({ profileId, resourceId: containerId })),
  );
  return { return: rows };
}

function volumeTypeOf(entityType: string): VolumeType {
  const type = VOLUME_TYPES.find((each) => each === entityType);
  if (type === undefined) throw invalid(`${shown(entityType)} is not a type of virtual volume`);
  return type;
}

/**
 * What volumes of these types (none: of any) are given when they are made without a profile. A container
 * may have no default: the answer is empty then. Each profile names all the types that it is for.
 * Faults: InvalidArgument (malformed container id, unknown type), NotFound (container).
 */
export async function queryDefaultProfileForStorageContainer(
  { provider }: SessionContext,
  request: QueryDefaultProfileForStorageContainer,
): Promise<QueryDefaultProfileForStorageContainerResponse> {
  const containerId = containerIdOf(request.containerId);
  const types = request.entityType.map(volumeTypeOf);
  await containerOf(provider.array, containerId);
  const declared = declaredBy(await provider.array.capabilitySchemas());
  const found = (await provider.array.defaultProfiles()).filter(
    (each) =>
      each.containerId === containerId &&
      (types.length === 0 || types.some((type) => each.volumeTypes.includes(type))),
  );
  return { return: found.map((each) => wireDefaultProfile(declared, each)) };
}
