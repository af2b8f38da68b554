/**
 * A job as the table has it and as its work sees it. Knows nothing of what jobs do or how they are paced.
 */
import type { ArrayErrorKind, Job, MetadataPair } from '../src/model/array.ts';
import type { ArrayId, JobId } from '../src/model/ids.ts';
import { epochMs } from '../src/model/units.ts';
import type { JobKind, Pace } from './pacing.ts';

/** A profile as JSON. */
export type ProfileText = readonly [
  profileId: string,
  generationId: string,
  document: string,
  asked: string,
];

/** What the end of a job needs to know beyond its row; plain JSON. */
export interface Intent {
  readonly metadata?: readonly MetadataPair[];
  readonly size?: string;
  readonly profile?: ProfileText;
  /** What a profile that is applied takes the place of; without the field `profile`: none. */
  readonly before?: { readonly profile?: ProfileText; readonly pairs: readonly MetadataPair[] };
  /** What the volume is to be given: see the tables `volume` and `given`. */
  readonly thin?: boolean;
  readonly services?: string;
}

/** A job as its work sees it. */
export interface OpenJob {
  readonly jobNo: bigint;
  readonly kind: JobKind;
  readonly arrayNo: bigint;
  readonly subjectNo: bigint | undefined;
  readonly madeNo: bigint | undefined;
  readonly sourceRoot: number;
  readonly baseRoot: number;
  readonly targetRoot: number;
  readonly nextChunk: number;
  readonly intent: Intent;
  readonly isWorked: boolean;
}

export interface JobRow {
  readonly job_no: bigint;
  readonly job_id: JobId;
  readonly array_no: bigint;
  readonly array_id: ArrayId;
  readonly operation: string;
  readonly kind: JobKind;
  readonly request: string;
  readonly state: Job['state'];
  readonly subject_no: bigint | null;
  readonly made_no: bigint | null;
  readonly source_root: bigint;
  readonly base_root: bigint;
  readonly target_root: bigint;
  readonly next_chunk: bigint;
  readonly intent: string;
  readonly is_worked: bigint;
  readonly polls: bigint;
  readonly progress_percent: bigint;
  readonly is_cancelled: bigint;
  readonly result: string | null;
  readonly error_kind: ArrayErrorKind | null;
  readonly error_message: string | null;
  readonly started_at_ms: bigint;
  readonly ended_at_ms: bigint | null;
}

/** The row as its work sees it. */
export function openJob(row: JobRow): OpenJob {
  return {
    jobNo: row.job_no,
    kind: row.kind,
    arrayNo: row.array_no,
    subjectNo: row.subject_no ?? undefined,
    madeNo: row.made_no ?? undefined,
    sourceRoot: Number(row.source_root),
    baseRoot: Number(row.base_root),
    targetRoot: Number(row.target_root),
    nextChunk: Number(row.next_chunk),
    intent: JSON.parse(row.intent),
    isWorked: row.is_worked === 1n,
  };
}

/** By the pace where time sets it, else by how fast it has gone; undefined when nothing tells. */
export function estimatedEnd(
  pace: Pace,
  startedAt: Job['startedAt'],
  now: Job['startedAt'],
  percent: number,
): Job['estimatedEndAt'] {
  if (pace !== 'instant' && 'polls' in pace) return undefined;
  const byPace = pace === 'instant' ? now : startedAt + pace.milliseconds;
  const byWork = percent > 0 ? startedAt + ((now - startedAt) * 100) / percent : now;
  return percent > 0 || pace !== 'instant'
    ? epochMs(Math.round(Math.max(byPace, byWork)))
    : undefined;
}
