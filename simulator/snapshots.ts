/**
 * Snapshots in two calls: prepare does what may be slow, take is one point in time for all that are
 * named, being one step between two transactions' worth of writes. A prepared snapshot has an id and a
 * place in the limits, no content yet, and nobody sees it; one that nobody takes ends by itself.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { SnapshotRefusal, StorageArrayPort } from '../src/array/port.ts';
import type { JobResult, MetadataPair } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { toArrayError } from './commit.ts';
import { CHANGING_JOBS, CONTENT_JOBS, profileText } from './creation.ts';
import type { OpenJob } from './job-rows.ts';
import type { Plan, Work } from './job-runner.ts';
import type { Sharing } from './sharing.ts';
import { profileOf, type VolumeRow } from './volume-rows.ts';
import type { VolumeParts, Volumes } from './volumes.ts';

type PrepareRequest = Parameters<StorageArrayPort['prepareSnapshot']>[1];

/** A snapshot to take. */
export interface TakeEntry {
  readonly snapshotId: VvolId;
  readonly metadata: readonly MetadataPair[];
}

interface SnapshotParts extends VolumeParts {
  readonly volumes: Volumes;
  readonly sharing: Sharing;
}

export class Snapshots {
  readonly #parts: SnapshotParts;

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
  }

  prepare({ vvolId, snapshotId, readOnly, profile }: PrepareRequest): Plan {
    const { volumes, inventory, jobs } = this.#parts;
    return {
      kind: 'prepareSnapshot',
      request: { vvolId, snapshotId, readOnly: String(readOnly), profile: profileText(profile) },
      begin: () => {
        const row = volumes.row(vvolId);
        const container = inventory.containerByNo(row.container_no);
        jobs.refuseWorkOn(row.volume_no, CONTENT_JOBS);
        this.expire();
        this.refuseMany(row);
        const { volume_no: madeNo } = volumes.insert({
          vvolId: snapshotId,
          container,
          type: row.type,
          size: row.size_bytes,
          // What it shares it holds anyway; what is written to it later takes space then.
          thin: true,
          readOnly,
          guaranteed: 0n,
          parent: { row, kind: 'snapshot' },
          profile: profile ?? profileOf(row),
        });
        const { arrayNo } = container;
        return { arrayNo, subjectNo: row.volume_no, madeNo, isWorked: true };
      },
    };
  }

  /** Starts going back to a snapshot; until it ends the volume can neither be bound nor change. */
  revert(vvolId: VvolId, snapshotId: VvolId): Plan {
    const { volumes, inventory, jobs, content } = this.#parts;
    return {
      kind: 'revertVolume',
      request: { vvolId, snapshotId },
      begin: () => {
        const row = volumes.row(vvolId);
        const snapshot = volumes.row(snapshotId);
        if (snapshot.origin !== 'snapshot' || snapshot.parent_no !== row.volume_no) {
          throw new ArrayError('incompatible', `${snapshotId} is no snapshot of ${vvolId}`);
        }
        if (volumes.isBound(row)) throw new ArrayError('inUse', `volume ${vvolId} is bound`);
        jobs.refuseWorkOn(row.volume_no, CHANGING_JOBS);
        return {
          arrayNo: inventory.containerByNo(row.container_no).arrayNo,
          subjectNo: row.volume_no,
          targetRoot: content.fork(Number(snapshot.root_no)),
          intent: { size: String(snapshot.size_bytes) },
          isWorked: true,
        };
      },
    };
  }

  works(): Readonly<Record<'prepareSnapshot' | 'revertVolume', Work>> {
    return {
      prepareSnapshot: { finish: (job) => this.#finishPrepare(job) },
      revertVolume: { finish: (job) => this.#finishRevert(job) },
    };
  }

  /**
   * Takes what is prepared, in one transaction. `isLate` tells whether the time is over: then what was
   * taken is undone. Each entry stands or falls by itself.
   */
  take(entries: readonly TakeEntry[], isLate: () => boolean): (SnapshotRefusal | undefined)[] {
    if (isLate()) return entries.map(() => TIMED_OUT);
    const { db } = this.#parts;
    const answers = entries.map((entry): SnapshotRefusal | undefined => {
      try {
        db.transaction(() => this.#takeOne(entry))();
        return undefined;
      } catch (error) {
        if (!db.inTransaction) throw error;
        const { kind, message } = toArrayError(error);
        return { kind: kind === 'notFound' ? 'notFound' : 'failed', message };
      }
    });
    if (!isLate()) return answers;
    this.takeBack(entries.filter((_, index) => answers[index] === undefined));
    return answers.map((answer) => answer ?? TIMED_OUT);
  }

  /** Undoes what was taken; those that are in use by now, or gone, stay so. Gives what it took back. */
  takeBack(entries: readonly TakeEntry[]): ReadonlySet<VvolId> {
    const { volumes, content, metadata } = this.#parts;
    const undone = new Set<VvolId>();
    for (const { snapshotId } of entries) {
      const row = volumes.rowInAnyState(snapshotId);
      if (row?.state !== 'live' || row.origin !== 'snapshot' || volumes.isBound(row)) continue;
      volumes.changed('delete', row);
      metadata.clear(row.volume_no);
      volumes.setContent(row.volume_no, 0);
      content.release(Number(row.root_no));
      volumes.setState(row.volume_no, 'prepared');
      undone.add(snapshotId);
    }
    return undone;
  }

  /** Ends prepared snapshots that nobody has taken in time; call it inside a transaction. */
  expire(): void {
    for (const volumeNo of this.#expired()) this.#parts.volumes.discard(volumeNo);
  }

  /** Whether `expire` has something to end. */
  areExpired(): boolean {
    return this.#expired().length > 0;
  }

  /** Errors: tooManySnapshots. */
  refuseMany(parent: VolumeRow): void {
    const { volumes, inventory } = this.#parts;
    const { snapshotsPerVolume } = inventory.containerByNo(parent.container_no);
    if (volumes.copiesOf(parent.volume_no) < snapshotsPerVolume) return;
    throw new ArrayError(
      'tooManySnapshots',
      `a volume has at most ${snapshotsPerVolume} snapshots and fast clones`,
    );
  }

  #expired(): readonly bigint[] {
    const { volumes, clock } = this.#parts;
    return volumes.preparedBefore(clock.now() - LIMITS.preparedSnapshotMs);
  }

  #finishPrepare({ madeNo = 0n, subjectNo = 0n }: OpenJob): JobResult {
    const { volumes, sharing } = this.#parts;
    const row = volumes.rowOf(subjectNo);
    const [parent] = volumes.list([row.vvol_id]);
    if (parent === undefined) throw new ArrayError('notFound', `no volume ${row.vvol_id}`);
    volumes.setState(madeNo, 'prepared');
    const snapshotId = volumes.rowOf(madeNo).vvol_id;
    return { kind: 'preparedSnapshot', snapshotId, parent, parentSpace: sharing.spaceOfRow(row) };
  }

  #takeOne({ snapshotId, metadata }: TakeEntry): void {
    const { volumes, content, clock } = this.#parts;
    const row = volumes.rowInAnyState(snapshotId);
    const expired = clock.now() - LIMITS.preparedSnapshotMs;
    if (row?.state !== 'prepared' || row.created_at_ms < expired || row.parent_no === null) {
      throw new ArrayError('notFound', `no prepared snapshot ${snapshotId}`);
    }
    const parent = volumes.rowOf(row.parent_no);
    // The volume may have grown since the snapshot was prepared, or have been put back to what it was.
    if (parent.size_bytes !== row.size_bytes) volumes.setGuarantee(row, parent.size_bytes, 0n);
    volumes.publish(row.volume_no, content.fork(Number(parent.root_no)), metadata);
  }

  #finishRevert({ subjectNo = 0n, targetRoot, intent }: OpenJob): JobResult {
    const { volumes, content, space } = this.#parts;
    const row = volumes.rowOf(subjectNo);
    const size = BigInt(intent.size ?? row.size_bytes);
    space.within(row.container_no, () => {
      volumes.setContent(subjectNo, targetRoot);
      content.release(Number(row.root_no));
      volumes.setGuarantee(volumes.rowOf(subjectNo), size, row.is_thin === 1n ? 0n : size);
    });
    volumes.changed('update', row);
    return { kind: 'none' };
  }
}

/**
 * Takes snapshots in one of the next transactions, all at one point in time, within `timeoutMs` of the
 * call; what is late is taken back before it is answered. `write` runs work in the next transaction.
 */
export async function takeInTime(
  { snapshots, clock }: { readonly snapshots: Snapshots; readonly clock: Clock },
  write: <Result>(work: () => Result) => Promise<Result>,
  entries: readonly TakeEntry[],
  timeoutMs: number,
): Promise<readonly (SnapshotRefusal | undefined)[]> {
  const deadline = clock.now() + timeoutMs;
  const isLate = () => clock.now() > deadline;
  const answers = await write(() => snapshots.take(entries, isLate));
  if (!isLate()) return answers;
  const taken = entries.filter((_, index) => answers[index] === undefined);
  const undone = await write(() => snapshots.takeBack(taken));
  return entries.map(({ snapshotId }, index) => {
    return answers[index] ?? (undone.has(snapshotId) ? TIMED_OUT : undefined);
  });
}

const TIMED_OUT: SnapshotRefusal = Object.freeze({
  kind: 'timedOut',
  message: 'the snapshots could not be taken in time',
});
