import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/model/session.ts';
import {
  queryStorageContainer,
  queryStorageContainerForArray,
  setStorageContainerContext,
} from '../../../src/operations/inventory/containers.ts';
import { deleteVirtualVolume } from '../../../src/operations/volumes/volumes.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  type TestProvider,
} from '../../support/provider.ts';
import { containerId, faultOf, makeVolume, onTheWire } from '../support.ts';

let test: TestProvider;
let session: Session;
beforeAll(async () => {
  test = await openTestProvider();
  session = openSession(test.provider);
});
afterAll(() => test.close());

const ask = (ids: readonly string[]) =>
  queryStorageContainer(callOf(test.provider, session, 'queryStorageContainer'), {
    containerId: ids,
  });
const askArray = (arrayId: string) =>
  queryStorageContainerForArray(callOf(test.provider, session, 'queryStorageContainerForArray'), {
    arrayId,
  });

describe('queryStorageContainer', () => {
  it('gives all containers of all arrays when no ids are given', async () => {
    const { return: containers } = await ask([]);
    expect(containers.map((each) => each.name)).toEqual([
      'block',
      'small',
      'files',
      'files4',
      'other',
    ]);
    expect(containers[0]).toEqual({
      uniqueIdentifier: await containerId(test, 'block'),
      maxVvolSizeMB: 500_000n,
      name: 'block',
      protocolEndPointType: 'SCSI',
    });
    expect(containers[3]?.protocolEndPointType).toBe('NFS4x');
  });

  it('finds an id in whatever case and leaves out what names no container', async () => {
    const id = await containerId(test, 'files');
    const { return: containers } = await ask([id.toUpperCase(), 'no uuid', '']);
    expect(containers.map((each) => each.uniqueIdentifier)).toEqual([id]);
  });

  it('answers an empty list when it knows none of the ids', async () => {
    expect(await ask(['b487b73a-6128-3ad2-873b-8ddb1ba45d4f'])).toEqual({ return: [] });
  });
});

describe('queryStorageContainerForArray', () => {
  it('gives the ids of that array’s containers only', async () => {
    const [, second] = await test.array.arrays();
    const { return: ids } = await askArray(second?.arrayId ?? '');
    expect(ids).toEqual([await containerId(test, 'other')]);
  });

  it('answers InvalidArgument for a blank id and NotFound for an unknown one', async () => {
    const operation = 'queryStorageContainerForArray';
    expect((await faultOf(operation, askArray(''))).fault).toBe('InvalidArgument');
    expect((await faultOf(operation, askArray('StorageArray:none'))).fault).toBe('NotFound');
  });
});

describe('setStorageContainerContext', () => {
  const enter = async (container: string, userId = 'root', as: Session = session) => {
    const call = callOf(test.provider, as, 'setStorageContainerContext');
    const response = await setStorageContainerContext(call, { containerId: container, userId });
    return onTheWire('2.0', 'setStorageContainerContext', response).return;
  };

  it('gives a cookie per container, user and session, the same when asked again', async () => {
    const block = await containerId(test, 'block');
    const cookie = await enter(block);
    expect(cookie).toMatch(/^[0-9a-f]{64}$/);
    expect(await enter(block.toUpperCase(), ' root ')).toBe(cookie);
    const later = { ...session, certificate: 'cd'.repeat(32) };
    const others = [
      await enter(await containerId(test, 'files')),
      await enter(block, 'somebody'),
      await enter(block, 'root', later),
    ];
    expect(new Set([cookie, ...others]).size).toBe(4);
  });

  it('gives one that the operations with a cookie accept, as they accept any', async () => {
    const block = await containerId(test, 'block');
    for (const containerCookie of [await enter(block), 'of another session', '']) {
      const vvolId = await makeVolume(test, session, { containerCookie });
      const call = callOf(test.provider, session, 'deleteVirtualVolume');
      await expect(deleteVirtualVolume(call, { vvolId, containerCookie })).resolves.toBeUndefined();
    }
  });

  it('refuses what is no container and no user', async () => {
    const refused = async (...given: Parameters<typeof enter>) =>
      (await faultOf('setStorageContainerContext', enter(...given))).fault;
    expect(await refused('pool-1')).toBe('InvalidArgument');
    expect(await refused('b487b73a-6128-3ad2-873b-8ddb1ba45d4f', ' ')).toBe('InvalidArgument');
    expect(await refused('b487b73a-6128-3ad2-873b-8ddb1ba45d4f')).toBe('NotFound');
  });
});
