/** Virtual volumes: made, found, grown, deleted. */
import { expectSame, expectThat } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { endOf, succeeded } from '../world/tasks.ts';
import {
  aContainer,
  aHost,
  makeVolume,
  named,
  unknownVolume,
  type World,
  willGo,
} from '../world/world.ts';

async function sizeOf(world: World, vvolId: string): Promise<bigint | undefined> {
  const { return: rows } = await aHost(world).call('spaceStatsForVirtualVolume', {
    vvolId: [vvolId],
  });
  return rows[0]?.logical;
}

export const VOLUME_SCENARIOS: readonly Scenario[] = [
  {
    id: 'volumes.made-and-found',
    chapter: 'volumes',
    sentence:
      'A volume of each type is made, has an id of its own, and is told of with its metadata',
    proves: 'A virtual machine can be created.',
    source: { text: 'createVirtualVolume, its task and queryVirtualVolumeInfo', mark: 'seen' },
    async run(world) {
      const host = aHost(world);
      const made = new Set<string>();
      for (const vvolType of ['Config', 'Data', 'Swap', 'Memory', 'Other']) {
        const vvolId = await makeVolume(world, host, { vvolType, name: `made as ${vvolType}` });
        expectThat(
          /^rfc4122\.[0-9a-f-]{36}$/.test(vvolId),
          'a volume id is rfc4122. and a UUID',
          vvolId,
        );
        const { return: infos } = await host.call('queryVirtualVolumeInfo', { vvolId: [vvolId] });
        expectSame(
          infos.map((each) => each.vvolId),
          [vvolId],
          'the volume is told of by its id',
        );
        const names = infos[0]?.metadata.filter((each) => each.parameterName === 'VMW_VVolName');
        expectSame(
          names?.map((each) => each.parameterValue),
          [`made as ${vvolType}`],
          'its name',
        );
        made.add(vvolId);
      }
      expectSame(made.size, 5, 'each volume has another id');
    },
  },
  {
    id: 'volumes.deleted-is-gone',
    chapter: 'volumes',
    sentence:
      'A deleted volume is gone at once: not told of, not found, and NotFound when it is deleted again',
    proves: 'Deleting a virtual machine leaves nothing that a host would trip over.',
    source: { text: 'a volume whose deletion has begun counts as not existing', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      await host.call('deleteVirtualVolume', { vvolId });
      const { return: infos } = await host.call('queryVirtualVolumeInfo', { vvolId: [vvolId] });
      expectSame(infos.length, 0, 'rows about the deleted volume');
      const fault = await host.faultOf('deleteVirtualVolume', { vvolId });
      expectSame(fault.name, 'NotFound', 'the second deletion');
    },
  },
  {
    id: 'volumes.grows-and-never-shrinks',
    chapter: 'volumes',
    sentence: 'A volume can be made larger, also to its own size, and never smaller',
    proves: 'Disks can be extended, and a mistaken size loses no data.',
    source: { text: 'growing only; a smaller size is NotSupported', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const vvolId = await makeVolume(world, host, { sizeInMB: 16n });
      for (const sizeInMB of [16n, 32n]) {
        const { return: task } = await host.call('resizeVirtualVolume', { vvolId, sizeInMB });
        await succeeded(host, task);
        expectSame(await sizeOf(world, vvolId), sizeInMB, 'its size in MB');
      }
      const fault = await host.faultOf('resizeVirtualVolume', { vvolId, sizeInMB: 8n });
      expectSame(fault.name, 'NotSupported', 'a smaller size');
      expectSame(await sizeOf(world, vvolId), 32n, 'its size after the refusal');
    },
  },
  {
    id: 'volumes.unknown-is-not-found',
    chapter: 'volumes',
    sentence:
      'Volumes and containers that do not exist are NotFound, and ids of a wrong form InvalidArgument',
    proves: 'A host can tell what is gone from what it got wrong.',
    source: { text: 'form is judged before existence', mark: 'seen once' },
    async run(world) {
      const host = aHost(world);
      const gone = await host.faultOf('deleteVirtualVolume', { vvolId: unknownVolume() });
      expectSame(gone.name, 'NotFound', 'an unknown volume');
      const odd = await host.faultOf('deleteVirtualVolume', { vvolId: 'not an id' });
      expectSame(odd.name, 'InvalidArgument', 'an id of a wrong form');
      const nowhere = await host.faultOf('createVirtualVolume', {
        containerId: '00000000-0000-4000-8000-000000000000',
        vvolType: 'Data',
        sizeInMB: 1n,
        metadata: named('nowhere'),
      });
      expectSame(nowhere.name, 'NotFound', 'an unknown container');
    },
  },
  {
    id: 'volumes.size-is-judged',
    chapter: 'volumes',
    sentence:
      'A size of nothing, below nothing, or above what the container allows is InvalidArgument',
    proves: 'A wrong size is told, and makes no volume.',
    source: {
      text: 'sizes of 1 to 2^31 - 1 MB; maxVvolSizeMB of the container',
      mark: 'seen once',
    },
    async run(world) {
      const host = aHost(world);
      const { uniqueIdentifier = '', maxVvolSizeMB } = aContainer(world);
      for (const sizeInMB of [0n, -1n, 1n << 31n, (maxVvolSizeMB ?? 0n) + 1n]) {
        const wish = {
          containerId: uniqueIdentifier,
          vvolType: 'Data',
          sizeInMB,
          metadata: named('odd'),
        };
        try {
          // A provider may also refuse in the task.
          const { return: started } = await host.call('createVirtualVolume', wish);
          const task = await endOf(host, started);
          const made = task.result?.value;
          if (typeof made === 'string') willGo(world, host, made);
          expectSame(task.taskState, 'Error', `a task for ${sizeInMB} MB`);
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'FaultError') throw error;
          expectThat(error.message.includes('InvalidArgument'), `${sizeInMB} MB`, error.message);
        }
      }
    },
  },
];
