import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotRefusal } from '../../../src/array/copies.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { MetadataPair } from '../../../src/model/array.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Session } from '../../../src/model/session.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import {
  prepareToSnapshotVirtualVolume,
  snapshotVirtualVolume,
} from '../../../src/operations/volumes/snapshots.ts';
import type {
  PrepareToSnapshotVirtualVolume,
  VirtualVolumeInfo,
} from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { endedJob, expectFaultsOf, faultOf, makeVolume, onTheWire } from '../support.ts';

const UNKNOWN = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';
const FIRST = 'rfc4122.11111111-6128-4ad2-873b-8ddb1ba45d4f';
const SECOND = 'rfc4122.22222222-6128-4ad2-873b-8ddb1ba45d4f';

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

const PROFILE = {
  profileId: 'f4e5bade-15a2-4805-bf8e-52318c4ce443',
  name: 'none',
  generationId: 3n,
  createdBy: 'x',
  creationTime: 0,
};

describe('prepareToSnapshotVirtualVolume', () => {
  const prepare = async (given: Partial<PrepareToSnapshotVirtualVolume>) => {
    const call = callOf(test.provider, session, 'prepareToSnapshotVirtualVolume');
    const request = { vvolId: UNKNOWN, snapType: 'SnapshotReadOnly', ...given };
    const response = await prepareToSnapshotVirtualVolume(call, request);
    const { return: task } = onTheWire('2.0', 'prepareToSnapshotVirtualVolume', response);
    return { task, notes: call.notes };
  };
  const refused = async (given: Partial<PrepareToSnapshotVirtualVolume>) =>
    (await faultOf('prepareToSnapshotVirtualVolume', prepare(given))).fault;

  it.each([
    ['SnapshotReadOnly', true],
    ['SnapshotReadWrite', false],
  ])(
    'asks the array for a %s and answers with its id, metadata and space',
    async (snapType, readOnly) => {
      const vvolId = vvolIdOf(await makeVolume(test, session));
      const [parent] = await test.array.volumes([vvolId]);
      const [parentSpace] = await test.array.volumeSpace([vvolId]);
      if (parent === undefined || parentSpace === undefined) throw new Error('no volume');
      let asked: Parameters<StorageArrayPort['prepareSnapshot']>[1] | undefined;
      fakes.prepareSnapshot = async (start, request) => {
        asked = request;
        const { snapshotId } = request;
        return endedJob(start, { kind: 'preparedSnapshot', snapshotId, parent, parentSpace });
      };
      const { task, notes } = await prepare({ vvolId, snapType, storageProfile: PROFILE });
      expect(asked).toMatchObject({
        vvolId,
        readOnly,
        profile: { profileId: PROFILE.profileId, generationId: 3n },
      });
      expect(task).toMatchObject({ name: 'prepareToSnapshotVirtualVolume', taskState: 'Success' });
      expect(task.result).toMatchObject({
        type: 'PrepareSnapshotResult',
        value: {
          snapshotId: asked?.snapshotId,
          parentInfo: { vvolId, metadata: [{ parameterValue: 'disk.vmdk' }] },
          parentStats: { objectId: vvolId, logical: 10n },
        },
      });
      expect(notes).toEqual({ vvol_ids: [vvolId, asked?.snapshotId], task_id: task.taskId });
    },
  );

  it('leaves the profile to the array when none is asked for, and takes another id each time', async () => {
    const vvolId = await makeVolume(test, session);
    const asked: Parameters<StorageArrayPort['prepareSnapshot']>[1][] = [];
    fakes.prepareSnapshot = async (start, request) => {
      asked.push(request);
      return endedJob(start);
    };
    await prepare({ vvolId });
    await prepare({ vvolId });
    expect(asked.map((each) => each.profile)).toEqual([undefined, undefined]);
    expect(new Set(asked.map((each) => each.snapshotId)).size).toBe(2);
  });

  it('judges form before existence, and that before the profile', async () => {
    const bad = { ...PROFILE, profileId: '' };
    const vvolId = await makeVolume(test, session);
    expect(await refused({ vvolId: 'disk-1' })).toBe('InvalidArgument');
    expect(await refused({ vvolId: UNKNOWN, snapType: 'ReadOnly' })).toBe('InvalidArgument');
    expect(await refused({ vvolId: UNKNOWN, storageProfile: bad })).toBe('NotFound');
    expect(await refused({ vvolId, storageProfile: bad })).toBe('InvalidProfile');
  });

  it('passes on what the array says', async () => {
    const vvolId = await makeVolume(test, session);
    const expected = {
      tooManySnapshots: 'SnapshotTooMany',
      noSpace: 'OutOfResource',
      unsupported: 'NotSupported',
      inUse: 'ResourceInUse',
      notFound: 'NotFound',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    const operation = 'prepareToSnapshotVirtualVolume';
    await expectFaultsOf(operation, fakes, 'prepareSnapshot', expected, () => prepare({ vvolId }));
  });
});

describe('snapshotVirtualVolume', () => {
  interface Taken {
    readonly snapshots: readonly {
      readonly snapshotId: string;
      readonly metadata: readonly MetadataPair[];
    }[];
    readonly timeoutMs: number;
  }
  const taken: Taken[] = [];
  /** The array takes what it is asked to, but for those refused here. */
  const takeAllBut = (refusals: Readonly<Record<string, SnapshotRefusal>>) => {
    taken.length = 0;
    fakes.takeSnapshots = async (snapshots, timeoutMs) => {
      taken.push({ snapshots, timeoutMs });
      return snapshots.map(({ snapshotId }) => refusals[snapshotId]);
    };
  };
  const info = (vvolId: string, ...pairs: [string, string][]): VirtualVolumeInfo => ({
    uniqueIdentifier: vvolId,
    vvolId,
    metadata: pairs.map(([parameterName, parameterValue]) => ({ parameterName, parameterValue })),
  });
  const snapshot = async (snapshotInfo: readonly VirtualVolumeInfo[], timeoutMS = 5_000n) => {
    const call = callOf(test.provider, session, 'snapshotVirtualVolume');
    const response = await snapshotVirtualVolume(call, { snapshotInfo, timeoutMS });
    const { return: rows } = onTheWire('2.0', 'snapshotVirtualVolume', response);
    return { rows, notes: call.notes };
  };
  const errors = (rows: Awaited<ReturnType<typeof snapshot>>['rows']) =>
    rows.map((each) => [each.uniqueId, each.errorResult?.error.map(({ type }) => type)]);

  it('has the array take all of a call at once, with their metadata and the time allowed', async () => {
    takeAllBut({});
    const { rows, notes } = await snapshot([info(SECOND, ['a', 'b'], ['A', 'c']), info(FIRST)]);
    expect(taken).toEqual([
      {
        snapshots: [
          { snapshotId: SECOND, metadata: [{ key: 'A', value: 'c' }] },
          { snapshotId: FIRST, metadata: [] },
        ],
        timeoutMs: 5_000,
      },
    ]);
    expect(errors(rows)).toEqual([
      [SECOND, undefined],
      [FIRST, undefined],
    ]);
    expect(notes).toEqual({ batch_size: 2, failed_items: 0, vvol_ids: [SECOND, FIRST] });
  });

  it('answers each entry by itself, under the id it came with, and takes the good ones', async () => {
    takeAllBut({
      [UNKNOWN]: { kind: 'notFound', message: 'not prepared' },
      [SECOND]: { kind: 'timedOut', message: 'too late' },
    });
    const long = 'x'.repeat(LIMITS.metadataCharacters + 1);
    const { rows, notes } = await snapshot([
      info('disk-1'),
      info(UNKNOWN),
      info(FIRST.toUpperCase().replace('RFC', 'rfc')),
      info(SECOND),
      info(SECOND, ['k', long]),
      info(FIRST, ['', 'x']),
    ]);
    expect(errors(rows)).toEqual([
      ['disk-1', ['InvalidArgument']],
      [UNKNOWN, ['NotFound']],
      [FIRST.toUpperCase().replace('RFC', 'rfc'), undefined],
      [SECOND, ['Timeout']],
      [SECOND, ['InvalidArgument']],
      [FIRST, ['InvalidArgument']],
    ]);
    expect(taken[0]?.snapshots.map((each) => each.snapshotId)).toEqual([UNKNOWN, FIRST, SECOND]);
    expect(notes).toMatchObject({
      failed_items: 5,
      item_faults: { InvalidArgument: 3, NotFound: 1, Timeout: 1 },
    });
  });

  it('tells of a snapshot that failed as a StorageFault of that entry, also to the log', async () => {
    takeAllBut({ [SECOND]: { kind: 'failed', message: 'no disk' } });
    const { rows, notes } = await snapshot([info(FIRST), info(SECOND)]);
    expect(rows[0]?.errorResult).toBeUndefined();
    expect(rows[1]?.errorResult?.error[0]).toMatchObject({
      type: 'StorageFault',
      value: { parameterList: [{ parameterName: 'reason', parameterValue: 'no disk' }] },
    });
    expect(notes.item_cause).toMatchObject({ fault: 'StorageFault' });
  });

  it('takes a snapshot that is named twice once, with the metadata of the first entry', async () => {
    takeAllBut({});
    const { rows } = await snapshot([info(FIRST, ['k', '1']), info(FIRST, ['k', '2'])]);
    expect(errors(rows)).toEqual([
      [FIRST, undefined],
      [FIRST, undefined],
    ]);
    expect(taken[0]?.snapshots).toEqual([
      { snapshotId: FIRST, metadata: [{ key: 'k', value: '1' }] },
    ]);
  });

  it('does not ask the array when no entry is right', async () => {
    takeAllBut({});
    const { rows } = await snapshot([info('disk-1')]);
    expect(errors(rows)).toEqual([['disk-1', ['InvalidArgument']]]);
    expect(taken).toEqual([]);
  });

  it('keeps a time allowed that no clock could measure within a limit', async () => {
    takeAllBut({});
    await snapshot([info(FIRST)], 2n ** 62n);
    expect(taken[0]?.timeoutMs).toBe(LIMITS.snapshotTimeoutMs);
  });

  it('refuses no entries, too many, and no time', async () => {
    takeAllBut({});
    const refused = (call: Promise<unknown>) => faultOf('snapshotVirtualVolume', call);
    expect((await refused(snapshot([]))).fault).toBe('InvalidArgument');
    for (const timeout of [0n, -1n])
      expect((await refused(snapshot([info(FIRST)], timeout))).fault).toBe('InvalidArgument');
    const many = Array.from({ length: LIMITS.batchItems + 1 }, () => info(FIRST));
    expect(await refused(snapshot(many))).toMatchObject({
      fault: 'TooMany',
      data: { maxBatchSize: BigInt(LIMITS.batchItems) },
    });
    expect(taken).toEqual([]);
  });

  it('passes on what the array says of the whole call', async () => {
    const expected = {
      timedOut: 'Timeout',
      unsupported: 'NotSupported',
      inUse: 'ResourceInUse',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    await expectFaultsOf('snapshotVirtualVolume', fakes, 'takeSnapshots', expected, () =>
      snapshot([info(FIRST)]),
    );
  });
});
