/**
 * The family of a volume: up to what it all came from, and down to everything made of that. Bounded both ways, so
 * that a volume with very many copies, or a long chain of them, is shown in part.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StorageArrayPort } from '../../array/port.ts';
import type { Volume } from '../../model/array.ts';
import type { VvolId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import type { VolumeTree } from '../shapes/volumes.ts';
import { rowsOf, volumeOf } from './volumes.ts';

/** See `Queries`. */
export async function volumeTree(array: StorageArrayPort, given: string): Promise<VolumeTree> {
  const { root, goneId, isWhole: isTop } = await rootOf(array, await volumeOf(array, given));
  const { parents, isWhole } = await descendants(array, root.vvolId);
  const rows = await rowsOf(array, [...parents.keys()]);
  return {
    rootId: root.vvolId,
    volumes: rows.map((row) => {
      // The row's id is one of those that were asked for.
      const parentId = parents.get(row.vvolId as VvolId);
      return parentId === undefined ? row : { ...row, parentId };
    }),
    ...(goneId === undefined ? {} : { goneId }),
    isWhole: isTop && isWhole,
  };
}

interface Root {
  readonly root: Volume;
  readonly goneId?: VvolId;
  readonly isWhole: boolean;
}

async function rootOf(array: StorageArrayPort, volume: Volume): Promise<Root> {
  let root = volume;
  for (let step = 0; step < LIMITS.adminTreeVolumes; step += 1) {
    if (root.origin.kind === 'created') return { root, isWhole: true };
    const [parent] = await array.volumes([root.origin.of]);
    if (parent === undefined) return { root, goneId: root.origin.of, isWhole: true };
    root = parent;
  }
  return { root, isWhole: false };
}

/** Each volume with its parent, parents before their children; the root has none. */
async function descendants(array: StorageArrayPort, rootId: VvolId) {
  const parents = new Map<VvolId, VvolId | undefined>([[rootId, undefined]]);
  let isWhole = true;
  let asked = 0;
  for (const parentId of parents.keys()) {
    asked += 1;
    // Some milliseconds' work; then others have their turn.
    if (asked % 16 === 0) await nextTurn();
    let after: string | undefined;
    do {
      const room = LIMITS.adminTreeVolumes - parents.size;
      const page = await array.volumesMadeOf(parentId, { after, limit: Math.max(room, 1) });
      if (room <= 0 && page.items.length > 0) isWhole = false;
      for (const each of page.items.slice(0, Math.max(room, 0))) parents.set(each, parentId);
      after = room <= 0 ? undefined : page.next;
    } while (after !== undefined);
    if (!isWhole) break;
  }
  return { parents, isWhole };
}
