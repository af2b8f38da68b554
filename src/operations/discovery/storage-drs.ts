/**
 * Storage DRS asks whether moving data from one datastore to another can bring performance. It cannot
 * between two that share what is slow, nor where the array lets nobody move data, nor from a thing to
 * itself. The two operations put the same answer differently: one for a pair, one as sets for a list.
 */
import type { FileSystem, Lun } from '../../model/discovery.ts';
import { VasaFault } from '../../model/faults.ts';
import { LIMITS } from '../../model/limits.ts';
import type {
  QueryDRSMigrationCapabilityForPerformance,
  QueryDRSMigrationCapabilityForPerformanceResponse,
  QueryDrsMigrationCapabilityForPerformanceEx,
  QueryDrsMigrationCapabilityForPerformanceExResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, shown } from '../arguments.ts';
import type { SessionContext } from '../context.ts';
import { FILE_SYSTEMS, LUNS, type Part, seen } from './parts.ts';
import { type View, viewOf } from './reach.ts';

/** Ids of what the session sees, and whether data may be moved from and to each for performance. */
type Datastores = ReadonlyMap<string, boolean>;

/** Undefined: no array has Storage DRS for such things. */
async function datastores<
  Entity extends Pick<Lun | FileSystem, 'arrayId' | 'drsManagementPermitted'>,
>(view: View, part: Part<Entity>): Promise<Datastores | undefined> {
  const arrays = view.arrays.filter(
    ({ features }) => features.storageDrs && part.isOffered?.(features) === true,
  );
  if (arrays.length === 0) return undefined;
  const managed = new Set(arrays.map((each) => each.arrayId));
  const found = (await seen(view, part)) ?? [];
  return new Map(
    found.map((each) => [
      part.idOf(each),
      each.drsManagementPermitted && managed.has(each.arrayId),
    ]),
  );
}

async function ofType(view: View, entityType: string | undefined): Promise<Datastores | undefined> {
  if (entityType === LUNS.name) return datastores(view, LUNS);
  if (entityType === FILE_SYSTEMS.name) return datastores(view, FILE_SYSTEMS);
  throw invalid(`${shown(entityType ?? '')} is neither ${LUNS.name} nor ${FILE_SYSTEMS.name}`);
}

/**
 * Can moving data from the one to the other bring performance? Not where they share what is slow, where
 * one of them may not be moved from, or to itself. Faults: InvalidArgument (no id or a blank one; a type
 * other than StorageLun and StorageFileSystem, or one for which no array has Storage DRS), NotFound (the
 * session sees no such thing of this type).
 */
export async function queryDRSMigrationCapabilityForPerformance(
  context: SessionContext,
  { dstUniqueId, entityType, srcUniqueId }: QueryDRSMigrationCapabilityForPerformance,
): Promise<QueryDRSMigrationCapabilityForPerformanceResponse> {
  const ids = [srcUniqueId ?? '', dstUniqueId ?? ''];
  if (ids.some((id) => id.trim() === '')) throw invalid('srcUniqueId or dstUniqueId is blank');
  const view = await viewOf(context);
  const movable = await ofType(view, entityType);
  if (movable === undefined) throw invalid(`no array has Storage DRS for a ${entityType}`);
  const unknown = ids.find((id) => !movable.has(id));
  if (unknown !== undefined)
    throw new VasaFault('NotFound', `there is no ${entityType} ${shown(unknown)}`);
  if (srcUniqueId === dstUniqueId || ids.some((id) => movable.get(id) === false))
    return { return: false };
  const groups = await view.array.sharedBottlenecks(ids);
  return { return: !groups.some((group) => ids.every((id) => group.includes(id))) };
}

/**
 * Sets of these LUNs and file systems among which moving data brings no performance: two of them are in
 * a common set exactly where the operation for a pair would say no. What the session does not see is left
 * out. Faults: InvalidArgument (a blank id, or more than 512), NotImplemented (no array has Storage DRS).
 */
export async function queryDrsMigrationCapabilityForPerformanceEx(
  context: SessionContext,
  { entityId }: QueryDrsMigrationCapabilityForPerformanceEx,
): Promise<QueryDrsMigrationCapabilityForPerformanceExResponse> {
  const view = await viewOf(context);
  const luns = await datastores(view, LUNS);
  const fileSystems = await datastores(view, FILE_SYSTEMS);
  if (luns === undefined && fileSystems === undefined)
    throw new VasaFault('NotImplemented', 'no array of this provider has Storage DRS');
  if (entityId.some((id) => id.trim() === '')) throw invalid('an entity id is blank');
  if (entityId.length > LIMITS.storageDrsEntities)
    throw invalid(`one call may name ${LIMITS.storageDrsEntities} entities`);
  const movable = new Map([...(luns ?? []), ...(fileSystems ?? [])]);
  const known = [...new Set(entityId)].filter((id) => movable.has(id));
  const free = known.filter((id) => movable.get(id) === true);
  const groups = free.length === 0 ? [] : await view.array.sharedBottlenecks(free);
  const sets = hopelessSets(
    known.filter((id) => movable.get(id) === false),
    free,
    groups,
  );
  return { return: { nonRecommendedEntitySet: sets.map((ids) => ({ entityId: ids })) } };
}

/** What may not be moved is hopeless with everybody, so it stands in each set. */
function hopelessSets(
  stuck: readonly string[],
  free: readonly string[],
  groups: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const grouped = new Set(groups.flat());
  const alone = free.filter((id) => !grouped.has(id)).map((id) => [id]);
  const parts = free.length === 0 ? [[]] : [...groups, ...alone];
  return parts.map((part) => [...stuck, ...part]).filter((set) => set.length > 1);
}
