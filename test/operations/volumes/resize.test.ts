import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { Session } from '../../../src/model/session.ts';
import { bytesFromMB } from '../../../src/model/units.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import { getEvents } from '../../../src/operations/events/events.ts';
import { resizeVirtualVolume } from '../../../src/operations/volumes/volumes.ts';
import {
  callOf,
  HOST,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { expectFaultsOf, faultOf, makeVolume, onTheWire } from '../support.ts';

const UNKNOWN = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';

let test: TestProvider;
let session: Session;
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  test = await openTestProvider({ wrap: (array) => overriding(array, fakes) });
  session = openSession(test.provider);
});
afterAll(() => test.close());

async function resize(vvolId: string, sizeInMB: bigint) {
  const call = callOf(test.provider, session, 'resizeVirtualVolume');
  const response = await resizeVirtualVolume(call, { vvolId, sizeInMB, containerCookie: 'any' });
  expect(call.notes).toEqual({ vvol_ids: [vvolId], task_id: response.return.taskId });
  return onTheWire('2.0', 'resizeVirtualVolume', response).return;
}
const refused = async (vvolId: string, sizeInMB: bigint) =>
  (await faultOf('resizeVirtualVolume', resize(vvolId, sizeInMB))).fault;
const sizeOf = async (vvolId: string) =>
  (await test.array.volumes([vvolIdOf(vvolId)])).map((each) => each.size);

describe('resizeVirtualVolume', () => {
  it('enlarges a volume as a task without a result, and tells the caller’s next getEvents', async () => {
    const vvolId = await makeVolume(test, session, { sizeInMB: 10n });
    const task = await resize(vvolId, 20n);
    expect(task).toMatchObject({ name: 'resizeVirtualVolume', taskState: 'Success' });
    expect(task.taskId).toMatch(/^resizeVirtualVolume:/);
    expect(task.result).toBeUndefined();
    expect(await sizeOf(vvolId)).toEqual([bytesFromMB(20n)]);
    const events = await getEvents(callOf(test.provider, session, 'getEvents'), {});
    expect(events.return.at(-1)).toMatchObject({ objectId: vvolId, eventConfigType: 'Update' });
  });

  it('enlarges a volume that a host has bound', async () => {
    const vvolId = await makeVolume(test, session, { sizeInMB: 10n });
    const candidates = (await test.array.endpoints()).map((each) => each.endpointId);
    await test.array.bind(vvolIdOf(vvolId), HOST, { candidates, rebind: false });
    expect((await resize(vvolId, 30n)).taskState).toBe('Success');
    expect(await sizeOf(vvolId)).toEqual([bytesFromMB(30n)]);
  });

  it('to the present size is a task that has ended', async () => {
    const vvolId = await makeVolume(test, session, { sizeInMB: 10n });
    expect((await resize(vvolId, 10n)).taskState).toBe('Success');
    expect(await sizeOf(vvolId)).toEqual([bytesFromMB(10n)]);
  });

  it('refuses what is no id or no size before it looks for the volume', async () => {
    for (const size of [0n, -1n, 2n ** 31n])
      expect(await refused(UNKNOWN, size)).toBe('InvalidArgument');
    expect(await refused('disk-1', 10n)).toBe('InvalidArgument');
    expect(await refused(UNKNOWN, 10n)).toBe('NotFound');
  });

  it('answers NotSupported for a smaller size, InvalidArgument above the container’s maximum', async () => {
    const vvolId = await makeVolume(test, session, { sizeInMB: 10n });
    expect(await refused(vvolId, 9n)).toBe('NotSupported');
    expect(await refused(vvolId, 500_001n)).toBe('InvalidArgument');
    expect(await sizeOf(vvolId)).toEqual([bytesFromMB(10n)]);
  });

  it('answers OutOfResource when the container has not the space', async () => {
    const vvolId = await makeVolume(test, session, { container: 'small', sizeInMB: 10n });
    expect(await refused(vvolId, 101n)).toBe('OutOfResource');
    expect(await sizeOf(vvolId)).toEqual([bytesFromMB(10n)]);
  });

  it('passes on what the array says', async () => {
    const vvolId = await makeVolume(test, session);
    const expected = {
      inUse: 'ResourceInUse',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
      noSpace: 'OutOfResource',
    } as const;
    await expectFaultsOf('resizeVirtualVolume', fakes, 'resizeVolume', expected, () =>
      resize(vvolId, 20n),
    );
  });
});
