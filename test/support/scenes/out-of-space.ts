/** A container fills up until a new disk finds no place. */
import { aContainer, aHost, makeVolume, named } from '../../../src/accept/world/world.ts';
import type { Scene } from './scene.ts';

const SIZE_MB = 40n;

export const OUT_OF_SPACE: Scene = {
  id: 'out-of-space',
  title: 'A container is full',
  array: {
    inventory: {
      arrays: [
        {
          name: 'array-1',
          endpoints: { SCSI: 1 },
          containers: [{ name: 'gold', protocol: 'SCSI', capacityMB: 100, overcommit: 1 }],
        },
      ],
    },
  },
  async play({ world, provider, poll }) {
    const host = aHost(world);
    const { uniqueIdentifier: containerId = '' } = aContainer(world);
    for (let disk = 1; disk <= 2; disk += 1)
      await makeVolume(world, host, { name: `disk ${disk}`, sizeInMB: SIZE_MB });
    await poll(1);
    for (let turn = 0; turn < 3; turn += 1) {
      const wish = { containerId, vvolType: 'Data', metadata: named('disk 3') };
      await host.faultOf('createVirtualVolume', { ...wish, sizeInMB: SIZE_MB });
    }
    await provider().parts.alarms.look();
    await poll(1);
    return { container: containerId };
  },
};
