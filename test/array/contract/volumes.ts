/** Making, changing, reading and deleting volumes. */
import { expect, it } from 'vitest';
import type { NewVolume } from '../../../src/array/volumes.ts';
import type { ContainerId, ProfileId } from '../../../src/model/ids.ts';
import { bytes, bytesFromMB } from '../../../src/model/units.ts';
import { VOLUME_TYPES } from '../../../src/model/volume-type.ts';
import { ended, failureOf, type Harness, newHostId, newJob, newVvolId, only } from './harness.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000' as ContainerId;
const PROFILE = {
  profileId: 'f4e5bade-15a2-4805-bf8e-52318c4ce443' as ProfileId,
  generationId: 2n ** 60n + 1n,
  document: '{"name":"ünïcode"}',
  asked: [],
};

export function volumeSentences(harness: Harness): void {
  creationSentences(harness);
  spaceSentences(harness);
  repetitionSentences(harness);
  readingSentences(harness);
  deletionSentences(harness);
  changingSentences(harness);
}

function creationSentences(harness: Harness): void {
  it('a volume has the id that the caller chose and all that was asked for', async () => {
    const asked = harness.newVolume({
      type: 'Config',
      thin: false,
      metadata: [
        { key: 'VMW_VVolType', value: 'Config' },
        { key: 'VMW_VVolName', value: 'Größe & <Name>' },
      ],
      profile: PROFILE,
    });
    const start = newJob();
    const job = await harness.createAs(start, asked);
    expect(job).toMatchObject({ jobId: start.jobId, operation: start.operation });
    expect(job).toMatchObject({ state: 'succeeded', error: undefined, progressPercent: 100 });
    expect(job.result).toEqual({ kind: 'volume', vvolId: asked.vvolId });
    const volume = only(await harness.array.volumes([asked.vvolId]));
    const { metadata, ...others } = asked;
    expect(volume).toMatchObject({ ...others, origin: { kind: 'created' } });
    expect(new Set(volume.metadata)).toEqual(new Set(metadata));
  });

  it('every type of volume can be made in every container', async () => {
    for (const { containerId } of await harness.array.containers()) {
      for (const type of VOLUME_TYPES) {
        const volume = await harness.create({ containerId, type, thin: undefined });
        expect(volume).toMatchObject({ containerId, type });
      }
    }
  });

  it('the array decides whether a volume is thin when it is not told', async () => {
    expect(typeof (await harness.create({ thin: undefined })).thin).toBe('boolean');
  });

  it('of a key that is given twice in different case the last pair stands', async () => {
    const metadata = [
      { key: 'VMW_VVolName', value: 'first' },
      { key: 'VMW_VvolName', value: 'second' },
    ];
    const volume = await harness.create({ metadata });
    expect(volume.metadata).toEqual([{ key: 'VMW_VvolName', value: 'second' }]);
  });

  it('a volume outlives the reopening of the array, unchanged', async () => {
    const volume = await harness.create({ profile: PROFILE });
    await harness.reopen();
    expect(await harness.array.volumes([volume.vvolId])).toEqual([volume]);
  });

  it('an unknown container is notFound, and nothing is made', async () => {
    const asked = harness.newVolume({ containerId: UNKNOWN });
    const call = harness.array.createVolume(newJob(), asked);
    expect(await failureOf(call, harness.array)).toBe('notFound');
    expect(await harness.array.volumes([asked.vvolId])).toEqual([]);
  });

  it('a size of 0 or above the maximum of the container is invalid', async () => {
    const most = harness.container().maxVolumeBytes;
    for (const size of [bytes(0n), bytes(most + 1n)]) {
      const call = harness.array.createVolume(newJob(), harness.newVolume({ size }));
      expect(await failureOf(call, harness.array)).toBe('invalid');
    }
  });

  it('many volumes made at once are all made, beside one that fails', async () => {
    const asked = Array.from({ length: 40 }, () => harness.newVolume());
    const bad = harness.newVolume({ containerId: UNKNOWN });
    const [failure] = await Promise.all([
      failureOf(harness.array.createVolume(newJob(), bad), harness.array),
      ...asked.map((volume) => harness.createAs(newJob(), volume)),
    ]);
    expect(failure).toBe('notFound');
    const ids = asked.map((volume) => volume.vvolId);
    expect((await harness.array.volumes(ids)).map((volume) => volume.vvolId)).toEqual(ids);
  });
}

