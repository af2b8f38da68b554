/** Clones, fast clones and differences, as far as they show without a data path. */
import { expect, it } from 'vitest';
import type { NewCopy } from '../../../src/array/copies.ts';
import type { Volume } from '../../../src/model/array.ts';
import type { ContainerId, ProfileId, VvolId } from '../../../src/model/ids.ts';
import { bytes } from '../../../src/model/units.ts';
import { ended, failureOf, type Harness, newHostId, newJob, newVvolId, only } from './harness.ts';
import { needs, snapshot } from './snapshots.ts';

type Method = 'cloneVolume' | 'fastCloneVolume';

/** Makes a copy and waits for it; it is deleted after the sentence. */
export async function copy(
  harness: Harness,
  method: Method,
  source: VvolId,
  wish: Partial<NewCopy> = {},
): Promise<Volume> {
  const asked = newCopy(source, wish);
  const job = await ended(harness.array, await harness.array[method](newJob(method), asked));
  expect(job.result).toEqual({ kind: 'volume', vvolId: asked.vvolId });
  harness.made(asked.vvolId);
  return only(await harness.array.volumes([asked.vvolId]));
}

function newCopy(source: VvolId, wish: Partial<NewCopy> = {}): NewCopy {
  return {
    vvolId: newVvolId(),
    source,
    containerId: undefined,
    metadata: [{ key: 'VMW_VVolName', value: 'copy.vmdk' }],
    profile: undefined,
    ...wish,
  };
}

export function copySentences(harness: Harness): void {
  cloneSentences(harness, 'cloneVolume', 'clones', 'clone');
  cloneSentences(harness, 'fastCloneVolume', 'fastClones', 'fastClone');
  placeSentences(harness);
  diffSentences(harness);
  targetSentences(harness);
  bitmapSentences(harness);
}

function cloneSentences(
  harness: Harness,
  method: Method,
  feature: 'clones' | 'fastClones',
  kind: 'clone' | 'fastClone',
): void {
  it(`${method}: a copy has the source's type and size, its own metadata, and outlives the source`, async (context) => {
    needs(harness, context, feature);
    const source = await harness.create({ type: 'Memory' });
    const made = await copy(harness, method, source.vvolId);
    expect(made).toMatchObject({
      containerId: source.containerId,
      type: 'Memory',
      size: source.size,
      origin: { kind, of: source.vvolId },
      metadata: [{ key: 'VMW_VVolName', value: 'copy.vmdk' }],
    });
    await harness.array.deleteVolume(source.vvolId);
    await harness.reopen();
    expect(await harness.array.volumes([made.vvolId])).toEqual([made]);
  });

  it(`${method}: a snapshot and a bound volume can be copied`, async (context) => {
    needs(harness, context, feature);
    needs(harness, context, 'snapshots');
    const source = await harness.create();
    const taken = await snapshot(harness, source);
    const candidates = await harness.endpointsOf(source.containerId);
    await harness.array.bind(source.vvolId, newHostId(), { candidates, rebind: false });
    for (const { vvolId } of [source, taken]) {
      expect((await copy(harness, method, vvolId)).origin).toEqual({ kind, of: vvolId });
    }
  });

  it(`${method}: repeated it is the same job; unknown sources are notFound, taken ids alreadyExists`, async (context) => {
    needs(harness, context, feature);
    const source = await harness.create();
    const start = newJob(method);
    const asked = newCopy(source.vvolId);
    const job = await ended(harness.array, await harness.array[method](start, asked));
    harness.made(asked.vvolId);
    expect(await harness.array[method](start, asked)).toEqual(job);
    const failure = (other: NewCopy, under = newJob(method)) =>
      failureOf(harness.array[method](under, other), harness.array);
    expect(await failure({ ...asked, vvolId: newVvolId() }, start)).toBe('alreadyExists');
    expect(await failure(asked)).toBe('alreadyExists');
    expect(await failure(newCopy(newVvolId()))).toBe('notFound');
  });

  it(`${method}: a copy has the profile that was asked for, and none of an unknown container`, async (context) => {
    needs(harness, context, feature);
    const source = await harness.create();
    // Profile ids have no form.
    const profile = {
      profileId: 'of the copy' as ProfileId,
      generationId: 4n,
      document: '{}',
      asked: [],
    };
    expect((await copy(harness, method, source.vvolId, { profile })).profile).toEqual(profile);
    const nowhere = '00000000-0000-4000-8000-000000000000' as ContainerId;
    const asked = newCopy(source.vvolId, { containerId: nowhere });
    const call = harness.array[method](newJob(method), asked);
    expect(await failureOf(call, harness.array)).toBe('notFound');
    expect(await harness.array.volumes([asked.vvolId])).toEqual([]);
  });

  it(`${method}: a copy can be resized, bound and is no snapshot to revert to`, async (context) => {
    needs(harness, context, feature);
    needs(harness, context, 'snapshots');
    const source = await harness.create();
    const made = await copy(harness, method, source.vvolId);
    const grow = harness.array.resizeVolume(newJob(), made.vvolId, bytes(made.size * 2n));
    expect(await failureOf(grow, harness.array)).toBeUndefined();
    const revert = harness.array.revertVolume(newJob(), source.vvolId, made.vvolId);
    expect(await failureOf(revert, harness.array)).toBe('incompatible');
  });
}

