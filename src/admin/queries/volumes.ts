/**
 * Virtual volumes: their list, and one of them with all that is known. A list is read along the containers; a
 * search looks at so many volumes for one page and no more, so that it costs the same in an array of a million.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StorageArrayPort } from '../../array/port.ts';
import type { Binding, Volume, VolumeSpace } from '../../model/array.ts';
import { type ContainerId, parseContainerId, parseVvolId, type VvolId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import { AdminError } from '../port.ts';
import type {
  BindingRow,
  VolumeDetails,
  VolumePage,
  VolumeRow,
  VolumeWish,
} from '../shapes/volumes.ts';
import { capabilityText, iso } from './text.ts';

/** Where a list goes on: behind this volume's page of this container. */
interface Place {
  readonly containerId: ContainerId;
  readonly after: string | undefined;
}

/** See `Queries`. */
export async function volumes(array: StorageArrayPort, wish: VolumeWish): Promise<VolumePage> {
  const { limit } = wish;
  const all = await containerIds(array, wish.containerId);
  let place = startOf(all, wish.after);
  const items: VolumeRow[] = [];
  let looked = 0;
  while (place !== undefined && items.length < limit && looked < LIMITS.adminVolumesLookedAt) {
    const { containerId, after }: Place = place;
    // Some milliseconds' work; then others have their turn.
    if (looked > 0) await nextTurn();
    // As many as the page may still take: whatever is found then fits, and none is passed over.
    const read = { after, limit: limit - items.length };
    const page = await array.containerVolumes(containerId, read);
    items.push(...(await rowsOf(array, page.items, (volume) => isWanted(volume, wish))));
    // An empty page costs a look, too, or an array of very many empty containers would never end.
    looked += Math.max(page.items.length, 1);
    place =
      page.next === undefined ? nextContainer(all, containerId) : { containerId, after: page.next };
  }
  return place === undefined ? { items } : { items, next: tokenOf(place) };
}

async function containerIds(
  array: StorageArrayPort,
  wanted: string | undefined,
): Promise<readonly ContainerId[]> {
  const all = (await array.containers()).map(({ containerId }) => containerId);
  if (wanted === undefined) return all;
  const containerId = parseContainerId(wanted);
  if (containerId === undefined || !all.includes(containerId)) {
    throw new AdminError(`there is no container ${wanted}`, { kind: 'notFound' });
  }
  return [containerId];
}

function startOf(all: readonly ContainerId[], token: string | undefined): Place | undefined {
  if (token === undefined)
    return all[0] === undefined ? undefined : { containerId: all[0], after: undefined };
  const [id = '', ...rest] = token.split('/');
  const containerId = all.find((each) => each === id);
  if (containerId === undefined) throw new AdminError('after: does not continue an earlier page');
  const after = rest.join('/');
  return { containerId, after: after === '' ? undefined : after };
}

function tokenOf({ containerId, after = '' }: Place): string {
  return `${containerId}/${after}`;
}

function nextContainer(all: readonly ContainerId[], containerId: ContainerId): Place | undefined {
  const next = all[all.indexOf(containerId) + 1];
  return next === undefined ? undefined : { containerId: next, after: undefined };
}

function isWanted(volume: Volume, { type, search }: VolumeWish): boolean {
  if (type !== undefined && volume.type !== type) return false;
  if (search === undefined) return true;
  const part = search.toLowerCase();
  const { name, vmId } = namesIn(volume);
  return [name, volume.vvolId, vmId].some((text) => text?.toLowerCase().includes(part));
}

/** The wanted ones of the volumes of these ids as rows, in their order; those that are gone are left out. */
export async function rowsOf(
  array: StorageArrayPort,
  vvolIds: readonly VvolId[],
  isShown: (volume: Volume) => boolean = () => true,
): Promise<readonly VolumeRow[]> {
  const found = (vvolIds.length === 0 ? [] : await array.volumes(vvolIds)).filter(isShown);
  if (found.length === 0) return [];
  // Only of what is shown: what a volume shares with others is not told for nothing.
  const spaces = await array.volumeSpace(found.map(({ vvolId }) => vvolId));
  const spaceOf = new Map(spaces.map((space) => [space.vvolId, space]));
  return found.map((volume) => volumeRow(volume, spaceOf.get(volume.vvolId)));
}

