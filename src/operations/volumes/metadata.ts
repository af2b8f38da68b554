/**
 * Metadata pairs and searches over them, as the wire brings them. Keys are VMware's and the vendor's;
 * none but those that may not be searched is known here. Values are kept verbatim.
 */
import type { MetadataConstraint } from '../../array/volumes.ts';
import type { MetadataPair } from '../../model/array.ts';
import { LIMITS } from '../../model/limits.ts';
import type { NameValuePair, QueryConstraint } from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, shown } from '../arguments.ts';

/** Keys that no search may name, in lower case (docs/protocol-choices.md, "Searching volumes"). */
const NOT_SEARCHABLE = new Set([
  'vmw_unreferencedobj',
  'vmw_vvolallocationtype',
  'vmw_vvoldescriptor',
  'vmw_vvolprofile',
]);

function checkCount(list: readonly unknown[], argument: string): void {
  if (list.length === 0) throw invalid(`${argument} is empty`);
  checkMost(list, argument);
}

function checkMost(list: readonly unknown[], argument: string): void {
  if (list.length > LIMITS.metadataPairs)
    throw invalid(`${argument} has ${list.length} entries; the most is ${LIMITS.metadataPairs}`);
}

function checkPair(key: string, value: string | undefined, argument: string): void {
  if (key === '') throw invalid(`${argument} has an entry with an empty key`);
  if (key.length > LIMITS.metadataCharacters || (value ?? '').length > LIMITS.metadataCharacters)
    throw invalid(
      `${argument} ${shown(key)} is longer than ${LIMITS.metadataCharacters} characters`,
    );
}

/** Checked pairs by key in lower case: of a key given twice the last one stands. */
function byKey(
  list: readonly NameValuePair[],
  argument: string,
): ReadonlyMap<string, NameValuePair> {
  checkMost(list, argument);
  for (const { parameterName = '', parameterValue } of list)
    checkPair(parameterName, parameterValue, argument);
  return new Map(list.map((pair) => [(pair.parameterName ?? '').toLowerCase(), pair]));
}

/**
 * The pairs of a new volume; a pair without a value has the empty one.
 * Faults: InvalidArgument (no pair, too many, empty key, too long).
 */
export function newMetadata(list: readonly NameValuePair[]): readonly MetadataPair[] {
  checkCount(list, 'metadata');
  return snapshotMetadata(list);
}

/** The pairs of a snapshot, which may have none. Faults: InvalidArgument as for a new volume. */
export function snapshotMetadata(list: readonly NameValuePair[]): readonly MetadataPair[] {
  return [...byKey(list, 'metadata').values()].map(
    ({ parameterName: key = '', parameterValue: value = '' }) => ({ key, value }),
  );
}

/**
 * What to set and what to remove: a pair with an empty value, or none, removes its key.
 * Faults: InvalidArgument as for a new volume.
 */
export function metadataChange(list: readonly NameValuePair[]): {
  readonly set: readonly MetadataPair[];
  readonly remove: readonly string[];
} {
  checkCount(list, 'keyValuePair');
  const pairs = [...byKey(list, 'keyValuePair').values()].map(
    ({ parameterName: key = '', parameterValue: value = '' }) => ({ key, value }),
  );
  return {
    set: pairs.filter(({ value }) => value !== ''),
    remove: pairs.filter(({ value }) => value === '').map(({ key }) => key),
  };
}

/** What to search for. Faults: InvalidArgument (nothing, empty key, a key that cannot be searched). */
export function searchFor(list: readonly QueryConstraint[]): readonly MetadataConstraint[] {
  checkCount(list, 'searchConstraint');
  return list.map(({ key, value }) => {
    checkPair(key, value, 'searchConstraint');
    if (NOT_SEARCHABLE.has(key.toLowerCase()))
      throw invalid(`virtual volumes cannot be searched by ${shown(key)}`);
    return { key, value };
  });
}
