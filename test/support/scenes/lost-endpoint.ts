/** An endpoint goes down: it is alarmed, and volumes that would be reached through it cannot be bound. */
import { aHost, makeVolume } from '../../../src/accept/world/world.ts';
import type { Scene } from './scene.ts';

export const LOST_ENDPOINT: Scene = {
  id: 'lost-endpoint',
  title: 'The protocol endpoint of a host has gone',
  array: {
    inventory: {
      arrays: [
        {
          name: 'array-1',
          endpoints: { SCSI: 1 },
          containers: [{ name: 'gold', protocol: 'SCSI', capacityMB: 100_000 }],
        },
      ],
    },
  },
  async play({ world, provider, poll }) {
    const host = aHost(world);
    const volume = await makeVolume(world, host, { name: 'app_1.vmdk' });
    const [endpoint] = world.inventory.endpoints;
    const id = endpoint?.uniqueIdentifier ?? '';
    await poll(1);
    await provider().administration.array.setEndpointOnline(id, false);
    await provider().parts.alarms.look();
    await host
      .call('bindVirtualVolume', { vvolId: [volume], bindContext: 'Normal' })
      .catch(() => undefined);
    await poll(1);
    return { endpoint: id, volume };
  },
};
