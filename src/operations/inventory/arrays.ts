/**
 * queryArrays: the storage arrays that the caller's session reaches, and which parts of the API each of
 * them takes part in. A session that named neither an initiator nor a mount reaches none, whatever it asks
 * for (docs/discovery.md).
 */
import type { ArrayDescription, ArrayFeatures } from '../../model/array.ts';
import type {
  ProfileEnum,
  QueryArrays,
  QueryArraysResponse,
  StorageArray,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid } from '../arguments.ts';
import type { SessionContext } from '../context.ts';
import { reachOf } from '../discovery/reach.ts';
import { valuesServed } from '../versions.ts';

/** The parts of the API by what an array must have for each. */
function profilesOf(features: ArrayFeatures): readonly ProfileEnum[] {
  const { fileSystems, luns, statistics, storageDrs } = features;
  const profiles: readonly (readonly [ProfileEnum, boolean])[] = [
    ['BlockDeviceProfile', luns],
    ['FileSystemProfile', fileSystems],
    ['CapabilityProfile', luns || fileSystems],
    ['VirtualVolumeProfile', true],
    ['StatisticsProfile', statistics],
    ['StorageDrsBlockDevice', storageDrs && luns],
    ['StorageDrsFileSystem', storageDrs && fileSystems],
  ];
  return profiles.filter(([, has]) => has).map(([profile]) => profile);
}

function storageArray(
  { call: { apiVersion }, provider: { group } }: SessionContext,
  array: ArrayDescription,
): StorageArray {
  return {
    uniqueIdentifier: array.arrayId,
    alternateName: array.alternateNames,
    arrayName: array.name,
    firmware: array.firmware,
    modelId: array.model,
    priority: group.priority ?? array.priority,
    supportedBlock: array.blockProtocols,
    supportedFileSystem: array.fileProtocols,
    supportedProfile: valuesServed(apiVersion, 'ProfileEnum', profilesOf(array.features)),
    vendorId: array.vendor,
  };
}

/**
 * The arrays of these ids that the session reaches, in the array's own order; no ids: all it reaches.
 * Unknown ids are left out. Faults: InvalidArgument (a blank id; ids given, and none of them exists although
 * the session reaches an array).
 */
export async function queryArrays(
  context: SessionContext,
  { arrayUniqueId }: QueryArrays,
): Promise<QueryArraysResponse> {
  if (arrayUniqueId.some((id) => id.trim() === '')) throw invalid('a storage array id is blank');
  const reached = new Set((await reachOf(context)).arrayIds);
  if (reached.size === 0) return { return: [] };
  const arrays = await context.provider.array.arrays();
  const wanted = new Set<string>(arrayUniqueId);
  const found = wanted.size === 0 ? arrays : arrays.filter((each) => wanted.has(each.arrayId));
  if (found.length === 0 && wanted.size > 0)
    throw invalid('none of the storage array ids is one of this provider');
  const visible = found.filter((each) => reached.has(each.arrayId));
  return { return: visible.map((each) => storageArray(context, each)) };
}
