/**
 * The one place where it is decided that a call is not for this provider: in an active/passive group, only
 * the provider that was activated for an array serves what lies in it. The array itself is asked each time,
 * so that a provider which was thought dead learns at its next call that another has taken over.
 */
import type { StorageArrayPort } from '../../array/port.ts';
import { VasaFault } from '../../model/faults.ts';
import { type ArrayId, parseTaskId, parseVvolId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import { shown, vvolIdsOf } from '../arguments.ts';
import type { Provider, SessionContext } from '../context.ts';
import { unpolled } from '../volumes/tasks.ts';
import { namedBy } from './named.ts';

/**
 * Raises InactiveProvider, which names the array, when the call names something of an array that another
 * provider serves, or nobody; when it names nothing that there is, only if this provider serves no array
 * at all. To be called before the handler. Does nothing for operations that do not declare the fault.
 */
export async function refuseInactive(context: SessionContext, request: unknown): Promise<void> {
  const { call, provider } = context;
  const { array, group, identity } = provider;
  if (!group.needsExplicitActivation) return;
  const named = namedBy(call.operation);
  if (named === undefined) return;
  const [arrays, active] = await Promise.all([array.arrays(), array.activeProviders()]);
  const passive = arrays.filter(({ arrayId }) => active.get(arrayId)?.providerId !== identity.uid);
  if (passive.length === 0) return;
  // The reader made the request for the operation of this name.
  const ids = (await named(request as never, context)).filter((id) => id !== undefined);
  // Of longer lists the handler will say that they are too long.
  const concerned = await arraysOf(provider, [...new Set(ids)].slice(0, LIMITS.queryItems));
  const servesNone = passive.length === arrays.length;
  const refused =
    passive.find(({ arrayId }) => concerned.has(arrayId)) ??
    (servesNone && concerned.size === 0 ? passive[0] : undefined);
  if (refused === undefined) return;
  const { arrayId } = refused;
  const who = active.get(arrayId);
  const text =
    who === undefined
      ? `no provider was activated for the storage array ${shown(arrayId)}`
      : `the storage array ${shown(arrayId)} is served by the provider at ${shown(who.url)}`;
  const data = { entityId: arrayId, entityType: 'StorageArray' };
  throw new VasaFault('InactiveProvider', text, { data });
}

/** The arrays in which the things of these ids lie; ids of nothing add none. */
async function arraysOf(
  { array, group }: Provider,
  ids: readonly string[],
): Promise<ReadonlySet<ArrayId>> {
  const found = new Set<ArrayId>();
  const left: string[] = [];
  const places = await placesOf(array);
  for (const id of ids) {
    // A container's id is one in any case of its letters.
    const arrayId = places.get(id) ?? places.get(id.toLowerCase());
    if (arrayId !== undefined) found.add(arrayId);
    else if (parseVvolId(id) === undefined) left.push(id);
  }
  const named = vvolIdsOf(ids);
  for (const { containerId } of named.length === 0 ? [] : await array.volumes(named)) {
    const arrayId = places.get(containerId);
    if (arrayId !== undefined) found.add(arrayId);
  }
  const others = left.some((id) => parseTaskId(id) === undefined)
    ? await otherPlacesOf(array)
    : places;
  for (const id of left) {
    // No call names more than one task.
    const task = ids.length === 1 ? parseTaskId(id) : undefined;
    const job = task && (group.activations.find(task.jobId) ?? (await unpolled(array, task.jobId)));
    const arrayId = job?.arrayId ?? others.get(id);
    if (arrayId !== undefined) found.add(arrayId);
  }
  return found;
}

type Places = ReadonlyMap<string, ArrayId>;

/** Of what hosts name. */
async function placesOf(array: StorageArrayPort): Promise<Places> {
  const [arrays, containers, endpoints] = await Promise.all([
    array.arrays(),
    array.containers(),
    array.endpoints(),
  ]);
  return new Map<string, ArrayId>([
    ...arrays.map(({ arrayId }) => [arrayId, arrayId] as const),
    ...containers.map(({ containerId, arrayId }) => [containerId, arrayId] as const),
    ...endpoints.map(({ endpointId, arrayId }) => [endpointId, arrayId] as const),
  ]);
}

/** Of what discovery and statistics name beside that. */
async function otherPlacesOf(array: StorageArrayPort): Promise<Places> {
  const [pools, luns, fileSystems, processors, ports] = await Promise.all([
    array.pools(),
    array.luns(),
    array.fileSystems(),
    array.processors(),
    array.ports(),
  ]);
  const ofProcessor = new Map(
    processors.map(({ processorId, arrayId }) => [processorId, arrayId] as const),
  );
  return new Map<string, ArrayId>([
    ...pools.map(({ poolId, arrayId }) => [poolId, arrayId] as const),
    ...luns.map(({ lunId, arrayId }) => [lunId, arrayId] as const),
    ...fileSystems.map(({ fileSystemId, arrayId }) => [fileSystemId, arrayId] as const),
    ...ofProcessor,
    ...ports.flatMap(({ portId, processorId }) => {
      const arrayId = ofProcessor.get(processorId);
      return arrayId === undefined ? [] : [[portId, arrayId] as const];
    }),
  ]);
}
