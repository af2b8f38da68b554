import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NewCopy } from '../../../src/array/copies.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { Session } from '../../../src/model/session.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import {
  cloneVirtualVolume,
  copyDiffsToVirtualVolume,
  fastCloneVirtualVolume,
} from '../../../src/operations/volumes/clones.ts';
import type { CloneVirtualVolume } from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import {
  containerId,
  endedJob,
  expectFaultsOf,
  faultOf,
  makeVolume,
  onTheWire,
} from '../support.ts';

const UNKNOWN_CONTAINER = 'b487b73a-6128-3ad2-873b-8ddb1ba45d4f';
const UNKNOWN = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';
const IDS = ['1', '2', '3'].map((n) => `rfc4122.${n.repeat(8)}-6128-4ad2-873b-8ddb1ba45d4f`);
const METADATA = [{ parameterName: 'VMW_VVolName', parameterValue: 'copy.vmdk' }];
const PROFILE = {
  profileId: 'f4e5bade-15a2-4805-bf8e-52318c4ce443',
  name: 'none',
  generationId: 2n ** 60n + 1n,
  createdBy: 'x',
  creationTime: 0,
};

let test: TestProvider;
let session: Session;
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  test = await openTestProvider({ wrap: (array) => overriding(array, fakes) });
  session = openSession(test.provider);
});
afterEach(() => {
  for (const name of Object.keys(fakes)) delete fakes[name as keyof StorageArrayPort];
});
afterAll(() => test.close());

const KINDS = {
  cloneVirtualVolume: { handler: cloneVirtualVolume, method: 'cloneVolume' },
  fastCloneVirtualVolume: { handler: fastCloneVirtualVolume, method: 'fastCloneVolume' },
} as const;

/** Id of what the volume was given when it was made without a profile. */
const defaultProfileOf = async (vvolId: string) =>
  (await test.array.volumes([vvolIdOf(vvolId)]))[0]?.profile?.profileId;

