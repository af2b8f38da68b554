/**
 * Everything but virtual volumes that statistics are kept of, with the work it has done: a LUN's comes by its
 * ports in equal parts, a processor's is that of its ports, an array's is all. Knows no time.
 */
import type { FileSystem, Lun, Port, Processor } from '../../src/model/discovery.ts';
import type { ArrayId, ContainerId } from '../../src/model/ids.ts';
import type { CountedEntity } from '../../src/model/statistics.ts';
import type { Inventory } from '../inventory.ts';
import { shareOf } from './load.ts';
import { addWork, NO_WORK, type Work } from './tally.ts';

/** What there is besides containers. */
export interface Things {
  luns(): readonly Lun[];
  fileSystems(): readonly FileSystem[];
  ports(): readonly Port[];
  processors(): readonly Processor[];
}

/** Work of those things that work is kept of at all. */
export interface OwnWork {
  ofContainer(containerId: ContainerId, name: string): Work;
  ofLun(lun: Lun): Work;
  ofFileSystem(fileSystem: FileSystem): Work;
}

export interface CountedThing {
  readonly id: string;
  readonly arrayId: ArrayId;
  readonly work: () => Work;
}

function sum(works: readonly Work[]): Work {
  return works.reduce(addWork, NO_WORK);
}

/** Every thing of a kind. */
export function countedThings(
  entity: Exclude<CountedEntity, 'VirtualVolumeInfo'>,
  parts: { readonly inventory: Inventory; readonly things: Things; readonly own: OwnWork },
): readonly CountedThing[] {
  const { inventory, things, own } = parts;
  const containers = () =>
    inventory.containers.map(({ containerId, arrayId, name }) => ({
      id: containerId,
      arrayId,
      work: () => own.ofContainer(containerId, name),
    }));
  const luns = () =>
    things.luns().map((lun) => ({
      id: lun.lunId,
      arrayId: lun.arrayId,
      work: () => own.ofLun(lun),
    }));
  const fileSystems = () =>
    things.fileSystems().map((fileSystem) => ({
      id: fileSystem.fileSystemId,
      arrayId: fileSystem.arrayId,
      work: () => own.ofFileSystem(fileSystem),
    }));
  const workOfPort = (portId: string) => {
    const served = things.luns().filter((lun) => lun.portIds.includes(portId));
    return sum(served.map((lun) => shareOf(own.ofLun(lun), lun.portIds.length)));
  };
  const portsOf = (processorId: string) =>
    things.ports().filter((port) => port.processorId === processorId);

  switch (entity) {
    case 'StorageContainer':
      return containers();
    case 'StorageLun':
      return luns();
    case 'StorageFileSystem':
      return fileSystems();
    case 'StoragePort':
      return things.processors().flatMap(({ processorId, arrayId }) =>
        portsOf(processorId).map(({ portId }) => ({
          id: portId,
          arrayId,
          work: () => workOfPort(portId),
        })),
      );
    case 'StorageProcessor':
      return things.processors().map(({ processorId, arrayId }) => ({
        id: processorId,
        arrayId,
        work: () => sum(portsOf(processorId).map(({ portId }) => workOfPort(portId))),
      }));
    case 'StorageArray':
      return inventory.arrays.map(({ arrayId }) => ({
        id: arrayId,
        arrayId,
        work: () =>
          sum(
            [...containers(), ...luns(), ...fileSystems()]
              .filter((each) => each.arrayId === arrayId)
              .map((each) => each.work()),
          ),
      }));
  }
}
