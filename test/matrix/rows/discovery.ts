/** Proofs of block and file discovery: controllers, ports, LUNs, file systems, their labels and pools. */
import assert from 'node:assert/strict';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { textOf, textsOf } from '../../support/soap-client.ts';
import { arrayId } from '../arrange.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';
import { m } from '../xml.ts';

type Listed = 'processors' | 'ports' | 'luns' | 'fileSystems' | 'storageCapabilities' | 'pools';

/** What the array has of a kind, as its port tells it: whom to ask about. */
function listed<Kind extends Listed>(
  { provider: { parts } }: Stage,
  kind: Kind,
): ReturnType<StorageArrayPort[Kind]> {
  const { array } = parts;
  // The compiler does not follow that a method of this name has this answer.
  return array[kind]() as ReturnType<StorageArrayPort[Kind]>;
}

async function lunIds(stage: Stage): Promise<readonly string[]> {
  return (await listed(stage, 'luns')).map(({ lunId }) => lunId);
}

async function fileSystemIds(stage: Stage): Promise<readonly string[]> {
  return (await listed(stage, 'fileSystems')).map(({ fileSystemId }) => fileSystemId);
}

/** As many things as the array lists are in the answer. */
function allTold(kind: Listed): NonNullable<Row['check']> {
  return async (answer, stage) => {
    const known = await listed(stage, kind);
    assert(known.length > 0, `the array has no ${kind}`);
    assert.equal(textsOf(answer, 'uniqueIdentifier').length, known.length);
  };
}

/** Each thing asked for has an entry of what belongs to it. */
function anyTold(answer: string): void {
  assert(textsOf(answer, 'uniqueIdentifier').length > 1, answer);
}

const LISTS: readonly Row[] = [
  {
    operation: 'queryStorageProcessors',
    work: 'processors',
    succeeds: 'the controllers are told to whoever has an initiator',
    ask: () => m({}),
    check: allTold('processors'),
    faults: { InvalidArgument: { when: 'an id is blank', ask: () => m({ spUniqueId: ' ' }) } },
  },
  {
    operation: 'queryStoragePorts',
    work: 'ports',
    succeeds: 'the ports are told to whoever has an initiator',
    ask: () => m({}),
    check: allTold('ports'),
    faults: { InvalidArgument: { when: 'an id is blank', ask: () => m({ portUniqueId: ' ' }) } },
  },
  {
    operation: 'queryStorageLuns',
    work: 'luns',
    succeeds: 'the LUNs of these ids are told',
    ask: async (stage) => m({ lunUniqueId: await lunIds(stage) }),
    check: async (answer, stage) => {
      const told = textsOf(answer, 'uniqueIdentifier');
      assert.deepEqual(told, await lunIds(stage));
    },
    faults: { InvalidArgument: { when: 'it names no LUN', ask: () => m({}) } },
  },
  {
    operation: 'queryStorageFileSystems',
    work: 'fileSystems',
    succeeds: 'the file systems are told to whoever has a mount',
    ask: () => m({}),
    check: allTold('fileSystems'),
    faults: { InvalidArgument: { when: 'an id is blank', ask: () => m({ fsUniqueId: ' ' }) } },
  },
  {
    operation: 'queryStorageCapabilities',
    work: 'storageCapabilities',
    succeeds: 'the labels of LUNs and file systems are told',
    ask: () => m({}),
    check: allTold('storageCapabilities'),
    faults: {
      InvalidArgument: { when: 'an id is blank', ask: () => m({ capabilityUniqueId: ' ' }) },
    },
  },
  {
    operation: 'queryBackingStoragePools',
    work: 'pools',
    succeeds: 'the pools are told',
    ask: () => m({}),
    check: allTold('pools'),
    faults: {
      InvalidArgument: { when: 'an id is blank', ask: () => m({ storagePoolUniqueId: ' ' }) },
    },
  },
];

