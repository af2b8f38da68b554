/**
 * Active and passive providers of one array, in process: which calls a provider refuses that was not
 * activated, for every operation of the contract, and what a take-over changes and leaves.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ArrayError } from '../../../src/array/errors.ts';
import type { ArrayId } from '../../../src/model/ids.ts';
import { refuseInactive } from '../../../src/operations/group/active.ts';
import { rememberActivations } from '../../../src/operations/group/group.ts';
import { NAMED } from '../../../src/operations/group/named.ts';
import { operationTable } from '../../../src/operations/table.ts';
import { service as service10 } from '../../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../../src/wire/generated/vasa-2.0/service.ts';
import {
  callOf,
  HOST,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { containerId, faultOf, makeVolume, seeEndpoints } from '../support.ts';

const DECLARING = Object.entries(service20.operations)
  .filter(([, { faults }]) => faults.includes('InactiveProvider'))
  .map(([name]) => name)
  .sort();
/** Of calls that name nothing of an array, or nothing that can be looked up. */
const ABOUT_NOTHING = [
  'queryCapabilityMetadata',
  'queryCapabilityProfile',
  'queryVirtualVolume',
] as const;

const OTHER = { providerId: 'another provider', url: 'https://other.example.com/vasa/version.xml' };

let test: TestProvider;
let session: ReturnType<typeof openSession>;
/** What lies in the first array. */
let ids: Readonly<Record<'array' | 'container' | 'volume' | 'endpoint' | 'pool' | 'task', string>>;
/** A request about those, by operation. */
let requests: Readonly<Record<string, unknown>>;
let second: ArrayId;

const decide = (operation: string, request: unknown = requests[operation]) =>
  refuseInactive(callOf(test.provider, session, operation), request);
const activate = (arrayId: string, provider?: typeof OTHER) =>
  test.array.activate(
    arrayId as ArrayId,
    provider ?? { providerId: test.provider.identity.uid, url: test.provider.group.url() },
  );

beforeAll(async () => {
  test = await openTestProvider({ group: { needsExplicitActivation: true } });
  session = openSession(test.provider);
  const [first, other] = await test.array.arrays();
  if (first === undefined || other === undefined) throw new Error('there are not two arrays');
  second = other.arrayId;
  await activate(first.arrayId);
  await seeEndpoints(test, session);
  const volume = await makeVolume(test, session);
  const [endpoint] = await test.array.endpoints();
  const pool = (await test.array.pools()).find(({ arrayId }) => arrayId === first.arrayId);
  const job = await test.array.createVolume(
    { jobId: '0e6f6d1c-0000-4000-8000-000000000001' as never, operation: 'createVirtualVolume' },
    {
      vvolId: 'rfc4122.0e6f6d1c-0000-4000-8000-000000000002' as never,
      containerId: await containerId(test, 'block'),
      type: 'Data',
      size: (1n << 20n) as never,
      thin: true,
      metadata: [],
      profile: undefined,
    },
  );
  ids = {
    array: first.arrayId,
    container: await containerId(test, 'block'),
    volume,
    endpoint: endpoint?.endpointId ?? '',
    pool: pool?.poolId ?? '',
    task: `createVirtualVolume:${job.jobId}`,
  };
  requests = requestsAbout();
  await test.array.bind(volume as never, HOST, {
    candidates: (await test.array.endpoints()).map(({ endpointId }) => endpointId),
    rebind: false,
  });
});
beforeEach(async () => {
  await activate(ids.array);
  await activate(second);
});
afterAll(() => test.close());

function requestsAbout(): Readonly<Record<string, unknown>> {
  const { array, container, volume, endpoint, pool, task } = ids;
  const one = { vvolId: volume };
  const many = { vvolId: [volume] };
  const manifests = { arrayStatisticsManifest: [{ arrayId: array, entityStatisticsManifest: [] }] };
  return {
    allocatedBitmapVirtualVolume: one,
    bindVirtualVolume: many,
    bindingChangeComplete: many,
    cancelBindingChange: many,
    cancelTask: { taskId: task },
    cloneVirtualVolume: one,
    copyDiffsToVirtualVolume: { srcVVolId: volume, srcBaseVVolId: '', dstVVolId: '' },
    createVirtualVolume: { containerId: container },
    deleteVirtualVolume: one,
    fastCloneVirtualVolume: one,
    getCurrentTask: { arrayId: array },
    getTaskUpdate: { taskId: task },
    prepareForBindingChange: many,
    prepareToSnapshotVirtualVolume: one,
    queryAssociatedStatisticsForEntity: { entityId: [container] },
    queryAssociatedStatisticsManifestForArray: manifests,
    queryBackingStoragePools: { storagePoolUniqueId: [pool] },
    queryCapabilityMetadata: { schemaId: [] },
    queryCapabilityProfile: { profileId: [] },
    queryCapabilityProfileForResource: { resourceId: [container] },
    queryComplianceResult: { compliance: [{ objectId: [volume] }] },
    queryDefaultProfileForStorageContainer: { containerId: container.toUpperCase() },
    queryDrsMigrationCapabilityForPerformanceEx: { entityId: [pool] },
    queryProtocolEndpoint: { peId: [endpoint] },
    queryProtocolEndpointForArray: { arrayId: array },
    queryStorageContainerForArray: { arrayId: array },
    queryVirtualVolume: { searchConstraint: [] },
    queryVirtualVolumeInfo: many,
    resizeVirtualVolume: one,
    revertVirtualVolume: { vvolId: volume, snapshotVvolId: '' },
    setStatisticsContext: manifests,
    setStorageContainerContext: { containerId: container },
    snapshotVirtualVolume: { snapshotInfo: [{ vvolId: volume }] },
    spaceStatsForStorageContainer: { containerId: container },
    spaceStatsForVirtualVolume: many,
    unbindAllVirtualVolumesFromHost: {},
    unbindVirtualVolume: { vvolHandle: [{ uniqueIdentifier: volume }] },
    unbindVirtualVolumeFromAllHost: { vvolId: [volume.toUpperCase().replace('RFC', 'rfc')] },
    unsharedBitmapVirtualVolume: { vvolId: volume, baseVvolId: '' },
    unsharedChunksVirtualVolume: { vvolId: '', baseVvolId: volume },
    updateStorageProfileForVirtualVolume: one,
    updateVirtualVolumeMetaData: one,
  };
}

