/**
 * Storage to discover, without an array behind it: two arrays of the simulator, of which the first has
 * everything there is and the second controllers only, and masking that goes by what a client names. One
 * way to ask, through the table and over the wire.
 */
import { afterAll, beforeAll } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { ArrayFeatures } from '../../../src/model/array.ts';
import type {
  Access,
  Backing,
  FileSystem,
  Lun,
  Pool,
  Port,
  Processor,
  Reach,
  StorageCapability,
} from '../../../src/model/discovery.ts';
import type { ArrayId } from '../../../src/model/ids.ts';
import type { UsageContext } from '../../../src/model/session.ts';
import { bytesFromMB } from '../../../src/model/units.ts';
import type { SessionContext } from '../../../src/operations/context.ts';
import { operationTable } from '../../../src/operations/table.ts';
import type { Operations } from '../../../src/wire/generated/vasa-2.0/operations.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { faultOf, onTheWire } from '../support.ts';

type Name = keyof typeof operationTable & keyof Operations;
type Context = Partial<UsageContext>;

interface Asking {
  readonly context?: Context;
  readonly apiVersion?: '1.0' | '2.0';
}

const initiator = (iscsiIdentifier: string) => ({
  uniqueIdentifier: undefined,
  iscsiIdentifier,
  nodeWwn: undefined,
  portWwn: undefined,
});

/** A vCenter that names the initiator and the mount of all its hosts. */
const EVERYTHING: Context = {
  initiators: [initiator('iqn.all')],
  mountPoints: [{ serverName: 'nas', filePath: '/one' }],
};
/** A client that masking leaves one LUN behind one port, and one endpoint. */
export const ONE_LUN: Context = { initiators: [initiator('iqn.one')], mountPoints: [] };
/** A client that has one file system mounted, and no initiator. */
export const ONE_MOUNT: Context = {
  initiators: [],
  mountPoints: [{ serverName: 'nas', filePath: '/one' }],
};
export const NOTHING: Context = { initiators: [], mountPoints: [] };

const NO_FEATURES = { luns: false, fileSystems: false, storageDrs: false, statistics: false };

function lun(arrayId: ArrayId, given: Partial<Lun> & Pick<Lun, 'lunId'>): Lun {
  return {
    arrayId,
    poolId: 'pool-1',
    displayName: given.lunId,
    esxLunIdentifier: `naa.${'6'.repeat(32)}`,
    alternateIdentifiers: [],
    capacity: bytesFromMB(1_000n),
    used: bytesFromMB(10n),
    thin: true,
    drsManagementPermitted: true,
    capabilityId: undefined,
    portIds: ['port-1', 'port-2'],
    backing: BACKING,
    health: 'healthy',
    ...given,
  };
}

function fileSystem(
  arrayId: ArrayId,
  given: Partial<FileSystem> & Pick<FileSystem, 'fileSystemId'>,
): FileSystem {
  return {
    arrayId,
    poolId: 'pool-2',
    version: 'NFSV3_0',
    exports: [{ serverName: 'nas', path: '/one', ipAddress: '192.0.2.10' }],
    capacity: bytesFromMB(1_000n),
    used: bytesFromMB(10n),
    thin: false,
    nativeSnapshots: true,
    drsManagementPermitted: true,
    capabilityId: undefined,
    backing: BACKING,
    health: 'healthy',
    ...given,
  };
}

const BACKING: Backing = {
  thinPoolId: undefined,
  deduplicationPoolId: undefined,
  autoTiering: false,
  deduplicationEfficiency: undefined,
  optimizationIntervalSeconds: undefined,
};

/** What there is in the two arrays. */
export interface Storage {
  pools: readonly Pool[];
  processors: readonly Processor[];
  ports: readonly Port[];
  luns: readonly Lun[];
  fileSystems: readonly FileSystem[];
  capabilities: readonly StorageCapability[];
  bottlenecks: readonly (readonly string[])[];
  /** Of the first array; the second has none of these features. */
  features: Partial<ArrayFeatures>;
}

function storageOf([first, second]: readonly [ArrayId, ArrayId]): Storage {
  const health = 'healthy';
  const port = {
    portWwn: undefined,
    nodeWwn: undefined,
    iscsiIdentifier: undefined,
    health,
  } as const;
  const pool = { arrayId: first, kind: 'ThinProvisioning', health } as const;
  return {
    features: { luns: true, fileSystems: true, storageDrs: true, statistics: true },
    processors: [
      { processorId: 'sp-a', arrayId: first, identifiers: ['SP A', 'slot 1'], health },
      { processorId: 'sp-b', arrayId: first, identifiers: [], health },
      { processorId: 'sp-other', arrayId: second, identifiers: [], health },
    ],
    ports: [
      {
        ...port,
        portId: 'port-1',
        processorId: 'sp-a',
        protocol: 'FC',
        portWwn: '50:00:00:00:00:00:00:01',
        nodeWwn: '50:00:00:00:00:00:00:00',
        alternateNames: ['A1'],
      },
      {
        ...port,
        portId: 'port-2',
        processorId: 'sp-b',
        protocol: 'ISCSI',
        iscsiIdentifier: 'iqn.target',
        alternateNames: [],
      },
    ],
    pools: [
      {
        ...pool,
        poolId: 'pool-1',
        name: 'thin',
        capacity: bytesFromMB(1_000n),
        used: bytesFromMB(600n),
        promised: bytesFromMB(2_000n),
      },
      {
        ...pool,
        poolId: 'pool-2',
        name: 'thick',
        kind: 'ThinAndDeduplication',
        capacity: bytesFromMB(1_000n),
        used: bytesFromMB(900n),
        promised: bytesFromMB(1_000n),
      },
    ],
    luns: [
      lun(first, {
        lunId: 'lun-1',
        alternateIdentifiers: ['serial 1'],
        capabilityId: 'gold',
        portIds: ['port-1'],
        backing: {
          thinPoolId: 'pool-1',
          deduplicationPoolId: 'pool-1',
          autoTiering: true,
          deduplicationEfficiency: 70,
          optimizationIntervalSeconds: 0,
        },
      }),
      lun(first, { lunId: 'lun-2', poolId: 'pool-2', thin: false }),
      lun(first, { lunId: 'lun-3' }),
      lun(first, { lunId: 'lun-fixed', drsManagementPermitted: false }),
    ],
    fileSystems: [
      fileSystem(first, { fileSystemId: 'fs-1', capabilityId: 'gold' }),
      fileSystem(first, { fileSystemId: 'fs-2', version: 'NFSV4_x', thin: true, exports: [] }),
    ],
    capabilities: [{ capabilityId: 'gold', arrayId: first, name: 'Gold', detail: 'fast' }],
    bottlenecks: [['lun-1', 'lun-3', 'fs-1']],
  };
}

