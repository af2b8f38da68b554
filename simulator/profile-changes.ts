/**
 * Applying a profile to a volume, as a job. The volume names the profile from the first step on; what it gets
 * by it, it gets at the end. Data that has to lie elsewhere is walked through in steps, while hosts go on: all
 * media of a pool lie in one file here, so that nothing is copied. A job that is stopped leaves all as it was.
 */
import type { AppliedProfile, JobResult, MetadataPair } from '../src/model/array.ts';
import type { VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { decodeValues, encodeValues } from './capability-values.ts';
import { EMPTY } from './content/content.ts';
import { CHANGING_JOBS } from './creation.ts';
import type { OpenJob } from './job-rows.ts';
import type { Plan, Work } from './job-runner.ts';
import { thinWish } from './policies/matching.ts';
import { profileFields, profileOfIntent, profileText } from './profile-text.ts';
import { profileOf, type VolumeRow } from './volume-rows.ts';
import { guaranteeOf, type VolumeParts, type Volumes } from './volumes.ts';

/** The metadata pair that names the profile of a volume. */
const PROFILE_KEY = 'VMW_VvolProfile';

export class ProfileChanges {
  readonly #parts: VolumeParts & { readonly volumes: Volumes };

  constructor(parts: VolumeParts & { readonly volumes: Volumes }) {
    this.#parts = parts;
  }

  apply(vvolId: VvolId, profile: AppliedProfile): Plan {
    const { volumes, inventory, jobs } = this.#parts;
    return {
      kind: 'applyProfile',
      request: { vvolId, profile: profileText(profile) },
      begin: () => {
        const row = volumes.row(vvolId);
        jobs.refuseWorkOn(row.volume_no, CHANGING_JOBS);
        const { arrayNo } = inventory.containerByNo(row.container_no);
        const { profileId, generationId } = profile;
        const isDone = row.profile_id === profileId && row.profile_generation === generationId;
        const common = { arrayNo, subjectNo: row.volume_no };
        if (isDone) return { ...common, isWorked: true, isDone };
        return { ...common, ...this.#begin(row, profile) };
      },
    };
  }

  work(): Work {
    return {
      step: (job) => this.#step(job),
      finish: (job) => this.#finish(job),
      undo: (job) => this.#undo(job),
    };
  }

  #begin(row: VolumeRow, profile: AppliedProfile) {
    const { volumes, inventory, policies, metadata } = this.#parts;
    const { container } = inventory.containerByNo(row.container_no);
    const given = policies.given(container, profile.asked);
    const thin = thinWish(profile.asked) ?? row.is_thin === 1n;
    const earlier = profileOf(row);
    const before = {
      ...(earlier && { profile: profileFields(earlier) }),
      pairs: this.#pairs(row),
    };
    // All that it will need, so that it does not end half-way for want of space.
    if (!thin) volumes.setGuarantee(row, row.size_bytes, guaranteeOf(row, { thin }));
    volumes.setProfile(row.volume_no, profile);
    metadata.update(row.volume_no, [pairOf(profile)], []);
    volumes.changed('update', row);
    const isMove = policies.isMove(this.#given(row), given);
    return {
      intent: { profile: profileFields(profile), before, thin, services: encodeValues(given) },
      isWorked: !isMove || row.root_no === BigInt(EMPTY),
    };
  }

  /** What the volume was given; one from before that was kept, what it would be given now. */
  #given(row: VolumeRow) {
    const { given, inventory, policies } = this.#parts;
    if (row.given_no !== null) return given.values(row.given_no);
    return policies.given(inventory.containerByNo(row.container_no).container, []);
  }

  #pairs({ volume_no: volumeNo }: VolumeRow): readonly MetadataPair[] {
    const pairs = this.#parts.metadata.ofVolumes([volumeNo]).get(volumeNo) ?? [];
    return pairs.filter(({ key }) => key.toLowerCase() === PROFILE_KEY.toLowerCase());
  }

  /** What is written meanwhile lies in the right place at once; so only what has been passed counts. */
  #step(job: OpenJob) {
    const { volumes, content } = this.#parts;
    const { root_no, size_bytes } = volumes.rowOf(job.subjectNo ?? 0n);
    const start = job.nextChunk * content.chunkBytes;
    const range = { start, length: Math.max(0, Number(size_bytes) - start) };
    const { scanned } = content.countUnshared(Number(root_no), EMPTY, range, LIMITS.jobStepNodes);
    const nextChunk = job.nextChunk + scanned;
    const passed = (nextChunk * content.chunkBytes) / Number(size_bytes);
    return {
      job: { ...job, nextChunk, isWorked: passed >= 1 },
      percent: Math.min(100, Math.floor(passed * 100)),
    };
  }

  #finish({ subjectNo = 0n, intent }: OpenJob): JobResult {
    const { volumes, given } = this.#parts;
    const row = volumes.rowOf(subjectNo);
    const thin = intent.thin ?? row.is_thin === 1n;
    const { services } = intent;
    const givenNo = services === undefined ? row.given_no : given.keep(decodeValues(services));
    volumes.setGuarantee(row, row.size_bytes, guaranteeOf(row, { thin }));
    volumes.setGiven(subjectNo, thin, givenNo);
    const isOther = givenNo !== row.given_no || thin !== (row.is_thin === 1n);
    if (isOther) volumes.changed('update', row);
    return { kind: 'none' };
  }

  #undo({ subjectNo = 0n, intent }: OpenJob): void {
    const { volumes, metadata } = this.#parts;
    const row = volumes.rowOf(subjectNo);
    const applied = profileOfIntent(intent.profile);
    const { before } = intent;
    if (applied === undefined || before === undefined) return;
    volumes.setGuarantee(row, row.size_bytes, guaranteeOf(row));
    volumes.setProfile(subjectNo, profileOfIntent(before.profile));
    const [present] = this.#pairs(row);
    // A client that has written its own since keeps it.
    if (present?.value === pairOf(applied).value) {
      const gone = before.pairs.length === 0 ? [PROFILE_KEY] : [];
      metadata.update(subjectNo, before.pairs, gone);
    }
    volumes.changed('update', row);
  }
}

function pairOf({ profileId, generationId }: AppliedProfile): MetadataPair {
  return { key: PROFILE_KEY, value: `${profileId}:${generationId}` };
}