function placeSentences(harness: Harness): void {
  it('a clone can lie in another container of the array', async (context) => {
    needs(harness, context, 'clones');
    const { arrayId, containerId } = harness.container();
    const other = (await harness.array.containers()).find(
      (one) => one.arrayId === arrayId && one.containerId !== containerId,
    );
    if (other === undefined) return context.skip('the array has one container only');
    const source = await harness.create();
    const made = await copy(harness, 'cloneVolume', source.vvolId, {
      containerId: other.containerId,
    });
    expect(made.containerId).toBe(other.containerId);
  });

  it('a fast clone can be compared with its source', async (context) => {
    needs(harness, context, 'fastClones');
    needs(harness, context, 'bitmaps');
    const source = await harness.create();
    const made = await copy(harness, 'fastCloneVolume', source.vvolId);
    const range = { start: bytes(0n), length: source.size, chunkSize: bytes(1n << 20n) };
    for (const [one, other] of [
      [made, source],
      [source, made],
    ] as const) {
      const call = harness.array.unsharedChunks(one.vvolId, other.vvolId, range);
      expect(await failureOf(call)).toBeUndefined();
    }
  });
}

function diffSentences(harness: Harness): void {
  const diffs = (source: Volume, base: Volume, target: Volume) =>
    failureOf(
      harness.array.copyDiffs(newJob('copyDiffsToVirtualVolume'), {
        source: source.vvolId,
        base: base.vvolId,
        target: target.vvolId,
      }),
      harness.array,
    );

  it('copyDiffs: related at any distance will do, unrelated is incompatible, unknown notFound', async (context) => {
    needs(harness, context, 'copyDiffs');
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const target = await harness.create();
    const first = await snapshot(harness, volume);
    const second = await snapshot(harness, volume);
    const deep = await snapshot(harness, second, false);
    for (const [source, base] of [
      [second, first],
      [first, second],
      [volume, first],
      [deep, volume],
    ] as const) {
      expect(await diffs(source, base, target)).toBeUndefined();
    }
    expect(await diffs(target, volume, volume)).toBe('incompatible');
    expect(await diffs({ ...first, vvolId: newVvolId() }, first, target)).toBe('notFound');
    expect(await diffs(first, { ...first, vvolId: newVvolId() }, target)).toBe('notFound');
    expect(await diffs(first, second, { ...target, vvolId: newVvolId() })).toBe('notFound');
  });
}

