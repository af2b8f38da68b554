/** What differs between two readings of the inventory, as changes of the things that clients know. */
import { isDeepStrictEqual } from 'node:util';
import type { ChangedEntity } from '../src/model/array.ts';
import type { ArrayId, ContainerId } from '../src/model/ids.ts';
import type { InventoryContent } from './inventory.ts';

/** A change of one thing. */
export interface ContentChange {
  readonly kind: 'new' | 'update' | 'delete';
  readonly entity: ChangedEntity;
  readonly entityId: string;
  readonly arrayId: ArrayId;
  readonly containerId: ContainerId | undefined;
}

/** A thing with everything that clients can see of it. */
interface Thing extends Omit<ContentChange, 'kind'> {
  readonly seen: unknown;
}

/** New and changed things, those first that others lie in; then what is gone, the other way round. */
export function differences(
  before: InventoryContent,
  after: InventoryContent,
): readonly ContentChange[] {
  const old = byId(thingsOf(before));
  const present = thingsOf(after);
  const ids = byId(present);
  const changed = present.flatMap(({ seen, ...thing }): ContentChange[] => {
    const known = old.get(thing.entityId);
    if (known === undefined) return [{ kind: 'new', ...thing }];
    return isDeepStrictEqual(known.seen, seen) ? [] : [{ kind: 'update', ...thing }];
  });
  const gone = [...old.values()].filter(({ entityId }) => !ids.has(entityId)).reverse();
  return [
    ...changed,
    ...gone.map(({ seen: _, ...thing }) => ({ kind: 'delete' as const, ...thing })),
  ];
}

function byId(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [thing.entityId, thing]));
}

function thingsOf(content: InventoryContent): readonly Thing[] {
  const thing = (
    entity: ChangedEntity,
    entityId: string,
    arrayId: ArrayId,
    seen: unknown,
  ): Thing => ({
    entity,
    entityId,
    arrayId,
    containerId: undefined,
    seen,
  });
  return [
    // Who is let at what is told as a change of the array.
    ...content.arrays.map((one) =>
      thing('StorageArray', one.arrayId, one.arrayId, [one, content.groups.get(one.arrayId)]),
    ),
    ...content.processors.map((one) =>
      thing('StorageProcessor', one.processorId, one.arrayId, one),
    ),
    ...content.ports.map(({ port, arrayId }) => thing('StoragePort', port.portId, arrayId, port)),
    ...content.pools.map((one) => thing('BackingStoragePool', one.poolId, one.arrayId, one)),
    ...content.labels.map((one) => thing('StorageCapability', one.capabilityId, one.arrayId, one)),
    ...content.entries.map(({ container, logicalLimit }) => ({
      ...thing('StorageContainer', container.containerId, container.arrayId, [
        container,
        logicalLimit,
      ]),
      containerId: container.containerId,
    })),
    ...[...content.endpoints.values()].map((one) =>
      thing('ProtocolEndpoint', one.endpointId, one.arrayId, one),
    ),
    ...content.luns.map(({ lun }) => thing('StorageLun', lun.lunId, lun.arrayId, lun)),
    ...content.fileSystems.map(({ fileSystem }) =>
      thing('StorageFileSystem', fileSystem.fileSystemId, fileSystem.arrayId, fileSystem),
    ),
  ];
}
