import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HostId } from '../../../src/model/ids.ts';
import type { Session } from '../../../src/model/session.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import { bindVirtualVolume } from '../../../src/operations/bindings/bindings.ts';
import {
  unbindAllVirtualVolumesFromHost,
  unbindVirtualVolume,
  unbindVirtualVolumeFromAllHost,
} from '../../../src/operations/bindings/unbindings.ts';
import { deleteVirtualVolume } from '../../../src/operations/volumes/volumes.ts';
import type { VirtualVolumeHandle } from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  HOST,
  OTHER_HOST,
  openSession,
  openTestProvider,
  type TestProvider,
} from '../../support/provider.ts';
import { faultOf, makeVolume, onTheWire, seeEndpoints } from '../support.ts';

const UNKNOWN = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';

let test: TestProvider;
let session: Session;
let other: Session;
let vvolId: string;
let handle: VirtualVolumeHandle;
beforeAll(async () => {
  test = await openTestProvider();
});
beforeEach(async () => {
  session = openSession(test.provider);
  other = openSession(test.provider, { hostId: OTHER_HOST });
  await seeEndpoints(test, session);
  await seeEndpoints(test, other);
  vvolId = await makeVolume(test, session);
  handle = await bind(vvolId);
});
afterAll(() => test.close());

async function bind(id: string, bindContext = 'Normal', as = session) {
  const call = callOf(test.provider, as, 'bindVirtualVolume');
  const [result] = (await bindVirtualVolume(call, { vvolId: [id], bindContext })).return;
  if (result?.vvolHandle === undefined) throw new Error(`not bound: ${result?.fault?.type}`);
  return result.vvolHandle;
}

async function unbind(vvolHandle: VirtualVolumeHandle[], unbindContext = 'Normal', as = session) {
  const call = callOf(test.provider, as, 'unbindVirtualVolume');
  const response = await unbindVirtualVolume(call, { vvolHandle, unbindContext });
  return onTheWire('2.0', 'unbindVirtualVolume', response).return;
}

/** The fault of the one handle, undefined when it was unbound. */
const faultOfItem = async (...call: Parameters<typeof unbind>) =>
  (await unbind(...call))[0]?.errorResult?.error[0]?.type;

const bindings = (of: string, hostId: HostId = HOST) =>
  test.array.bindings({ vvolId: vvolIdOf(of), hostId });

describe('unbindVirtualVolume', () => {
  it('ends the binding, after which the volume can be deleted', async () => {
    expect(await unbind([handle])).toEqual([{ uniqueId: vvolId }]);
    expect(await bindings(vvolId)).toEqual([]);
    const call = callOf(test.provider, session, 'deleteVirtualVolume');
    await expect(deleteVirtualVolume(call, { vvolId })).resolves.toBeUndefined();
  });

  it('succeeds again when its answer was lost, also within one call', async () => {
    await unbind([handle]);
    expect(await unbind([handle, handle])).toEqual([{ uniqueId: vvolId }, { uniqueId: vvolId }]);
  });

  it('ends only the binding of the host that asks', async () => {
    const others = await bind(vvolId, 'Normal', other);
    await unbind([handle]);
    expect(await bindings(vvolId, OTHER_HOST)).toHaveLength(1);
    expect(await faultOfItem([handle], 'Normal', other)).toBe(
      handle.vvolSecondaryId === others.vvolSecondaryId ? undefined : 'NotFound',
    );
  });

  it('knows the endpoint of the handle ignoring case', async () => {
    const lunId = handle.peInBandId.lunId?.toUpperCase();
    await unbind([{ ...handle, peInBandId: { ...handle.peInBandId, lunId } }]);
    expect(await bindings(vvolId)).toEqual([]);
  });

  it('ends the binding of a volume on NFS by its path', async () => {
    const onFiles = await makeVolume(test, session, { container: 'files' });
    await unbind([await bind(onFiles)]);
    expect(await bindings(onFiles)).toEqual([]);
  });

  it('answers each handle by itself, in the order asked, under the id it came with', async () => {
    const strange = { ...handle, uniqueIdentifier: 'disk-1' };
    const unknown = { ...handle, uniqueIdentifier: UNKNOWN };
    const results = await unbind([strange, handle, unknown]);
    expect(results).toEqual([
      { uniqueId: 'disk-1', errorResult: { error: [{ type: 'InvalidArgument', value: {} }] } },
      { uniqueId: vvolId },
      { uniqueId: UNKNOWN, errorResult: { error: [{ type: 'NotFound', value: {} }] } },
    ]);
  });

  it('refuses a handle without a volume id or with an endpoint the array has not', async () => {
    const { uniqueIdentifier: _, ...nameless } = handle;
    expect(await faultOfItem([nameless])).toBe('InvalidArgument');
    const lunId = `naa.${'e'.repeat(32)}`;
    const peInBandId = { protocolEndpointType: 'SCSI', lunId };
    expect(await faultOfItem([{ ...handle, peInBandId }])).toBe('InvalidArgument');
    const nfs = { protocolEndpointType: 'NFS', ipAddress: '192.0.2.1', serverMount: '/' };
    expect(await faultOfItem([{ ...handle, peInBandId: nfs }])).toBe('InvalidArgument');
    expect(await bindings(vvolId)).toHaveLength(1);
  });

  it('answers NotFound for a secondary id that is not the binding’s, and leaves that', async () => {
    expect(await faultOfItem([{ ...handle, vvolSecondaryId: '0xdead' }])).toBe('NotFound');
    expect(await bindings(vvolId)).toHaveLength(1);
  });

  it('refuses an unknown context, no handles, and a session that names no host', async () => {
    const refused = async (...call: Parameters<typeof unbind>) =>
      (await faultOf('unbindVirtualVolume', unbind(...call))).fault;
    const vcenter = openSession(test.provider, { hostId: undefined });
    expect(await refused([handle], 'normal')).toBe('InvalidArgument');
    expect(await refused([])).toBe('InvalidArgument');
    expect(await refused([handle], 'Normal', vcenter)).toBe('InvalidArgument');
    expect(await refused(Array.from({ length: 1_001 }, () => handle))).toBe('TooMany');
    expect(await bindings(vvolId)).toHaveLength(1);
  });

  it('keeps the earlier path at RebindStart, ends it at RebindEnd, and is repeatable', async () => {
    const moved = await bind(vvolId, 'RebindStart');
    expect(moved.peInBandId).not.toEqual(handle.peInBandId);
    expect(await unbind([handle], 'RebindStart')).toEqual([{ uniqueId: vvolId }]);
    expect(await bindings(vvolId)).toHaveLength(2);
    await unbind([handle], 'RebindEnd');
    expect(await unbind([handle], 'RebindEnd')).toEqual([{ uniqueId: vvolId }]);
    const [left, ...more] = await bindings(vvolId);
    expect(left?.secondaryId).toBe(moved.vvolSecondaryId);
    expect(more).toEqual([]);
  });

  it('leaves a host its only path when a move found no other endpoint', async () => {
    const [only] = await bindings(vvolId);
    session.endpoints = only === undefined ? [] : [only.endpointId];
    expect(await bind(vvolId, 'RebindStart')).toEqual(handle);
    expect(await unbind([handle], 'RebindStart')).toEqual([{ uniqueId: vvolId }]);
    expect(await unbind([handle], 'RebindEnd')).toEqual([{ uniqueId: vvolId }]);
    expect(await bindings(vvolId)).toEqual([only]);
    await unbind([handle]);
    expect(await bindings(vvolId)).toEqual([]);
  });
});

