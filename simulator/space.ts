/**
 * Space of pools and containers: what there is, what content takes, what is kept for volumes, what they have
 * been promised. Containers of a pool share what is physical; what may be promised is each container's own.
 * The accounts themselves are kept by triggers (schema.sql); here they are read, and a promise that goes too
 * far is refused before it is made.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { ContainerSpace } from '../src/model/array.ts';
import { LIMITS } from '../src/model/limits.ts';
import { type Bytes, bytes } from '../src/model/units.ts';
import type { Content } from './content/content.ts';
import type { Db } from './open.ts';

interface PoolRow {
  readonly pool_no: bigint;
  readonly capacity_bytes: bigint;
  readonly reserved_bytes: bigint;
}

interface AccountRow extends PoolRow {
  readonly name: string;
  readonly logical_limit_bytes: bigint;
  readonly volume_count: bigint;
  readonly logical_used_bytes: bigint;
}

interface PoolFiguresRow extends PoolRow {
  readonly pool_id: string;
  readonly promised_bytes: bigint;
}

/** A pool's account as it is now. */
export interface PoolAccount {
  readonly used: Bytes;
  /** What its containers have promised, and the sizes of its LUNs and file systems. */
  readonly promised: Bytes;
}

/** Where a container without a limit ends all the same: half of what a signed 64-bit count holds. */
const LOGICAL_BYTES_MAX = 1n << 62n;

export class Space {
  readonly #content: Content;
  readonly #account;
  readonly #pools;
  readonly #poolOf;

  constructor(db: Db, content: Content) {
    this.#content = content;
    this.#account = db.prepare<[bigint], AccountRow>(
      `SELECT container.name, logical_limit_bytes, volume_count, logical_used_bytes, pool_no,
         capacity_bytes, reserved_bytes FROM container JOIN pool USING (pool_no) WHERE container_no = ?`,
    );
    this.#pools = db.prepare<[], PoolFiguresRow>(
      `SELECT pool_id, pool_no, capacity_bytes, reserved_bytes,
         (SELECT coalesce(sum(logical_used_bytes), 0) FROM container WHERE container.pool_no = pool.pool_no)
         + (SELECT coalesce(sum(capacity_bytes), 0) FROM classic WHERE classic.pool_no = pool.pool_no)
         AS promised_bytes FROM pool`,
    );
    this.#poolOf = db
      .prepare<[bigint], number>('SELECT pool_no FROM container WHERE container_no = ?')
      .pluck()
      .safeIntegers(false);
  }

  /** Errors: noSpace, when the container cannot take this on top of what it has. */
  reserve(
    containerNo: bigint,
    wanted: { readonly volumes: bigint; readonly logical: bigint; readonly physical: bigint },
  ): void {
    const has = this.#row(containerNo);
    if (has.volume_count + wanted.volumes > LIMITS.volumesPerContainer) {
      throw new ArrayError('noSpace', `container ${has.name} has no room for another volume`);
    }
    const most = has.capacity_bytes - wanted.physical;
    if (this.#usedAtMost(containerNo, most) > most) {
      throw new ArrayError('noSpace', `container ${has.name} has too little free space`);
    }
    const limit = has.logical_limit_bytes === 0n ? LOGICAL_BYTES_MAX : has.logical_limit_bytes;
    if (has.logical_used_bytes + wanted.logical > limit) {
      throw new ArrayError('noSpace', `container ${has.name} has promised all it may`);
    }
  }

  /**
   * Runs work that may take space of a container, inside a transaction. Errors: noSpace, when the
   * container has then given more than it has; the caller's savepoint undoes the work.
   */
  within<Result>(containerNo: bigint, work: () => Result): Result {
    const before = this.#used(this.#row(containerNo));
    const result = work();
    const { name, capacity_bytes: total } = this.#row(containerNo);
    const most = total > before ? total : before;
    if (this.#usedAtMost(containerNo, most) > most) {
      throw new ArrayError('noSpace', `container ${name} has too little free space`);
    }
    return result;
  }

  ofContainer(containerNo: bigint): ContainerSpace {
    const row = this.#row(containerNo);
    const physicalUsed = this.#used(row);
    const physicalFree = row.capacity_bytes - physicalUsed;
    const limit = row.logical_limit_bytes;
    return {
      physicalTotal: bytes(row.capacity_bytes),
      physicalFree: bytes(physicalFree),
      physicalUsed: bytes(physicalUsed),
      logicalLimit: bytes(limit),
      logicalFree: bytes(limit === 0n ? physicalFree : limit - row.logical_used_bytes),
      logicalUsed: bytes(row.logical_used_bytes),
    };
  }

  /** The accounts of all pools, by their ids. */
  ofPools(): ReadonlyMap<string, PoolAccount> {
    return new Map(
      this.#pools.all().map((row) => [
        row.pool_id,
        {
          used: bytes(this.#used(row)),
          promised: bytes(row.promised_bytes),
        },
      ]),
    );
  }

  /** The pool that a container's content takes its space of. Errors: notFound. */
  poolNo(containerNo: bigint): number {
    const poolNo = this.#poolOf.get(containerNo);
    if (poolNo === undefined)
      throw new ArrayError('notFound', `no container number ${containerNo}`);
    return poolNo;
  }

  /**
   * What content takes, shared chunks once, what is kept for thick volumes and copies under way, and what
   * LUNs and file systems hold.
   */
  #used({ pool_no, reserved_bytes }: PoolRow): bigint {
    return BigInt(this.#content.used(Number(pool_no))) + reserved_bytes;
  }

  /**
   * What is used. Where it is more than `most`, content that was given up is taken apart first: it counts
   * until then, and work that gives some up, such as the revert of a thick volume, needs no space of it.
   */
  #usedAtMost(containerNo: bigint, most: bigint): bigint {
    const account = this.#row(containerNo);
    let used = this.#used(account);
    let hasMore = true;
    for (let step = 0; used > most && hasMore && step < LIMITS.reclaimStepsAtOnce; step += 1) {
      hasMore = this.#content.reclaim();
      used = this.#used(account);
    }
    return used;
  }

  #row(containerNo: bigint): AccountRow {
    const row = this.#account.get(containerNo);
    if (row === undefined) throw new ArrayError('notFound', `no container number ${containerNo}`);
    return row;
  }
}
