/**
 * queryArrays: the storage arrays that the caller's session can see. A session that named neither an
 * initiator nor a mount sees none, whatever it asks for (docs/protocol-choices.md, "Empty context").
 */
import type { ArrayDescription } from '../model/array.ts';
import type { UsageContext } from '../model/session.ts';
import type {
  ProfileEnum,
  QueryArrays,
  QueryArraysResponse,
  StorageArray,
} from '../wire/generated/vasa-2.0/types.ts';
import { invalid } from './arguments.ts';
import type { SessionContext } from './context.ts';
import { valuesServed } from './versions.ts';

/** The parts of the API that this provider serves for every array. */
const PROFILES: readonly ProfileEnum[] = ['VirtualVolumeProfile'];

/** Is any array visible to whoever described itself so? */
function seesArrays(context: UsageContext): boolean {
  return context.initiators.length > 0 || context.mountPoints.length > 0;
}

function storageArray(array: ArrayDescription, apiVersion: string): StorageArray {
  return {
    uniqueIdentifier: array.arrayId,
    alternateName: array.alternateNames,
    arrayName: array.name,
    firmware: array.firmware,
    modelId: array.model,
    priority: array.priority,
    supportedBlock: array.blockProtocols,
    supportedFileSystem: array.fileProtocols,
    supportedProfile: valuesServed(apiVersion, 'ProfileEnum', PROFILES),
    vendorId: array.vendor,
  };
}

/**
 * The arrays of these ids, in the array's own order; no ids: all. Unknown ids are left out.
 * Faults: InvalidArgument (a blank id; ids given and none of them exists).
 */
export async function queryArrays(
  { call, provider, session }: SessionContext,
  { arrayUniqueId }: QueryArrays,
): Promise<QueryArraysResponse> {
  if (arrayUniqueId.some((id) => id.trim() === '')) throw invalid('a storage array id is blank');
  if (!seesArrays(session.usageContext)) return { return: [] };
  const arrays = await provider.array.arrays();
  const wanted = new Set<string>(arrayUniqueId);
  const found = wanted.size === 0 ? arrays : arrays.filter((each) => wanted.has(each.arrayId));
  if (found.length === 0 && wanted.size > 0)
    throw invalid('none of the storage array ids is one of this provider');
  return { return: found.map((each) => storageArray(each, call.apiVersion)) };
}
