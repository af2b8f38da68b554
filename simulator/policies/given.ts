/**
 * What volumes are given, each list of values once: a million volumes have a handful of them. Lists that no
 * volume has any more are dropped when there are many.
 */
import { ArrayError } from '../../src/array/errors.ts';
import { LIMITS } from '../../src/model/limits.ts';
import type { CapabilityValue } from '../../src/model/policies.ts';
import { decodeValues, encodeValues } from '../capability-values.ts';
import type { Db } from '../open.ts';

export class Given {
  readonly #find;
  readonly #read;
  readonly #count;
  readonly #drop;
  readonly #insert;

  constructor(db: Db) {
    this.#find = db
      .prepare<[string], bigint>('SELECT given_no FROM given WHERE content = ?')
      .pluck();
    this.#read = db
      .prepare<[bigint], string>('SELECT content FROM given WHERE given_no = ?')
      .pluck();
    this.#count = db.prepare<[], bigint>('SELECT count(*) FROM given').pluck();
    this.#drop = db.prepare(
      `DELETE FROM given WHERE given_no NOT IN
         (SELECT given_no FROM volume WHERE given_no IS NOT NULL)`,
    );
    this.#insert = db.prepare<[string]>('INSERT INTO given (content) VALUES (?)');
  }

  /** The number of the list; call it inside a transaction. Errors: noSpace (too many different ones in use). */
  keep(values: readonly CapabilityValue[]): bigint | null {
    if (values.length === 0) return null;
    const content = encodeValues(values);
    const known = this.#find.get(content);
    if (known !== undefined) return known;
    if (this.#isFull()) this.#drop.run();
    if (this.#isFull()) {
      throw new ArrayError('noSpace', 'the array gives too many different services already');
    }
    return BigInt(this.#insert.run(content).lastInsertRowid);
  }

  /** The list with this number. */
  values(givenNo: bigint): readonly CapabilityValue[] {
    return decodeValues(this.#read.get(givenNo) ?? '[]');
  }

  #isFull(): boolean {
    return (this.#count.get() ?? 0n) >= LIMITS.policyServicesKept;
  }
}
