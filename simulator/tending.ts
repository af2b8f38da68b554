/**
 * What the operator changes in what the array is made of: health, what classic datastores use, the whole
 * inventory. The array is read before and after; what differs is told in the feed, in the same transaction, so
 * that no change can be forgotten there.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { Health } from '../src/model/discovery.ts';
import type { Bytes } from '../src/model/units.ts';
import type { ChangeFeed } from './changes.ts';
import { GEOMETRY } from './content/geometry.ts';
import type { Inventory } from './inventory.ts';
import { type ContentChange, differences } from './inventory-changes.ts';
import type { InventoryPlan } from './inventory-schema.ts';
import type { Db } from './open.ts';
import { writePlan } from './plan/plan.ts';
import type { Policies } from './policies/policies.ts';

interface TendingParts {
  readonly db: Db;
  readonly inventory: Inventory;
  readonly changes: ChangeFeed;
  readonly policies: Policies;
}

interface ClassicRow {
  readonly capacity_bytes: bigint;
  readonly used_bytes: bigint;
  readonly pool_no: bigint;
  readonly is_thin: bigint;
}

/** Tables of things that have a health, and the column of their ids. */
const WITH_HEALTH = [
  ['array', 'array_id'],
  ['pool', 'pool_id'],
  ['processor', 'processor_id'],
  ['port', 'port_id'],
  ['classic', 'classic_id'],
] as const;

/** All methods are called inside a transaction. */
export class Tending {
  readonly #parts: TendingParts;

  constructor(parts: TendingParts) {
    this.#parts = parts;
  }

  /** Errors: notFound (no thing of that id has a health). */
  setHealth(entityId: string, health: Health): readonly ContentChange[] {
    return this.#change(() => {
      const isSet = WITH_HEALTH.some(([table, id]) => {
        const set = this.#parts.db.prepare(`UPDATE ${table} SET health = ? WHERE ${id} = ?`);
        return set.run(health, entityId).changes > 0;
      });
      if (!isSet)
        throw new ArrayError('notFound', `nothing that has a health is named ${entityId}`);
    });
  }

  /** Errors: notFound, invalid (more than it has), noSpace (of its pool). */
  setUsed(entityId: string, used: Bytes): readonly ContentChange[] {
    const { db } = this.#parts;
    return this.#change(() => {
      const row = db
        .prepare<[string], ClassicRow>(
          'SELECT capacity_bytes, used_bytes, pool_no, is_thin FROM classic WHERE classic_id = ?',
        )
        .get(entityId);
      if (row === undefined) throw new ArrayError('notFound', `no LUN or file system ${entityId}`);
      if (used > row.capacity_bytes) {
        throw new ArrayError('invalid', `${entityId} has ${row.capacity_bytes} bytes`);
      }
      // A thick one has taken all that it can.
      const more = row.is_thin === 1n ? used - row.used_bytes : 0n;
      if (more > 0n) this.#refuseFull(row.pool_no, entityId, more);
      db.prepare('UPDATE classic SET used_bytes = ? WHERE classic_id = ?').run(used, entityId);
    });
  }

  /** Errors: inUse, noSpace, unsupported: what of the plan cannot be; then nothing has changed. */
  apply(plan: InventoryPlan): readonly ContentChange[] {
    const { db } = this.#parts;
    return this.#change(() => {
      const seed = db.prepare<[], string>('SELECT seed FROM installation').pluck().get() ?? '';
      writePlan(db, seed, plan);
      const applied = JSON.stringify({ inventory: plan });
      db.prepare('UPDATE installation SET applied = ?').run(applied);
    });
  }

  /** What is known in memory is what the file says; after a transaction that was undone. */
  restore(): void {
    this.#parts.inventory.reload();
    this.#parts.policies.refresh();
  }

  #change(work: () => void): readonly ContentChange[] {
    const { db, inventory, changes, policies } = this.#parts;
    const before = inventory.content;
    try {
      return db.transaction(() => {
        work();
        const found = differences(before, inventory.reload());
        for (const change of found) changes.appendChange(change);
        refreshed(policies);
        return found;
      })();
    } catch (error) {
      this.restore();
      throw error;
    }
  }

  /** `more` than it takes of its pool now. */
  #refuseFull(poolNo: bigint, entityId: string, more: bigint): void {
    const free = this.#parts.db
      .prepare<[number, bigint], bigint>(
        `SELECT capacity_bytes - reserved_bytes - coalesce(chunks, 0) * ?
         FROM pool LEFT JOIN content_pool USING (pool_no) WHERE pool_no = ?`,
      )
      .pluck()
      .get(GEOMETRY.chunkBytes, poolNo);
    if (free === undefined || more > free) {
      throw new ArrayError('noSpace', `the pool of ${entityId} has too little space`);
    }
  }
}

/** Errors: invalid: what an applied inventory declares is the operator's. */
function refreshed(policies: Policies): void {
  try {
    policies.refresh();
  } catch (error) {
    if (!(error instanceof ArrayError)) throw error;
    throw new ArrayError('invalid', error.message, error);
  }
}
