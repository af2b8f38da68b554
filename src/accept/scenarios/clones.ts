/** Clones, linked clones, and the copying of differences that moves a chain of snapshots. */
import type { TaskInfo } from '../../wire/generated/vasa-2.0/types.ts';
import type { VasaClient } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { endingOf } from '../world/refusals.ts';
import { madeBy, succeeded } from '../world/tasks.ts';
import {
  aHost,
  MB,
  makeVolume,
  named,
  namesOf,
  unknownVolume,
  type World,
  willGo,
} from '../world/world.ts';
import { snapshotOf } from './snapshots.ts';

async function copied(world: World, host: VasaClient, task: TaskInfo): Promise<string> {
  const vvolId = await madeBy(host, task);
  willGo(world, host, vvolId);
  return vvolId;
}

async function sizeOf(host: VasaClient, vvolId: string): Promise<bigint | undefined> {
  const { return: rows } = await host.call('spaceStatsForVirtualVolume', { vvolId: [vvolId] });
  return rows[0]?.logical;
}

export const CLONE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'clones.full-clone-stands-alone',
    chapter: 'clones',
    sentence: 'A full clone has the source’s size and an id of its own, and outlives its source',
    proves: 'A virtual machine can be cloned and the original deleted.',
    source: { text: 'cloneVirtualVolume: an independent copy', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const source = await makeVolume(world, host, { sizeInMB: 24n });
      const { return: task } = await host.call('cloneVirtualVolume', {
        vvolId: source,
        metadata: named('full clone'),
      });
      const clone = await copied(world, host, task);
      expectThat(clone !== source, 'the clone has an id of its own');
      expectSame(await sizeOf(host, clone), 24n, 'its size in MB');
      expectSame(await namesOf(host, clone), ['full clone'], 'its name');
      await host.call('deleteVirtualVolume', { vvolId: source });
      expectSame(await sizeOf(host, clone), 24n, 'its size after the source is gone');
    },
  },
  {
    id: 'clones.into-another-container',
    chapter: 'clones',
    sentence: 'A full clone can be made in another container of the same array, and lies there',
    proves:
      'A powered-off virtual machine moves between datastores without its data passing a host.',
    source: { text: 'cloneVirtualVolume with newContainerId', mark: 'seen' },
    async run(world) {
      const host = aHost(world);
      const [array] = world.inventory.arrays;
      const { return: ids } = await host.call('queryStorageContainerForArray', {
        arrayId: array?.uniqueIdentifier ?? '',
      });
      const [one, other] = world.inventory.containers.filter((each) =>
        ids.includes(each.uniqueIdentifier ?? ''),
      );
      if (one === undefined || other?.uniqueIdentifier === undefined)
        skip('the array has only one container');
      const source = await makeVolume(world, host, { container: one });
      const { return: task } = await host.call('cloneVirtualVolume', {
        vvolId: source,
        newContainerId: other.uniqueIdentifier,
        metadata: named('moved'),
      });
      const clone = await copied(world, host, task);
      const neighbour = await makeVolume(world, host, { container: other });
      // No answer tells where a volume lies; but volumes of one call lie in one container.
      const request = { vvolId: [neighbour, clone], bindContext: 'Normal' };
      const ending = await endingOf(host, 'bindVirtualVolume', request);
      expectSame(ending, 'Success', 'binding it beside a volume of the other container');
    },
  },
  {
    id: 'clones.linked-clone-of-a-snapshot',
    chapter: 'clones',
    sentence:
      'A linked clone of a snapshot is a volume of its own, no snapshot of the base: it cannot be reverted to',
    proves: 'Desktops made from one image are told apart from its snapshots.',
    source: { text: 'a fast clone of a snapshot is not a snapshot of the base', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const base = await makeVolume(world, host);
      const snapshotId = await snapshotOf(world, host, base);
      const { return: task } = await host.call('fastCloneVirtualVolume', {
        vvolId: snapshotId,
        metadata: named('linked clone'),
      });
      const clone = await copied(world, host, task);
      expectSame(await namesOf(host, clone), ['linked clone'], 'its name');
      const fault = await host.faultOf('revertVirtualVolume', {
        vvolId: base,
        snapshotVvolId: clone,
      });
      expectSame(fault.name, 'IncompatibleVolume', 'reverting the base to the clone');
      const { return: growth } = await host.call('resizeVirtualVolume', {
        vvolId: clone,
        sizeInMB: 32n,
      });
      await succeeded(host, growth);
    },
  },
  {
    id: 'clones.chain-moves-by-differences',
    chapter: 'clones',
    sentence:
      'A chain of snapshots is rebuilt by a clone of the oldest and copies of the differences; strangers are IncompatibleVolume',
    proves: 'Storage migration of a virtual machine with snapshots.',
    source: {
      text: 'copyDiffsToVirtualVolume: source and base related, target any',
      mark: 'seen once',
    },
    async run(world) {
      const host = aHost(world);
      const base = await makeVolume(world, host);
      const oldest = await snapshotOf(world, host, base);
      const { return: copying } = await host.call('cloneVirtualVolume', {
        vvolId: oldest,
        metadata: named('chain'),
      });
      const target = await copied(world, host, copying);
      const diffs = { srcVVolId: base, srcBaseVVolId: oldest, dstVVolId: target };
      const { return: task } = await host.call('copyDiffsToVirtualVolume', diffs);
      await succeeded(host, task);
      const unrelated = await host.faultOf('copyDiffsToVirtualVolume', {
        ...diffs,
        srcBaseVVolId: target,
      });
      expectSame(unrelated.name, 'IncompatibleVolume', 'source and base that are strangers');
      const gone = await host.faultOf('copyDiffsToVirtualVolume', {
        ...diffs,
        dstVVolId: unknownVolume(),
      });
      expectSame(gone.name, 'NotFound', 'an unknown target');
    },
  },
];

