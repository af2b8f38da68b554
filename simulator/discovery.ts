/**
 * What the array is made of beside virtual volumes, and who reaches it. Knows nothing of bindings.
 * Source: src/array/discovery.ts.
 */
import type {
  Access,
  FileSystem,
  Lun,
  Pool,
  Port,
  Processor,
  Reach,
} from '../src/model/discovery.ts';
import { bytes } from '../src/model/units.ts';
import type { Inventory } from './inventory.ts';
import type { Space } from './space.ts';

export class Discovery {
  readonly #inventory: Inventory;
  readonly #space: Space;

  constructor(inventory: Inventory, space: Space) {
    this.#inventory = inventory;
    this.#space = space;
  }

  pools(): readonly Pool[] {
    return this.#inventory.containers.map(({ containerId, arrayId, poolId, name }) => {
      const { containerNo } = this.#inventory.container(containerId);
      const space = this.#space.ofContainer(containerNo);
      return {
        poolId,
        arrayId,
        name,
        kind: 'ThinProvisioning',
        capacity: space.physicalTotal,
        used: space.physicalUsed,
        promised: bytes(space.logicalUsed),
        health: 'healthy',
      };
    });
  }

  processors(): readonly Processor[] {
    return [];
  }

  ports(): readonly Port[] {
    return [];
  }

  luns(): readonly Lun[] {
    return [];
  }

  fileSystems(): readonly FileSystem[] {
    return [];
  }

  reach(access: Access): Reach {
    const isNamed = access.initiators.length + access.mountPoints.length > 0;
    return {
      arrayIds: isNamed ? this.#inventory.arrays.map(({ arrayId }) => arrayId) : [],
      processorIds: [],
      portIds: [],
      lunIds: [],
      fileSystemIds: [],
      endpointIds: this.#inventory.endpoints().map(({ endpointId }) => endpointId),
    };
  }
}
