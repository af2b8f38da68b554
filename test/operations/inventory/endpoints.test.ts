import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/model/session.ts';
import {
  queryProtocolEndpoint,
  queryProtocolEndpointForArray,
  setPEContext,
} from '../../../src/operations/inventory/endpoints.ts';
import type { ProtocolEndpoint } from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  type TestProvider,
} from '../../support/provider.ts';
import { discovery, NOTHING, ONE_LUN } from '../discovery/storage.ts';
import { faultOf } from '../support.ts';

let test: TestProvider;
let session: Session;
beforeAll(async () => {
  test = await openTestProvider();
});
beforeEach(() => {
  session = openSession(test.provider);
});
afterAll(() => test.close());

const ask = (peId: readonly string[]) =>
  queryProtocolEndpoint(callOf(test.provider, session, 'queryProtocolEndpoint'), { peId });
const askArray = (arrayId: string) =>
  queryProtocolEndpointForArray(callOf(test.provider, session, 'queryProtocolEndpointForArray'), {
    arrayId,
  });
const see = (listOfHostPE: readonly ProtocolEndpoint[]) =>
  setPEContext(callOf(test.provider, session, 'setPEContext'), { listOfHostPE });

/** All endpoints of a family, as the provider describes them. */
async function endpoints(protocol: string): Promise<readonly ProtocolEndpoint[]> {
  const { return: all } = await ask([]);
  return all.filter((each) => each.inBandId.protocolEndpointType === protocol);
}

/** The same endpoint as a host describes it that found it in its data path: without our id. */
function anonymous(endpoint: ProtocolEndpoint): ProtocolEndpoint {
  return { ...endpoint, uniqueIdentifier: undefined };
}

describe('queryProtocolEndpoint', () => {
  it('gives all endpoints when no ids are given, each with its in-band id', async () => {
    const { return: all } = await ask([]);
    expect(all).toHaveLength(7);
    const [scsi] = await endpoints('SCSI');
    expect(scsi).toMatchObject({ authType: 'System', inBandBindCapability: 'None' });
    expect(scsi?.inBandId).toEqual({
      protocolEndpointType: 'SCSI',
      lunId: expect.stringMatching(/^naa\.[0-9a-f]{32}$/),
    });
    const [nfs] = await endpoints('NFS');
    expect(nfs?.inBandId).toMatchObject({ ipAddress: expect.any(String), serverMount: '/' });
    const [nfs4] = await endpoints('NFS4x');
    expect(nfs4?.inBandId).toMatchObject({ serverMajor: '4', serverMinor: '1' });
  });

  it('leaves out ids that name no endpoint', async () => {
    const [first] = await endpoints('SCSI');
    const { return: found } = await ask(['none', first?.uniqueIdentifier ?? '']);
    expect(found).toEqual([first]);
    expect(await ask(['none'])).toEqual({ return: [] });
  });
});

describe('queryProtocolEndpointForArray', () => {
  it('gives the ids of that array’s endpoints only', async () => {
    const [first, second] = await test.array.arrays();
    expect((await askArray(first?.arrayId ?? '')).return).toHaveLength(6);
    expect((await askArray(second?.arrayId ?? '')).return).toHaveLength(1);
  });

  it('answers InvalidArgument for a blank id and NotFound for an unknown one', async () => {
    const operation = 'queryProtocolEndpointForArray';
    expect((await faultOf(operation, askArray(' '))).fault).toBe('InvalidArgument');
    expect((await faultOf(operation, askArray('StorageArray:none'))).fault).toBe('NotFound');
  });
});

