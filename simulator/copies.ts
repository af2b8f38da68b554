/**
 * Copies: full clones, which share nothing with their source; fast clones, which share everything; and
 * differences written onto another volume. What is copied is the content of the moment the job started,
 * held by the job; what it makes is seen when it ends, and not before.
 */

import type { NewCopy } from '../src/array/copies.ts';
import { ArrayError } from '../src/array/errors.ts';
import type { StorageArrayPort } from '../src/array/port.ts';
import type { JobResult } from '../src/model/array.ts';
import { LIMITS } from '../src/model/limits.ts';
import { CHANGING_JOBS, metadataText } from './creation.ts';
import type { ContainerEntry } from './inventory.ts';
import type { OpenJob } from './job-rows.ts';
import type { Plan, Work } from './job-runner.ts';
import type { Request } from './jobs.ts';
import { refuseUnfitPairs } from './metadata.ts';
import { thinWish } from './policies/matching.ts';
import { profileText } from './profile-text.ts';
import { refuseUnrelated } from './sharing.ts';
import type { Snapshots } from './snapshots.ts';
import type { VolumeRow } from './volume-rows.ts';
import type { VolumeParts, Volumes } from './volumes.ts';

type DiffVolumes = Parameters<StorageArrayPort['copyDiffs']>[1];

interface CopyParts extends VolumeParts {
  readonly volumes: Volumes;
  readonly snapshots: Snapshots;
}

export class Copies {
  readonly #parts: CopyParts;

  constructor(parts: CopyParts) {
    this.#parts = parts;
  }

  clone(copy: NewCopy): Plan {
    return {
      kind: 'cloneVolume',
      request: copyRequest(copy),
      begin: () => {
        const { source, container } = this.#source(copy);
        const thin = thinWish(copy.profile?.asked ?? []) ?? source.is_thin === 1n;
        // All that it will need, so that it does not end half-way for want of space.
        const guaranteed = thin ? source.committed_bytes : source.size_bytes;
        const made = this.#insert(copy, source, { container, kind: 'clone', thin, guaranteed });
        return {
          ...made,
          sourceRoot: this.#parts.content.fork(Number(source.root_no)),
          isWorked: source.root_no === 0n,
        };
      },
    };
  }

  fastClone(copy: NewCopy): Plan {
    return {
      kind: 'fastCloneVolume',
      request: copyRequest(copy),
      begin: () => {
        const { source, container } = this.#source(copy);
        if (container.containerNo !== source.container_no) {
          throw new ArrayError('unsupported', 'a fast clone stays in the container of its source');
        }
        this.#parts.snapshots.refuseMany(source);
        const kind = 'fastClone';
        const thin = thinWish(copy.profile?.asked ?? []) ?? true;
        const guaranteed = thin ? 0n : source.size_bytes;
        const made = this.#insert(copy, source, { container, kind, thin, guaranteed });
        const targetRoot = this.#parts.content.fork(Number(source.root_no));
        return { ...made, targetRoot, isWorked: true };
      },
    };
  }

  /** The target is changed in one step at the end, so that a job that is stopped has changed nothing. */
  diffs(asked: DiffVolumes): Plan {
    const { volumes, inventory, jobs, content } = this.#parts;
    return {
      kind: 'copyDiffs',
      request: { ...asked },
      begin: () => {
        const source = volumes.row(asked.source);
        const base = volumes.row(asked.base);
        const target = volumes.row(asked.target);
        refuseUnrelated(source, base);
        const { arrayNo } = inventory.containerByNo(target.container_no);
        if (inventory.containerByNo(source.container_no).arrayNo !== arrayNo) {
          throw new ArrayError('incompatible', 'the volumes are not in one array');
        }
        if (target.is_read_only === 1n) {
          throw new ArrayError('unsupported', `${asked.target} is a read-only snapshot`);
        }
        if (target.size_bytes < source.size_bytes) {
          throw new ArrayError('invalid', `${asked.target} is smaller than ${asked.source}`);
        }
        if (volumes.isBound(target)) {
          throw new ArrayError('inUse', `volume ${asked.target} is bound`);
        }
        jobs.refuseWorkOn(target.volume_no, CHANGING_JOBS);
        return {
          arrayNo,
          subjectNo: target.volume_no,
          sourceRoot: content.fork(Number(source.root_no)),
          baseRoot: content.fork(Number(base.root_no)),
          targetRoot: content.fork(Number(target.root_no)),
          isWorked: source.root_no === base.root_no,
        };
      },
    };
  }

