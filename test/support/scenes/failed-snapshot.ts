/** A backup program takes snapshots and never deletes them, until the array has as many as it keeps. */
import { snapshotOf } from '../../../src/accept/scenarios/snapshots.ts';
import { aHost, makeVolume } from '../../../src/accept/world/world.ts';
import type { Scene } from './scene.ts';

export const FAILED_SNAPSHOT: Scene = {
  id: 'failed-snapshot',
  title: 'No more snapshots can be taken of a disk',
  array: {
    inventory: {
      arrays: [
        {
          name: 'array-1',
          snapshotsPerVolume: 2,
          endpoints: { SCSI: 1 },
          containers: [{ name: 'gold', protocol: 'SCSI', capacityMB: 100_000 }],
        },
      ],
    },
  },
  async play({ world, poll }) {
    const host = aHost(world);
    const volume = await makeVolume(world, host, { name: 'mail_1.vmdk' });
    for (let turn = 0; turn < 2; turn += 1) await snapshotOf(world, host, volume);
    await poll(1);
    const request = { vvolId: volume, snapType: 'SnapshotReadOnly' };
    for (let turn = 0; turn < 2; turn += 1) {
      await host.call('prepareToSnapshotVirtualVolume', request).catch(() => undefined);
      await poll(1);
    }
    return { volume };
  },
};