describe.each(['cloneVirtualVolume', 'fastCloneVirtualVolume'] as const)('%s', (operation) => {
  const { handler, method } = KINDS[operation];
  const copy = async (request: CloneVirtualVolume) => {
    const call = callOf(test.provider, session, operation);
    const { return: task } = onTheWire('2.0', operation, await handler(call, request));
    return { task, notes: call.notes };
  };
  const refused = async (request: CloneVirtualVolume) =>
    (await faultOf(operation, copy(request))).fault;
  const asked: NewCopy[] = [];
  const succeed = () => {
    asked.length = 0;
    fakes[method] = async (start, wanted) => {
      asked.push(wanted);
      return endedJob(start, { kind: 'volume', vvolId: wanted.vvolId });
    };
  };

  it('starts a copy whose id is the task’s result, another one each time', async () => {
    succeed();
    const vvolId = await makeVolume(test, session);
    const { task, notes } = await copy({ vvolId, metadata: METADATA, newProfile: PROFILE });
    await copy({ vvolId, metadata: METADATA });
    expect(asked[0]).toMatchObject({
      source: vvolId,
      containerId: undefined,
      metadata: [{ key: 'VMW_VVolName', value: 'copy.vmdk' }],
      profile: { profileId: PROFILE.profileId, generationId: PROFILE.generationId },
    });
    expect(asked[1]?.profile).toMatchObject({ profileId: await defaultProfileOf(vvolId) });
    expect(asked[1]?.vvolId).not.toBe(asked[0]?.vvolId);
    expect(task).toMatchObject({
      name: operation,
      taskState: 'Success',
      result: { type: 'xs:string', value: asked[0]?.vvolId },
    });
    expect(notes).toEqual({ vvol_ids: [vvolId, asked[0]?.vvolId], task_id: task.taskId });
  });

  it('judges form before existence, and that before the profile', async () => {
    succeed();
    const bad = { ...PROFILE, profileId: '' };
    const vvolId = await makeVolume(test, session);
    expect(await refused({ vvolId: 'disk-1', metadata: METADATA })).toBe('InvalidArgument');
    expect(await refused({ vvolId: UNKNOWN, metadata: [] })).toBe('InvalidArgument');
    expect(await refused({ vvolId: UNKNOWN, metadata: METADATA, newProfile: bad })).toBe(
      'NotFound',
    );
    expect(await refused({ vvolId, metadata: METADATA, newProfile: bad })).toBe('InvalidProfile');
    expect(asked).toEqual([]);
  });

  it('passes on what the array says', async () => {
    const vvolId = await makeVolume(test, session);
    const expected = {
      notFound: 'NotFound',
      unsupported: 'NotSupported',
      inUse: 'ResourceInUse',
      noSpace: 'OutOfResource',
      invalid: 'InvalidArgument',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    await expectFaultsOf(operation, fakes, method, expected, () =>
      copy({ vvolId, metadata: METADATA }),
    );
  });

  if (operation === 'fastCloneVirtualVolume') {
    it('answers SnapshotTooMany at the array’s limit', async () => {
      const vvolId = await makeVolume(test, session);
      const expected = { tooManySnapshots: 'SnapshotTooMany' } as const;
      await expectFaultsOf(operation, fakes, method, expected, () =>
        copy({ vvolId, metadata: METADATA }),
      );
    });
    return;
  }

  it('copies into the container named', async () => {
    succeed();
    const vvolId = await makeVolume(test, session);
    const files = await containerId(test, 'files');
    await copy({ vvolId, metadata: METADATA, newContainerId: files.toUpperCase() });
    expect(asked[0]?.containerId).toBe(files);
  });

  it('refuses a container id that is none, and one that is unknown, before the profile', async () => {
    const bad = { ...PROFILE, profileId: '' };
    const vvolId = await makeVolume(test, session);
    const request = { vvolId, metadata: METADATA, newProfile: bad };
    expect(await refused({ ...request, newContainerId: 'pool' })).toBe('InvalidArgument');
    expect(await refused({ ...request, newContainerId: UNKNOWN_CONTAINER })).toBe('NotFound');
  });
});

describe('copyDiffsToVirtualVolume', () => {
  const [srcVVolId = '', srcBaseVVolId = '', dstVVolId = ''] = IDS;
  const copy = async (given = {}) => {
    const call = callOf(test.provider, session, 'copyDiffsToVirtualVolume');
    const request = { srcVVolId, srcBaseVVolId, dstVVolId, ...given };
    const response = await copyDiffsToVirtualVolume(call, request);
    expect(call.notes).toEqual({ vvol_ids: IDS, task_id: response.return.taskId });
    return onTheWire('2.0', 'copyDiffsToVirtualVolume', response).return;
  };

  it('starts a task without a result', async () => {
    const asked: object[] = [];
    fakes.copyDiffs = async (start, volumes) => {
      asked.push(volumes);
      return endedJob(start);
    };
    const task = await copy();
    expect(asked).toEqual([{ source: srcVVolId, base: srcBaseVVolId, target: dstVVolId }]);
    expect(task).toMatchObject({ name: 'copyDiffsToVirtualVolume', taskState: 'Success' });
    expect(task.result).toBeUndefined();
  });

  it('refuses what is no id, of all three', async () => {
    for (const name of ['srcVVolId', 'srcBaseVVolId', 'dstVVolId']) {
      const fault = await faultOf('copyDiffsToVirtualVolume', copy({ [name]: 'disk-1' }));
      expect(fault.fault).toBe('InvalidArgument');
    }
  });

  it('passes on what the array says; no space, which is not declared, as a StorageFault', async () => {
    const expected = {
      notFound: 'NotFound',
      incompatible: 'IncompatibleVolume',
      inUse: 'ResourceInUse',
      unsupported: 'NotSupported',
      busy: 'VasaProviderBusy',
      noSpace: 'StorageFault',
      failed: 'StorageFault',
    } as const;
    await expectFaultsOf('copyDiffsToVirtualVolume', fakes, 'copyDiffs', expected, () => copy());
  });
});
