import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { AppliedProfile } from '../../../src/model/array.ts';
import type { Session } from '../../../src/model/session.ts';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import { readProfileDocument } from '../../../src/operations/policies/profile-document.ts';
import { updateStorageProfileForVirtualVolume } from '../../../src/operations/policies/profiles.ts';
import type { StorageProfile } from '../../../src/wire/generated/vasa-2.0/types.ts';
import {
  callOf,
  HOST,
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { endedJob, expectFaultsOf, faultOf, makeVolume, onTheWire } from '../support.ts';

const UNKNOWN = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';
const GOLD: StorageProfile = {
  profileId: 'gold',
  name: 'Gold',
  // Above 2^53: a number would lose its last digit.
  generationId: 2n ** 60n + 1n,
  createdBy: 'x',
  creationTime: 0,
};

const tier = (value: string) => ({
  capabilityId: { id: 'serviceTier', namespace: 'org.keelson.array' },
  constraint: [{ propertyInstance: [{ id: 'tier', value: { type: 'xs:string', value } }] }],
});
/** Only containers with SCSI endpoints offer it. */
const GOLD_TIER = tier('Gold');
const TIER: StorageProfile = {
  ...GOLD,
  profileId: 'tiered',
  generationId: 0n,
  constraints: { subProfiles: [{ name: 's', capability: [tier('Silver')] }] },
};

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

const OPERATION = 'updateStorageProfileForVirtualVolume';
const update = async (vvolId: string, newStorageProfile: StorageProfile) => {
  const call = callOf(test.provider, session, OPERATION);
  const request = { vvolId, newStorageProfile };
  const response = await updateStorageProfileForVirtualVolume(call, request);
  const { return: task } = onTheWire('2.0', OPERATION, response);
  expect(call.notes).toEqual({ vvol_ids: [vvolId], task_id: task.taskId });
  return task;
};
const stored = async (vvolId: string) => {
  const [volume] = await test.array.volumes([vvolIdOf(vvolId)]);
  const named = volume?.metadata.filter(({ key }) => key.toLowerCase() === 'vmw_vvolprofile');
  return { profile: volume?.profile, named };
};

describe('updateStorageProfileForVirtualVolume', () => {
  it('keeps the profile with every digit of its generation, and names it in the metadata', async () => {
    const vvolId = await makeVolume(test, session);
    const task = await update(vvolId, GOLD);
    expect(task).toMatchObject({ name: OPERATION, taskState: 'Success' });
    expect(task.result).toBeUndefined();
    const { profile, named } = await stored(vvolId);
    expect(profile).toMatchObject({ profileId: 'gold', generationId: GOLD.generationId });
    expect(readProfileDocument(profile?.document ?? '')).toEqual(GOLD);
    expect(named).toEqual([{ key: 'VMW_VvolProfile', value: 'gold:1152921504606846977' }]);
  });

  it('replaces the name that the client gave when it made the volume, whatever its spelling', async () => {
    const metadata = [{ parameterName: 'vmw_vvolprofile', parameterValue: 'silver:0' }];
    const vvolId = await makeVolume(test, session, { metadata });
    await update(vvolId, { ...GOLD, generationId: 7n });
    expect((await stored(vvolId)).named).toMatchObject([{ value: 'gold:7' }]);
  });

  it('of the id and generation that the volume has is a task that has ended', async () => {
    const vvolId = await makeVolume(test, session);
    await update(vvolId, GOLD);
    const before = await stored(vvolId);
    expect((await update(vvolId, GOLD)).taskState).toBe('Success');
    expect(await stored(vvolId)).toEqual(before);
  });

  it('applies to a volume that a host has bound', async () => {
    const vvolId = await makeVolume(test, session);
    const candidates = (await test.array.endpoints()).map((each) => each.endpointId);
    await test.array.bind(vvolIdOf(vvolId), HOST, { candidates, rebind: false });
    expect((await update(vvolId, GOLD)).taskState).toBe('Success');
  });

  it('is one call of the array, which names the profile too', async () => {
    const vvolId = await makeVolume(test, session);
    const asked: AppliedProfile[] = [];
    fakes.applyProfile = async (start, _vvolId, profile) => {
      asked.push(profile);
      return { ...endedJob(start), state: 'running' };
    };
    fakes.updateMetadata = () => Promise.reject(new Error('the array names the profile itself'));
    expect((await update(vvolId, GOLD)).taskState).toBe('Running');
    expect(asked).toMatchObject([
      { profileId: 'gold', generationId: GOLD.generationId, asked: [] },
    ]);
  });

  it('of the id and generation that the volume has is not judged again', async () => {
    const vvolId = await makeVolume(test, session);
    await update(vvolId, TIER);
    fakes.capabilityProfiles = async () => [];
    expect((await update(vvolId, TIER)).taskState).toBe('Success');
    const edited = { ...TIER, generationId: 1n };
    expect((await faultOf(OPERATION, update(vvolId, edited))).fault).toBe('InvalidProfile');
  });

  it('is an InvalidProfile when the container offers nothing that meets it', async () => {
    const files = await makeVolume(test, session, { container: 'files' });
    const block = await makeVolume(test, session);
    const gold = {
      ...TIER,
      constraints: { subProfiles: [{ name: 's', capability: [GOLD_TIER] }] },
    };
    expect((await faultOf(OPERATION, update(files, gold))).fault).toBe('InvalidProfile');
    await update(block, gold);
    expect((await stored(block)).profile?.asked).toMatchObject([
      { capabilityId: 'serviceTier', value: { kind: 'single', value: 'Gold' } },
    ]);
  });

  it('judges existence before the profile', async () => {
    const vvolId = await makeVolume(test, session);
    const bad = { ...GOLD, profileId: ' ' };
    const refused = async (id: string) => (await faultOf(OPERATION, update(id, bad))).fault;
    expect(await refused(UNKNOWN)).toBe('NotFound');
    expect(await refused(vvolId)).toBe('InvalidProfile');
    expect((await stored(vvolId)).named).toEqual([]);
  });

  it('refuses a capability that nobody declared', async () => {
    const vvolId = await makeVolume(test, session);
    const capability = [{ capabilityId: { id: 'tier', namespace: 'com.example' }, constraint: [] }];
    const constraints = { subProfiles: [{ name: 's', capability }] };
    const fault = await faultOf(OPERATION, update(vvolId, { ...GOLD, constraints }));
    expect(fault.fault).toBe('InvalidProfile');
  });

  it('calls what is no id an invalid argument, which goes out as a plain Client fault', async () => {
    await expect(update('disk-1', GOLD)).rejects.toMatchObject({ fault: 'InvalidArgument' });
  });

  it('passes on what the array says', async () => {
    const vvolId = await makeVolume(test, session);
    const expected = {
      notFound: 'NotFound',
      noSpace: 'OutOfResource',
      inUse: 'ResourceInUse',
      unsupported: 'NotSupported',
      busy: 'VasaProviderBusy',
      failed: 'StorageFault',
    } as const;
    await expectFaultsOf(OPERATION, fakes, 'applyProfile', expected, () => update(vvolId, GOLD));
  });
});
