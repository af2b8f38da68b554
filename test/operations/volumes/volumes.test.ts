import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Session } from '../../../src/model/session.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import {
  createVirtualVolume,
  deleteVirtualVolume,
  queryVirtualVolumeInfo,
} from '../../../src/operations/volumes/volumes.ts';
import type {
  CreateVirtualVolume,
  NameValuePair,
} from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  HOST,
  openSession,
  openTestProvider,
  type TestProvider,
} from '../../support/provider.ts';
import { containerId, createRequest, faultOf, makeVolume, onTheWire } from '../support.ts';

const UNKNOWN_CONTAINER = 'b487b73a-6128-3ad2-873b-8ddb1ba45d4f';
const UNKNOWN_VOLUME = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';

let test: TestProvider;
let session: Session;
let block: string;
beforeAll(async () => {
  test = await openTestProvider();
  session = openSession(test.provider);
  block = await containerId(test, 'block');
});
afterAll(() => test.close());

const create = (given: Partial<CreateVirtualVolume>) =>
  createVirtualVolume(
    callOf(test.provider, session, 'createVirtualVolume'),
    createRequest(block, given),
  );
const remove = (vvolId: string) =>
  deleteVirtualVolume(callOf(test.provider, session, 'deleteVirtualVolume'), { vvolId });
const info = async (...vvolId: string[]) =>
  (
    await queryVirtualVolumeInfo(callOf(test.provider, session, 'queryVirtualVolumeInfo'), {
      vvolId,
    })
  ).return;
const pair = (parameterName: string, parameterValue?: string): NameValuePair => ({
  parameterName,
  parameterValue,
});

describe('createVirtualVolume', () => {
  it('answers with a task whose result is the id of a volume that then exists', async () => {
    const call = callOf(test.provider, session, 'createVirtualVolume');
    const response = await createVirtualVolume(call, createRequest(block));
    const { return: task } = onTheWire('2.0', 'createVirtualVolume', response);
    expect(task).toMatchObject({
      name: 'createVirtualVolume',
      taskState: 'Success',
      progress: 100,
      cancelled: false,
      taskId: expect.stringMatching(/^createVirtualVolume:[0-9a-f-]{36}$/),
      result: { type: 'xs:string', value: expect.stringMatching(/^rfc4122\.[0-9a-f-]{36}$/) },
    });
    const vvolId = String(task.result?.value);
    expect(call.notes).toEqual({ vvol_ids: [vvolId], task_id: task.taskId });
    expect(await info(vvolId)).toHaveLength(1);
  });

  it('makes every type of volume, and another one each time', async () => {
    const types = ['Config', 'Data', 'Swap', 'Memory', 'Other'];
    const ids = await Promise.all(types.map((vvolType) => makeVolume(test, session, { vvolType })));
    const volumes = await test.array.volumes(ids.map(vvolIdOf));
    expect(volumes.map((each) => each.type)).toEqual(types);
    expect(new Set(ids).size).toBe(types.length);
  });

  it('takes megabytes of 2^20 bytes', async () => {
    const vvolId = await makeVolume(test, session, { sizeInMB: 4_096n });
    const [volume] = await test.array.volumes([vvolIdOf(vvolId)]);
    expect(volume?.size).toBe(4_096n * 1_048_576n);
  });

  it('keeps metadata as given, and of a key given twice the last value', async () => {
    const metadata = [
      pair('VMW_VVolName', 'ü <disk> & "co" \u2028.vmdk'),
      pair('PURE_VVOL_ID', ''),
      pair('VMW_VmID', 'first'),
      pair('vmw_vmid', 'last'),
      pair('no-value'),
    ];
    const vvolId = await makeVolume(test, session, { metadata });
    const [volume] = await info(vvolId);
    const found = new Map(
      volume?.metadata.map((each) => [each.parameterName, each.parameterValue]),
    );
    expect(found.get('VMW_VVolName')).toBe('ü <disk> & "co" \u2028.vmdk');
    expect(found.get('PURE_VVOL_ID')).toBe('');
    expect(found.get('vmw_vmid')).toBe('last');
    expect(found.get('no-value')).toBe('');
    expect(found.has('VMW_VmID')).toBe(false);
  });

  const wrong: readonly [string, Partial<CreateVirtualVolume>, string][] = [
    ['a container id that is none', { containerId: 'pool-1' }, 'InvalidArgument'],
    ['an unknown container', { containerId: UNKNOWN_CONTAINER }, 'NotFound'],
    ['an unknown type', { vvolType: 'Disk' }, 'InvalidArgument'],
    ['a type in lower case', { vvolType: 'data' }, 'InvalidArgument'],
    ['no size', { sizeInMB: 0n }, 'InvalidArgument'],
    ['a negative size', { sizeInMB: -1n }, 'InvalidArgument'],
    ['a size above 2^31-1', { sizeInMB: 2n ** 31n }, 'InvalidArgument'],
    ['a size above the container’s maximum', { sizeInMB: 500_001n }, 'InvalidArgument'],
    ['no metadata', { metadata: [] }, 'InvalidArgument'],
    ['an empty key', { metadata: [pair('', 'x')] }, 'InvalidArgument'],
    ['a missing key', { metadata: [{}] }, 'InvalidArgument'],
    [
      'a key that is too long',
      { metadata: [pair('k'.repeat(LIMITS.metadataCharacters + 1), 'x')] },
      'InvalidArgument',
    ],
    [
      'a value that is too long',
      { metadata: [pair('k', 'x'.repeat(LIMITS.metadataCharacters + 1))] },
      'InvalidArgument',
    ],
    [
      'too many pairs',
      { metadata: Array.from({ length: LIMITS.metadataPairs + 1 }, (_, n) => pair(`k${n}`, 'x')) },
      'InvalidArgument',
    ],
  ];
  it.each(wrong)('refuses %s', async (_what, given, fault) => {
    expect((await faultOf('createVirtualVolume', create(given))).fault).toBe(fault);
  });

  it('judges the form of all arguments before the container’s existence, and that before the profile', async () => {
    const profile = {
      createdBy: 'x',
      creationTime: 0,
      generationId: 0n,
      name: 'x',
      profileId: ' ',
    };
    const unknown = { containerId: UNKNOWN_CONTAINER, storageProfile: profile };
    const malformed = create({ ...unknown, sizeInMB: 0n });
    expect((await faultOf('createVirtualVolume', malformed)).fault).toBe('InvalidArgument');
    expect((await faultOf('createVirtualVolume', create(unknown))).fault).toBe('NotFound');
    const unfit = create({ storageProfile: profile });
    expect((await faultOf('createVirtualVolume', unfit)).fault).toBe('InvalidProfile');
  });

  it('answers OutOfResource when the container has not the space', async () => {
    const small = await containerId(test, 'small');
    const call = create({ containerId: small, sizeInMB: 101n, vvolType: 'Swap' });
    expect((await faultOf('createVirtualVolume', call)).fault).toBe('OutOfResource');
  });
});

