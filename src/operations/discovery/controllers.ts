/**
 * Controllers and their ports as clients see them. Protocol endpoints are not among the ports: they have
 * operations of their own.
 */
import type { Port, Processor } from '../../model/discovery.ts';
import type {
  QueryStoragePorts,
  QueryStoragePortsResponse,
  QueryStorageProcessors,
  QueryStorageProcessorsResponse,
  StoragePort,
  StorageProcessor,
} from '../../wire/generated/vasa-2.0/types.ts';
import type { SessionContext } from '../context.ts';
import { named, PORTS, PROCESSORS } from './parts.ts';
import { viewOf } from './reach.ts';

function storageProcessor({ processorId, identifiers }: Processor): StorageProcessor {
  return { uniqueIdentifier: processorId, spIdentifier: identifiers };
}

function storagePort(port: Port): StoragePort {
  return {
    uniqueIdentifier: port.portId,
    alternateName: port.alternateNames,
    iscsiIdentifier: port.iscsiIdentifier,
    nodeWwn: port.nodeWwn,
    portType: port.protocol,
    portWwn: port.portWwn,
  };
}

/**
 * The controllers of these ids that the session sees; no ids: all it sees. Unknown ids are left out.
 * Faults: InvalidArgument (a blank id), NotImplemented (no array lists a controller).
 */
export async function queryStorageProcessors(
  context: SessionContext,
  { spUniqueId }: QueryStorageProcessors,
): Promise<QueryStorageProcessorsResponse> {
  return {
    return: (await named(await viewOf(context), PROCESSORS, spUniqueId)).map(storageProcessor),
  };
}

/**
 * The ports of these ids that the session sees; no ids: all it sees. Unknown ids are left out.
 * Faults: InvalidArgument (a blank id), NotImplemented (no array lists a port).
 */
export async function queryStoragePorts(
  context: SessionContext,
  { portUniqueId }: QueryStoragePorts,
): Promise<QueryStoragePortsResponse> {
  return { return: (await named(await viewOf(context), PORTS, portUniqueId)).map(storagePort) };
}