function targetSentences(harness: Harness): void {
  it('copyDiffs: a target that is bound is inUse; one that is too small or read-only is refused', async (context) => {
    needs(harness, context, 'copyDiffs');
    needs(harness, context, 'snapshots');
    const source = await harness.create();
    const base = await snapshot(harness, source);
    const diffs = ({ vvolId }: Volume) => {
      const volumes = { source: source.vvolId, base: base.vvolId, target: vvolId };
      return failureOf(harness.array.copyDiffs(newJob('copyDiffs'), volumes), harness.array);
    };
    const target = await harness.create();
    const candidates = await harness.endpointsOf(target.containerId);
    await harness.array.bind(target.vvolId, newHostId(), { candidates, rebind: false });
    expect(await diffs(target)).toBe('inUse');
    expect(await diffs(await harness.create({ size: bytes(source.size / 2n) }))).toBeDefined();
    expect(await diffs(base)).toBeDefined();
  });
}

function bitmapSentences(harness: Harness): void {
  const whole = (volume: Volume, chunkSize = 1n << 20n) => ({
    start: bytes(0n),
    length: volume.size,
    chunkSize: bytes(chunkSize),
  });

  it('bitmaps have a bit for each chunk; a range past the end, or no chunk size, is invalid', async (context) => {
    needs(harness, context, 'bitmaps');
    const volume = await harness.create();
    const { vvolId, size } = volume;
    const map = await harness.array.allocatedChunks(vvolId, whole(volume));
    expect(map).toHaveLength(Math.ceil(Number(size >> 20n) / 8));
    const bad = [
      { start: bytes(1n), length: size, chunkSize: bytes(4096n) },
      { start: bytes(size + 1n), length: bytes(0n), chunkSize: bytes(4096n) },
      { start: bytes(0n), length: size, chunkSize: bytes(0n) },
      { start: bytes(0n), length: bytes(0n), chunkSize: bytes(0n) },
    ];
    for (const range of bad) {
      expect(await failureOf(harness.array.allocatedChunks(vvolId, range))).toBe('invalid');
      expect(await failureOf(harness.array.unsharedChunks(vvolId, vvolId, range))).toBe('invalid');
    }
    const unknown = harness.array.allocatedChunks(newVvolId(), whole(volume));
    expect(await failureOf(unknown)).toBe('notFound');
  });

  it('unrelated volumes are incompatible, also when the range is wrong; related ones compare', async (context) => {
    needs(harness, context, 'bitmaps');
    needs(harness, context, 'snapshots');
    const volume = await harness.create();
    const other = await harness.create();
    const taken = await snapshot(harness, volume);
    const wrong = { ...whole(volume), start: bytes(volume.size * 2n) };
    const compare = (base: VvolId, range = whole(volume)) =>
      failureOf(harness.array.unsharedChunks(volume.vvolId, base, range));
    expect(await compare(other.vvolId, wrong)).toBe('incompatible');
    expect(await compare(taken.vvolId, wrong)).toBe('invalid');
    expect(await compare(taken.vvolId)).toBeUndefined();
    expect(await compare(newVvolId())).toBe('notFound');
    const count = (base: VvolId | undefined) =>
      harness.array.countUnshared(volume.vvolId, base, wrong);
    expect(await failureOf(count(other.vvolId))).toBe('incompatible');
    expect(await failureOf(count(undefined))).toBe('invalid');
  });

  it('counting says the size of its chunks and never looks at more than was asked', async (context) => {
    needs(harness, context, 'bitmaps');
    const volume = await harness.create();
    const range = { start: bytes(0n), length: volume.size };
    const count = await harness.array.countUnshared(volume.vvolId, undefined, range);
    expect(count.chunkSize).toBeGreaterThan(0n);
    expect(count.scanned).toBeGreaterThan(0n);
    expect((count.scanned - 1n) * count.chunkSize).toBeLessThan(volume.size);
    expect(count.unshared).toBeLessThanOrEqual(count.scanned);
  });
}
