/**
 * The kinds of things that block and file discovery lists, each as one record: where the array tells of
 * them, what they are called, who sees them, and whether there are any. One rule of visibility and one
 * way to pick by ids serve them all.
 * Source: VASA 1.0 `EntityTypeEnum`; docs/discovery.md.
 */
import type { StorageArrayPort } from '../../array/port.ts';
import type { ArrayDescription, ArrayFeatures } from '../../model/array.ts';
import type {
  FileSystem,
  Lun,
  Pool,
  Port,
  Processor,
  Reach,
  StorageCapability,
} from '../../model/discovery.ts';
import { VasaFault } from '../../model/faults.ts';
import { invalid } from '../arguments.ts';
import type { View } from './reach.ts';

/** One kind of things. */
export interface Part<Entity> {
  /** For messages: `StorageLun`. */
  readonly name: string;
  readonly all: (array: StorageArrayPort) => Promise<readonly Entity[]>;
  readonly idOf: (entity: Entity) => string;
  /** An entity is seen by whoever reaches this one of `reached`: itself, or the array it lies in. */
  readonly keyOf: (entity: Entity) => string;
  readonly reached: (reach: Reach) => readonly string[];
  /** Does an array with these features have such things? Undefined: when it lists any. */
  readonly isOffered: ((features: ArrayFeatures) => boolean) | undefined;
}

export const ARRAYS: Part<ArrayDescription> = {
  name: 'StorageArray',
  all: (array) => array.arrays(),
  idOf: (each) => each.arrayId,
  keyOf: (each) => each.arrayId,
  reached: (reach) => reach.arrayIds,
  isOffered: () => true,
};

export const PROCESSORS: Part<Processor> = {
  name: 'StorageProcessor',
  all: (array) => array.processors(),
  idOf: (each) => each.processorId,
  keyOf: (each) => each.processorId,
  reached: (reach) => reach.processorIds,
  isOffered: undefined,
};

export const PORTS: Part<Port> = {
  name: 'StoragePort',
  all: (array) => array.ports(),
  idOf: (each) => each.portId,
  keyOf: (each) => each.portId,
  reached: (reach) => reach.portIds,
  isOffered: undefined,
};

export const LUNS: Part<Lun> = {
  name: 'StorageLun',
  all: (array) => array.luns(),
  idOf: (each) => each.lunId,
  keyOf: (each) => each.lunId,
  reached: (reach) => reach.lunIds,
  isOffered: (features) => features.luns,
};

export const FILE_SYSTEMS: Part<FileSystem> = {
  name: 'StorageFileSystem',
  all: (array) => array.fileSystems(),
  idOf: (each) => each.fileSystemId,
  keyOf: (each) => each.fileSystemId,
  reached: (reach) => reach.fileSystemIds,
  isOffered: (features) => features.fileSystems,
};

export const CAPABILITIES: Part<StorageCapability> = {
  name: 'StorageCapability',
  all: (array) => array.storageCapabilities(),
  idOf: (each) => each.capabilityId,
  keyOf: (each) => each.arrayId,
  reached: (reach) => reach.arrayIds,
  isOffered: (features) => features.luns || features.fileSystems,
};

export const POOLS: Part<Pool> = {
  name: 'BackingStoragePool',
  all: (array) => array.pools(),
  idOf: (each) => each.poolId,
  keyOf: (each) => each.arrayId,
  reached: (reach) => reach.arrayIds,
  isOffered: undefined,
};

/** What is seen of a part, in the array's order; undefined where no array has such things. */
export async function seen<Entity>(
  { array, arrays, reach }: View,
  part: Part<Entity>,
): Promise<readonly Entity[] | undefined> {
  const all = await part.all(array);
  const { isOffered } = part;
  const isThere = isOffered ? arrays.some(({ features }) => isOffered(features)) : all.length > 0;
  if (!isThere) return undefined;
  const reached = new Set(part.reached(reach));
  return all.filter((each) => reached.has(part.keyOf(each)));
}

/** The same, for operations that declare the fault. Faults: NotImplemented (no array has such things). */
export async function offered<Entity>(view: View, part: Part<Entity>): Promise<readonly Entity[]> {
  const visible = await seen(view, part);
  if (visible === undefined)
    throw new VasaFault('NotImplemented', `no array of this provider has a ${part.name}`);
  return visible;
}

/**
 * Those of these ids that are seen, in the array's order; no ids: all. Ids that name none, or none that is
 * seen, are left out. Faults: NotImplemented, InvalidArgument (a blank id).
 */
export async function named<Entity>(
  view: View,
  part: Part<Entity>,
  ids: readonly string[],
): Promise<readonly Entity[]> {
  const visible = await offered(view, part);
  if (ids.some((id) => id.trim() === '')) throw invalid(`an id of a ${part.name} is blank`);
  const wanted = new Set(ids);
  return wanted.size === 0 ? visible : visible.filter((each) => wanted.has(part.idOf(each)));
}