describe('the decision', () => {
  it('is taken for exactly the operations that declare InactiveProvider, 42 of version 2.0', () => {
    expect(Object.keys(NAMED).sort()).toEqual(DECLARING);
    expect(DECLARING).toHaveLength(42);
    expect(Object.keys(requests).sort()).toEqual(DECLARING);
    for (const { faults } of Object.values(service10.operations))
      expect(faults).not.toContain('InactiveProvider');
  });

  it.each(DECLARING)('%s: refused when another provider serves its array', async (operation) => {
    await activate(ids.array, OTHER);
    await activate(second, OTHER);
    const fault = await faultOf(operation, decide(operation));
    expect(fault.fault).toBe('InactiveProvider');
    expect(fault.data).toEqual({ entityId: ids.array, entityType: 'StorageArray' });
    expect(fault.message).toContain(OTHER.url);
  });

  it.each(DECLARING)('%s: served by the provider that was activated for its array', async (one) => {
    await activate(second, OTHER);
    await expect(decide(one)).resolves.toBeUndefined();
  });

  it.each(DECLARING)(
    '%s: another array that this provider serves is no help',
    async (operation) => {
      await activate(ids.array, OTHER);
      await activate(second);
      if ((ABOUT_NOTHING as readonly string[]).includes(operation)) {
        await expect(decide(operation)).resolves.toBeUndefined();
      } else {
        const { data } = await faultOf(operation, decide(operation));
        expect(data).toEqual({ entityId: ids.array, entityType: 'StorageArray' });
      }
    },
  );

  it.each(Object.keys(operationTable).filter((name) => !DECLARING.includes(name)))(
    '%s: never refused, since it does not declare it',
    async (operation) => {
      await activate(ids.array, OTHER);
      await activate(second, OTHER);
      const everything = { ...ids, ...requests, arrayUniqueId: [ids.array], containerId: [] };
      await expect(decide(operation, everything)).resolves.toBeUndefined();
    },
  );

  it.each(DECLARING.filter((name) => Object.hasOwn(operationTable, name)))(
    '%s: comes before the handler’s own work',
    async (operation) => {
      await activate(ids.array, OTHER);
      await activate(second, OTHER);
      const { handler } = operationTable[operation as keyof typeof operationTable];
      // The request lacks what the handler would need next, which it therefore never reads.
      const call = handler(callOf(test.provider, session, operation), requests[operation] as never);
      expect((await faultOf(operation, call)).fault).toBe('InactiveProvider');
    },
  );

  it('says that nobody was activated, until somebody is', async () => {
    const fresh = await openTestProvider({ group: { needsExplicitActivation: true } });
    const call = callOf(fresh.provider, openSession(fresh.provider), 'queryVirtualVolume');
    const { message } = await faultOf('queryVirtualVolume', refuseInactive(call, {}));
    expect(message).toContain('no provider was activated');
    await fresh.close();
  });

  it('lets the handler answer what names nothing that there is, when this provider serves any array', async () => {
    await activate(second, OTHER);
    const unknown = { vvolId: 'rfc4122.00000000-0000-4000-8000-000000000000' };
    await expect(decide('deleteVirtualVolume', unknown)).resolves.toBeUndefined();
    await expect(decide('getTaskUpdate', { taskId: 'nonsense' })).resolves.toBeUndefined();
    await activate(ids.array, OTHER);
    const { fault } = await faultOf('deleteVirtualVolume', decide('deleteVirtualVolume', unknown));
    expect(fault).toBe('InactiveProvider');
  });

  it('refuses a list of which one thing lies in an array of another provider', async () => {
    await activate(second, OTHER);
    const other = await test.array.containers();
    const foreign = other.find(({ arrayId }) => arrayId === second)?.containerId;
    const request = { resourceId: [ids.container, foreign] };
    const operation = 'queryCapabilityProfileForResource';
    const { data } = await faultOf(operation, decide(operation, request));
    expect(data).toEqual({ entityId: second, entityType: 'StorageArray' });
  });

  it('is never taken where all providers are active', async () => {
    await activate(ids.array, OTHER);
    await activate(second, OTHER);
    const group = { ...test.provider.group, needsExplicitActivation: false };
    const provider = { ...test.provider, group };
    for (const operation of DECLARING) {
      const context = callOf(provider, session, operation);
      await expect(refuseInactive(context, requests[operation])).resolves.toBeUndefined();
    }
  });
});

