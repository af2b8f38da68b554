/**
 * The second call of snapshots: all that are named are taken in one transaction, which is one point in
 * time between two transactions' worth of writes. What comes too late is taken back before it is answered;
 * a caller that lost the answer asks again and takes nothing twice. Knows nothing of how snapshots are prepared.
 */

import type { SnapshotRefusal } from '../src/array/copies.ts';
import { ArrayError } from '../src/array/errors.ts';
import type { MetadataPair } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { type CommitQueue, toArrayError } from './commit.ts';
import type { Content } from './content/content.ts';
import type { Metadata } from './metadata.ts';
import type { Db } from './open.ts';
import { guaranteeOf, type Volumes } from './volumes.ts';

/** A snapshot to take. */
interface TakeEntry {
  readonly snapshotId: VvolId;
  readonly metadata: readonly MetadataPair[];
}

type Answers = readonly (SnapshotRefusal | undefined)[];

interface TakingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly content: Content;
  readonly metadata: Metadata;
  readonly volumes: Volumes;
  readonly queue: CommitQueue;
}

const TIMED_OUT: SnapshotRefusal = Object.freeze({
  kind: 'timedOut',
  message: 'the snapshots could not be taken in time',
});

/** See `takeSnapshots` of the port. */
export async function takeInTime(
  parts: TakingParts,
  entries: readonly TakeEntry[],
  timeoutMs: number,
): Promise<Answers> {
  const { clock, queue } = parts;
  const deadline = clock.now() + timeoutMs;
  const isLate = () => clock.now() > deadline;
  const { answers, taken } = await queue.submit(() => take(parts, entries, isLate));
  if (taken.length === 0 || !isLate()) return answers;
  // The commit was slow. Nobody knows of the snapshots yet, and nobody would ever end them.
  const undone = await queue.insist(() => takeBack(parts, taken));
  return entries.map(({ snapshotId }, index) => {
    return answers[index] ?? (undone.has(snapshotId) ? TIMED_OUT : undefined);
  });
}

/** Takes what is prepared; each entry stands or falls by itself. `taken`: what is new by this. */
function take(
  parts: TakingParts,
  entries: readonly TakeEntry[],
  isLate: () => boolean,
): { readonly answers: Answers; readonly taken: readonly TakeEntry[] } {
  const { db } = parts;
  const nothing = () => ({
    answers: repeated(
      parts,
      entries,
      entries.map(() => TIMED_OUT),
    ),
    taken: [],
  });
  if (isLate()) return nothing();
  const answers = entries.map((entry): SnapshotRefusal | undefined => {
    try {
      db.transaction(() => takeOne(parts, entry))();
      return undefined;
    } catch (error) {
      if (!db.inTransaction) throw error;
      const { kind, message } = toArrayError(error);
      return { kind: kind === 'notFound' ? 'notFound' : 'failed', message };
    }
  });
  const taken = entries.filter((_, index) => answers[index] === undefined);
  if (taken.length === 0) return { answers: repeated(parts, entries, answers), taken };
  if (!isLate()) return { answers, taken };
  takeBack(parts, taken);
  return { answers: answers.map((answer) => answer ?? TIMED_OUT), taken: [] };
}

/**
 * The answers of a call that takes nothing: what an earlier one took in the same way is taken. A call that
 * takes anything has a moment of its own, at which the others were not taken.
 */
function repeated(parts: TakingParts, entries: readonly TakeEntry[], answers: Answers): Answers {
  return entries.map((entry, index) => (isTaken(parts, entry) ? undefined : answers[index]));
}

function isTaken({ volumes, metadata }: TakingParts, entry: TakeEntry): boolean {
  const row = volumes.rowInAnyState(entry.snapshotId);
  if (row?.state !== 'live' || row.origin !== 'snapshot') return false;
  return metadata.isSame(row.volume_no, entry.metadata);
}

function takeOne(
  { volumes, content, clock }: TakingParts,
  { snapshotId, metadata }: TakeEntry,
): void {
  const row = volumes.rowInAnyState(snapshotId);
  const expired = clock.now() - LIMITS.preparedSnapshotMs;
  if (row?.state !== 'prepared' || row.created_at_ms < expired || row.parent_no === null) {
    throw new ArrayError('notFound', `no prepared snapshot ${snapshotId}`);
  }
  const parent = volumes.rowOf(row.parent_no);
  // The volume may have grown since the snapshot was prepared, or have been put back to what it was.
  const size = parent.size_bytes;
  if (size !== row.size_bytes) volumes.setGuarantee(row, size, guaranteeOf(row, { size }));
  volumes.publish(row.volume_no, content.fork(Number(parent.root_no)), metadata);
}

/** Undoes what was taken; those that are in use by now, or gone, stay so. Gives what it took back. */
function takeBack(
  { volumes, content, metadata }: TakingParts,
  entries: readonly TakeEntry[],
): ReadonlySet<VvolId> {
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
