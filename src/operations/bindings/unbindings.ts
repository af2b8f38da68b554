/**
 * The end of bindings. A host ends only its own, by the handles that bind gave; ending what has ended
 * succeeds, so that a lost answer can be asked for again. The two clean-up operations end bindings of
 * others: of one volume for every host, and of one host for every volume.
 */
import type { StorageArrayPort } from '../../array/port.ts';
import type { Binding } from '../../model/array.ts';
import { VasaFault } from '../../model/faults.ts';
import { type HostId, parseHostId, type VvolId } from '../../model/ids.ts';
import type { Session } from '../../model/session.ts';
import type {
  UnbindAllVirtualVolumesFromHost,
  UnbindContextEnum,
  UnbindVirtualVolume,
  UnbindVirtualVolumeFromAllHost,
  UnbindVirtualVolumeFromAllHostResponse,
  UnbindVirtualVolumeResponse,
  VirtualVolumeHandle,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, shown, vvolIdOf, vvolIdsOf } from '../arguments.ts';
import { batch, checkBatch, returnStatus } from '../batch.ts';
import type { SessionContext } from '../context.ts';
import { endpointFinder } from '../inventory/endpoints.ts';

const UNBIND_CONTEXTS = [
  'Normal',
  'RebindStart',
  'RebindEnd',
] as const satisfies UnbindContextEnum[];

/** What is the same for all items of one unbind. */
interface UnbindRequest {
  readonly array: StorageArrayPort;
  readonly hostId: HostId;
  readonly unbindContext: UnbindContextEnum;
  readonly endpointOf: ReturnType<typeof endpointFinder>;
  /** Those of the volumes named that exist. */
  readonly existing: ReadonlySet<VvolId>;
}

function ownHost(session: Session): HostId {
  const { hostId } = session.usageContext;
  if (hostId === undefined) throw invalid('bindings are a host’s, and this session names no host');
  return hostId;
}

/**
 * Does Normal or RebindEnd end this binding? The end of a move ends what it leads away from: a bind with
 * RebindStart that found no other endpoint has answered with the present binding, and a host that then
 * goes through its move must not lose its only path.
 */
function endsBy(unbindContext: UnbindContextEnum, { state }: Binding): boolean {
  return unbindContext === 'Normal' || (unbindContext === 'RebindEnd' && state === 'moving');
}

/**
 * Ends, or with RebindStart only acknowledges, one binding. A handle that is not the host's is an error
 * only while the host has another binding of the volume, and no rebind can have replaced it.
 */
async function unbindOne(
  { array, hostId, unbindContext, endpointOf, existing }: UnbindRequest,
  { uniqueIdentifier, peInBandId, vvolSecondaryId: secondaryId }: VirtualVolumeHandle,
): Promise<void> {
  const vvolId = vvolIdOf(uniqueIdentifier);
  const endpointId = endpointOf(peInBandId);
  if (endpointId === undefined) throw invalid('the handle names no protocol endpoint of the array');
  if (!existing.has(vvolId))
    throw new VasaFault('NotFound', `there is no virtual volume ${vvolId}`);
  const bindings = await array.bindings({ vvolId, hostId });
  const own = bindings.find(
    (each) => each.endpointId === endpointId && each.secondaryId === secondaryId,
  );
  if (own !== undefined && endsBy(unbindContext, own))
    await array.unbind(vvolId, hostId, { endpointId, secondaryId });
  if (own === undefined && bindings.length > 0 && unbindContext !== 'RebindEnd')
    throw new VasaFault('NotFound', `the host has no binding ${shown(secondaryId)} of ${vvolId}`);
}

/**
 * Ends the calling host's bindings that these handles describe; RebindStart leaves them working,
 * RebindEnd ends those that a bind with RebindStart has replaced.
 * Faults: InvalidArgument (context; no handles; the session names no host), TooMany. Faults of items:
 * InvalidArgument (malformed volume id, unknown endpoint), NotFound (volume; secondary id of another
 * binding). What is not bound succeeds.
 */
export async function unbindVirtualVolume(
  { call, provider: { array }, session }: SessionContext,
  request: UnbindVirtualVolume,
): Promise<UnbindVirtualVolumeResponse> {
  const unbindContext = UNBIND_CONTEXTS.find((each) => each === request.unbindContext);
  if (unbindContext === undefined)
    throw invalid(`${shown(request.unbindContext)} is not a context of unbind`);
  const handles = request.vvolHandle;
  checkBatch(handles, 'vvolHandle');
  const hostId = ownHost(session);
  const named = vvolIdsOf(handles.map((each) => each.uniqueIdentifier ?? ''));
  call.note({ vvol_ids: named });
  const volumes = named.length === 0 ? [] : await array.volumes(named);
  const shared: UnbindRequest = {
    array,
    hostId,
    unbindContext,
    endpointOf: endpointFinder(await array.endpoints()),
    existing: new Set(volumes.map((each) => each.vvolId)),
  };
  const items = { items: handles, keyOf: (handle: VirtualVolumeHandle) => JSON.stringify(handle) };
  const outcomes = await batch(call, items, (handle) => unbindOne(shared, handle));
  return {
    return: handles.map(({ uniqueIdentifier = '' }, index) =>
      returnStatus(uniqueIdentifier, outcomes[index]),
    ),
  };
}

/**
 * Ends every host's bindings of these volumes. Faults: InvalidArgument (no ids), TooMany. Faults of items:
 * InvalidArgument (malformed), NotFound. Repeatable.
 */
export async function unbindVirtualVolumeFromAllHost(
  { call, provider: { array } }: SessionContext,
  { vvolId: ids }: UnbindVirtualVolumeFromAllHost,
): Promise<UnbindVirtualVolumeFromAllHostResponse> {
  checkBatch(ids, 'vvolId');
  call.note({ vvol_ids: vvolIdsOf(ids) });
  const items = { items: ids, keyOf: (id: string) => id.toLowerCase() };
  const outcomes = await batch(call, items, (id) => array.unbindFromAllHosts(vvolIdOf(id)));
  return { return: ids.map((id, index) => returnStatus(id, outcomes[index])) };
}

/**
 * Ends every binding of a host: the caller's own, or, for a vCenter, that of `hostUuid`.
 * Faults: InvalidArgument (a host names another host; a vCenter names none). Repeatable.
 */
export async function unbindAllVirtualVolumesFromHost(
  { call, provider: { array }, session }: SessionContext,
  { hostUuid }: UnbindAllVirtualVolumesFromHost,
): Promise<void> {
  const own = session.usageContext.hostId;
  const named = parseHostId(hostUuid ?? '');
  if (own !== undefined && named !== undefined && named !== own)
    throw invalid('a host can end only its own bindings');
  const hostId = own ?? named;
  if (hostId === undefined) throw invalid('hostUuid is missing, and this session names no host');
  call.note({ host_id: hostId });
  await array.unbindAllFromHost(hostId);
}