/** Bits of a bitmap that are set. */
function bitsOf({ chunkBitmap }: { readonly chunkBitmap: Uint8Array }): number {
  return [...chunkBitmap].reduce(
    (sum, byte) => sum + byte.toString(2).replaceAll('0', '').length,
    0,
  );
}

const SEGMENT = { segmentStartOffsetBytes: 0n, segmentLengthBytes: 16n * MB };
const CHUNKS = { ...SEGMENT, chunkSizeBytes: MB };

export const BITMAP_SCENARIOS: readonly Scenario[] = [
  {
    id: 'bitmaps.nothing-written-nothing-differs',
    chapter: 'bitmaps',
    sentence:
      'A volume and its fresh snapshot share everything: no bit and no chunk differs; bitmaps have a bit for each chunk',
    proves: 'An incremental backup of an idle disk copies nothing.',
    source: { text: 'unsharedBitmapVirtualVolume, unsharedChunksVirtualVolume', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host, { sizeInMB: 16n });
      const snapshotId = await snapshotOf(world, host, vvolId);
      const pair = { vvolId, baseVvolId: snapshotId };
      const { return: differing } = await host.call('unsharedBitmapVirtualVolume', {
        ...pair,
        ...CHUNKS,
      });
      expectSame(differing.chunkBitmap.length, 2, 'bytes of a bitmap of 16 chunks');
      expectSame(bitsOf(differing), 0, 'chunks that differ');
      const { return: counted } = await host.call('unsharedChunksVirtualVolume', {
        ...pair,
        ...SEGMENT,
      });
      expectSame(counted.unsharedChunks, 0n, 'chunks counted as different');
      expectThat((counted.scannedChunks ?? 0n) > 0n, 'it has looked at some', counted);
      const { return: held } = await host.call('allocatedBitmapVirtualVolume', {
        vvolId,
        ...CHUNKS,
      });
      expectSame(held.chunkBitmap.length, 2, 'bytes of the bitmap of what is allocated');
    },
  },
  {
    id: 'bitmaps.relation-before-range',
    chapter: 'bitmaps',
    sentence:
      'Volumes that are strangers are IncompatibleVolume even when the range is wrong; a wrong range alone is InvalidArgument',
    proves: 'The order of checks that a known certification case asks for.',
    source: { text: 'IncompatibleVolume wins over InvalidArgument', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const [one, other] = [await makeVolume(world, host), await makeVolume(world, host)];
      const beyond = { ...CHUNKS, segmentStartOffsetBytes: 1n << 40n };
      const strangers = await host.faultOf('unsharedBitmapVirtualVolume', {
        ...beyond,
        vvolId: one,
        baseVvolId: other,
      });
      expectSame(strangers.name, 'IncompatibleVolume', 'strangers with a wrong range');
      const range = await host.faultOf('allocatedBitmapVirtualVolume', { ...beyond, vvolId: one });
      expectSame(range.name, 'InvalidArgument', 'a range past the end');
      const chunk = await host.faultOf('allocatedBitmapVirtualVolume', {
        ...CHUNKS,
        chunkSizeBytes: 0n,
        vvolId: one,
      });
      expectSame(chunk.name, 'InvalidArgument', 'chunks of no size');
    },
  },
];
