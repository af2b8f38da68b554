/** Snapshots: prepared, taken together, reverted to, deleted in any order. Asks `features` first. */
import { expect, it, type TestContext } from 'vitest';
import type { JobStart } from '../../../src/array/jobs.ts';
import type { ArrayFeatures, Job, Volume } from '../../../src/model/array.ts';
import type { ProfileId, VvolId } from '../../../src/model/ids.ts';
import { bytes } from '../../../src/model/units.ts';
import {
  ended,
  expectRecent,
  failureOf,
  type Harness,
  newHostId,
  newJob,
  newVvolId,
  only,
} from './harness.ts';

const TIMEOUT_MS = 30_000;

/** Skips the sentence on an array that cannot do this. */
export function needs(harness: Harness, context: TestContext, feature: keyof ArrayFeatures): void {
  if (!harness.features()[feature]) context.skip(`the array says that it has no ${feature}`);
}

/** Prepares a snapshot of the volume and waits for it. */
async function prepare(
  harness: Harness,
  volume: Volume,
  wish: {
    readonly start?: JobStart;
    readonly snapshotId?: VvolId;
    readonly readOnly?: boolean;
  } = {},
): Promise<Job> {
  const { start = newJob('prepareToSnapshotVirtualVolume'), snapshotId = newVvolId() } = wish;
  const readOnly = wish.readOnly ?? true;
  const request = { vvolId: volume.vvolId, snapshotId, readOnly, profile: undefined };
  return ended(harness.array, await harness.array.prepareSnapshot(start, request));
}

/** Takes one snapshot; it is deleted after the sentence. */
export async function snapshot(harness: Harness, volume: Volume, readOnly = true): Promise<Volume> {
  const snapshotId = newVvolId();
  expect((await prepare(harness, volume, { snapshotId, readOnly })).state).toBe('succeeded');
  const entry = { snapshotId, metadata: [{ key: 'VMW_VVolType', value: 'Data' }] };
  expect(await harness.array.takeSnapshots([entry], TIMEOUT_MS)).toEqual([undefined]);
  harness.made(snapshotId);
  return only(await harness.array.volumes([snapshotId]));
}

export function snapshotSentences(harness: Harness): void {
  preparationSentences(harness);
  takingSentences(harness);
  revertSentences(harness);
}

function preparationSentences(harness: Harness): void {
  it('a prepared snapshot is promised with its volume and space, and is not there yet', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const snapshotId = newVvolId();
    const before = (await harness.array.changes(0n, 1)).newest;
    const job = await prepare(harness, volume, { snapshotId });
    expect(job.result).toMatchObject({ kind: 'preparedSnapshot', snapshotId, parent: volume });
    expect(job.result).toMatchObject({
      parentSpace: { vvolId: volume.vvolId, logical: volume.size },
    });
    expect(await harness.array.volumes([snapshotId])).toEqual([]);
    expect(await failureOf(harness.array.deleteVolume(snapshotId))).toBe('notFound');
    expect((await harness.array.changes(0n, 1)).newest).toBe(before);
    await harness.reopen();
    expect(await harness.array.job(job.jobId)).toEqual(job);
    const entry = { snapshotId, metadata: [] };
    expect(await harness.array.takeSnapshots([entry], TIMEOUT_MS)).toEqual([undefined]);
    harness.made(snapshotId);
  });

  it('preparing again under the same job is the same; another id under it is alreadyExists', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const start = newJob();
    const snapshotId = newVvolId();
    const job = await prepare(harness, volume, { start, snapshotId });
    expect(await prepare(harness, volume, { start, snapshotId })).toEqual(job);
    const other = prepare(harness, volume, { start, snapshotId: newVvolId() });
    expect(await failureOf(other)).toBe('alreadyExists');
    const promised = harness.array.createVolume(
      newJob(),
      harness.newVolume({ vvolId: snapshotId }),
    );
    expect(await failureOf(promised, harness.array)).toBe('alreadyExists');
    const taken = prepare(harness, volume, { snapshotId: volume.vvolId });
    expect(await failureOf(taken)).toBe('alreadyExists');
    expect(await failureOf(prepare(harness, { ...volume, vvolId: newVvolId() }))).toBe('notFound');
  });

  it('preparing more than the limit of the array is tooManySnapshots; prepared ones count', async (context) => {
    needs(harness, context, 'snapshots');
    const most = harness.limits().snapshotsPerVolume;
    if (most > 64) context.skip('the limit is too high to be reached here');
    const volume = await harness.create();
    for (let i = 1; i < most; i += 1) await snapshot(harness, volume);
    expect((await prepare(harness, volume)).state).toBe('succeeded');
    const request = {
      vvolId: volume.vvolId,
      snapshotId: newVvolId(),
      readOnly: true,
      profile: undefined,
    };
    const call = harness.array.prepareSnapshot(newJob(), request);
    expect(await failureOf(call, harness.array)).toBe('tooManySnapshots');
  });

  it('fast clones count among the snapshots of their source while they exist, full clones do not', async (context) => {
    for (const feature of ['snapshots', 'clones', 'fastClones'] as const)
      needs(harness, context, feature);
    const { array } = harness;
    const most = harness.limits().snapshotsPerVolume;
    if (most > 64) context.skip('the limit is too high to be reached here');
    const source = await harness.create();
    const ask = (method: 'cloneVolume' | 'fastCloneVolume', vvolId: VvolId) =>
      array[method](newJob(), {
        vvolId,
        source: source.vvolId,
        containerId: undefined,
        metadata: [],
        profile: undefined,
      });
    for (let i = 2; i < most; i += 1) await snapshot(harness, source);
    const [linked, full, further] = [newVvolId(), newVvolId(), newVvolId()];
    for (const vvolId of [linked, full, further]) harness.made(vvolId);
    expect((await ended(array, await ask('fastCloneVolume', linked))).state).toBe('succeeded');
    expect((await ended(array, await ask('cloneVolume', full))).state).toBe('succeeded');
    await snapshot(harness, source);
    expect(await failureOf(prepare(harness, source))).toBe('tooManySnapshots');
    const call = ask('fastCloneVolume', further);
    expect(await failureOf(call, array)).toBe('tooManySnapshots');
    await array.deleteVolume(linked);
    expect((await ended(array, await ask('fastCloneVolume', further))).state).toBe('succeeded');
  });
}

