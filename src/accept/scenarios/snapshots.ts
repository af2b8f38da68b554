/** Snapshots: prepared while the virtual machine runs, taken together in the moment in which it stands still. */
import type { PrepareSnapshotResult } from '../../wire/generated/vasa-2.0/types.ts';
import { FaultError, type VasaClient } from '../client/client.ts';
import { expectSame, expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { succeeded } from '../world/tasks.ts';
import {
  aHost,
  makeVolume,
  named,
  namesOf,
  unknownVolume,
  type World,
  willGo,
} from '../world/world.ts';

const TIMEOUT_MS = 30_000n;

/** Does the slow half and gives the id of the snapshot to be. */
export async function prepare(
  world: World,
  host: VasaClient,
  vvolId: string,
  snapType = 'SnapshotReadOnly',
): Promise<string> {
  const { return: task } = await host.call('prepareToSnapshotVirtualVolume', { vvolId, snapType });
  const { result } = await succeeded(host, task);
  expectSame(result?.type, 'PrepareSnapshotResult', 'the type of the task’s result');
  // Its type was just looked at.
  const prepared = result?.value as PrepareSnapshotResult;
  expectSame(prepared.parentInfo?.vvolId, vvolId, 'the parent that it tells of');
  willGo(world, host, prepared.snapshotId);
  return prepared.snapshotId;
}

/** Takes snapshots together. One fault name, or undefined, for each. */
export async function take(
  host: VasaClient,
  ids: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const { return: rows } = await host.call('snapshotVirtualVolume', {
    snapshotInfo: ids.map((vvolId) => ({
      vvolId,
      uniqueIdentifier: vvolId,
      metadata: named('snapshot'),
    })),
    timeoutMS: TIMEOUT_MS,
  });
  expectSame(
    rows.map((each) => each.uniqueId),
    ids,
    'one row for each snapshot, in the order asked',
  );
  return rows.map((each) => each.errorResult?.error[0]?.type);
}

/** How the taking of one snapshot ends, in its row or for the call: `Success`, or the name of the fault. */
async function takenWithin(host: VasaClient, vvolId: string, timeoutMS: bigint): Promise<string> {
  const snapshotInfo = [{ vvolId, uniqueIdentifier: vvolId, metadata: named('snapshot') }];
  try {
    const { return: rows } = await host.call('snapshotVirtualVolume', { snapshotInfo, timeoutMS });
    expectSame(rows.length, 1, 'rows of one snapshot');
    return rows[0]?.errorResult?.error[0]?.type ?? 'Success';
  } catch (error) {
    if (error instanceof FaultError) return error.fault.name ?? 'untyped';
    throw error;
  }
}

/** A snapshot, in both steps. */
export async function snapshotOf(world: World, host: VasaClient, vvolId: string): Promise<string> {
  const snapshotId = await prepare(world, host, vvolId);
  expectSame(await take(host, [snapshotId]), [undefined], 'the taking of the snapshot');
  return snapshotId;
}

const exists = async (host: VasaClient, vvolId: string): Promise<boolean> =>
  (await host.call('queryVirtualVolumeInfo', { vvolId: [vvolId] })).return.length > 0;

export const SNAPSHOT_SCENARIOS: readonly Scenario[] = [
  {
    id: 'snapshots.two-steps',
    chapter: 'snapshots',
    sentence:
      'A snapshot is there once it is taken and not before, under the id that was prepared, with its metadata',
    proves: 'The slow work is done while the virtual machine runs.',
    source: { text: 'prepareToSnapshotVirtualVolume and snapshotVirtualVolume', mark: 'seen' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const snapshotId = await prepare(world, host, vvolId);
      expectThat(snapshotId !== vvolId, 'the snapshot has an id of its own');
      expectSame(
        await exists(host, snapshotId),
        false,
        'the snapshot is told of before it is taken',
      );
      expectSame(await take(host, [snapshotId]), [undefined], 'its taking');
      const { return: infos } = await host.call('queryVirtualVolumeInfo', { vvolId: [snapshotId] });
      const names = infos[0]?.metadata.filter((each) => each.parameterName === 'VMW_VVolName');
      expectSame(
        names?.map((each) => each.parameterValue),
        ['snapshot'],
        'its name',
      );
    },
  },
  {
    id: 'snapshots.many-at-once',
    chapter: 'snapshots',
    sentence:
      'Snapshots of several disks are taken in one call; one that was not prepared is NotFound beside them',
    proves: 'All disks of a virtual machine are frozen in one call.',
    source: { text: 'a batch with a row for each', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const ids: string[] = [];
      for (let disk = 0; disk < 3; disk += 1) {
        ids.push(
          await prepare(world, host, await makeVolume(world, host, { name: `disk ${disk}` })),
        );
      }
      const [one = '', ...others] = ids;
      const asked = [one, unknownVolume(), ...others];
      expectSame(
        await take(host, asked),
        [undefined, 'NotFound', undefined, undefined],
        'its rows',
      );
      for (const id of ids) expectSame(await exists(host, id), true, 'each good one exists');
    },
  },
  {
    id: 'snapshots.too-late-is-not-taken',
    chapter: 'snapshots',
    sentence:
      'With hardly any time a snapshot is taken and told as taken, or is told as Timeout and is not there',
    proves: 'A host that lets its virtual machine run on knows which snapshots it has.',
    source: { text: 'what is not taken in time is taken back', mark: 'inferred' },
    async run(world) {
      const host = aHost(world);
      const snapshotId = await prepare(world, host, await makeVolume(world, host));
      const ending = await takenWithin(host, snapshotId, 1n);
      const isTaken = ending === 'Success';
      expectThat(isTaken || ending === 'Timeout', 'it is taken, or Timeout', ending);
      expectSame(await exists(host, snapshotId), isTaken, `a snapshot told as ${ending} is there`);
    },
  },
  {
    id: 'snapshots.deleted-in-any-order',
    chapter: 'snapshots',
    sentence: 'Snapshots are deleted oldest first or newest first, and the volume stays',
    proves: 'An administrator can delete any snapshot.',
    source: {
      text: 'a snapshot is a volume of its own; its deletion merges nothing',
      mark: 'seen',
    },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const first = await snapshotOf(world, host, vvolId);
      const second = await snapshotOf(world, host, vvolId);
      await host.call('deleteVirtualVolume', { vvolId: first });
      expectSame(await exists(host, second), true, 'the second snapshot is there');
      await host.call('deleteVirtualVolume', { vvolId: second });
      expectSame(await exists(host, vvolId), true, 'the volume is there');
    },
  },
  {
    id: 'snapshots.revert-goes-back',
    chapter: 'snapshots',
    sentence:
      'Reverting puts the size back to the snapshot’s, keeps id, metadata and later snapshots; a stranger is IncompatibleVolume',
    proves: 'A virtual machine goes back to an earlier state and loses nothing else.',
    source: {
      text: 'revertVirtualVolume; not a snapshot of it is IncompatibleVolume',
      mark: 'seen once',
    },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host, { sizeInMB: 16n });
      const snapshotId = await snapshotOf(world, host, vvolId);
      const { return: growth } = await host.call('resizeVirtualVolume', { vvolId, sizeInMB: 48n });
      await succeeded(host, growth);
      const later = await snapshotOf(world, host, vvolId);
      const { return: task } = await host.call('revertVirtualVolume', {
        vvolId,
        snapshotVvolId: snapshotId,
      });
      await succeeded(host, task);
      const { return: stats } = await host.call('spaceStatsForVirtualVolume', { vvolId: [vvolId] });
      expectSame(stats[0]?.logical, 16n, 'its size in MB');
      expectSame(await namesOf(host, vvolId), ['acceptance'], 'its name');
      expectSame(await exists(host, later), true, 'the later snapshot is there');
      const other = await makeVolume(world, host);
      const fault = await host.faultOf('revertVirtualVolume', {
        vvolId: other,
        snapshotVvolId: snapshotId,
      });
      expectSame(fault.name, 'IncompatibleVolume', 'another volume’s snapshot');
    },
  },
  {
    id: 'snapshots.cannot-be-grown',
    chapter: 'snapshots',
    sentence: 'A snapshot cannot be resized: NotSupported',
    proves: 'A point in time stays what it was.',
    source: { text: 'snapshots cannot be resized', mark: 'seen' },
    async run(world) {
      const host = aHost(world);
      const snapshotId = await snapshotOf(world, host, await makeVolume(world, host));
      const fault = await host.faultOf('resizeVirtualVolume', {
        vvolId: snapshotId,
        sizeInMB: 64n,
      });
      expectSame(fault.name, 'NotSupported', 'growing it');
    },
  },
  {
    id: 'snapshots.bad-calls-are-refused',
    chapter: 'snapshots',
    sentence:
      'No time, no list, an unknown kind of snapshot and an unknown volume are refused as declared',
    proves: 'A mistaken call leaves nothing prepared.',
    source: { text: 'timeoutMS of 0 or an empty list is InvalidArgument', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      const snapshotId = await prepare(world, host, vvolId);
      const snapshotInfo = [{ vvolId: snapshotId, uniqueIdentifier: snapshotId, metadata: [] }];
      const noTime = await host.faultOf('snapshotVirtualVolume', { snapshotInfo, timeoutMS: 0n });
      expectSame(noTime.name, 'InvalidArgument', 'no time');
      const odd = await host.faultOf('prepareToSnapshotVirtualVolume', {
        vvolId,
        snapType: 'Photo',
      });
      expectSame(odd.name, 'InvalidArgument', 'an unknown kind');
      const gone = await host.faultOf('prepareToSnapshotVirtualVolume', {
        vvolId: unknownVolume(),
        snapType: 'SnapshotReadOnly',
      });
      expectSame(gone.name, 'NotFound', 'an unknown volume');
    },
  },
];
