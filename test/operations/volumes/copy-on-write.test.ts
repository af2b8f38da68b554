/**
 * Goal: what the operations say of snapshots, clones and differences is what hosts find in the data of
 * the simulated array.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/model/limits.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import { CHUNK, METADATA, openWorld, preparedBy, SEGMENT, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.test.close());

describe('a snapshot', () => {
  it('keeps the content of its moment; the bitmaps say what came later', async () => {
    const vvolId = await world.make();
    await world.write(vvolId, 0n, 'a');
    await world.write(vvolId, 3n, 'b');
    const taken = await world.snapshot(vvolId);
    await world.write(vvolId, 3n, 'B');
    await world.write(vvolId, 7n, 'c');
    expect(await world.read(vvolId)).toBe('a..B...c');
    expect(await world.read(taken)).toBe('a..b....');
    expect(await world.allocated(vvolId)).toBe('x..x...x');
    expect(await world.allocated(taken)).toBe('x..x....');
    expect(await world.differing(vvolId, taken)).toBe('...x...x');
    expect(await world.differing(taken, vvolId)).toBe('...x...x');
    const count = { vvolId, segmentStartOffsetBytes: 0n, segmentLengthBytes: 8n * CHUNK };
    const { return: counted } = await world.ask('unsharedChunksVirtualVolume', {
      ...count,
      baseVvolId: taken,
    });
    expect(counted.unsharedChunks * counted.chunkSizeBytes).toBe(2n * CHUNK);
    const { return: own } = await world.ask('unsharedChunksVirtualVolume', count);
    expect(own.unsharedChunks).toBe(counted.unsharedChunks);
  });

  it('is a volume of its own: metadata, no other size, deleted in any order', async () => {
    const vvolId = await world.make();
    await world.write(vvolId, 1n, 'a');
    const first = await world.snapshot(vvolId);
    const second = await world.snapshot(vvolId);
    const { return: info } = await world.ask('queryVirtualVolumeInfo', { vvolId: [first] });
    expect(info[0]?.metadata).toEqual(METADATA);
    expect(await world.refused('resizeVirtualVolume', { vvolId: first, sizeInMB: 20n })).toBe(
      'NotSupported',
    );
    await world.ask('deleteVirtualVolume', { vvolId: first });
    const { return: left } = await world.ask('queryVirtualVolumeInfo', { vvolId: [first, second] });
    expect(left.map((each) => each.vvolId)).toEqual([second]);
    await world.write(vvolId, 1n, 'A');
    expect(await world.read(second)).toBe('.a......');
  });

  it('is not there before it is taken, and goes when nobody takes it in time', async () => {
    const vvolId = await world.make();
    const request = { vvolId, snapType: 'SnapshotReadWrite' };
    const { return: task } = await world.ask('prepareToSnapshotVirtualVolume', request);
    const snapshotId = preparedBy(await world.ended(task));
    expect((await world.ask('queryVirtualVolumeInfo', { vvolId: [snapshotId] })).return).toEqual(
      [],
    );
    world.test.clock.moveBy(LIMITS.preparedSnapshotMs + 1);
    // What has died goes with the next change.
    await world.make();
    const snapshotInfo = [{ uniqueIdentifier: snapshotId, vvolId: snapshotId, metadata: [] }];
    const { return: rows } = await world.ask('snapshotVirtualVolume', {
      snapshotInfo,
      timeoutMS: 9_000n,
    });
    expect(rows[0]?.errorResult?.error[0]?.type).toBe('NotFound');
  });

  it('is refused above the array’s limit', async () => {
    const own = world;
    const inventory = {
      arrays: [
        {
          name: 'few',
          snapshotsPerVolume: 2,
          endpoints: { SCSI: 1 },
          containers: [{ name: 'block', protocol: 'SCSI', capacityMB: 1_000 }],
        },
      ],
    };
    world = await openWorld({ array: { inventory, seed: 'few' } });
    try {
      const vvolId = await world.make();
      await world.snapshot(vvolId);
      await world.ask('fastCloneVirtualVolume', { vvolId, metadata: METADATA });
      const request = { vvolId, snapType: 'SnapshotReadOnly' };
      expect(await world.refused('prepareToSnapshotVirtualVolume', request)).toBe(
        'SnapshotTooMany',
      );
      expect(await world.refused('fastCloneVirtualVolume', { vvolId, metadata: METADATA })).toBe(
        'SnapshotTooMany',
      );
    } finally {
      await world.test.close();
      world = own;
    }
  });
});

describe('revertVirtualVolume', () => {
  it('puts content and size back, and leaves later snapshots', async () => {
    const vvolId = await world.make();
    await world.write(vvolId, 0n, 'a');
    const early = await world.snapshot(vvolId);
    await world.write(vvolId, 0n, 'b');
    const late = await world.snapshot(vvolId);
    await world.ended((await world.ask('resizeVirtualVolume', { vvolId, sizeInMB: 20n })).return);
    await world.ended(
      (await world.ask('revertVirtualVolume', { vvolId, snapshotVvolId: early })).return,
    );
    expect(await world.read(vvolId)).toBe('a.......');
    expect(await world.read(late)).toBe('b.......');
    const { return: space } = await world.ask('spaceStatsForVirtualVolume', { vvolId: [vvolId] });
    expect(space[0]?.logical).toBe(10n);
  });

  it('is refused while the volume is bound, and with what is no snapshot of it', async () => {
    const vvolId = await world.make();
    const other = await world.make();
    const snapshotVvolId = await world.snapshot(vvolId);
    await world.bind(vvolId);
    expect(await world.refused('revertVirtualVolume', { vvolId, snapshotVvolId })).toBe(
      'ResourceInUse',
    );
    await world.unbind(vvolId);
    for (const wrong of [other, await world.snapshot(other)])
      expect(await world.refused('revertVirtualVolume', { vvolId, snapshotVvolId: wrong })).toBe(
        'IncompatibleVolume',
      );
    const unknown = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';
    expect(await world.refused('revertVirtualVolume', { vvolId, snapshotVvolId: unknown })).toBe(
      'NotFound',
    );
  });
});

describe('copies', () => {
  const copyOf = async (
    operation: 'cloneVirtualVolume' | 'fastCloneVirtualVolume',
    vvolId: string,
  ) => {
    const task = await world.ended(
      (await world.ask(operation, { vvolId, metadata: METADATA })).return,
    );
    return String(task.result?.value);
  };

  it('have their source’s content and then their own; only a fast clone stays related', async () => {
    const vvolId = await world.make();
    await world.write(vvolId, 2n, 'a');
    const full = await copyOf('cloneVirtualVolume', vvolId);
    const fast = await copyOf('fastCloneVirtualVolume', await world.snapshot(vvolId));
    await world.write(vvolId, 2n, 'A');
    await world.write(fast, 3n, 'f');
    expect(await world.read(full)).toBe('..a.....');
    expect(await world.read(fast)).toBe('..af....');
    expect(await world.differing(fast, vvolId)).toBe('..xx....');
    const negative = { ...SEGMENT, segmentStartOffsetBytes: -1n };
    for (const segment of [SEGMENT, negative]) {
      const request = { vvolId: full, baseVvolId: vvolId, ...segment };
      expect(await world.refused('unsharedBitmapVirtualVolume', request)).toBe(
        'IncompatibleVolume',
      );
      expect(await world.refused('unsharedChunksVirtualVolume', request)).toBe(
        'IncompatibleVolume',
      );
    }
    const related = { vvolId: fast, baseVvolId: vvolId, ...negative };
    expect(await world.refused('unsharedBitmapVirtualVolume', related)).toBe('InvalidArgument');
    const beyond = { vvolId, ...SEGMENT, segmentLengthBytes: 11n * 1_048_576n };
    expect(await world.refused('allocatedBitmapVirtualVolume', beyond)).toBe('InvalidArgument');
  });

  it('go to another container of the same array and to no other array', async () => {
    const vvolId = await world.make();
    await world.write(vvolId, 0n, 'a');
    const request = { vvolId, metadata: METADATA };
    const files = await world.container('files');
    const { return: task } = await world.ask('cloneVirtualVolume', {
      ...request,
      newContainerId: files,
    });
    const made = vvolIdOf(String((await world.ended(task)).result?.value));
    expect((await world.test.array.volumes([made]))[0]?.containerId).toBe(files);
    const other = await world.container('other');
    expect(await world.refused('cloneVirtualVolume', { ...request, newContainerId: other })).toBe(
      'NotSupported',
    );
  });

  it('take on the differences of a chain of snapshots, in any order of calls', async () => {
    const vvolId = await world.make();
    await world.write(vvolId, 0n, 'a');
    const base = await world.snapshot(vvolId);
    await world.write(vvolId, 0n, 'b');
    await world.write(vvolId, 5n, 'c');
    const target = await copyOf('cloneVirtualVolume', base);
    const request = { srcVVolId: vvolId, srcBaseVVolId: base, dstVVolId: target };
    for (const round of ['first', 'again']) {
      await world.ended((await world.ask('copyDiffsToVirtualVolume', request)).return);
      expect(await world.read(target), round).toBe('b....c..');
    }
    const unrelated = { ...request, srcBaseVVolId: target };
    expect(await world.refused('copyDiffsToVirtualVolume', unrelated)).toBe('IncompatibleVolume');
    await world.bind(target);
    expect(await world.refused('copyDiffsToVirtualVolume', request)).toBe('ResourceInUse');
    await world.unbind(target);
  });

  it('are tasks with progress that can be stopped, and then leave nothing', async () => {
    const vvolId = await world.make();
    await world.write(vvolId, 0n, 'a');
    world.test.simulator.setPace('cloneVolume', { polls: 100 });
    try {
      const { return: task } = await world.ask('cloneVirtualVolume', {
        vvolId,
        metadata: METADATA,
      });
      expect(task).toMatchObject({ taskState: 'Queued', cancelable: true, progress: 0 });
      const { taskId } = task;
      await world.ask('getTaskUpdate', { taskId });
      const { return: running } = await world.ask('getTaskUpdate', { taskId });
      expect(running.taskState).toBe('Running');
      expect(running.progress).toBeGreaterThan(0);
      const { return: open } = await world.ask('getCurrentTask', {});
      expect(open.map((each) => each.taskId)).toContain(taskId);
      const before = await world.ask('queryVirtualVolume', {
        searchConstraint: [{ key: 'VMW_VVolName', value: 'copy.vmdk' }],
      });
      await world.ask('cancelTask', { taskId });
      const { return: stopped } = await world.ask('getTaskUpdate', { taskId });
      expect(stopped.cancelled).toBe(true);
      expect(await world.refused('cancelTask', { taskId })).toBe('NotCancellable');
      const after = await world.ask('queryVirtualVolume', {
        searchConstraint: [{ key: 'VMW_VVolName', value: 'copy.vmdk' }],
      });
      expect(after).toEqual(before);
    } finally {
      world.test.simulator.setPace('cloneVolume', 'instant');
    }
  });
});

it('after all of it the array adds up', () => {
  expect(world.test.simulator.check()).toEqual([]);
});
