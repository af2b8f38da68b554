/**
 * What belongs to what: controllers to arrays, ports to controllers, LUNs to ports, labels to LUNs and
 * file systems. Both sides are what the session sees. One entry for each thing that was asked for, also
 * where nothing belongs to it.
 */
import type {
  QueryAssociatedCapabilityForFileSystem,
  QueryAssociatedCapabilityForFileSystemResponse,
  QueryAssociatedCapabilityForLun,
  QueryAssociatedCapabilityForLunResponse,
  QueryAssociatedLunsForPort,
  QueryAssociatedLunsForPortResponse,
  QueryAssociatedPortsForProcessor,
  QueryAssociatedPortsForProcessorResponse,
  QueryAssociatedProcessorsForArray,
  QueryAssociatedProcessorsForArrayResponse,
  VasaAssociationObject,
} from '../../wire/generated/vasa-2.0/types.ts';
import type { SessionContext } from '../context.ts';
import { lunsNamed } from './datastores.ts';
import { ARRAYS, FILE_SYSTEMS, LUNS, named, offered, PORTS, PROCESSORS } from './parts.ts';
import { viewOf } from './reach.ts';

const entity = (uniqueIdentifier: string) => ({ uniqueIdentifier });

/** One entry for each of `owners`, with the ids that `pairs` (owner, owned) give it. */
function associations(
  owners: readonly string[],
  pairs: readonly (readonly [owner: string, owned: string])[],
): readonly VasaAssociationObject[] {
  const owned = new Map(owners.map((owner) => [owner, [] as string[]]));
  for (const [owner, id] of pairs) owned.get(owner)?.push(id);
  return [...owned].map(([owner, ids]) => ({
    associatedId: ids.map(entity),
    entityId: [entity(owner)],
  }));
}

/** The label of each, which is one or none. */
function labels(
  labelled: readonly { readonly id: string; readonly capabilityId: string | undefined }[],
): readonly VasaAssociationObject[] {
  return labelled.map(({ id, capabilityId }) => ({
    associatedId: capabilityId === undefined ? [] : [entity(capabilityId)],
    entityId: [entity(id)],
  }));
}

/**
 * The controllers of each of these arrays; no ids: of all that the session sees. Unknown ids are left
 * out. Faults: InvalidArgument (a blank id), NotImplemented (no array lists a controller).
 */
export async function queryAssociatedProcessorsForArray(
  context: SessionContext,
  { arrayUniqueId }: QueryAssociatedProcessorsForArray,
): Promise<QueryAssociatedProcessorsForArrayResponse> {
  const view = await viewOf(context);
  const processors = await offered(view, PROCESSORS);
  const arrays = await named(view, ARRAYS, arrayUniqueId);
  return {
    return: associations(
      arrays.map(ARRAYS.idOf),
      processors.map((each) => [each.arrayId, each.processorId]),
    ),
  };
}

/**
 * The ports of each of these controllers; no ids: of all that the session sees. Unknown ids are left out.
 * Faults: InvalidArgument (a blank id), NotImplemented (no array lists a controller, or a port).
 */
export async function queryAssociatedPortsForProcessor(
  context: SessionContext,
  { spUniqueId }: QueryAssociatedPortsForProcessor,
): Promise<QueryAssociatedPortsForProcessorResponse> {
  const view = await viewOf(context);
  const ports = await offered(view, PORTS);
  const processors = await named(view, PROCESSORS, spUniqueId);
  return {
    return: associations(
      processors.map(PROCESSORS.idOf),
      ports.map((each) => [each.processorId, each.portId]),
    ),
  };
}

/**
 * The LUNs behind each of these ports; no ids: behind all that the session sees. Unknown ids are left
 * out. Faults: InvalidArgument (a blank id), NotImplemented (no array has LUNs, or lists a port).
 */
export async function queryAssociatedLunsForPort(
  context: SessionContext,
  { portUniqueId }: QueryAssociatedLunsForPort,
): Promise<QueryAssociatedLunsForPortResponse> {
  const view = await viewOf(context);
  const luns = await offered(view, LUNS);
  const ports = await named(view, PORTS, portUniqueId);
  return {
    return: associations(
      ports.map(PORTS.idOf),
      luns.flatMap(({ lunId, portIds }) => portIds.map((port) => [port, lunId] as const)),
    ),
  };
}

/**
 * The label of each of these LUNs. Unknown ids are left out. Faults: InvalidArgument (no id at all, or a
 * blank one), NotImplemented (no array has LUNs).
 */
export async function queryAssociatedCapabilityForLun(
  context: SessionContext,
  { lunUniqueId }: QueryAssociatedCapabilityForLun,
): Promise<QueryAssociatedCapabilityForLunResponse> {
  const luns = await lunsNamed(await viewOf(context), lunUniqueId);
  return { return: labels(luns.map(({ lunId: id, capabilityId }) => ({ id, capabilityId }))) };
}

/**
 * The label of each of these file systems; no ids: of all that the session sees. Unknown ids are left
 * out. Faults: InvalidArgument (a blank id), NotImplemented (no array has file systems).
 */
export async function queryAssociatedCapabilityForFileSystem(
  context: SessionContext,
  { fsUniqueId }: QueryAssociatedCapabilityForFileSystem,
): Promise<QueryAssociatedCapabilityForFileSystemResponse> {
  const found = await named(await viewOf(context), FILE_SYSTEMS, fsUniqueId);
  return {
    return: labels(found.map(({ fileSystemId: id, capabilityId }) => ({ id, capabilityId }))),
  };
}
