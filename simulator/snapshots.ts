/**
 * Snapshots in two calls, of which this is the first, that does what may be slow, and going back to them;
 * the second is taking.ts. A prepared snapshot has an id and a place in the limits, no content yet, and
 * nobody sees it; one that nobody takes ends by itself.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { StorageArrayPort } from '../src/array/port.ts';
import type { JobResult } from '../src/model/array.ts';
import type { VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { CHANGING_JOBS, CONTENT_JOBS } from './creation.ts';
import type { OpenJob } from './job-rows.ts';
import type { Plan, Work } from './job-runner.ts';
import { thinWish } from './policies/matching.ts';
import { profileText } from './profile-text.ts';
import type { Sharing } from './sharing.ts';
import { profileOf, type VolumeRow } from './volume-rows.ts';
import type { VolumeParts, Volumes } from './volumes.ts';

type PrepareRequest = Parameters<StorageArrayPort['prepareSnapshot']>[1];

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
        const applied = profile ?? profileOf(row);
        // What it shares it holds anyway; what is written to it later takes space then.
        const thin = thinWish(applied?.asked ?? []) ?? true;
        const { volume_no: madeNo } = volumes.insert({
          vvolId: snapshotId,
          container,
          type: row.type,
          size: row.size_bytes,
          thin,
          readOnly,
          guaranteed: thin || readOnly ? 0n : row.size_bytes,
          parent: { row, kind: 'snapshot' },
          profile: applied,
          // It gets what its volume gets, also where that could not be asked for any more.
          ...(profile === undefined && { services: row.given_no }),
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
