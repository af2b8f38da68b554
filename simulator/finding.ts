/** Finding volumes, by metadata or those with a profile, in pages. A page's token is the number of the last volume looked at. */
import { ArrayError } from '../src/array/errors.ts';
import type { Page } from '../src/array/page.ts';
import type { MetadataConstraint } from '../src/array/volumes.ts';
import type { VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import type { Metadata } from './metadata.ts';
import type { Volumes } from './volumes.ts';

/** See `findVolumes` of the port. */
export function findVolumes(
  { volumes, metadata }: { readonly volumes: Volumes; readonly metadata: Metadata },
  constraints: readonly MetadataConstraint[],
  page: Asked,
): Page<VvolId> {
  if (constraints.length === 0 || constraints.length > LIMITS.findConstraints) {
    throw new ArrayError('invalid', `a search has 1 to ${LIMITS.findConstraints} constraints`);
  }
  const { volumeNos, next } = metadata.find(constraints, placeOf(page), page.limit);
  return { items: volumes.idsOf(volumeNos), next: next === undefined ? undefined : String(next) };
}

/** See `profiledVolumes` of the port. */
export function profiledVolumes(volumes: Volumes, containerNo: bigint, page: Asked): Page<VvolId> {
  const after = placeOf(page);
  const rows = volumes.profiledIn(containerNo, after, page.limit);
  const next = rows.length < page.limit ? undefined : rows.at(-1)?.volume_no;
  return { items: rows.map(({ vvol_id }) => vvol_id), next: next?.toString() };
}

type Asked = { readonly after: string | undefined; readonly limit: number };

/** The number of the volume after which the page begins. Errors: invalid. */
export function placeOf({ after, limit }: Asked): bigint {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new ArrayError('invalid', 'a page holds at least one volume');
  }
  if (after !== undefined && !/^\d{1,18}$/.test(after)) {
    throw new ArrayError('invalid', 'the page does not continue an earlier one');
  }
  return BigInt(after ?? 0);
}