function reached(storage: Storage, [first, second]: readonly ArrayId[], access: Access): Reach {
  const isAll = access.initiators.some((each) => each.iscsiIdentifier === 'iqn.all');
  const isOne = access.initiators.some((each) => each.iscsiIdentifier === 'iqn.one');
  const isMount = access.mountPoints.some((each) => each.filePath === '/one');
  const own = storage.processors.filter((each) => each.arrayId === first || isAll);
  const arrayIds = isAll ? [first, second] : isOne || isMount ? [first] : [];
  return {
    arrayIds: arrayIds.filter((each) => each !== undefined),
    processorIds: arrayIds.length > 0 ? own.map((each) => each.processorId) : [],
    portIds: isAll ? storage.ports.map((each) => each.portId) : isOne ? ['port-1'] : [],
    lunIds: isAll ? storage.luns.map((each) => each.lunId) : isOne ? ['lun-1'] : [],
    fileSystemIds: isMount ? storage.fileSystems.map((each) => each.fileSystemId) : [],
    endpointIds: [],
  };
}

function faked(array: StorageArrayPort, storage: () => Storage): Partial<StorageArrayPort> {
  const ids = async () => (await array.arrays()).map((each) => each.arrayId);
  return {
    arrays: async () =>
      (await array.arrays()).map((each, index) => ({
        ...each,
        features: { ...each.features, ...NO_FEATURES, ...(index === 0 && storage().features) },
      })),
    pools: async () => storage().pools,
    processors: async () => storage().processors,
    ports: async () => storage().ports,
    luns: async () => storage().luns,
    fileSystems: async () => storage().fileSystems,
    storageCapabilities: async () => storage().capabilities,
    reach: async (access) => {
      const reach = reached(storage(), await ids(), access);
      const endpoints = (await array.endpoints()).map((each) => each.endpointId);
      const isOne = reach.lunIds.length === 1;
      return { ...reach, endpointIds: isOne ? endpoints.slice(0, 1) : endpoints };
    },
    sharedBottlenecks: async (wanted) =>
      storage()
        .bottlenecks.map((group) => group.filter((id) => wanted.includes(id)))
        .filter((group) => group.length > 1),
  };
}

/** Opens the storage for the tests of a file and closes it after them. */
export function discovery() {
  let test: TestProvider;
  let arrays: readonly [ArrayId, ArrayId];
  let storage: Storage;

  beforeAll(async () => {
    test = await openTestProvider({
      wrap: (array) =>
        overriding(
          array,
          faked(array, () => storage),
        ),
    });
    const [first, second] = (await test.simulator.port.arrays()).map((each) => each.arrayId);
    if (first === undefined || second === undefined) throw new Error('two arrays are needed');
    arrays = [first, second];
    storage = storageOf(arrays);
  });
  afterAll(() => test.close());

  const contextOf = (operation: Name, { context = EVERYTHING, apiVersion = '2.0' }: Asking) =>
    callOf(test.provider, openSession(test.provider, context), operation, apiVersion);

  const ask = async <Call extends Name>(
    operation: Call,
    request: Operations[Call]['request'],
    asking: Asking = {},
  ): Promise<Operations[Call]['response']> => {
    // The compiler has checked each row against the operation of its name, but cannot follow it here.
    const handler = operationTable[operation].handler as (
      context: SessionContext,
      request: Operations[Call]['request'],
    ) => Promise<Operations[Call]['response']>;
    const response = await handler(contextOf(operation, asking), request);
    return onTheWire(asking.apiVersion ?? '2.0', operation, response);
  };

  return {
    ask,
    /** The fault's name; fails when there is none, or one that is not declared. */
    refused: async <Call extends Name>(
      operation: Call,
      request: Operations[Call]['request'],
      asking: Asking = {},
    ) => (await faultOf(operation, ask(operation, request, asking))).fault,
    arrayId: (index: 0 | 1) => arrays[index],
    /** Runs `body` while there is other storage, or some of it is other. */
    having: async <Result>(
      other: Partial<Storage>,
      body: () => Promise<Result>,
    ): Promise<Result> => {
      const before = storage;
      storage = { ...storage, ...other };
      return body().finally(() => {
        storage = before;
      });
    },
  };
}
