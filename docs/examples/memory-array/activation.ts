/**
 * Which provider of an active/passive group serves the array (`activation.ts` of the port). A real array
 * keeps this as durably as a binding.
 */
import type { ActiveProvider } from '../../../src/array/activation.ts';
import { ArrayError } from '../../../src/array/errors.ts';
import type { ArrayId } from '../../../src/model/ids.ts';
import { tellOfArray } from './changes.ts';
import type { Memory, Opened } from './memory.ts';

/** See the port. */
export function activeProviders({
  description,
  active,
}: Memory): ReadonlyMap<ArrayId, ActiveProvider> {
  return new Map(active === undefined ? [] : [[description.arrayId, active]]);
}

/** See the port. */
export function activate(
  opened: Opened,
  arrayId: ArrayId,
  { providerId, url }: { readonly providerId: string; readonly url: string },
): void {
  const { memory } = opened;
  if (arrayId !== memory.description.arrayId) throw new ArrayError('notFound', 'no such array');
  const { active } = memory;
  if (active?.providerId === providerId && active.url === url) return;
  const before = active?.term ?? 0n;
  const term = active?.providerId === providerId ? before : before + 1n;
  memory.active = { providerId, url, term };
  tellOfArray(opened);
}