function takingSentences(harness: Harness): void {
  it('a snapshot is a volume of its own: size, type, origin, metadata, and a change in the feed', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create({ type: 'Memory' });
    const before = (await harness.array.changes(0n, 1)).newest;
    const taken = await snapshot(harness, volume, false);
    expect(taken).toMatchObject({
      containerId: volume.containerId,
      type: 'Memory',
      size: volume.size,
      origin: { kind: 'snapshot', of: volume.vvolId, readOnly: false },
      metadata: [{ key: 'VMW_VVolType', value: 'Data' }],
    });
    expectRecent(taken.createdAt);
    expect(only((await harness.array.changes(before, 10)).changes)).toMatchObject({
      kind: 'new',
      entityId: taken.vvolId,
    });
    expect(await harness.array.volumes([volume.vvolId])).toEqual([volume]);
    await harness.reopen();
    expect(await harness.array.volumes([taken.vvolId])).toEqual([taken]);
  });

  it('a snapshot has the profile that it was prepared with; metadata that does not fit is failed', async (context) => {
    needs(harness, context, 'snapshots');
    const { vvolId } = await harness.create();
    const [good, bad] = [newVvolId(), newVvolId()];
    // Profile ids have no form.
    const profile = {
      profileId: 'of the snapshot' as ProfileId,
      generationId: 3n,
      document: '{}',
      asked: [],
    };
    for (const snapshotId of [good, bad]) {
      const request = { vvolId, snapshotId, readOnly: true, profile };
      await ended(harness.array, await harness.array.prepareSnapshot(newJob(), request));
    }
    const entries = [
      { snapshotId: bad, metadata: [{ key: '', value: 'x' }] },
      { snapshotId: good, metadata: [] },
    ];
    const answers = await harness.array.takeSnapshots(entries, TIMEOUT_MS);
    harness.made(good);
    expect(answers.map((answer) => answer?.kind)).toEqual(['failed', undefined]);
    expect(only(await harness.array.volumes([bad, good]))).toMatchObject({ profile });
  });

  it('taken again with the same metadata it is taken, also after a reopening; nothing changes by that', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const [one, other] = [newVvolId(), newVvolId()];
    for (const snapshotId of [one, other]) await prepare(harness, volume, { snapshotId });
    const metadata = [
      { key: 'Name', value: 'first' },
      { key: 'name', value: 'last' },
      { key: 'kind', value: 'disk' },
    ];
    const entries = [
      { snapshotId: one, metadata },
      { snapshotId: other, metadata: [] },
    ];
    expect(await harness.array.takeSnapshots(entries, TIMEOUT_MS)).toEqual([undefined, undefined]);
    for (const id of [one, other]) harness.made(id);
    const { newest } = await harness.array.changes(0n, 1);
    const taken = await harness.array.volumes([one, other]);
    await harness.reopen();
    expect(await harness.array.takeSnapshots(entries, TIMEOUT_MS)).toEqual([undefined, undefined]);
    expect(await harness.array.volumes([one, other])).toEqual(taken);
    expect((await harness.array.changes(0n, 1)).newest).toBe(newest);
    const otherwise = [
      { snapshotId: one, metadata: metadata.slice(1) },
      { snapshotId: one, metadata: metadata.slice(0, 1) },
      { snapshotId: other, metadata },
      { snapshotId: volume.vvolId, metadata: volume.metadata },
    ];
    const kinds = (
      await Promise.all(otherwise.map((entry) => harness.array.takeSnapshots([entry], TIMEOUT_MS)))
    ).map(([answer]) => answer?.kind);
    expect(kinds).toEqual([undefined, 'notFound', 'notFound', 'notFound']);
  });

  it('what is taken already is notFound beside one that is taken anew, and has another moment', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const earlier = await snapshot(harness, volume);
    const snapshotId = newVvolId();
    await prepare(harness, volume, { snapshotId });
    const entries = [
      { snapshotId: earlier.vvolId, metadata: earlier.metadata },
      { snapshotId, metadata: [] },
    ];
    const answers = await harness.array.takeSnapshots(entries, TIMEOUT_MS);
    harness.made(snapshotId);
    expect(answers.map((answer) => answer?.kind)).toEqual(['notFound', undefined]);
  });

  it('what is not prepared is notFound, and the others are taken', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const ids = [newVvolId(), newVvolId(), newVvolId()] as const;
    for (const snapshotId of [ids[0], ids[2]]) await prepare(harness, volume, { snapshotId });
    const entries = ids.map((snapshotId) => ({ snapshotId, metadata: [] }));
    const answers = await harness.array.takeSnapshots(entries, TIMEOUT_MS);
    for (const id of [ids[0], ids[2]]) harness.made(id);
    expect(answers.map((answer) => answer?.kind)).toEqual([undefined, 'notFound', undefined]);
    const again = await harness.array.takeSnapshots(entries, TIMEOUT_MS);
    expect(again.map((answer) => answer?.kind)).toEqual([undefined, 'notFound', undefined]);
    expect(await harness.array.volumes([...ids])).toHaveLength(2);
  });

  it('volumes and snapshots are deleted in any order; a deleted one is no parent to prepare', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const first = await snapshot(harness, volume);
    const second = await snapshot(harness, volume);
    await harness.array.deleteVolume(first.vvolId);
    await harness.array.deleteVolume(volume.vvolId);
    expect(await harness.array.volumes([second.vvolId])).toEqual([second]);
    expect(await failureOf(prepare(harness, volume))).toBe('notFound');
    await harness.array.deleteVolume(second.vvolId);
  });

  it('a snapshot can be bound, and cannot be resized', async (context) => {
    needs(harness, context, 'snapshots');
    const taken = await snapshot(harness, await harness.create());
    const candidates = await harness.endpointsOf(taken.containerId);
    const options = { candidates, rebind: false };
    const binding = await harness.array.bind(taken.vvolId, newHostId(), options);
    expect(binding.vvolId).toBe(taken.vvolId);
    const call = harness.array.resizeVolume(newJob(), taken.vvolId, bytes(taken.size * 2n));
    expect(await failureOf(call, harness.array)).toBe('unsupported');
  });
}

