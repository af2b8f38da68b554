/**
 * The first questions of discovery: how many things of a type there are, and their ids. Types are the six
 * that VASA 1.0 knows; what came later is listed by operations of its own.
 */
import { VasaFault } from '../../model/faults.ts';
import type { EntityTypeEnum } from '../../wire/generated/vasa-1.0/types.ts';
import type {
  GetNumberOfEntities,
  GetNumberOfEntitiesResponse,
  QueryUniqueIdentifiersForEntity,
  QueryUniqueIdentifiersForEntityResponse,
  QueryUniqueIdentifiersForFileSystems,
  QueryUniqueIdentifiersForFileSystemsResponse,
  QueryUniqueIdentifiersForLuns,
  QueryUniqueIdentifiersForLunsResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { arrayOf, invalid, shown } from '../arguments.ts';
import type { SessionContext } from '../context.ts';
import {
  ARRAYS,
  CAPABILITIES,
  FILE_SYSTEMS,
  LUNS,
  offered,
  type Part,
  PORTS,
  PROCESSORS,
  seen,
} from './parts.ts';
import { viewOf } from './reach.ts';

type Ids = (context: SessionContext) => Promise<readonly string[] | undefined>;

function idsOf<Entity>(part: Part<Entity>): Ids {
  return async (context) => (await seen(await viewOf(context), part))?.map(part.idOf);
}

const IDS: ReadonlyMap<string, Ids> = new Map(
  Object.entries({
    StorageArray: idsOf(ARRAYS),
    StorageProcessor: idsOf(PROCESSORS),
    StoragePort: idsOf(PORTS),
    StorageLun: idsOf(LUNS),
    StorageFileSystem: idsOf(FILE_SYSTEMS),
    StorageCapability: idsOf(CAPABILITIES),
  } satisfies Record<EntityTypeEnum, Ids>),
);

async function idsOfType(
  context: SessionContext,
  entityType: string | undefined,
): Promise<readonly string[]> {
  const list = IDS.get(entityType ?? '');
  if (list === undefined)
    throw invalid(`${shown(entityType ?? '')} is none of the types ${[...IDS.keys()].join(', ')}`);
  const ids = await list(context);
  if (ids === undefined) throw invalid(`no array of this provider has a ${entityType}`);
  return ids;
}

/**
 * How many things of a type the session sees: as many as queryUniqueIdentifiersForEntity lists.
 * Faults: InvalidArgument (no type, one that is not among the six of VASA 1.0, or one that no array has).
 */
export async function getNumberOfEntities(
  context: SessionContext,
  { entityType }: GetNumberOfEntities,
): Promise<GetNumberOfEntitiesResponse> {
  return { return: (await idsOfType(context, entityType)).length };
}

/**
 * Ids of the things of a type that the session sees, in the array's order. Faults: InvalidArgument (no
 * type, one that is not among the six of VASA 1.0, or one that no array has).
 */
export async function queryUniqueIdentifiersForEntity(
  context: SessionContext,
  { entityType }: QueryUniqueIdentifiersForEntity,
): Promise<QueryUniqueIdentifiersForEntityResponse> {
  return { return: await idsOfType(context, entityType) };
}

/** What the session sees of `part` in the array of this id. */
async function ofArray<Entity extends { readonly arrayId: string }>(
  context: SessionContext,
  part: Part<Entity>,
  arrayId: string | undefined,
): Promise<readonly string[]> {
  const view = await viewOf(context);
  const visible = await offered(view, part);
  const array = await arrayOf(view.array, arrayId ?? '');
  if (part.isOffered?.(array.features) === false)
    throw new VasaFault('NotImplemented', `the storage array ${array.arrayId} has no ${part.name}`);
  return visible.filter((each) => each.arrayId === array.arrayId).map(part.idOf);
}

/**
 * Ids of the LUNs of one array that the session sees. Faults: InvalidArgument (no array id, or a blank
 * one), NotFound (no such array), NotImplemented (the array has no LUNs of classic datastores).
 */
export async function queryUniqueIdentifiersForLuns(
  context: SessionContext,
  { arrayUniqueId }: QueryUniqueIdentifiersForLuns,
): Promise<QueryUniqueIdentifiersForLunsResponse> {
  return { return: await ofArray(context, LUNS, arrayUniqueId) };
}

/**
 * Ids of the file systems of one array that the session sees. The argument is called the id of a file
 * system and is that of an array. Faults: InvalidArgument (no id, or a blank one), NotFound (no such
 * array), NotImplemented (the array has no file systems of classic datastores).
 */
export async function queryUniqueIdentifiersForFileSystems(
  context: SessionContext,
  { fsUniqueId }: QueryUniqueIdentifiersForFileSystems,
): Promise<QueryUniqueIdentifiersForFileSystemsResponse> {
  return { return: await ofArray(context, FILE_SYSTEMS, fsUniqueId) };
}
