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

/** The host groups of arrays that have any, as they were planned. */
export type Groups = ReadonlyMap<ArrayId, readonly HostGroupPlan[]>;

/** What there is to reach in one array. */
export interface Reachable {
  readonly arrayId: ArrayId;
  readonly processorIds: readonly string[];
  readonly ports: readonly { readonly portId: string; readonly processorId: string }[];
  readonly luns: readonly { readonly name: string; readonly id: string }[];
  readonly fileSystems: readonly { readonly name: string; readonly id: string }[];
  readonly endpointIds: Reach['endpointIds'];
  /** Undefined: everybody is let at everything. */
  readonly groups: GroupIndex | undefined;
}

/** Host groups by each name that makes a member of them: hosts ask often, groups change seldom. */
export type GroupIndex = ReadonlyMap<string, readonly HostGroupPlan[]>;

export function groupIndex(groups: readonly HostGroupPlan[]): GroupIndex {
  const index = new Map<string, HostGroupPlan[]>();
  for (const group of groups) {
    for (const name of new Set(memberNames(group))) {
      const known = index.get(name);
      if (known === undefined) index.set(name, [group]);
      else known.push(group);
    }
  }
  return index;
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

/**
 * Names by the very lists they were made of: a session brings the same list with each call, and a vCenter's
 * has tens of thousands.
 */
export type KnownNames = WeakMap<Access['initiators'] | Access['mountPoints'], readonly string[]>;

/** What the access reaches of these arrays. */
export function reachOf(access: Access, arrays: readonly Reachable[], known: KnownNames): Reach {
  const { hostId, initiators, mountPoints } = access;
  const isNamed = hostId !== undefined || initiators.length > 0 || mountPoints.length > 0;
  const isMasked = isNamed && arrays.some(({ groups }) => groups !== undefined);
  const names = isMasked ? namesOf(access, known) : [];
  const parts = arrays.map((array) => {
    const { groups } = array;
    if (groups === undefined || !isNamed) return reachOfArray(access, array, undefined);
    const mine = new Set(names.flatMap((name) => groups.get(name) ?? []));
    return reachOfArray(access, array, [...mine]);
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
  const isPort = letAt(mine, (group) => group.ports);
  const isLun = letAt(mine, (group) => group.luns);
  const isFileSystem = letAt(mine, (group) => group.fileSystems);
  const isEndpoint = letAt(mine, (group) => group.endpoints);
  const ports = array.ports.filter(({ portId }) => hasInitiators && isPort(numberOf(portId)));
  const isKnown = mine === undefined || mine.length > 0;
  return {
    arrayIds: isKnown && (hasInitiators || hasMounts) ? [array.arrayId] : [],
    processorIds: array.processorIds.filter(
      (id) => hasInitiators && isKnown && hasPort(array, ports, id),
    ),
    portIds: ports.map(({ portId }) => portId),
    lunIds: array.luns.filter(({ name }) => hasInitiators && isLun(name)).map(({ id }) => id),
    fileSystemIds: array.fileSystems
      .filter(({ name }) => hasMounts && isFileSystem(name))
      .map(({ id }) => id),
    endpointIds: array.endpointIds.filter((id) => isEndpoint(numberOf(id))),
  };
}

/** Tells who of a kind the groups together let at; a group that lists none of the kind lets at all. */
function letAt<Word>(
  groups: readonly HostGroupPlan[] | undefined,
  listed: (group: HostGroupPlan) => readonly Word[] | undefined,
): (word: Word) => boolean {
  const lists = groups?.map(listed);
  if (lists === undefined || lists.includes(undefined)) return () => true;
  const words = new Set(lists.flatMap((list) => list ?? []));
  return (word) => words.has(word);
}

/** A controller is reached by one of its ports; one that has none, by the network. */
function hasPort(array: Reachable, reached: Reachable['ports'], processorId: string): boolean {
  const isOwn = (port: { readonly processorId: string }) => port.processorId === processorId;
  return reached.some(isOwn) || !array.ports.some(isOwn);
}

/** Everything by which the access can be in a group. */
function namesOf({ hostId, initiators, mountPoints }: Access, known: KnownNames) {
  const host = hostId === undefined ? [] : [`host ${plain(hostId)}`];
  const ways = known.get(initiators) ?? initiators.flatMap(initiatorNames);
  const mounts = known.get(mountPoints) ?? mountPoints.map((each) => `mount ${mountName(each)}`);
  known.set(initiators, ways).set(mountPoints, mounts);
  return [...host, ...ways, ...mounts];
}

function initiatorNames({ portWwn, nodeWwn, iscsiIdentifier, uniqueIdentifier }: Initiator) {
  return [portWwn, nodeWwn, iscsiIdentifier, uniqueIdentifier].flatMap((name) =>
    name === undefined ? [] : [`initiator ${initiatorName(name)}`],
  );
}

function memberNames({ hosts, initiators, mounts }: HostGroupPlan): readonly string[] {
  return [
    ...hosts.map((host) => `host ${plain(host)}`),
    ...initiators.map((name) => `initiator ${initiatorName(name)}`),
    ...mounts.map((mount) => `mount ${mount}`),
  ];
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
