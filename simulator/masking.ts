/**
 * Who is let at what. An array with host groups lets members of a group at what the group lists and nobody
 * else at anything; one without groups lets everybody at everything. LUNs, ports and controllers are reached
 * by initiators, file systems by mounts.
 * Source: src/array/discovery.ts; VASA `UsageContext` (what a host says of its ways into the storage network).
 */
import type { Access, Reach } from '../src/model/discovery.ts';
import type { ArrayId } from '../src/model/ids.ts';
import type { Initiator, MountPoint } from '../src/model/session.ts';
import { numberOf } from './discovery-rows.ts';
import type { HostGroupPlan } from './inventory-schema.ts';
import type { Db } from './open.ts';

/** The host groups of arrays that have any. */
export type Groups = ReadonlyMap<ArrayId, readonly HostGroupPlan[]>;

/** What there is to reach in one array. */
export interface Reachable {
  readonly arrayId: ArrayId;
  readonly processorIds: readonly string[];
  readonly ports: readonly { readonly portId: string; readonly processorId: string }[];
  readonly luns: readonly { readonly name: string; readonly id: string }[];
  readonly fileSystems: readonly { readonly name: string; readonly id: string }[];
  readonly endpointIds: Reach['endpointIds'];
}

export function readGroups(db: Db): Groups {
  const rows = db
    .prepare<[], { array_id: ArrayId; plan: string }>(
      'SELECT array_id, plan FROM host_group JOIN array USING (array_no) ORDER BY array_no, host_group.name',
    )
    .all();
  const groups = new Map<ArrayId, HostGroupPlan[]>();
  for (const { array_id, plan } of rows) {
    // Written by writeGroups, of a plan that was checked.
    const group: HostGroupPlan = JSON.parse(plan);
    groups.set(array_id, [...(groups.get(array_id) ?? []), group]);
  }
  return groups;
}

/** What the access reaches of these arrays. */
export function reachOf(access: Access, arrays: readonly Reachable[], groups: Groups): Reach {
  const names = namesOf(access);
  const parts = arrays.map((array) => {
    const own = groups.get(array.arrayId);
    const mine = own?.filter((group) => isMember(group, names));
    return reachOfArray(access, array, names.size === 0 ? undefined : mine);
  });
  return {
    arrayIds: parts.flatMap((part) => part.arrayIds),
    processorIds: parts.flatMap((part) => part.processorIds),
    portIds: parts.flatMap((part) => part.portIds),
    lunIds: parts.flatMap((part) => part.lunIds),
    fileSystemIds: parts.flatMap((part) => part.fileSystemIds),
    endpointIds: parts.flatMap((part) => part.endpointIds),
  };
}

/** `mine`: the groups that the access is in; undefined where nothing is masked. */
function reachOfArray(
  { initiators, mountPoints }: Access,
  array: Reachable,
  mine: readonly HostGroupPlan[] | undefined,
): Reach {
  const hasInitiators = initiators.length > 0;
  const hasMounts = mountPoints.length > 0;
  const isLetAt = <Word>(
    listed: (group: HostGroupPlan) => readonly Word[] | undefined,
    word: Word,
  ) => mine === undefined || mine.some((group) => listed(group)?.includes(word) ?? true);
  const ports = array.ports.filter(
    ({ portId }) => hasInitiators && isLetAt((group) => group.ports, numberOf(portId)),
  );
  const isKnown = mine === undefined || mine.length > 0;
  return {
    arrayIds: isKnown && (hasInitiators || hasMounts) ? [array.arrayId] : [],
    processorIds: array.processorIds.filter(
      (id) => hasInitiators && isKnown && hasPort(array, ports, id),
    ),
    portIds: ports.map(({ portId }) => portId),
    lunIds: array.luns
      .filter(({ name }) => hasInitiators && isLetAt((group) => group.luns, name))
      .map(({ id }) => id),
    fileSystemIds: array.fileSystems
      .filter(({ name }) => hasMounts && isLetAt((group) => group.fileSystems, name))
      .map(({ id }) => id),
    endpointIds: array.endpointIds.filter((id) =>
      isLetAt((group) => group.endpoints, numberOf(id)),
    ),
  };
}

/** A controller is reached by one of its ports; one that has none, by the network. */
function hasPort(array: Reachable, reached: Reachable['ports'], processorId: string): boolean {
  const isOwn = (port: { readonly processorId: string }) => port.processorId === processorId;
  return reached.some(isOwn) || !array.ports.some(isOwn);
}

/** Everything by which the access can be in a group. */
function namesOf({ hostId, initiators, mountPoints }: Access): ReadonlySet<string> {
  const host = hostId === undefined ? [] : [`host ${plain(hostId)}`];
  return new Set([
    ...host,
    ...initiators.flatMap(initiatorNames),
    ...mountPoints.map((mount) => `mount ${mountName(mount)}`),
  ]);
}

function initiatorNames({ portWwn, nodeWwn, iscsiIdentifier, uniqueIdentifier }: Initiator) {
  return [portWwn, nodeWwn, iscsiIdentifier, uniqueIdentifier].flatMap((name) =>
    name === undefined ? [] : [`initiator ${initiatorName(name)}`],
  );
}

function isMember({ hosts, initiators, mounts }: HostGroupPlan, names: ReadonlySet<string>) {
  return (
    hosts.some((host) => names.has(`host ${plain(host)}`)) ||
    initiators.some((name) => names.has(`initiator ${initiatorName(name)}`)) ||
    mounts.some((mount) => names.has(`mount ${mount}`))
  );
}

function mountName({ serverName, filePath }: MountPoint): string {
  return `${serverName}:${filePath}`;
}

/** World wide names are written with and without colons, and with `0x`. */
function initiatorName(name: string): string {
  const digits = plain(name)
    .replace(/^0x/, '')
    .replaceAll(/[:\-.\s]/g, '');
  return /^[0-9a-f]{16}$/.test(digits) ? digits : plain(name);
}

function plain(word: string): string {
  return word.trim().toLowerCase();
}
