/**
 * Space of containers: what there is, what content takes, what is kept for volumes, what they have been
 * promised. The accounts themselves are kept by triggers (schema.sql); here they are read, and a promise
 * that goes too far is refused before it is made.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { ContainerSpace } from '../src/model/array.ts';
import { LIMITS } from '../src/model/limits.ts';
import { bytes } from '../src/model/units.ts';
import type { Content } from './content/content.ts';
import type { Db } from './open.ts';

interface AccountRow {
  readonly name: string;
  readonly physical_total_bytes: bigint;
  readonly logical_limit_bytes: bigint;
  readonly volume_count: bigint;
  readonly logical_used_bytes: bigint;
  readonly reserved_bytes: bigint;
}

/** Where a container without a limit ends all the same: half of what a signed 64-bit count holds. */
const LOGICAL_BYTES_MAX = 1n << 62n;

export class Space {
  readonly #content: Content;
  readonly #account;

  constructor(db: Db, content: Content) {
    this.#content = content;
    this.#account = db.prepare<[bigint], AccountRow>(
      `SELECT name, physical_total_bytes, logical_limit_bytes, volume_count, logical_used_bytes,
         reserved_bytes FROM container WHERE container_no = ?`,
    );
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
    const most = has.physical_total_bytes - wanted.physical;
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
    const before = this.#used(containerNo, this.#row(containerNo));
    const result = work();
    const { name, physical_total_bytes: total } = this.#row(containerNo);
    const most = total > before ? total : before;
    if (this.#usedAtMost(containerNo, most) > most) {
      throw new ArrayError('noSpace', `container ${name} has too little free space`);
    }
    return result;
  }

  ofContainer(containerNo: bigint): ContainerSpace {
    const row = this.#row(containerNo);
    const physicalUsed = this.#used(containerNo, row);
    const physicalFree = row.physical_total_bytes - physicalUsed;
    const limit = row.logical_limit_bytes;
    return {
      physicalTotal: bytes(row.physical_total_bytes),
      physicalFree: bytes(physicalFree),
      physicalUsed: bytes(physicalUsed),
      logicalLimit: bytes(limit),
      logicalFree: bytes(limit === 0n ? physicalFree : limit - row.logical_used_bytes),
      logicalUsed: bytes(row.logical_used_bytes),
    };
  }

  /** What content takes, shared chunks once, and what is kept for thick volumes and copies under way. */
  #used(containerNo: bigint, { reserved_bytes }: AccountRow): bigint {
    return BigInt(this.#content.used(Number(containerNo))) + reserved_bytes;
  }

  /**
   * What is used. Where it is more than `most`, content that was given up is taken apart first: it counts
   * until then, and work that gives some up, such as the revert of a thick volume, needs no space of it.
   */
  #usedAtMost(containerNo: bigint, most: bigint): bigint {
    const reserved = this.#row(containerNo);
    let used = this.#used(containerNo, reserved);
    let hasMore = true;
    for (let step = 0; used > most && hasMore && step < LIMITS.reclaimStepsAtOnce; step += 1) {
      hasMore = this.#content.reclaim();
      used = this.#used(containerNo, reserved);
    }
    return used;
  }

  #row(containerNo: bigint): AccountRow {
    const row = this.#account.get(containerNo);
    if (row === undefined) throw new ArrayError('notFound', `no container number ${containerNo}`);
    return row;
  }
}
