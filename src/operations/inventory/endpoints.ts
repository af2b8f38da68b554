/**
 * Protocol endpoints: what there is, and which of them a host can see. A host may name an endpoint by
 * the way it found it in its data path only (a SCSI name, an NFS server and mount), without our id.
 */
import type { Endpoint, InBandId } from '../../model/array.ts';
import type { EndpointId } from '../../model/ids.ts';
import type {
  ProtocolEndpoint,
  ProtocolEndpointInbandId,
  QueryProtocolEndpoint,
  QueryProtocolEndpointForArray,
  QueryProtocolEndpointForArrayResponse,
  QueryProtocolEndpointResponse,
  SetPEContext,
} from '../../wire/generated/vasa-2.0/types.ts';
import { arrayOf, shown } from '../arguments.ts';
import { storageFault } from '../catalog/fault-messages.ts';
import type { SessionContext } from '../context.ts';
import { reachOf } from '../discovery/reach.ts';

/** The in-band id on the wire. */
export function inBandIdOnWire({ protocol, ...rest }: InBandId): ProtocolEndpointInbandId {
  return { protocolEndpointType: protocol, ...rest };
}

function protocolEndpoint(endpoint: Endpoint): ProtocolEndpoint {
  return {
    uniqueIdentifier: endpoint.endpointId,
    authType: endpoint.authType,
    inBandBindCapability: 'None',
    inBandId: inBandIdOnWire(endpoint.inBandId),
    transportIpAddress: endpoint.transportIpAddresses,
  };
}

/** A comparable form of one way to an endpoint; SCSI names and addresses ignore case. */
function wayOf(id: ProtocolEndpointInbandId): string {
  const { protocolEndpointType: type, lunId = '', ipAddress = '', serverMount = '' } = id;
  const way =
    type === 'SCSI' ? [lunId.toLowerCase()] : [ipAddress.toLowerCase(), trimMount(serverMount)];
  return JSON.stringify([type, ...way]);
}

/** A mount with or without a slash at its end is the same mount. */
function trimMount(mount: string): string {
  return mount.length > 1 && mount.endsWith('/') ? mount.slice(0, -1) : mount;
}

/** Every way to an endpoint: its in-band id, and for NFS each of its data addresses. */
function waysTo({ inBandId, transportIpAddresses }: Endpoint): readonly string[] {
  const wire = inBandIdOnWire(inBandId);
  if (inBandId.protocol === 'SCSI') return [wayOf(wire)];
  return [inBandId.ipAddress, ...transportIpAddresses].map((ipAddress) =>
    wayOf({ ...wire, ipAddress }),
  );
}

/** Finds endpoints by their in-band id: built once per call from what the array has now. */
export function endpointFinder(
  endpoints: readonly Endpoint[],
): (id: ProtocolEndpointInbandId) => EndpointId | undefined {
  const byWay = new Map(
    endpoints.flatMap((each) => waysTo(each).map((way) => [way, each.endpointId] as const)),
  );
  return (id) => byWay.get(wayOf(id));
}

/** The endpoints that the array's masking does not hide from the session, in the array's order. */
async function endpointsFor(context: SessionContext): Promise<readonly Endpoint[]> {
  const [endpoints, reach] = await Promise.all([
    context.provider.array.endpoints(),
    reachOf(context),
  ]);
  const reached = new Set(reach.endpointIds);
  return endpoints.filter((each) => reached.has(each.endpointId));
}

/**
 * The endpoints of these ids that are not masked from the session, in the array's order; no ids: all of
 * them. Ids that name none are left out.
 */
export async function queryProtocolEndpoint(
  context: SessionContext,
  { peId }: QueryProtocolEndpoint,
): Promise<QueryProtocolEndpointResponse> {
  const endpoints = await endpointsFor(context);
  const wanted = new Set<string>(peId);
  const found =
    wanted.size === 0 ? endpoints : endpoints.filter((each) => wanted.has(each.endpointId));
  return { return: found.map(protocolEndpoint) };
}

/**
 * Ids of the endpoints of one array that are not masked from the session. Faults: InvalidArgument (blank
 * id), NotFound.
 */
export async function queryProtocolEndpointForArray(
  context: SessionContext,
  { arrayId }: QueryProtocolEndpointForArray,
): Promise<QueryProtocolEndpointForArrayResponse> {
  const array = await arrayOf(context.provider.array, arrayId);
  const endpoints = await endpointsFor(context);
  const own = endpoints.filter((each) => each.arrayId === array.arrayId);
  return { return: own.map((each) => each.endpointId) };
}

/**
 * Replaces the session's list of endpoints that the host sees; an empty list means it sees none. Each is
 * known by our id or, without one, by its in-band id. Faults: StorageFault when the array has not one
 * of them; then the earlier list stays.
 */
export async function setPEContext(
  { provider, session }: SessionContext,
  { listOfHostPE }: SetPEContext,
): Promise<void> {
  const endpoints = await provider.array.endpoints();
  const ids = new Map<string, EndpointId>(
    endpoints.map((each) => [each.endpointId, each.endpointId]),
  );
  const byInBandId = endpointFinder(endpoints);
  const seen = listOfHostPE.map((each) => {
    const found = ids.get(each.uniqueIdentifier ?? '') ?? byInBandId(each.inBandId);
    if (found !== undefined) return found;
    const { lunId, ipAddress = '', serverMount = '' } = each.inBandId;
    const endpoint = shown(lunId ?? `${ipAddress}:${serverMount}`);
    throw storageFault('EndpointUnknown', { endpoint });
  });
  session.endpoints = [...new Set(seen)];
}