describe('setPEContext', () => {
  it('knows an endpoint by our id', async () => {
    const [first] = await endpoints('SCSI');
    await see([{ ...(first as ProtocolEndpoint), inBandId: { protocolEndpointType: 'SCSI' } }]);
    expect(session.endpoints).toEqual([first?.uniqueIdentifier]);
  });

  it('knows a SCSI endpoint by its name in whatever case', async () => {
    const [first] = await endpoints('SCSI');
    const lunId = first?.inBandId.lunId?.toUpperCase();
    await see([
      anonymous({
        ...(first as ProtocolEndpoint),
        inBandId: { protocolEndpointType: 'SCSI', lunId },
      }),
    ]);
    expect(session.endpoints).toEqual([first?.uniqueIdentifier]);
  });

  it.each(['NFS', 'NFS4x'])('knows an %s endpoint by address and mount', async (protocol) => {
    const all = await endpoints(protocol);
    await see(all.map(anonymous));
    expect(session.endpoints).toEqual(all.map((each) => each.uniqueIdentifier));
  });

  it('knows an NFS endpoint by any of its data addresses', async () => {
    const [endpoint] = await endpoints('NFS4x');
    const [ipAddress] = endpoint?.transportIpAddress.slice(-1) ?? [];
    expect(ipAddress).toBeDefined();
    const inBandId = { ...(endpoint as ProtocolEndpoint).inBandId, ipAddress };
    await see([anonymous({ ...(endpoint as ProtocolEndpoint), inBandId })]);
    expect(session.endpoints).toEqual([endpoint?.uniqueIdentifier]);
  });

  it('takes an unknown id with a known in-band id for the endpoint in-band', async () => {
    const [first] = await endpoints('SCSI');
    await see([{ ...(first as ProtocolEndpoint), uniqueIdentifier: 'the host’s own name' }]);
    expect(session.endpoints).toEqual([first?.uniqueIdentifier]);
  });

  it('replaces the earlier list, keeps each endpoint once, and may be empty', async () => {
    const [first, second] = await endpoints('SCSI');
    await see([first as ProtocolEndpoint]);
    await see([second as ProtocolEndpoint, anonymous(second as ProtocolEndpoint)]);
    expect(session.endpoints).toEqual([second?.uniqueIdentifier]);
    await see([]);
    expect(session.endpoints).toEqual([]);
  });

  it('answers StorageFault for an endpoint the array has not, and keeps the earlier list', async () => {
    const [first] = await endpoints('SCSI');
    await see([first as ProtocolEndpoint]);
    const lunId = `naa.${'f'.repeat(32)}`;
    const stranger = anonymous({
      ...(first as ProtocolEndpoint),
      inBandId: { protocolEndpointType: 'SCSI', lunId },
    });
    const fault = await faultOf('setPEContext', see([stranger]));
    expect(fault.fault).toBe('StorageFault');
    expect(fault.message).toContain(lunId);
    expect(session.endpoints).toEqual([first?.uniqueIdentifier]);
  });

  it('does not take an NFS endpoint for one of the same address and another mount or family', async () => {
    const [nfs] = await endpoints('NFS');
    const { inBandId } = nfs as ProtocolEndpoint;
    for (const changed of [{ serverMount: '/elsewhere' }, { protocolEndpointType: 'NFS4x' }]) {
      const stranger = anonymous({
        ...(nfs as ProtocolEndpoint),
        inBandId: { ...inBandId, ...changed },
      });
      expect((await faultOf('setPEContext', see([stranger]))).fault).toBe('StorageFault');
    }
  });
});

describe('an endpoint that masking hides', () => {
  const storage = discovery();
  const shown = async (context = {}) =>
    (await storage.ask('queryProtocolEndpoint', { peId: [] }, { context })).return;

  it('is not shown to the client that it is hidden from', async () => {
    const all = await shown(NOTHING);
    expect(all).toHaveLength(7);
    expect(await shown(ONE_LUN)).toEqual(all.slice(0, 1));
    const arrayId = storage.arrayId(0);
    const own = await storage.ask('queryProtocolEndpointForArray', { arrayId });
    expect(own.return).toHaveLength(6);
    const masked = await storage.ask(
      'queryProtocolEndpointForArray',
      { arrayId },
      { context: ONE_LUN },
    );
    expect(masked.return).toEqual([all[0]?.uniqueIdentifier]);
  });
});
