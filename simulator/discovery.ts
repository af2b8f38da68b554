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
  StorageCapability,
} from '../src/model/discovery.ts';
import { bytes } from '../src/model/units.ts';
import type { Inventory, InventoryContent } from './inventory.ts';
import { groupIndex, type KnownNames, type Reachable, reachOf } from './masking.ts';
import type { Space } from './space.ts';

const NOTHING = { used: bytes(0n), promised: bytes(0n) };

/** What was answered, of which content. */
interface Answer {
  readonly of: InventoryContent;
  readonly access: Access;
  readonly reach: Reach;
}

/** Is it the same session that asks? Its lists are then the same, not only alike. */
function isSame(known: Access, { hostId, initiators, mountPoints }: Access): boolean {
  return (
    known.hostId === hostId && known.initiators === initiators && known.mountPoints === mountPoints
  );
}

export class Discovery {
  readonly #inventory: Inventory;
  readonly #space: Space;
  readonly #names: KnownNames = new WeakMap();
  /** What there is to reach of the content that was looked at last. */
  #reachable: { readonly of: InventoryContent; readonly arrays: readonly Reachable[] } | undefined;
  /** Answers by a session's own list of initiators, which may have tens of thousands. */
  readonly #answers = new WeakMap<Access['initiators'], Answer>();

  constructor(inventory: Inventory, space: Space) {
    this.#inventory = inventory;
    this.#space = space;
  }

  pools(): readonly Pool[] {
    const accounts = this.#space.ofPools();
    return this.#inventory.content.pools.map(({ isSpinning: _, ...facts }) => ({
      ...facts,
      ...(accounts.get(facts.poolId) ?? NOTHING),
    }));
  }

  processors(): readonly Processor[] {
    return this.#inventory.content.processors;
  }

  ports(): readonly Port[] {
    return this.#inventory.content.ports.map(({ port }) => port);
  }

  luns(): readonly Lun[] {
    return this.#inventory.content.luns.map(({ lun }) => lun);
  }

  fileSystems(): readonly FileSystem[] {
    return this.#inventory.content.fileSystems.map(({ fileSystem }) => fileSystem);
  }

  storageCapabilities(): readonly StorageCapability[] {
    return this.#inventory.content.labels;
  }

  reach(access: Access): Reach {
    const { content } = this.#inventory;
    if (this.#reachable?.of !== content) {
      this.#reachable = { of: content, arrays: reachableOf(content) };
    }
    const known = this.#answers.get(access.initiators);
    if (known?.of === content && isSame(known.access, access)) return known.reach;
    const reach = reachOf(access, this.#reachable.arrays, this.#names);
    this.#answers.set(access.initiators, { of: content, access, reach });
    return reach;
  }

  /** Those of one spinning pool share its disks. */
  sharedBottlenecks(entityIds: readonly string[]): readonly (readonly string[])[] {
    const { pools } = this.#inventory.content;
    const asked = new Set(entityIds);
    const things = [
      ...this.luns().map(({ lunId, poolId }) => ({ id: lunId, poolId })),
      ...this.fileSystems().map(({ fileSystemId, poolId }) => ({ id: fileSystemId, poolId })),
    ].filter(({ id }) => asked.has(id));
    return pools
      .filter(({ isSpinning }) => isSpinning)
      .map((pool) => things.filter(({ poolId }) => poolId === pool.poolId).map(({ id }) => id))
      .filter((group) => group.length > 1);
  }
}

function reachableOf(content: InventoryContent): readonly Reachable[] {
  const endpoints = [...content.endpoints.values()];
  return content.arrays.map(({ arrayId }) => {
    const isOwn = (each: { readonly arrayId: string }) => each.arrayId === arrayId;
    const groups = content.groups.get(arrayId);
    return {
      arrayId,
      groups: groups === undefined ? undefined : groupIndex(groups),
      processorIds: content.processors.filter(isOwn).map(({ processorId }) => processorId),
      ports: content.ports.filter(isOwn).map(({ port }) => port),
      luns: content.luns
        .filter(({ lun }) => isOwn(lun))
        .map(({ name, lun }) => ({ name, id: lun.lunId })),
      fileSystems: content.fileSystems
        .filter(({ fileSystem }) => isOwn(fileSystem))
        .map(({ name, fileSystem }) => ({ name, id: fileSystem.fileSystemId })),
      endpointIds: endpoints.filter(isOwn).map(({ endpointId }) => endpointId),
    };
  });
}
