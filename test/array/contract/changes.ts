/** The durable feed of changes, and the hint that there is something in it. */
import { expect, it } from 'vitest';
import type { Change } from '../../../src/model/array.ts';
import type { ProfileId } from '../../../src/model/ids.ts';
import { bytes } from '../../../src/model/units.ts';
import { ended, expectRecent, type Harness, newHostId, newJob } from './harness.ts';

export function changeSentences(harness: Harness): void {
  const newest = async () => (await harness.array.changes(0n, 1)).newest;
  const since = async (after: bigint): Promise<readonly Change[]> =>
    (await harness.array.changes(after, 1_000)).changes;

  it('making, changing and deleting a volume are in the feed, in order and without a gap', async () => {
    const before = await newest();
    const { vvolId, containerId, size } = await harness.create();
    await harness.array.updateMetadata(vvolId, { set: [{ key: 'k', value: 'v' }], remove: [] });
    const grow = harness.array.resizeVolume(newJob(), vvolId, bytes(size + 1n));
    await ended(harness.array, await grow);
    await harness.array.deleteVolume(vvolId);
    const changes = await since(before);
    const expected = ['new', 'update', 'update', 'delete'].map((kind, index) => ({
      sequence: before + BigInt(index) + 1n,
      kind,
      entity: 'VirtualVolumeInfo',
      entityId: vvolId,
      containerId,
      arrayId: harness.container().arrayId,
    }));
    expect(changes).toMatchObject(expected);
    expect(changes).toHaveLength(4);
    for (const { at } of changes) expectRecent(at);
    await harness.reopen();
    expect(await since(before)).toEqual(changes);
  });

  it('calls that fail, repeat, change nothing, bind or unbind leave nothing in the feed', async () => {
    const start = newJob();
    const profile = { profileId: 'p' as ProfileId, generationId: 3n, document: '{}', asked: [] };
    const asked = harness.newVolume({ profile });
    await harness.createAs(start, asked);
    const before = await newest();
    await harness.array.createVolume(start, asked);
    const candidates = await harness.endpointsOf(asked.containerId);
    await harness.array.bind(asked.vvolId, newHostId(), { candidates, rebind: false });
    await expect(harness.array.deleteVolume(asked.vvolId)).rejects.toThrow();
    await harness.array.unbindFromAllHosts(asked.vvolId);
    const same = await harness.array.resizeVolume(newJob(), asked.vvolId, asked.size);
    await ended(harness.array, same);
    await ended(harness.array, await harness.array.applyProfile(newJob(), asked.vvolId, profile));
    expect(await since(before)).toEqual([]);
    expect(await newest()).toBe(before);
  });

  it('a feed says which it is, on every page and after a reopening', async () => {
    const { feedId } = await harness.array.changes(0n, 1);
    expect(feedId).not.toBe('');
    await harness.create();
    expect((await harness.array.changes(await newest(), 10)).feedId).toBe(feedId);
    await harness.reopen();
    expect((await harness.array.changes(0n, 1)).feedId).toBe(feedId);
  });

  it('a page holds at most what is asked for, and the next one goes on behind it', async () => {
    const before = await newest();
    for (let i = 0; i < 5; i += 1) await harness.create();
    const whole = await since(before);
    const first = await harness.array.changes(before, 2);
    expect(first.changes).toEqual(whole.slice(0, 2));
    expect(first.newest).toBe(before + 5n);
    expect(first.oldestKept).toBeLessThanOrEqual(before + 1n);
    expect((await harness.array.changes(before + 2n, 100)).changes).toEqual(whole.slice(2));
    expect((await harness.array.changes(before + 5n, 100)).changes).toEqual([]);
  });

  it('changes made at once have each a number of their own', async () => {
    const before = await newest();
    await Promise.all(Array.from({ length: 20 }, () => harness.create()));
    const sequences = (await since(before)).map((change) => change.sequence);
    expect(sequences).toEqual(
      Array.from({ length: 20 }, (_, index) => before + BigInt(index) + 1n),
    );
  });

  it('a watcher is told soon after a change, when the change can be read, until it ends', async () => {
    const before = await newest();
    let calls = 0;
    const told = new Promise<bigint>((resolve) => {
      const end = harness.array.watch(() => {
        calls += 1;
        end();
        resolve(newest());
      });
    });
    await harness.create();
    expect(await told).toBe(before + 1n);
    await harness.create();
    expect(calls).toBe(1);
  });
}
