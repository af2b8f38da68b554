/** Finding volumes by metadata, in pages. A page's token is the number of the last volume looked at. */
import { ArrayError } from '../src/array/errors.ts';
import type { MetadataConstraint, Page } from '../src/array/port.ts';
import type { VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import type { Metadata } from './metadata.ts';
import type { Volumes } from './volumes.ts';

/** See `findVolumes` of the port. */
export function findVolumes(
  { volumes, metadata }: { readonly volumes: Volumes; readonly metadata: Metadata },
  constraints: readonly MetadataConstraint[],
  page: { readonly after: string | undefined; readonly limit: number },
): Page<VvolId> {
  if (constraints.length === 0 || constraints.length > LIMITS.findConstraints) {
    throw new ArrayError('invalid', `a search has 1 to ${LIMITS.findConstraints} constraints`);
  }
  if (!Number.isSafeInteger(page.limit) || page.limit < 1) {
    throw new ArrayError('invalid', 'a page holds at least one volume');
  }
  if (page.after !== undefined && !/^\d{1,18}$/.test(page.after)) {
    throw new ArrayError('invalid', 'the page does not continue an earlier one');
  }
  const { volumeNos, next } = metadata.find(constraints, BigInt(page.after ?? 0), page.limit);
  return { items: volumes.idsOf(volumeNos), next: next === undefined ? undefined : String(next) };
}