/** Thick volumes as large as may be, until one is refused; undefined when too many would be needed. */
async function fill(harness: Harness): Promise<string | undefined> {
  const { containerId, maxVolumeBytes } = harness.container();
  for (let i = 0; i < 8; i += 1) {
    const { physicalFree } = await harness.array.containerSpace(containerId);
    const most = physicalFree > maxVolumeBytes ? maxVolumeBytes : physicalFree;
    const size = most > 0n ? most : bytesFromMB(1n);
    const refusal = await failureOf(
      harness.createAs(newJob(), harness.newVolume({ size, thin: false })),
      harness.array,
    );
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function spaceSentences(harness: Harness): void {
  it('a thick volume that there is no space for is noSpace, made or grown', async (context) => {
    const small = await harness.create({ thin: false });
    const refusal = await fill(harness);
    if (refusal === undefined) context.skip('the container is too large to be filled here');
    expect(refusal).toBe('noSpace');
    const { containerId, maxVolumeBytes } = harness.container();
    const { physicalFree } = await harness.array.containerSpace(containerId);
    if (small.size + physicalFree >= maxVolumeBytes) return;
    const grow = harness.array.resizeVolume(newJob(), small.vvolId, maxVolumeBytes);
    expect(await failureOf(grow, harness.array)).toBe('noSpace');
    expect(await harness.array.volumes([small.vvolId])).toEqual([small]);
  });

  it('metadata that does not fit is invalid, and nothing is made', async () => {
    const asked = harness.newVolume({ metadata: [{ key: '', value: 'x' }] });
    const call = harness.array.createVolume(newJob(), asked);
    expect(await failureOf(call, harness.array)).toBe('invalid');
    expect(await harness.array.volumes([asked.vvolId])).toEqual([]);
  });
}

function repetitionSentences(harness: Harness): void {
  it('a repeated call gives the same job and makes nothing, also after reopening', async () => {
    const asked = harness.newVolume({ profile: PROFILE });
    const start = newJob();
    const job = await harness.createAs(start, asked);
    expect(await harness.array.createVolume(start, { ...asked })).toEqual(job);
    await harness.reopen();
    const before = (await harness.array.changes(0n, 1)).newest;
    expect(await harness.array.createVolume(start, { ...asked })).toEqual(job);
    expect((await harness.array.changes(0n, 1)).newest).toBe(before);
  });

  it('two calls at once with the same ids make one volume', async () => {
    const asked = harness.newVolume();
    const start = newJob();
    const jobs = await Promise.all([
      harness.createAs(start, asked),
      harness.createAs(start, asked),
    ]);
    expect(jobs[1]).toEqual(jobs[0]);
    expect(await harness.array.volumes([asked.vvolId])).toHaveLength(1);
  });

  it('the same job with any other argument is alreadyExists, and changes nothing', async () => {
    const asked = harness.newVolume();
    const start = newJob();
    await harness.createAs(start, asked);
    const before = await harness.array.volumes([asked.vvolId]);
    const others = (await harness.array.containers()).filter(
      ({ containerId }) => containerId !== asked.containerId,
    );
    const differences: Partial<NewVolume>[] = [
      ...others.map(({ containerId }) => ({ containerId })),
      { vvolId: newVvolId() },
      { type: 'Swap' },
      { size: bytesFromMB(1025n) },
      { thin: false },
      { metadata: [{ key: 'VMW_VVolName', value: 'other.vmdk' }] },
      { profile: PROFILE },
    ];
    for (const difference of differences) {
      const call = harness.array.createVolume(start, { ...asked, ...difference });
      expect(await failureOf(call, harness.array), Object.keys(difference)[0]).toBe(
        'alreadyExists',
      );
    }
    expect(await harness.array.volumes([asked.vvolId])).toEqual(before);
  });

  it('the id of an existing volume under another job is alreadyExists', async () => {
    const { vvolId } = await harness.create();
    const call = harness.array.createVolume(newJob(), harness.newVolume({ vvolId }));
    expect(await failureOf(call, harness.array)).toBe('alreadyExists');
  });
}

function readingSentences(harness: Harness): void {
  it('volumes come in the order asked, without unknown ones, and no id is an error', async () => {
    const first = await harness.create();
    const second = await harness.create();
    const ids = [second.vvolId, newVvolId(), first.vvolId];
    expect(await harness.array.volumes(ids)).toEqual([second, first]);
    expect(await harness.array.volumes([])).toEqual([]);
  });
}

function deletionSentences(harness: Harness): void {
  it('a deleted volume is gone for every method, also after reopening', async () => {
    const { vvolId } = await harness.create({ metadata: [{ key: 'gone', value: vvolId36() }] });
    await harness.array.deleteVolume(vvolId);
    await harness.reopen();
    expect(await harness.array.volumes([vvolId])).toEqual([]);
    expect(await harness.array.volumeSpace([vvolId])).toEqual([]);
    const bind = harness.array.bind(vvolId, newHostId(), { candidates: [], rebind: false });
    expect(await failureOf(bind)).toBe('notFound');
    expect(await failureOf(harness.array.unbind(vvolId, newHostId(), undefined))).toBe('notFound');
    expect(await failureOf(harness.array.unbindFromAllHosts(vvolId))).toBe('notFound');
    const update = harness.array.updateMetadata(vvolId, { set: [], remove: [] });
    expect(await failureOf(update)).toBe('notFound');
  });

  it('deleting twice, or what never was, is notFound', async () => {
    const { vvolId } = await harness.create();
    await harness.array.deleteVolume(vvolId);
    expect(await failureOf(harness.array.deleteVolume(vvolId))).toBe('notFound');
    expect(await failureOf(harness.array.deleteVolume(newVvolId()))).toBe('notFound');
  });

  it('a volume that any host has bound is inUse, and can be deleted once unbound', async () => {
    const { vvolId, containerId } = await harness.create();
    const hostId = newHostId();
    const candidates = await harness.endpointsOf(containerId);
    await harness.array.bind(vvolId, hostId, { candidates, rebind: false });
    expect(await failureOf(harness.array.deleteVolume(vvolId))).toBe('inUse');
    expect(await harness.array.volumes([vvolId])).toHaveLength(1);
    await harness.array.unbind(vvolId, hostId, undefined);
    expect(await failureOf(harness.array.deleteVolume(vvolId))).toBeUndefined();
  });
}

function changingSentences(harness: Harness): void {
  it('a volume grows; the same size changes nothing; a smaller one is unsupported', async () => {
    const volume = await harness.create();
    const resize = (size: bigint) =>
      harness.array.resizeVolume(newJob('resizeVirtualVolume'), volume.vvolId, bytes(size));
    const grown = await ended(harness.array, await resize(volume.size * 2n));
    expect(grown).toMatchObject({ state: 'succeeded', result: { kind: 'none' } });
    expect(await ended(harness.array, await resize(volume.size * 2n))).toMatchObject({
      state: 'succeeded',
    });
    expect(await failureOf(resize(volume.size), harness.array)).toBe('unsupported');
    const most = harness.container().maxVolumeBytes;
    expect(await failureOf(resize(most + 1n), harness.array)).toBe('invalid');
    await harness.reopen();
    expect(only(await harness.array.volumes([volume.vvolId])).size).toBe(volume.size * 2n);
  });

  it('a volume grows while it is bound, where the array says so', async () => {
    const volume = await harness.create();
    const array = (await harness.array.arrays()).find(
      ({ arrayId }) => arrayId === harness.container().arrayId,
    );
    const candidates = await harness.endpointsOf(volume.containerId);
    await harness.array.bind(volume.vvolId, newHostId(), { candidates, rebind: false });
    const call = harness.array.resizeVolume(newJob(), volume.vvolId, bytes(volume.size * 2n));
    const expected = array?.features.resizeWhileBound ? undefined : 'inUse';
    expect(await failureOf(call, harness.array)).toBe(expected);
  });

  it('an applied profile is kept verbatim, its 64-bit generation too', async () => {
    const { vvolId } = await harness.create();
    const start = newJob('updateStorageProfileForVirtualVolume');
    const job = await ended(
      harness.array,
      await harness.array.applyProfile(start, vvolId, PROFILE),
    );
    expect(job.state).toBe('succeeded');
    expect(only(await harness.array.volumes([vvolId])).profile).toEqual(PROFILE);
    const next = { ...PROFILE, generationId: PROFILE.generationId + 1n };
    await ended(harness.array, await harness.array.applyProfile(newJob(), vvolId, next));
    expect(only(await harness.array.volumes([vvolId])).profile).toEqual(next);
    expect(await failureOf(harness.array.applyProfile(newJob(), newVvolId(), PROFILE))).toBe(
      'notFound',
    );
  });
}

function vvolId36(): string {
  return newVvolId().slice('rfc4122.'.length);
}
