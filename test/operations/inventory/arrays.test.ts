import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageContext } from '../../../src/model/session.ts';
import { queryArrays } from '../../../src/operations/inventory/arrays.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  type TestProvider,
} from '../../support/provider.ts';
import { discovery, ONE_MOUNT } from '../discovery/storage.ts';
import { faultOf, onTheWire } from '../support.ts';

let test: TestProvider;
beforeAll(async () => {
  test = await openTestProvider();
});
afterAll(() => test.close());

function ask(
  arrayUniqueId: readonly string[],
  context: Partial<UsageContext> = {},
  apiVersion: '1.0' | '2.0' = '2.0',
) {
  const call = callOf(
    test.provider,
    openSession(test.provider, context),
    'queryArrays',
    apiVersion,
  );
  return queryArrays(call, { arrayUniqueId });
}

describe('queryArrays', () => {
  it('gives every array, fully described, when no ids are given', async () => {
    const { return: arrays } = await ask([]);
    const [first] = await test.array.arrays();
    expect(arrays).toHaveLength(2);
    expect(arrays[0]).toEqual({
      uniqueIdentifier: first?.arrayId,
      alternateName: [],
      arrayName: 'array-1',
      firmware: first?.firmware,
      modelId: first?.model,
      priority: 100,
      supportedBlock: first?.blockProtocols,
      supportedFileSystem: first?.fileProtocols,
      supportedProfile: expect.arrayContaining(['VirtualVolumeProfile']),
      vendorId: first?.vendor,
    });
  });

  it('gives those asked for and leaves unknown ids out', async () => {
    const ids = (await test.array.arrays()).map((each) => each.arrayId);
    const { return: arrays } = await ask(['StorageArray:none', ids[1] ?? '']);
    expect(arrays.map((each) => each.uniqueIdentifier)).toEqual([ids[1]]);
  });

  it('answers InvalidArgument when none of the ids exists, or one is blank', async () => {
    const unknown = await faultOf('queryArrays', ask(['StorageArray:none']));
    expect(unknown.fault).toBe('InvalidArgument');
    expect((await faultOf('queryArrays', ask([' ']))).fault).toBe('InvalidArgument');
  });

  it('shows no array to a session without initiators and mounts, whatever it asks for', async () => {
    const ids = (await test.array.arrays()).map((each) => each.arrayId);
    const context = { initiators: [], hostId: undefined };
    expect(await ask([], context)).toEqual({ return: [] });
    expect(await ask(ids, context)).toEqual({ return: [] });
    expect(await ask(['StorageArray:none'], context)).toEqual({ return: [] });
  });

  it('shows the arrays to a session that has only mounts', async () => {
    const mountPoints = [{ serverName: 'nfs.example', filePath: '/' }];
    const { return: arrays } = await ask([], { initiators: [], mountPoints });
    expect(arrays).toHaveLength(2);
  });

  it('tells a 1.0 client nothing in words that 1.0 has not', async () => {
    const response = await ask([], {}, '1.0');
    expect(response.return[0]?.supportedProfile).toEqual([]);
    const [array] = onTheWire('1.0', 'queryArrays', response).return;
    expect(array).not.toHaveProperty('priority');
    expect(array).toMatchObject({ arrayName: 'array-1' });
  });
});

describe('queryArrays over arrays that mask', () => {
  const storage = discovery();

  it('shows the arrays that the session reaches, and those alone', async () => {
    const all = await storage.ask('queryArrays', { arrayUniqueId: [] });
    expect(all.return.map((each) => each.uniqueIdentifier)).toEqual([
      storage.arrayId(0),
      storage.arrayId(1),
    ]);
    const request = { arrayUniqueId: [storage.arrayId(0), storage.arrayId(1)] };
    const masked = await storage.ask('queryArrays', request, { context: ONE_MOUNT });
    expect(masked.return.map((each) => each.uniqueIdentifier)).toEqual([storage.arrayId(0)]);
    const hidden = { arrayUniqueId: [storage.arrayId(1)] };
    const none = await storage.ask('queryArrays', hidden, { context: ONE_MOUNT });
    expect(none.return).toEqual([]);
  });

  it('says of each array what it takes part in, to a 1.0 client in words of 1.0', async () => {
    const profiles = async (apiVersion: '1.0' | '2.0') => {
      const { return: arrays } = await storage.ask(
        'queryArrays',
        { arrayUniqueId: [] },
        { apiVersion },
      );
      return arrays.map((each) => each.supportedProfile);
    };
    const block = ['BlockDeviceProfile', 'FileSystemProfile', 'CapabilityProfile'];
    const later = ['StatisticsProfile', 'StorageDrsBlockDevice', 'StorageDrsFileSystem'];
    expect(await profiles('2.0')).toEqual([
      [...block, 'VirtualVolumeProfile', ...later],
      ['VirtualVolumeProfile'],
    ]);
    expect(await profiles('1.0')).toEqual([block, []]);
  });
});