  works(): Readonly<Record<'cloneVolume' | 'fastCloneVolume' | 'copyDiffs', Work>> {
    return {
      cloneVolume: {
        step: (job) => this.#stepClone(job),
        finish: (job) => this.#finishClone(job),
      },
      fastCloneVolume: { finish: (job) => this.#publish(job, job.targetRoot) },
      copyDiffs: {
        step: (job) => this.#stepDiffs(job),
        finish: (job) => this.#finishDiffs(job),
      },
    };
  }

  #source(copy: NewCopy): { readonly source: VolumeRow; readonly container: ContainerEntry } {
    const { inventory, volumes } = this.#parts;
    const source = volumes.row(copy.source);
    const own = inventory.containerByNo(source.container_no);
    const container = copy.containerId === undefined ? own : inventory.container(copy.containerId);
    if (container.arrayNo !== own.arrayNo) {
      throw new ArrayError('unsupported', 'the container is in another array');
    }
    refuseUnfitPairs(copy.metadata);
    return { source, container };
  }

  #insert(
    copy: NewCopy,
    source: VolumeRow,
    how: {
      readonly container: ContainerEntry;
      readonly kind: 'clone' | 'fastClone';
      readonly thin: boolean;
      readonly guaranteed: bigint;
    },
  ) {
    const { volume_no: madeNo } = this.#parts.volumes.insert({
      ...how,
      vvolId: copy.vvolId,
      type: source.type,
      size: source.size_bytes,
      readOnly: false,
      parent: { row: source, kind: how.kind },
      profile: copy.profile,
    });
    return { arrayNo: how.container.arrayNo, madeNo, intent: { metadata: copy.metadata } };
  }

  /** The copy belongs to the volume that is being made, so that the space it takes is counted there. */
  #stepClone(job: OpenJob) {
    const { volumes, space } = this.#parts;
    const made = volumes.rowOf(job.madeNo ?? 0n);
    return space.within(made.container_no, () => {
      const step = this.#copy(job, Number(made.root_no), made);
      volumes.setContent(made.volume_no, step.root);
      return step;
    });
  }

  #stepDiffs(job: OpenJob) {
    const target = this.#parts.volumes.rowOf(job.subjectNo ?? 0n);
    return this.#parts.space.within(target.container_no, () => {
      const { root: targetRoot, job: next, percent } = this.#copy(job, job.targetRoot, target);
      return { job: { ...next, targetRoot }, percent };
    });
  }

  #copy(job: OpenJob, root: number, into: VolumeRow) {
    const { content, space } = this.#parts;
    const { target, next } = content.copyStep({
      source: job.sourceRoot,
      base: job.baseRoot,
      target: root,
      poolNo: space.poolNo(into.container_no),
      from: job.nextChunk,
      budget: LIMITS.jobStepNodes,
    });
    const chunks = Number(into.size_bytes) / content.chunkBytes;
    return {
      root: target,
      job: { ...job, nextChunk: next ?? job.nextChunk, isWorked: next === undefined },
      percent: Math.min(100, Math.floor(((next ?? chunks) / chunks) * 100)),
    };
  }

  #finishClone(job: OpenJob): JobResult {
    const { volumes } = this.#parts;
    const made = volumes.rowOf(job.madeNo ?? 0n);
    const guaranteed = made.is_thin === 1n ? 0n : made.size_bytes;
    volumes.setGuarantee(made, made.size_bytes, guaranteed);
    return this.#publish(job, Number(made.root_no));
  }

  #publish({ madeNo = 0n, intent }: OpenJob, root: number): JobResult {
    const { volumes } = this.#parts;
    volumes.publish(madeNo, root, intent.metadata ?? []);
    return { kind: 'volume', vvolId: volumes.rowOf(madeNo).vvol_id };
  }

  #finishDiffs({ subjectNo = 0n, targetRoot }: OpenJob): JobResult {
    const { volumes, content, space } = this.#parts;
    const row = volumes.rowOf(subjectNo);
    // What a thick volume has less of is kept free for it, while snapshots may hold on to the rest.
    space.within(row.container_no, () => {
      volumes.setContent(subjectNo, targetRoot);
      content.release(Number(row.root_no));
    });
    return { kind: 'none' };
  }
}

function copyRequest({ vvolId, source, containerId, metadata, profile }: NewCopy): Request {
  return {
    vvolId,
    source,
    containerId: containerId ?? '',
    metadata: metadataText(metadata),
    profile: profileText(profile),
  };
}
