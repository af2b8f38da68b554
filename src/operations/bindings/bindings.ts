/**
 * Bindings: the data path of a volume for one host. Whose binding it is, the session says and no
 * argument: the host that the caller's UsageContext named when it opened the session. A binding is a set
 * per volume and host, belongs to the array, and outlives sessions and this provider.
 */
import { ArrayError } from '../../array/errors.ts';
import type { Binding, Volume } from '../../model/array.ts';
import { VasaFault } from '../../model/faults.ts';
import type { EndpointId, HostId, VvolId } from '../../model/ids.ts';
import { megabytesUp } from '../../model/units.ts';
import type {
  BatchVirtualVolumeHandleResult,
  BindContextEnum,
  BindVirtualVolume,
  BindVirtualVolumeResponse,
  VirtualVolumeHandle,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, shown, vvolIdOf, vvolIdsOf } from '../arguments.ts';
import { batch, checkBatch, faultValue } from '../batch.ts';
import { storageFault } from '../catalog/fault-messages.ts';
import type { SessionContext } from '../context.ts';
import { reachOf } from '../discovery/reach.ts';
import { inBandIdOnWire } from '../inventory/endpoints.ts';
import { virtualVolumeInfo } from '../volumes/tasks.ts';

const BIND_CONTEXTS = ['Normal', 'RebindStart'] as const satisfies BindContextEnum[];

/** What is the same for all items of one bind. */
interface BindRequest {
  readonly hostId: HostId;
  readonly candidates: readonly EndpointId[];
  readonly rebind: boolean;
  readonly volumes: ReadonlyMap<VvolId, Volume>;
}

function handleOf({ vvolId, inBandId, secondaryId }: Binding): VirtualVolumeHandle {
  return {
    uniqueIdentifier: vvolId,
    peInBandId: inBandIdOnWire(inBandId),
    vvolSecondaryId: secondaryId,
  };
}

/** All volumes of one bind lie in one container. Ids that name none are judged item by item. */
function checkOneContainer(volumes: readonly Volume[]): void {
  if (new Set(volumes.map((each) => each.containerId)).size > 1)
    throw invalid('the virtual volumes of one bind must lie in one storage container');
}

function unknownVolume(id: string): VasaFault {
  return invalid(`there is no virtual volume ${shown(id)}`);
}

/** The endpoints that the host says it sees and that the array's masking lets it reach. */
async function endpointsInReach(context: SessionContext): Promise<EndpointId[]> {
  const named = context.session.endpoints ?? [];
  if (named.length === 0) return [];
  const reached = new Set((await reachOf(context)).endpointIds);
  return named.filter((endpointId) => reached.has(endpointId));
}

async function bindOne(
  { provider }: SessionContext,
  { hostId, candidates, rebind, volumes }: BindRequest,
  id: string,
): Promise<Omit<BatchVirtualVolumeHandleResult, 'vvolId'>> {
  const vvolId = vvolIdOf(id);
  const volume = volumes.get(vvolId);
  if (volume === undefined) throw unknownVolume(id);
  if (candidates.length === 0) throw storageFault('NoEndpoint', {});
  const binding = await provider.array
    .bind(vvolId, hostId, { candidates, rebind })
    .catch((error: unknown) => {
      if (error instanceof ArrayError && error.kind === 'notFound') throw unknownVolume(id);
      throw error;
    });
  return {
    vvolHandle: handleOf(binding),
    vvolInfo: virtualVolumeInfo(volume),
    vvolLogicalSize: megabytesUp(volume.size),
  };
}

/**
 * Gives the calling host a data path to each volume; one that it has already is given again. RebindStart
 * chooses anew and leaves the earlier path working until it is unbound with RebindEnd.
 * Faults: PermissionDenied (the session names no host), InvalidArgument (context; no ids; more than one
 * container), TooMany. Faults of items: InvalidArgument (malformed, unknown), StorageFault (the host has
 * named no endpoint, or is let at none that serves the container), OutOfResource.
 */
export async function bindVirtualVolume(
  context: SessionContext,
  { vvolId: ids, bindContext }: BindVirtualVolume,
): Promise<BindVirtualVolumeResponse> {
  const { call, provider, session } = context;
  if (!BIND_CONTEXTS.some((each) => each === bindContext))
    throw invalid(`${shown(bindContext)} is not a context of bind`);
  checkBatch(ids, 'vvolId');
  const hostId = session.usageContext.hostId;
  if (hostId === undefined)
    throw new VasaFault('PermissionDenied', 'only a host can bind, and this session names none');
  const wanted = vvolIdsOf(ids);
  call.note({ vvol_ids: wanted });
  const volumes = wanted.length === 0 ? [] : await provider.array.volumes(wanted);
  checkOneContainer(volumes);
  const request: BindRequest = {
    hostId,
    candidates: await endpointsInReach(context),
    rebind: bindContext === 'RebindStart',
    volumes: new Map(volumes.map((each) => [each.vvolId, each])),
  };
  const items = { items: ids, keyOf: (id: string) => id.toLowerCase() };
  const outcomes = await batch(call, items, (id) => bindOne(context, request, id));
  return {
    return: ids.map((vvolId, index) => {
      const outcome = outcomes[index];
      const answer = outcome?.fault ? { fault: faultValue(outcome.fault) } : outcome?.result;
      return { vvolId, ...answer };
    }),
  };
}