describe('deleteVirtualVolume', () => {
  it('ends a volume for every other call, and answers NotFound the second time', async () => {
    const vvolId = await makeVolume(test, session);
    await expect(remove(vvolId.toUpperCase().replace('RFC', 'rfc'))).resolves.toBeUndefined();
    expect(await info(vvolId)).toEqual([]);
    expect((await faultOf('deleteVirtualVolume', remove(vvolId))).fault).toBe('NotFound');
  });

  it('refuses what is no volume id, and a volume that a host has bound', async () => {
    expect((await faultOf('deleteVirtualVolume', remove('disk-1'))).fault).toBe('InvalidArgument');
    const vvolId = vvolIdOf(await makeVolume(test, session));
    const endpoints = await test.array.endpoints();
    const candidates = endpoints.map((each) => each.endpointId);
    await test.array.bind(vvolId, HOST, { candidates, rebind: false });
    const fault = await faultOf('deleteVirtualVolume', remove(vvolId));
    expect(fault.fault).toBe('ResourceInUse');
    expect(await info(vvolId)).toHaveLength(1);
  });
});

describe('queryVirtualVolumeInfo', () => {
  it('answers in the order asked, each once, and leaves out what names no volume', async () => {
    const a = await makeVolume(test, session);
    const b = await makeVolume(test, session);
    const found = await info(b, 'disk-1', UNKNOWN_VOLUME, a, b);
    expect(found.map((each) => each.vvolId)).toEqual([b, a]);
    expect(found[0]).toEqual({
      uniqueIdentifier: b,
      vvolId: b,
      metadata: [pair('VMW_VVolName', 'disk.vmdk')],
    });
    expect(await info(UNKNOWN_VOLUME)).toEqual([]);
  });

  it('refuses more ids than one call may have, and says how many it may', async () => {
    const ids = Array.from({ length: LIMITS.queryItems + 1 }, () => UNKNOWN_VOLUME);
    const fault = await faultOf('queryVirtualVolumeInfo', info(...ids));
    expect(fault.fault).toBe('TooMany');
    expect(fault.data).toEqual({ maxBatchSize: BigInt(LIMITS.queryItems) });
    expect(await info(...ids.slice(1))).toEqual([]);
  });
});
