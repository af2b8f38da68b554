/** Metadata pairs: what fits, how they are changed, how volumes are found by them. */
import { ArrayError } from '../../../src/array/errors.ts';
import type { Page } from '../../../src/array/page.ts';
import type { MetadataConstraint } from '../../../src/array/volumes.ts';
import type { MetadataPair, Volume } from '../../../src/model/array.ts';
import type { ContainerId, VvolId } from '../../../src/model/ids.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Memory } from './memory.ts';

/**
 * The pairs after a change. Of a key given twice the last pair stands. Errors: invalid (a pair that
 * does not fit), noSpace (too many pairs).
 */
export function changedPairs(
  pairs: readonly MetadataPair[],
  set: readonly MetadataPair[],
  remove: readonly string[] = [],
): readonly MetadataPair[] {
  const byKey = new Map(pairs.map((pair) => [pair.key.toLowerCase(), pair]));
  for (const key of remove) byKey.delete(key.toLowerCase());
  for (const pair of set) {
    if (pair.key === '') throw new ArrayError('invalid', 'a metadata key is empty');
    if (Math.max(pair.key.length, pair.value.length) > LIMITS.metadataCharacters) {
      throw new ArrayError('invalid', 'a metadata pair is too long');
    }
    byKey.set(pair.key.toLowerCase(), pair);
  }
  if (byKey.size > LIMITS.metadataPairs) {
    throw new ArrayError('invalid', `a volume has at most ${LIMITS.metadataPairs} metadata pairs`);
  }
  return [...byKey.values()];
}

/** Whether two lists hold the same pairs, in whatever order. */
export function samePairs(one: readonly MetadataPair[], other: readonly MetadataPair[]): boolean {
  const meets = (pair: MetadataPair) =>
    other.some(({ key, value }) => key === pair.key && value === pair.value);
  return one.length === other.length && one.every(meets);
}

/**
 * See `findVolumes` of the port. It looks at every volume, which only a small array may do. Pages go by
 * the number of a volume, which it keeps for life.
 */
export function findVolumes(
  memory: Memory,
  constraints: readonly MetadataConstraint[],
  page: Asked,
): Page<VvolId> {
  if (constraints.length === 0 || constraints.length > LIMITS.findConstraints) {
    throw new ArrayError('invalid', `a search has 1 to ${LIMITS.findConstraints} constraints`);
  }
  return pageOf(memory, page, (volume) =>
    constraints.every((constraint) => meets(volume.metadata, constraint)),
  );
}

/** See `profiledVolumes` of the port. */
export function profiledVolumes(
  memory: Memory,
  containerId: ContainerId,
  page: Asked,
): Page<VvolId> {
  return pageOf(
    memory,
    page,
    (volume) => volume.containerId === containerId && volume.profile !== undefined,
  );
}

/** See `containerVolumes` of the port. */
export function containerVolumes(
  memory: Memory,
  containerId: ContainerId,
  page: Asked,
): Page<VvolId> {
  if (!memory.containers.some((one) => one.containerId === containerId)) {
    throw new ArrayError('notFound', `no container ${containerId}`);
  }
  return pageOf(memory, page, (volume) => volume.containerId === containerId);
}

/** See `volumesMadeOf` of the port. */
export function volumesMadeOf(memory: Memory, vvolId: VvolId, page: Asked): Page<VvolId> {
  return pageOf(memory, page, ({ origin }) => origin.kind !== 'created' && origin.of === vvolId);
}

type Asked = { readonly after: string | undefined; readonly limit: number };

function pageOf(
  memory: Memory,
  { after, limit }: Asked,
  isWanted: (volume: Volume) => boolean,
): Page<VvolId> {
  if (limit < 1) throw new ArrayError('invalid', 'a page holds at least one volume');
  if (after !== undefined && !/^\d{1,15}$/.test(after)) {
    throw new ArrayError('invalid', 'the page does not continue an earlier one');
  }
  const found = [...memory.volumes.values()]
    .filter(({ number, volume }) => number > Number(after ?? 0) && isWanted(volume))
    .sort((one, other) => one.number - other.number);
  const page = found.slice(0, limit);
  return {
    items: page.map(({ volume }) => volume.vvolId),
    next: page.length < found.length ? String(page.at(-1)?.number) : undefined,
  };
}

function meets(metadata: readonly MetadataPair[], constraint: MetadataConstraint): boolean {
  return metadata.some(
    ({ key, value }) =>
      key.toLowerCase() === constraint.key.toLowerCase() &&
      (constraint.value === undefined || constraint.value === value),
  );
}
