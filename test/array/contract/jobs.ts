/** Jobs, what the array says it cannot do, and its end. */
import { expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { ArrayFeatures } from '../../../src/model/array.ts';
import type { JobId } from '../../../src/model/ids.ts';
import { bytes } from '../../../src/model/units.ts';
import { ended, expectRecent, failureOf, type Harness, newJob, newVvolId } from './harness.ts';

export function jobSentences(harness: Harness): void {
  it('a job is found by its id, also after reopening, and an unknown one is undefined', async () => {
    const start = newJob();
    const job = await harness.createAs(start, harness.newVolume());
    expectRecent(job.startedAt);
    expectRecent(job.endedAt);
    expect(await harness.array.job(start.jobId)).toEqual(job);
    await harness.reopen();
    expect(await harness.array.job(start.jobId)).toEqual(job);
    expect(await harness.array.job(newJob().jobId)).toBeUndefined();
  });

  it('an ended job is not open and cannot be cancelled; an unknown one is notFound', async () => {
    const start = newJob();
    await harness.createAs(start, harness.newVolume());
    const open = await harness.array.openJobs(undefined);
    expect(open.map((job) => job.jobId)).not.toContain(start.jobId);
    expect(await failureOf(harness.array.cancelJob(start.jobId))).toBe('notCancelable');
    expect(await failureOf(harness.array.cancelJob('unknown' as JobId))).toBe('notFound');
  });

  it('what the features exclude is unsupported', async () => {
    const { vvolId } = await harness.create();
    const described = await harness.array.arrays();
    const calls = featureCalls(harness.array, vvolId);
    for (const [feature, call] of calls) {
      if (described.every(({ features }) => features[feature])) continue;
      expect(await failureOf(call()), feature).toBe('unsupported');
    }
  });

  it('after its close every method fails, and closing again does nothing', async () => {
    const { array } = harness;
    await array.close();
    await array.close();
    expect(await failureOf(array.containers())).toBe('failed');
    expect(await failureOf(array.deleteVolume(newVvolId()))).toBe('failed');
    await harness.reopen();
    expect(await failureOf(harness.array.containers())).toBeUndefined();
  });

  it('what was asked for before the close is done, a job perhaps after the reopening', async () => {
    const asked = harness.newVolume();
    const call = harness.array.createVolume(newJob(), asked);
    await harness.array.close();
    const job = await call;
    await harness.reopen();
    harness.made(asked.vvolId);
    expect((await ended(harness.array, job)).state).toBe('succeeded');
    expect(await harness.array.volumes([asked.vvolId])).toHaveLength(1);
  });
}

function featureCalls(
  array: StorageArrayPort,
  vvolId: ReturnType<typeof newVvolId>,
): readonly [keyof ArrayFeatures, () => Promise<unknown>][] {
  const copy = {
    vvolId: newVvolId(),
    source: vvolId,
    containerId: undefined,
    metadata: [],
    profile: undefined,
  };
  const snapshot = { vvolId, snapshotId: newVvolId(), readOnly: true, profile: undefined };
  const range = { start: bytes(0n), length: bytes(1n), chunkSize: bytes(1n) };
  const three = { source: vvolId, base: vvolId, target: vvolId };
  return [
    ['snapshots', () => array.prepareSnapshot(newJob(), snapshot)],
    ['snapshots', () => array.takeSnapshots([], 1_000)],
    ['snapshots', () => array.revertVolume(newJob(), vvolId, newVvolId())],
    ['clones', () => array.cloneVolume(newJob(), copy)],
    ['fastClones', () => array.fastCloneVolume(newJob(), copy)],
    ['copyDiffs', () => array.copyDiffs(newJob(), three)],
    ['bitmaps', () => array.allocatedChunks(vvolId, range)],
    ['bitmaps', () => array.unsharedChunks(vvolId, vvolId, range)],
    ['bitmaps', () => array.countUnshared(vvolId, undefined, range)],
  ];
}
