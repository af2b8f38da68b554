/** Bindings: a set of (volume, host), each with one that is `bound` and those it is moving away from. */
import { ArrayError } from '../../../src/array/errors.ts';
import type { BoundHost, PageWish } from '../../../src/array/listing.ts';
import type { Page } from '../../../src/array/page.ts';
import type { Binding, Endpoint, Volume } from '../../../src/model/array.ts';
import type { EndpointId, HostId, VvolId } from '../../../src/model/ids.ts';
import { epochMs } from '../../../src/model/units.ts';
import type { Memory, Opened } from './memory.ts';
import { containerOf, stored } from './volumes.ts';

/** See the port. */
export function bind(
  { memory, clock }: Opened,
  vvolId: VvolId,
  hostId: HostId,
  options: { readonly candidates: readonly EndpointId[]; readonly rebind: boolean },
): Binding {
  const { volume } = stored(memory, vvolId);
  const held = bindingsOf(memory, { vvolId, hostId });
  const present = held.find(({ state }) => state === 'bound');
  if (present !== undefined && !options.rebind) return present;
  const endpoint = choose(memory, volume, options.candidates, held);
  if (endpoint.endpointId === present?.endpointId) return present;
  const there = held.find(({ endpointId }) => endpointId === endpoint.endpointId);
  if (there === undefined) refuseMany(memory, hostId);
  const bound: Binding = {
    vvolId,
    hostId,
    endpointId: endpoint.endpointId,
    inBandId: endpoint.inBandId,
    secondaryId: there?.secondaryId ?? secondaryIdOf(memory, volume, endpoint),
    boundAt: there?.boundAt ?? clock.now(),
    state: 'bound',
  };
  const moved = memory.bindings.map((one): Binding => {
    if (one === there) return bound;
    return one === present ? { ...one, state: 'moving' } : one;
  });
  memory.bindings = there === undefined ? [...moved, bound] : moved;
  return bound;
}

/** See the port. */
export function unbind(
  { memory }: Opened,
  vvolId: VvolId,
  hostId: HostId,
  only: { readonly endpointId: EndpointId; readonly secondaryId: string } | undefined,
): void {
  stored(memory, vvolId);
  const isMeant = ({ endpointId, secondaryId }: Binding) =>
    only === undefined || (endpointId === only.endpointId && secondaryId === only.secondaryId);
  const held = bindingsOf(memory, { vvolId, hostId });
  const left = held.filter((one) => !isMeant(one));
  // The host has given up its move: what it still holds is where it stays.
  const revived = left.some(({ state }) => state === 'bound') ? undefined : left.at(-1);
  memory.bindings = memory.bindings
    .filter((one) => !held.includes(one) || left.includes(one))
    .map((one) => (one === revived ? { ...one, state: 'bound' } : one));
}

/** See the port. */
export function boundHosts({ bindings }: Memory, { after, limit }: PageWish): Page<BoundHost> {
  if (limit < 1) throw new ArrayError('invalid', 'a page holds at least one host');
  const ids = [...new Set(bindings.map(({ hostId }) => hostId))].sort();
  const left = ids.filter((id) => after === undefined || id > after);
  const items = left.slice(0, limit).map((hostId) => {
    const times = bindings.filter((one) => one.hostId === hostId).map(({ boundAt }) => boundAt);
    const [oldestAt, newestAt] = [Math.min(...times), Math.max(...times)].map(epochMs);
    if (oldestAt === undefined || newestAt === undefined)
      throw new Error('a host without bindings');
    return { hostId, bindings: times.length, oldestAt, newestAt };
  });
  return { items, next: items.length < left.length ? items.at(-1)?.hostId : undefined };
}

/** See the port. */
export function unbindFromAllHosts({ memory }: Opened, vvolId: VvolId): void {
  stored(memory, vvolId);
  memory.bindings = memory.bindings.filter((one) => one.vvolId !== vvolId);
}

/** See the port. */
export function unbindAllFromHost({ memory }: Opened, hostId: HostId): void {
  memory.bindings = memory.bindings.filter((one) => one.hostId !== hostId);
}

/** Oldest first. */
export function bindingsOf(
  { bindings }: Memory,
  { vvolId, hostId }: { readonly vvolId?: VvolId; readonly hostId?: HostId },
): readonly Binding[] {
  return bindings
    .filter((one) => vvolId === undefined || one.vvolId === vvolId)
    .filter((one) => hostId === undefined || one.hostId === hostId);
}

/** A move is noted and changes no binding: they end by unbind alone. */
export function prepareBindingChange(
  { memory }: Opened,
  vvolIds: readonly VvolId[],
  destination: HostId,
): void {
  for (const vvolId of vvolIds) stored(memory, vvolId);
  for (const vvolId of vvolIds) memory.moves.set(vvolId, destination);
}

/** See the port. */
export function endBindingChange({ memory }: Opened, vvolId: VvolId): void {
  stored(memory, vvolId);
  memory.moves.delete(vvolId);
}

/**
 * An online candidate of the container's family that the host does not use for this volume yet; but a
 * move under way goes where it was going, so that a repeated call changes nothing.
 */
function choose(
  memory: Memory,
  { vvolId, containerId }: Volume,
  candidates: readonly EndpointId[],
  held: readonly Binding[],
): Endpoint {
  const { protocol } = containerOf(memory, containerId);
  const fit = memory.endpoints.filter(
    ({ endpointId, inBandId, online }) =>
      online && inBandId.protocol === protocol && candidates.includes(endpointId),
  );
  const holds = ({ endpointId }: Endpoint, state?: Binding['state']) =>
    held.some((one) => one.endpointId === endpointId && (state ?? one.state) === one.state);
  const present = fit.find((one) => holds(one, 'bound'));
  if (present !== undefined && held.length > 1) return present;
  const choice = fit.find((one) => !holds(one)) ?? present ?? fit[0];
  if (choice !== undefined) return choice;
  throw new ArrayError('failed', `no endpoint of the host is online for volume ${vvolId}`);
}

/** On SCSI never used again, so that a late request of a host cannot reach another volume. */
function secondaryIdOf(memory: Memory, volume: Volume, { inBandId }: Endpoint): string {
  // On NFS a Config volume is a directory, which hosts expect to end in a slash.
  if (inBandId.protocol !== 'SCSI') return `${volume.vvolId}${volume.type === 'Config' ? '/' : ''}`;
  memory.lastSecondary += 1;
  return `0x${memory.lastSecondary.toString(16)}`;
}

function refuseMany(memory: Memory, hostId: HostId): void {
  const { bindingsPerHost } = memory.description.limits;
  if (bindingsOf(memory, { hostId }).length < bindingsPerHost) return;
  throw new ArrayError('noSpace', `a host has at most ${bindingsPerHost} bindings`);
}