function volumeRow(volume: Volume, space: VolumeSpace | undefined): VolumeRow {
  const { vvolId, containerId, type, thin, origin, profile } = volume;
  return {
    vvolId,
    ...namesIn(volume),
    ...{ containerId, type, sizeBytes: Number(volume.size) },
    ...(space === undefined ? {} : { committedBytes: Number(space.committed) }),
    ...(space?.unshared === undefined ? {} : { unsharedBytes: Number(space.unshared) }),
    ...{ thin, origin },
    ...(profile === undefined ? {} : { profileId: profile.profileId }),
    createdAt: iso(volume.createdAt),
  };
}

/** By which people know the volume, as vSphere writes it into the metadata. */
function namesIn({ metadata }: Volume): Pick<VolumeRow, 'name' | 'vmId'> {
  const under = (wanted: string) => metadata.find(({ key }) => key.toLowerCase() === wanted)?.value;
  const [name, vmId] = [under('vmw_vvolname'), under('vmw_vmid')];
  return { ...(name === undefined ? {} : { name }), ...(vmId === undefined ? {} : { vmId }) };
}

/** Names of volumes that have one, by id. */
export async function namesOf(
  array: StorageArrayPort,
  vvolIds: readonly VvolId[],
): Promise<ReadonlyMap<VvolId, string>> {
  const found = await array.volumes([...new Set(vvolIds)]);
  return new Map(
    found.flatMap((volume) => {
      const { name } = namesIn(volume);
      return name === undefined ? [] : [[volume.vvolId, name] as const];
    }),
  );
}

/** A binding as it is shown. */
export function bindingRow(binding: Binding, volumeName: string | undefined): BindingRow {
  const { vvolId, hostId, endpointId, secondaryId, state, boundAt } = binding;
  const name = volumeName === undefined ? {} : { volumeName };
  return { vvolId, ...name, hostId, endpointId, secondaryId, state, boundAt: iso(boundAt) };
}

/** The volume of this id. Errors: AdminError, notFound. */
export async function volumeOf(array: StorageArrayPort, given: string): Promise<Volume> {
  const vvolId = parseVvolId(given);
  const [volume] = vvolId === undefined ? [] : await array.volumes([vvolId]);
  if (volume !== undefined) return volume;
  throw new AdminError(`there is no volume ${given}`, { kind: 'notFound' });
}

/** See `Queries`. */
export async function volume(array: StorageArrayPort, given: string): Promise<VolumeDetails> {
  const found = await volumeOf(array, given);
  const { vvolId, metadata, profile } = found;
  const [[space], [service], bindings, copies] = await Promise.all([
    array.volumeSpace([vvolId]),
    array.volumeServices([vvolId]),
    array.bindings({ vvolId }),
    array.volumesMadeOf(vvolId, { after: undefined, limit: LIMITS.adminPageItems }),
  ]);
  const row = volumeRow(found, space);
  return {
    ...row,
    metadata: [...metadata].sort((a, b) => (a.key < b.key ? -1 : 1)),
    ...(profile === undefined
      ? {}
      : {
          profile: {
            profileId: profile.profileId,
            generationId: `${profile.generationId}`,
            asked: profile.asked.map(capabilityText),
          },
        }),
    ...(service === undefined
      ? {}
      : {
          service: {
            healthy: service.healthy,
            values: service.values.map(capabilityText),
            ...(service.moving === undefined
              ? {}
              : { progressPercent: service.moving.progressPercent }),
          },
        }),
    bindings: bindings.map((binding) => bindingRow(binding, row.name)),
    copies: copies.items.length,
  };
}
