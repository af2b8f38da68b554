import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { Session } from '../../../src/model/session.ts';
import { revertVirtualVolume } from '../../../src/operations/volumes/snapshots.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { endedJob, expectFaultsOf, faultOf, onTheWire } from '../support.ts';

const FIRST = 'rfc4122.11111111-6128-4ad2-873b-8ddb1ba45d4f';
const SECOND = 'rfc4122.22222222-6128-4ad2-873b-8ddb1ba45d4f';

let test: TestProvider;
let session: Session;
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  test = await openTestProvider({ wrap: (array) => overriding(array, fakes) });
  session = openSession(test.provider);
});
afterAll(() => test.close());

describe('revertVirtualVolume', () => {
  const revert = async (vvolId: string, snapshotVvolId: string) => {
    const call = callOf(test.provider, session, 'revertVirtualVolume');
    const response = await revertVirtualVolume(call, { vvolId, snapshotVvolId });
    expect(call.notes).toMatchObject({ task_id: response.return.taskId });
    return onTheWire('2.0', 'revertVirtualVolume', response).return;
  };

  it('starts a task that puts the volume back to the snapshot', async () => {
    const asked: string[][] = [];
    fakes.revertVolume = async (start, ...ids) => {
      asked.push(ids);
      return endedJob(start);
    };
    const task = await revert(FIRST, SECOND);
    expect(asked).toEqual([[FIRST, SECOND]]);
    expect(task).toMatchObject({ name: 'revertVirtualVolume', taskState: 'Success' });
  });

  it('refuses what is no id, of either', async () => {
    for (const [vvolId, snapshotId] of [
      ['disk-1', SECOND],
      [FIRST, 'snap-1'],
    ] as const) {
      const fault = await faultOf('revertVirtualVolume', revert(vvolId, snapshotId));
      expect(fault.fault).toBe('InvalidArgument');
    }
  });

  it('passes on what the array says', async () => {
    const expected = {
      notFound: 'NotFound',
      incompatible: 'IncompatibleVolume',
      inUse: 'ResourceInUse',
      unsupported: 'NotSupported',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    await expectFaultsOf('revertVirtualVolume', fakes, 'revertVolume', expected, () =>
      revert(FIRST, SECOND),
    );
  });
});