function revertSentences(harness: Harness): void {
  const revert = (volume: Volume, to: VvolId) =>
    failureOf(harness.array.revertVolume(newJob('revert'), volume.vvolId, to), harness.array);

  it('reverting puts the size back and keeps id, metadata and later snapshots', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const first = await snapshot(harness, volume);
    const grow = harness.array.resizeVolume(newJob(), volume.vvolId, bytes(volume.size * 2n));
    await ended(harness.array, await grow);
    const second = await snapshot(harness, volume);
    expect(await revert(volume, first.vvolId)).toBeUndefined();
    expect(await harness.array.volumes([volume.vvolId])).toEqual([volume]);
    const later = only(await harness.array.volumes([second.vvolId]));
    expect(later.size).toBe(volume.size * 2n);
    expect(await revert(volume, second.vvolId)).toBeUndefined();
    expect(only(await harness.array.volumes([volume.vvolId])).size).toBe(volume.size * 2n);
  });

  it('reverting to what is no snapshot of it is incompatible, while bound inUse, unknown notFound', async (context) => {
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const other = await harness.create();
    const taken = await snapshot(harness, volume);
    expect(await revert(other, taken.vvolId)).toBe('incompatible');
    expect(await revert(volume, other.vvolId)).toBe('incompatible');
    expect(await revert(volume, newVvolId())).toBe('notFound');
    expect(await revert({ ...volume, vvolId: newVvolId() }, taken.vvolId)).toBe('notFound');
    const candidates = await harness.endpointsOf(volume.containerId);
    await harness.array.bind(volume.vvolId, newHostId(), { candidates, rebind: false });
    expect(await revert(volume, taken.vvolId)).toBe('inUse');
  });
}