describe('a take-over', () => {
  const take = (operation: 'activateProvider' | 'activateProviderEx', entityId: string) => {
    const { handler } = operationTable[operation];
    const request =
      operation === 'activateProvider' ? { entityId } : { activationSpec: { entityId } };
    return handler(callOf(test.provider, session, operation), request as never);
  };
  const active = async () => (await test.array.activeProviders()).get(ids.array as ArrayId);

  it.each(['activateProvider', 'activateProviderEx'] as const)(
    '%s makes this provider the active one, with everything as it was',
    async (operation) => {
      await activate(ids.array, OTHER);
      const before = await test.array.bindings({ hostId: HOST });
      await take(operation, ids.array);
      expect(await active()).toMatchObject({ providerId: test.provider.identity.uid });
      expect(await test.array.bindings({ hostId: HOST })).toEqual(before);
      await expect(decide('deleteVirtualVolume')).resolves.toBeUndefined();
      const again = await active();
      await take(operation, ids.array);
      expect(await active()).toEqual(again);
    },
  );

  it('is a task that has ended, can be asked after, and cannot be cancelled', async () => {
    const { handler } = operationTable.activateProviderEx;
    const { return: task } = await handler(callOf(test.provider, session, 'activateProviderEx'), {
      activationSpec: { entityId: ids.array, currentActiveProviderUrl: OTHER.url },
    });
    expect(task).toMatchObject({
      name: 'activateProviderEx',
      taskState: 'Success',
      progress: 100,
      cancelable: false,
      arrayId: ids.array,
    });
    const { taskId } = task;
    const asked = await operationTable.getTaskUpdate.handler(
      callOf(test.provider, session, 'getTaskUpdate'),
      { taskId },
    );
    expect(asked.return).toEqual(task);
    const cancel = operationTable.cancelTask.handler(callOf(test.provider, session, 'cancelTask'), {
      taskId,
    });
    expect((await faultOf('cancelTask', cancel)).fault).toBe('NotCancellable');
  });

  it.each(['activateProvider', 'activateProviderEx'] as const)(
    '%s of what is no array is InvalidArgument',
    async (operation) => {
      for (const entityId of ['', 'nothing', ids.container])
        expect((await faultOf(operation, take(operation, entityId))).fault).toBe('InvalidArgument');
    },
  );

  it.each([
    ['activateProvider', 'busy', 'VasaProviderBusy'],
    ['activateProvider', 'failed', 'StorageFault'],
    ['activateProviderEx', 'busy', 'VasaProviderBusy'],
    ['activateProviderEx', 'failed', 'ActivateProviderFailed'],
  ] as const)('%s at an array that is %s is %s', async (operation, kind, expected) => {
    const array = overriding(test.array, {
      activate: () => Promise.reject(new ArrayError(kind, 'not now')),
    });
    const provider = { ...test.provider, array };
    const { handler } = operationTable[operation];
    const request = { entityId: ids.array, activationSpec: { entityId: ids.array } };
    const call = handler(callOf(provider, session, operation), request as never);
    expect((await faultOf(operation, call)).fault).toBe(expected);
  });

  it('does nothing where all providers are active', async () => {
    await activate(ids.array, OTHER);
    const group = { ...test.provider.group, needsExplicitActivation: false };
    const provider = { ...test.provider, group };
    const { handler } = operationTable.activateProvider;
    await handler(callOf(provider, session, 'activateProvider'), { entityId: ids.array });
    expect(await active()).toMatchObject(OTHER);
  });

  it('is told to clients as a change of the array', async () => {
    const { newest } = await test.array.changes(0n, 1);
    await activate(ids.array, OTHER);
    await take('activateProvider', ids.array);
    const { changes } = await test.array.changes(newest, 10);
    expect(changes.map(({ entity, entityId }) => [entity, entityId])).toEqual([
      ['StorageArray', ids.array],
      ['StorageArray', ids.array],
    ]);
  });
});

it('only so many tasks of take-overs are remembered', () => {
  const activations = rememberActivations();
  const job = (index: number) => ({ jobId: `job-${index}` }) as never;
  for (let index = 0; index < 300; index += 1) activations.add(job(index));
  expect(activations.find('job-0' as never)).toBeUndefined();
  expect(activations.find('job-299' as never)).toBeDefined();
});
