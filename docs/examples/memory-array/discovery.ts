/**
 * What the array is made of beside virtual volumes: one pool, and nothing else to discover. An array with
 * controllers, LUNs and file systems lists them here, and says in `features` that it has them.
 */
import type { Access, Pool, Reach } from '../../../src/model/discovery.ts';
import { bytes } from '../../../src/model/units.ts';
import type { Memory } from './memory.ts';
import { usedBytes } from './volumes.ts';

/** See the port. */
export function pools(memory: Memory): readonly Pool[] {
  const volumes = [...memory.volumes.values()];
  return [
    {
      ...memory.pool,
      arrayId: memory.description.arrayId,
      kind: 'ThinProvisioning',
      used: usedBytes(memory),
      promised: bytes(volumes.reduce((sum, { volume }) => sum + volume.size, 0n)),
      health: 'healthy',
    },
  ];
}

/** See the port. There is no masking: whoever comes by the network reaches everything. */
export function reach({ description, endpoints }: Memory, access: Access): Reach {
  const isNamed = access.initiators.length + access.mountPoints.length > 0;
  return {
    arrayIds: isNamed ? [description.arrayId] : [],
    processorIds: [],
    portIds: [],
    lunIds: [],
    fileSystemIds: [],
    endpointIds: endpoints.map(({ endpointId }) => endpointId),
  };
}
