/**
 * Metadata pairs of volumes, and finding volumes by them. Keys are kept as given and compared in lower
 * case; values are compared exactly. Source: the searches of hosts and vCenter name one or a few pairs.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { MetadataConstraint } from '../src/array/volumes.ts';
import type { MetadataPair } from '../src/model/array.ts';
import { LIMITS } from '../src/model/limits.ts';
import type { Db } from './open.ts';

interface PairRow {
  readonly volume_no: bigint;
  readonly key: string;
  readonly value: string;
}

/** The first number of candidates by which constraints are compared; see `#rarest`. */
const FIRST_PROBE = 256;

/** Of a value the index has so many characters; see the migration that made it. */
const INDEXED_CHARACTERS = 128;

export class Metadata {
  readonly #upsert;
  readonly #remove;
  readonly #clear;
  readonly #count;
  readonly #ofVolumes;
  readonly #value;
  readonly #withKey;
  readonly #withValue;

  constructor(db: Db) {
    this.#upsert = db.prepare<[bigint, string, string, string]>(
      `INSERT INTO metadata (volume_no, key_folded, key, value) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET key = excluded.key, value = excluded.value
       WHERE key <> excluded.key OR value <> excluded.value`,
    );
    this.#remove = db.prepare<[bigint, string]>(
      'DELETE FROM metadata WHERE volume_no = ? AND key_folded = ?',
    );
    this.#clear = db.prepare<[bigint]>('DELETE FROM metadata WHERE volume_no = ?');
    this.#count = db
      .prepare<[bigint], bigint>('SELECT count(*) FROM metadata WHERE volume_no = ?')
      .pluck();
    this.#ofVolumes = db.prepare<[string], PairRow>(
      `SELECT volume_no, metadata.key AS key, metadata.value AS value
       FROM json_each(?) AS asked CROSS JOIN metadata ON volume_no = asked.value`,
    );
    this.#value = db
      .prepare<[bigint, string], string>(
        'SELECT value FROM metadata WHERE volume_no = ? AND key_folded = ?',
      )
      .pluck();
    this.#withKey = db
      .prepare<[string, bigint, number], bigint>(
        `SELECT volume_no FROM metadata WHERE key_folded = ? AND volume_no > ?
         ORDER BY volume_no LIMIT ?`,
      )
      .pluck();
    this.#withValue = db
      .prepare<[string, string, bigint, number], bigint>(
        `SELECT volume_no FROM metadata
         WHERE key_folded = ? AND substr(value, 1, 128) = substr(?, 1, 128) AND volume_no > ?
         ORDER BY volume_no LIMIT ?`,
      )
      .pluck();
  }

  /**
   * Removes, then sets, in the order given (of a key given twice the last stands). True when anything
   * changed. Errors: invalid (a key or value too long, an empty key), noSpace (too many pairs).
   */
  update(volumeNo: bigint, set: readonly MetadataPair[], remove: readonly string[]): boolean {
    let changes = 0;
    for (const key of remove) changes += this.#remove.run(volumeNo, fold(key)).changes;
    for (const pair of set) {
      refuseUnfit(pair);
      changes += this.#upsert.run(volumeNo, fold(pair.key), pair.key, pair.value).changes;
    }
    if (set.length > 0) refuseMany(Number(this.#count.get(volumeNo) ?? 0n));
    return changes > 0;
  }

  /** Whether the volume has these pairs and no others; of a key given twice the last stands. */
  isSame(volumeNo: bigint, pairs: readonly MetadataPair[]): boolean {
    const wanted = new Map(pairs.map((pair) => [fold(pair.key), pair]));
    const present = this.ofVolumes([volumeNo]).get(volumeNo) ?? [];
    return (
      present.length === wanted.size &&
      present.every(({ key, value }) => {
        const pair = wanted.get(fold(key));
        return pair?.key === key && pair.value === value;
      })
    );
  }

  /** Removes all pairs of a volume. */
  clear(volumeNo: bigint): void {
    this.#clear.run(volumeNo);
  }

  /** The pairs of these volumes, by volume, in order of their keys. */
  ofVolumes(volumeNos: readonly bigint[]): ReadonlyMap<bigint, readonly MetadataPair[]> {
    const pairs = new Map<bigint, MetadataPair[]>();
    for (const row of this.#ofVolumes.all(`[${volumeNos.join()}]`)) {
      const pair = { key: row.key, value: row.value };
      const list = pairs.get(row.volume_no);
      if (list === undefined) pairs.set(row.volume_no, [pair]);
      else list.push(pair);
    }
    return pairs;
  }

  /**
   * Numbers of volumes above `after` that meet every constraint, rising, at most `limit`. `next` is
   * where to go on; it is set, perhaps with few or no numbers found, when one call has looked at enough.
   */
  find(
    constraints: readonly MetadataConstraint[],
    after: bigint,
    limit: number,
  ): { readonly volumeNos: readonly bigint[]; readonly next: bigint | undefined } {
    const lead = this.#rarest(constraints, after);
    const others = constraints.filter((one) => one !== lead || !isIndexedWhole(one));
    const most =
      others.length === 0 ? Math.min(limit, LIMITS.findCandidates) : LIMITS.findCandidates;
    const candidates = this.#candidates(lead, after, most);
    const volumeNos: bigint[] = [];
    for (const volumeNo of candidates) {
      if (others.every((constraint) => this.#meets(volumeNo, constraint))) volumeNos.push(volumeNo);
      if (volumeNos.length === limit) return { volumeNos, next: volumeNo };
    }
    const seenEnough = candidates.length === most;
    return { volumeNos, next: seenEnough ? candidates.at(-1) : undefined };
  }

  /**
   * The constraint that the fewest volumes meet: each is counted only up to a bound that grows until
   * one stays below it, so that the cost follows the rarest, not the commonest.
   */
  #rarest(constraints: readonly MetadataConstraint[], after: bigint): MetadataConstraint {
    const [first, ...others] = constraints;
    if (first === undefined) throw new ArrayError('invalid', 'a search needs a constraint');
    if (others.length === 0) return first;
    for (let bound = FIRST_PROBE; bound < LIMITS.findCandidates; bound *= 8) {
      const counts = constraints.map((one) => this.#candidates(one, after, bound).length);
      const least = Math.min(...counts);
      if (least < bound) return constraints[counts.indexOf(least)] ?? first;
    }
    return first;
  }

  #candidates(constraint: MetadataConstraint, after: bigint, limit: number): bigint[] {
    const key = fold(constraint.key);
    return constraint.value === undefined
      ? this.#withKey.all(key, after, limit)
      : this.#withValue.all(key, constraint.value, after, limit);
  }

  #meets(volumeNo: bigint, constraint: MetadataConstraint): boolean {
    const value = this.#value.get(volumeNo, fold(constraint.key));
    return value !== undefined && (constraint.value === undefined || constraint.value === value);
  }
}

/** Whether the index alone decides: it holds keys whole, and the first characters of values. */
function isIndexedWhole({ value }: MetadataConstraint): boolean {
  return value === undefined || value.length < INDEXED_CHARACTERS;
}

/** Keys that differ in case only are the same key. */
function fold(key: string): string {
  return key.toLowerCase();
}

/** Throws where `update` would, if these were all of a volume's pairs. Errors: invalid, noSpace. */
export function refuseUnfitPairs(pairs: readonly MetadataPair[]): void {
  for (const pair of pairs) refuseUnfit(pair);
  refuseMany(new Set(pairs.map(({ key }) => fold(key))).size);
}

function refuseMany(count: number): void {
  if (count <= LIMITS.metadataPairs) return;
  throw new ArrayError('invalid', `a volume has at most ${LIMITS.metadataPairs} metadata pairs`);
}

function refuseUnfit({ key, value }: MetadataPair): void {
  if (key === '') throw new ArrayError('invalid', 'a metadata key is empty');
  if (key.length > LIMITS.metadataCharacters || value.length > LIMITS.metadataCharacters) {
    throw new ArrayError(
      'invalid',
      `metadata is longer than ${LIMITS.metadataCharacters} characters`,
    );
  }
}