describe('unbindVirtualVolumeFromAllHost', () => {
  const everywhere = async (...ids: string[]) => {
    const call = callOf(test.provider, session, 'unbindVirtualVolumeFromAllHost');
    const response = await unbindVirtualVolumeFromAllHost(call, { vvolId: ids });
    return onTheWire('2.0', 'unbindVirtualVolumeFromAllHost', response).return;
  };

  it('ends the bindings of every host, and answers each id by itself', async () => {
    await bind(vvolId, 'Normal', other);
    const results = await everywhere('disk-1', vvolId, UNKNOWN);
    expect(results.map((each) => each.uniqueId)).toEqual(['disk-1', vvolId, UNKNOWN]);
    expect(results.map((each) => each.errorResult?.error[0]?.type)).toEqual([
      'InvalidArgument',
      undefined,
      'NotFound',
    ]);
    expect(await test.array.bindings({ vvolId: vvolIdOf(vvolId) })).toEqual([]);
    expect(await everywhere(vvolId)).toEqual([{ uniqueId: vvolId }]);
  });

  it('refuses no ids and too many', async () => {
    const operation = 'unbindVirtualVolumeFromAllHost';
    expect((await faultOf(operation, everywhere())).fault).toBe('InvalidArgument');
    const many = Array.from({ length: 1_001 }, () => vvolId);
    expect((await faultOf(operation, everywhere(...many))).fault).toBe('TooMany');
  });
});

describe('unbindAllVirtualVolumesFromHost', () => {
  const operation = 'unbindAllVirtualVolumesFromHost';
  const ofHost = (hostUuid: string | undefined, as = session) =>
    unbindAllVirtualVolumesFromHost(callOf(test.provider, as, operation), { hostUuid });

  it('ends all bindings of the host that asks and of no other, repeatably', async () => {
    await bind(vvolId, 'Normal', other);
    await ofHost(undefined);
    expect(await test.array.bindings({ hostId: HOST })).toEqual([]);
    expect(await bindings(vvolId, OTHER_HOST)).toHaveLength(1);
    await expect(ofHost(HOST)).resolves.toBeUndefined();
    await expect(ofHost('')).resolves.toBeUndefined();
  });

  it('lets a vCenter name the host, and nobody else', async () => {
    const vcenter = openSession(test.provider, { hostId: undefined, vcenterId: 'vc-1' });
    expect((await faultOf(operation, ofHost(OTHER_HOST))).fault).toBe('InvalidArgument');
    expect((await faultOf(operation, ofHost(undefined, vcenter))).fault).toBe('InvalidArgument');
    expect(await bindings(vvolId)).toHaveLength(1);
    await ofHost(HOST, vcenter);
    expect(await bindings(vvolId)).toEqual([]);
  });
});