const ASSOCIATIONS: readonly Row[] = [
  {
    operation: 'queryAssociatedProcessorsForArray',
    work: 'processors',
    succeeds: 'the controllers of an array are told',
    ask: async (stage) => m({ arrayUniqueId: await arrayId(stage) }),
    check: anyTold,
    faults: { InvalidArgument: { when: 'an id is blank', ask: () => m({ arrayUniqueId: ' ' }) } },
  },
  {
    operation: 'queryAssociatedPortsForProcessor',
    work: 'ports',
    succeeds: 'the ports of a controller are told',
    ask: async (stage) => m({ spUniqueId: (await listed(stage, 'processors'))[0]?.processorId }),
    check: anyTold,
    faults: { InvalidArgument: { when: 'an id is blank', ask: () => m({ spUniqueId: ' ' }) } },
  },
  {
    operation: 'queryAssociatedLunsForPort',
    work: 'luns',
    succeeds: 'the LUNs behind a port are told',
    ask: async (stage) => m({ portUniqueId: (await listed(stage, 'ports'))[0]?.portId }),
    check: anyTold,
    faults: { InvalidArgument: { when: 'an id is blank', ask: () => m({ portUniqueId: ' ' }) } },
  },
  {
    operation: 'queryAssociatedCapabilityForLun',
    work: 'luns',
    succeeds: 'the label of a LUN is told',
    ask: async (stage) => m({ lunUniqueId: (await lunIds(stage))[0] }),
    check: anyTold,
    faults: { InvalidArgument: { when: 'it names no LUN', ask: () => m({}) } },
  },
  {
    operation: 'queryAssociatedCapabilityForFileSystem',
    work: 'fileSystems',
    succeeds: 'the label of a file system is told',
    ask: async (stage) => m({ fsUniqueId: (await fileSystemIds(stage))[0] }),
    check: anyTold,
    faults: { InvalidArgument: { when: 'an id is blank', ask: () => m({ fsUniqueId: ' ' }) } },
  },
];

const NO_SUCH_TYPE: Row['faults'] = {
  InvalidArgument: {
    when: 'there is no such type of things',
    ask: () => m({ entityType: 'StorageUnicorn' }),
  },
};

const IDENTIFIERS: readonly Row[] = [
  {
    operation: 'getNumberOfEntities',
    work: 'arrays',
    succeeds: 'it is told how many things of a type there are',
    ask: () => m({ entityType: 'StorageArray' }),
    check: (answer) => assert.equal(textOf(answer, 'return'), '2'),
    faults: NO_SUCH_TYPE,
  },
  {
    operation: 'queryUniqueIdentifiersForEntity',
    work: 'arrays',
    succeeds: 'the ids of all things of a type are told',
    ask: () => m({ entityType: 'StorageArray' }),
    check: (answer) => assert.equal(textsOf(answer, 'return').length, 2),
    faults: NO_SUCH_TYPE,
  },
  {
    operation: 'queryUniqueIdentifiersForLuns',
    work: 'luns',
    succeeds: 'the ids of an array’s LUNs are told',
    ask: async (stage) => m({ arrayUniqueId: await arrayId(stage) }),
    check: async (answer, stage) =>
      assert.deepEqual(textsOf(answer, 'return'), await lunIds(stage)),
    faults: {
      InvalidArgument: { when: 'it names no array', ask: () => m({}) },
      NotFound: { when: 'there is no such array', ask: () => m({ arrayUniqueId: 'nowhere' }) },
    },
  },
  {
    operation: 'queryUniqueIdentifiersForFileSystems',
    work: 'fileSystems',
    succeeds: 'the ids of an array’s file systems are told',
    ask: async (stage) => m({ fsUniqueId: await arrayId(stage) }),
    check: async (answer, stage) =>
      assert.deepEqual(textsOf(answer, 'return'), await fileSystemIds(stage)),
    faults: {
      InvalidArgument: { when: 'it names no array', ask: () => m({}) },
      NotFound: { when: 'there is no such array', ask: () => m({ fsUniqueId: 'nowhere' }) },
    },
  },
];

const STORAGE_DRS: readonly Row[] = [
  {
    operation: 'queryDRSMigrationCapabilityForPerformance',
    work: 'luns',
    succeeds: 'moving from a LUN to one that shares its disks brings nothing',
    ask: async (stage) => {
      const [srcUniqueId, dstUniqueId] = await lunIds(stage);
      return m({ srcUniqueId, dstUniqueId, entityType: 'StorageLun' });
    },
    check: (answer) => assert.equal(textOf(answer, 'return'), 'false'),
    faults: {
      InvalidArgument: {
        when: 'things of the type carry no datastore',
        ask: () => m({ srcUniqueId: 'a', dstUniqueId: 'b', entityType: 'StoragePort' }),
      },
      NotFound: {
        when: 'there is no such LUN',
        ask: () => m({ srcUniqueId: 'a', dstUniqueId: 'b', entityType: 'StorageLun' }),
      },
    },
  },
  {
    operation: 'queryDrsMigrationCapabilityForPerformanceEx',
    work: 'sharedBottlenecks',
    succeeds: 'LUNs that share their disks are told as a set',
    ask: async (stage) => m({ entityId: await lunIds(stage) }),
    check: async (answer, stage) =>
      assert.deepEqual(textsOf(answer, 'entityId'), await lunIds(stage)),
    faults: { InvalidArgument: { when: 'an id is blank', ask: () => m({ entityId: ' ' }) } },
  },
];

export const DISCOVERY: readonly Row[] = [
  ...LISTS,
  ...ASSOCIATIONS,
  ...IDENTIFIERS,
  ...STORAGE_DRS,
];
