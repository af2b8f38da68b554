/**
 * Making and enlarging volumes, as jobs. A thin volume holds nothing until it is written; a
 * thick one has all of its size kept free for it from the start.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { NewVolume } from '../src/array/volumes.ts';
import type { JobResult, MetadataPair } from '../src/model/array.ts';
import type { VvolId } from '../src/model/ids.ts';
import type { Bytes } from '../src/model/units.ts';
import { EMPTY } from './content/content.ts';
import type { OpenJob } from './job-rows.ts';
import type { Plan, Work } from './job-runner.ts';
import { refuseUnfitPairs } from './metadata.ts';
import { thinWish } from './policies/matching.ts';
import { profileText } from './profile-text.ts';
import type { VolumeRow } from './volume-rows.ts';
import { refuseSize, type VolumeParts, type Volumes } from './volumes.ts';

/** Kinds of jobs that give a volume another content: until they end it cannot change otherwise. */
export const CONTENT_JOBS = ['revertVolume', 'copyDiffs'] as const;
/** Kinds of jobs that change a volume: each alone. */
export const CHANGING_JOBS = [...CONTENT_JOBS, 'resizeVolume', 'applyProfile'] as const;

export class Creation {
  readonly #parts: VolumeParts & { readonly volumes: Volumes };

  constructor(parts: VolumeParts & { readonly volumes: Volumes }) {
    this.#parts = parts;
  }

  create(asked: NewVolume): Plan {
    const { inventory, volumes } = this.#parts;
    return {
      kind: 'createVolume',
      request: creationRequest(asked),
      begin: () => {
        const container = inventory.container(asked.containerId);
        refuseUnfitPairs(asked.metadata);
        // A swap file must never meet a full container while its virtual machine runs.
        const wish = asked.thin ?? thinWish(asked.profile?.asked ?? []);
        const thin = wish ?? asked.type !== 'Swap';
        const { volume_no: madeNo } = volumes.insert({
          ...asked,
          container,
          thin,
          readOnly: false,
          guaranteed: thin ? 0n : asked.size,
          parent: undefined,
        });
        const intent = { metadata: asked.metadata };
        return { arrayNo: container.arrayNo, madeNo, intent, isWorked: true };
      },
    };
  }

  resize(vvolId: VvolId, size: Bytes): Plan {
    const { volumes } = this.#parts;
    return {
      kind: 'resizeVolume',
      request: { vvolId, size: String(size) },
      begin: () => {
        const row = volumes.row(vvolId);
        const { container, arrayNo } = this.#parts.inventory.containerByNo(row.container_no);
        if (row.origin === 'snapshot') {
          throw new ArrayError('unsupported', 'a snapshot cannot change its size');
        }
        if (size < row.size_bytes) throw new ArrayError('unsupported', 'a volume cannot shrink');
        if (size > row.size_bytes) refuseSize(size, container.maxVolumeBytes);
        this.#refuseWork(row);
        const intent = { size: String(size) };
        const isDone = size === row.size_bytes;
        return { arrayNo, subjectNo: row.volume_no, intent, isWorked: true, isDone };
      },
    };
  }

  works(): Readonly<Record<'createVolume' | 'resizeVolume', Work>> {
    return {
      createVolume: { finish: (job) => this.#finishCreate(job) },
      resizeVolume: { finish: (job) => this.#finishResize(job) },
    };
  }

  #finishCreate({ madeNo = 0n, intent }: OpenJob): JobResult {
    const { volumes } = this.#parts;
    volumes.publish(madeNo, EMPTY, intent.metadata ?? []);
    return { kind: 'volume', vvolId: volumes.rowOf(madeNo).vvol_id };
  }

  #finishResize({ subjectNo = 0n, intent }: OpenJob): JobResult {
    const { volumes } = this.#parts;
    const row = volumes.rowOf(subjectNo);
    const size = BigInt(intent.size ?? row.size_bytes);
    if (size > row.size_bytes) {
      volumes.setGuarantee(row, size, row.is_thin === 1n ? 0n : size);
      volumes.changed('update', row);
    }
    return { kind: 'none' };
  }

  #refuseWork(row: VolumeRow): void {
    this.#parts.jobs.refuseWorkOn(row.volume_no, CHANGING_JOBS);
  }
}

/** Metadata as one argument of a request. */
export function metadataText(metadata: readonly MetadataPair[]): string {
  return JSON.stringify(metadata.map(({ key, value }) => [key, value]));
}

function creationRequest(asked: NewVolume): Plan['request'] {
  return {
    vvolId: asked.vvolId,
    containerId: asked.containerId,
    type: asked.type,
    size: String(asked.size),
    thin: String(asked.thin),
    metadata: metadataText(asked.metadata),
    profile: profileText(asked.profile),
  };
}
