import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ArrayError } from '../../../src/array/errors.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { Session } from '../../../src/model/session.ts';
import { bindVirtualVolume } from '../../../src/operations/bindings/bindings.ts';
import { setPEContext } from '../../../src/operations/inventory/endpoints.ts';
import {
  callOf,
  HOST,
  OTHER_HOST,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { faultOf, makeVolume, onTheWire, seeEndpoints } from '../support.ts';

const UNKNOWN = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';

let test: TestProvider;
let session: Session;
beforeAll(async () => {
  test = await openTestProvider();
});
beforeEach(async () => {
  session = openSession(test.provider);
  await seeEndpoints(test, session);
});
afterAll(() => test.close());

async function bind(ids: readonly string[], bindContext = 'Normal', as: Session = session) {
  const call = callOf(test.provider, as, 'bindVirtualVolume');
  const response = await bindVirtualVolume(call, { vvolId: ids, bindContext });
  return onTheWire('2.0', 'bindVirtualVolume', response).return;
}
const refused = async (call: Promise<unknown>) => (await faultOf('bindVirtualVolume', call)).fault;

describe('bindVirtualVolume', () => {
  it('gives a SCSI volume an endpoint and a secondary id, with its metadata and size', async () => {
    const vvolId = await makeVolume(test, session, { sizeInMB: 77n });
    const [result] = await bind([vvolId]);
    const endpoints = await test.array.endpoints();
    const names = endpoints.flatMap(({ inBandId }) =>
      inBandId.protocol === 'SCSI' ? [inBandId.lunId] : [],
    );
    expect(result).toMatchObject({
      vvolId,
      vvolHandle: {
        uniqueIdentifier: vvolId,
        peInBandId: { protocolEndpointType: 'SCSI' },
        vvolSecondaryId: expect.stringMatching(/^0x[0-9a-f]+$/),
      },
      vvolInfo: {
        uniqueIdentifier: vvolId,
        vvolId,
        metadata: [{ parameterName: 'VMW_VVolName', parameterValue: 'disk.vmdk' }],
      },
      vvolLogicalSize: 77n,
    });
    expect(result?.fault).toBeUndefined();
    expect(names).toContain(result?.vvolHandle?.peInBandId.lunId);
  });

  it.each(['files', 'files4'])('gives a volume of %s a path below the mount', async (container) => {
    const vvolId = await makeVolume(test, session, { container });
    const [result] = await bind([vvolId]);
    expect(result?.vvolHandle?.peInBandId).toMatchObject({
      ipAddress: expect.any(String),
      serverMount: '/',
    });
    expect(result?.vvolHandle?.vvolSecondaryId).toContain(vvolId);
  });

  it('answers in the order asked, and gives the same handle to the same volume named twice', async () => {
    const a = await makeVolume(test, session);
    const b = await makeVolume(test, session);
    const upper = b.toUpperCase().replace('RFC', 'rfc');
    const results = await bind([b, a, upper]);
    expect(results.map((each) => each.vvolId)).toEqual([b, a, upper]);
    expect(results[2]?.vvolHandle).toEqual(results[0]?.vvolHandle);
    const bindings = await test.array.bindings({ hostId: HOST });
    expect(bindings.filter((each) => [a, b].includes(each.vvolId))).toHaveLength(2);
  });

  it('gives a bound volume the same handle again, also to another session of the host', async () => {
    const vvolId = await makeVolume(test, session);
    const first = await bind([vvolId]);
    const later = openSession(test.provider);
    await seeEndpoints(test, later);
    expect(await bind([vvolId], 'Normal', later)).toEqual(first);
  });

  it('binds for the host of the session, and for several hosts at once', async () => {
    const vvolId = await makeVolume(test, session);
    const other = openSession(test.provider, { hostId: OTHER_HOST });
    await seeEndpoints(test, other);
    await bind([vvolId]);
    await bind([vvolId], 'Normal', other);
    const [volume] = await test.array.bindings({ hostId: OTHER_HOST });
    expect(volume?.vvolId).toBe(vvolId);
  });

  it('moves a binding to another endpoint with RebindStart and keeps the earlier one working', async () => {
    const vvolId = await makeVolume(test, session);
    const [before] = await bind([vvolId]);
    const [after] = await bind([vvolId], 'RebindStart');
    expect(after?.vvolHandle?.peInBandId).not.toEqual(before?.vvolHandle?.peInBandId);
    const bindings = await test.array.bindings({ hostId: HOST });
    const states = bindings.filter((each) => each.vvolId === vvolId).map((each) => each.state);
    expect(states).toEqual(['moving', 'bound']);
  });

  it('answers a malformed or unknown id with InvalidArgument in that item alone', async () => {
    const vvolId = await makeVolume(test, session);
    const call = callOf(test.provider, session, 'bindVirtualVolume');
    const request = { vvolId: ['disk-1', vvolId, UNKNOWN], bindContext: 'Normal' };
    const response = await bindVirtualVolume(call, request);
    const results = onTheWire('2.0', 'bindVirtualVolume', response).return;
    expect(results.map((each) => each.fault?.type)).toEqual([
      'InvalidArgument',
      undefined,
      'InvalidArgument',
    ]);
    expect(results[0]).toEqual({ vvolId: 'disk-1', fault: { type: 'InvalidArgument', value: {} } });
    expect(results[1]?.vvolHandle).toBeDefined();
    expect(call.notes).toEqual({
      batch_size: 3,
      failed_items: 2,
      item_faults: { InvalidArgument: 2 },
      vvol_ids: [vvolId, UNKNOWN],
    });
  });

  it('refuses volumes of more than one container, an unknown context, and no ids', async () => {
    const here = await makeVolume(test, session);
    const there = await makeVolume(test, session, { container: 'files' });
    expect(await refused(bind([here, there]))).toBe('InvalidArgument');
    expect(await refused(bind([here], 'RebindEnd'))).toBe('InvalidArgument');
    expect(await refused(bind([here], ''))).toBe('InvalidArgument');
    expect(await refused(bind([]))).toBe('InvalidArgument');
  });

  it('refuses more ids than one batch may have, before the first is bound', async () => {
    const vvolId = await makeVolume(test, session);
    const ids = Array.from({ length: LIMITS.batchItems + 1 }, () => vvolId);
    const fault = await faultOf('bindVirtualVolume', bind(ids));
    expect(fault.data).toEqual({ maxBatchSize: BigInt(LIMITS.batchItems) });
    const bound = await test.array.bindings({ hostId: HOST });
    expect(bound.map((each) => each.vvolId)).not.toContain(vvolId);
  });

  it('is denied to a session that names no host', async () => {
    const vvolId = await makeVolume(test, session);
    const vcenter = openSession(test.provider, { hostId: undefined, vcenterId: 'vc-1' });
    expect(await refused(bind([vvolId], 'Normal', vcenter))).toBe('PermissionDenied');
  });

  it('answers StorageFault in each item while the host has named no endpoint', async () => {
    const vvolId = await makeVolume(test, session);
    const fresh = openSession(test.provider);
    const [before, malformed] = await bind([vvolId, 'disk-1'], 'Normal', fresh);
    expect(before?.fault).toEqual({
      type: 'StorageFault',
      value: { faultMessageId: 'Keelson.Fault.NoEndpoint', parameterList: [] },
    });
    expect(malformed?.fault?.type).toBe('InvalidArgument');
    const call = callOf(test.provider, fresh, 'setPEContext');
    await setPEContext(call, { listOfHostPE: [] });
    const [after] = await bind([vvolId], 'Normal', fresh);
    expect(after?.fault?.type).toBe('StorageFault');
  });

  it('answers StorageFault when none of the host’s endpoints serves the container', async () => {
    const vvolId = await makeVolume(test, session);
    session.endpoints = (session.endpoints ?? []).filter((id) => !isScsi.has(id));
    expect(session.endpoints.length).toBeGreaterThan(0);
    const [result] = await bind([vvolId]);
    expect(result?.fault?.type).toBe('StorageFault');
  });
});

const isScsi = new Set<string>();
beforeAll(async () => {
  for (const each of await test.array.endpoints())
    if (each.inBandId.protocol === 'SCSI') isScsi.add(each.endpointId);
});

describe('a bind that the array refuses', () => {
  it.each([
    ['notFound', 'InvalidArgument'],
    ['noSpace', 'OutOfResource'],
    ['busy', 'VasaProviderBusy'],
  ] as const)('with %s is %s in its item', async (kind, fault) => {
    const bind = () => Promise.reject(new ArrayError(kind, 'the array says no'));
    const own = await openTestProvider({ wrap: (array) => overriding(array, { bind }) });
    const host = openSession(own.provider);
    await seeEndpoints(own, host);
    const vvolId = await makeVolume(own, host);
    const call = callOf(own.provider, host, 'bindVirtualVolume');
    const { return: results } = await bindVirtualVolume(call, {
      vvolId: [vvolId],
      bindContext: 'Normal',
    });
    expect(results[0]?.fault?.type).toBe(fault);
    await own.close();
  });
});

describe('a bind in a masked array', () => {
  const hostGroups = [{ name: 'g', initiators: ['iqn.1998-01.com.example:h1'], endpoints: [2] }];
  const containers = [{ name: 'block', protocol: 'SCSI', capacityMB: 100 }];
  const arrays = [{ name: 'a', endpoints: { SCSI: 3 }, containers, hostGroups }];
  const named = (iscsiIdentifier: string) => ({
    initiators: [
      { iscsiIdentifier, uniqueIdentifier: undefined, nodeWwn: undefined, portWwn: undefined },
    ],
  });

  it('chooses among the endpoints that the host names and is let at; with none of them it fails', async () => {
    const own = await openTestProvider({ array: { inventory: { arrays } } });
    const bound = async (iscsiIdentifier: string) => {
      const host = openSession(own.provider, named(iscsiIdentifier));
      await seeEndpoints(own, host);
      const vvolId = await makeVolume(own, host, { sizeInMB: 1n });
      const call = callOf(own.provider, host, 'bindVirtualVolume');
      const request = { vvolId: [vvolId], bindContext: 'Normal' };
      return (await bindVirtualVolume(call, request)).return[0];
    };
    const [, second] = await own.array.endpoints();
    const mine = await bound('iqn.1998-01.com.example:h1');
    expect(second?.inBandId).toMatchObject({ lunId: mine?.vvolHandle?.peInBandId.lunId });
    const stranger = await bound('iqn.1998-01.com.example:h2');
    expect(stranger).toMatchObject({ fault: { type: 'StorageFault' } });
    await own.close();
  });
});
