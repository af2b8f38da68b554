/**
 * Storage containers as clients see them: where virtual volumes are made. They are the array's; nothing
 * is kept here between calls.
 */
import { createHash } from 'node:crypto';
import type { Container } from '../../model/array.ts';
import { megabytesDown } from '../../model/units.ts';
import type {
  QueryStorageContainer,
  QueryStorageContainerForArray,
  QueryStorageContainerForArrayResponse,
  QueryStorageContainerResponse,
  SetStorageContainerContext,
  SetStorageContainerContextResponse,
  StorageContainer,
} from '../../wire/generated/vasa-2.0/types.ts';
import { arrayOf, containerIdOf, containerOf, invalid } from '../arguments.ts';
import type { SessionContext } from '../context.ts';

function storageContainer(container: Container): StorageContainer {
  return {
    uniqueIdentifier: container.containerId,
    maxVvolSizeMB: megabytesDown(container.maxVolumeBytes),
    name: container.name,
    protocolEndPointType: container.protocol,
  };
}

/** The containers of these ids, in the array's order; no ids: all. Ids that name none are left out. */
export async function queryStorageContainer(
  { provider }: SessionContext,
  { containerId }: QueryStorageContainer,
): Promise<QueryStorageContainerResponse> {
  const containers = await provider.array.containers();
  const wanted = new Set(containerId.map((id) => id.toLowerCase()));
  const found =
    wanted.size === 0 ? containers : containers.filter((each) => wanted.has(each.containerId));
  return { return: found.map(storageContainer) };
}

/** Ids of the containers of one array. Faults: InvalidArgument (blank id), NotFound. */
export async function queryStorageContainerForArray(
  { provider }: SessionContext,
  { arrayId }: QueryStorageContainerForArray,
): Promise<QueryStorageContainerForArrayResponse> {
  const array = await arrayOf(provider.array, arrayId);
  const containers = await provider.array.containers();
  const own = containers.filter((each) => each.arrayId === array.arrayId);
  return { return: own.map((each) => each.containerId) };
}

/**
 * A cookie that stands for this user in this container while the session lasts; the same again when asked
 * again. It opens nothing: every session may use every container, and the operations that take a cookie
 * accept any, or none. Faults: InvalidArgument (malformed container id, blank user), NotFound.
 */
export async function setStorageContainerContext(
  { call, provider, session }: SessionContext,
  request: SetStorageContainerContext,
): Promise<SetStorageContainerContextResponse> {
  const containerId = containerIdOf(request.containerId);
  const userId = request.userId.trim();
  if (userId === '') throw invalid('userId is blank');
  await containerOf(provider.array, containerId);
  const { certificate, openedAt } = session;
  const facts = JSON.stringify([call.sessionId, certificate, openedAt, containerId, userId]);
  return { return: createHash('sha256').update(facts).digest('hex') };
}
