/** A host dies with a machine running: its bindings stay, and nobody can delete the disk. */
import { bindAll } from '../../../src/accept/world/machine.ts';
import { makeVolume, twoHosts } from '../../../src/accept/world/world.ts';
import type { Scene } from './scene.ts';

const POLL_MS = 10_000;
const MINUTES = 12;

export const STALE_BINDING: Scene = {
  id: 'stale-binding',
  title: 'A host died, and its bindings hold volumes that are to be deleted',
  async play({ world, clock }) {
    const [one, other] = twoHosts(world);
    const [dead] = world.site.hosts;
    const volume = await makeVolume(world, one, { name: 'db_1.vmdk' });
    await bindAll(one, [volume]);
    one.close();
    const poll = async (minutes: number) => {
      for (let past = 0; past < minutes * 60_000; past += POLL_MS) {
        clock.moveBy(POLL_MS);
        for (const each of [world.vcenter, other]) await each.call('getEvents', {});
      }
    };
    await poll(MINUTES);
    for (let turn = 0; turn < 3; turn += 1) {
      await other.faultOf('deleteVirtualVolume', { vvolId: volume });
      await poll(1);
    }
    return { host: dead?.guid ?? '', volume };
  },
};
