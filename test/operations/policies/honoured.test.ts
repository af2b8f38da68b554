/** Profiles from the call to the array, over the simulated one: met, not met, wrong, and not given at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vvolIdOf } from '../../../src/operations/arguments.ts';
import type {
  CapabilityInstance,
  StorageProfile,
} from '../../../src/wire/generated/vasa-2.0/types.ts';
import { createRequest } from '../support.ts';
import { METADATA, openWorld, type World } from '../world.ts';
import { anyString, instance, single, storageProfile, THICK, THIN } from './example.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.test.close());

/** A capability of the simulated array. */
const own = (id: string, property: string, value: string): CapabilityInstance => ({
  ...instance(id, { [property]: anyString(value) }),
  capabilityId: { id, namespace: 'org.keelson.array' },
});
const GOLD = storageProfile([own('serviceTier', 'tier', 'Gold')]);
const BRONZE = storageProfile([own('serviceTier', 'tier', 'Bronze')]);
const STRANGE = storageProfile([own('serviceTier', 'colour', 'red')]);
const PAIR = storageProfile([own('serviceTier', 'tier', 'Gold'), own('raid', 'level', 'RAID6')]);

const stored = async (vvolId: string) => {
  const [volume] = await world.test.array.volumes([vvolIdOf(vvolId)]);
  if (volume === undefined) throw new Error('no such volume');
  return volume;
};
const made = async (task: Parameters<World['ended']>[0]) =>
  stored(String((await world.ended(task)).result?.value));

interface Wish {
  readonly container?: string;
  readonly vvolType?: string;
  readonly storageProfile?: StorageProfile;
}

const createArguments = async ({ container = 'block', ...given }: Wish) =>
  createRequest(await world.container(container), given);
const create = async (wish: Wish = {}) =>
  made((await world.ask('createVirtualVolume', await createArguments(wish))).return);

describe('createVirtualVolume', () => {
  it('asks the array for what the profile wishes and the container offers', async () => {
    const { profile, thin } = await create({
      storageProfile: storageProfile([own('serviceTier', 'tier', 'Gold'), THICK]),
    });
    expect(thin).toBe(false);
    expect(profile?.asked.map(({ propertyId, value }) => [propertyId, value])).toEqual([
      ['tier', single('Gold')],
      ['spaceEfficiency', single('Thick')],
    ]);
  });

  it('takes another alternative where the container cannot give the first', async () => {
    const wish = storageProfile([own('serviceTier', 'tier', 'Gold')], [THIN]);
    const { profile } = await create({ container: 'files', storageProfile: wish });
    expect(profile?.asked.map(({ propertyId }) => propertyId)).toEqual(['spaceEfficiency']);
  });

  it('tells what nothing can meet from what nobody declared', async () => {
    const refused = async (wish: Wish) =>
      world.refused('createVirtualVolume', await createArguments(wish));
    expect(await refused({ container: 'files', storageProfile: GOLD })).toBe('OutOfResource');
    expect(await refused({ storageProfile: PAIR })).toBe('OutOfResource');
    expect(await refused({ storageProfile: STRANGE })).toBe('InvalidProfile');
    const thinMemory = { vvolType: 'Memory', storageProfile: storageProfile([THIN]) };
    expect(await refused(thinMemory)).toBe('InvalidProfile');
  });

  it.each([
    ['Data', 'Keelson default', true],
    ['Swap', 'Keelson default for swap', false],
    ['Memory', 'Keelson default for memory', true],
  ])('without a profile gives a volume of type %s the %s', async (vvolType, name, thin) => {
    const volume = await create({ vvolType });
    expect(volume.thin).toBe(thin);
    const { return: defaults } = await world.ask('queryDefaultProfileForStorageContainer', {
      containerId: volume.containerId,
      entityType: [vvolType],
    });
    expect(defaults).toMatchObject([{ name, profileId: volume.profile?.profileId }]);
    const { return: results } = await world.ask('queryComplianceResult', {
      compliance: [{ objectId: [volume.vvolId] }],
    });
    expect(results).toMatchObject([{ complianceStatus: 'compliant', profileMismatch: false }]);
  });

  it('gives the profile without requirements to any container', async () => {
    const { constraints: _, ...none } = storageProfile();
    const storageProfileOf = { ...none, profileId: 'f4e5bade-15a2-4805-bf8e-52318c4ce443' };
    const { profile } = await create({ container: 'files', storageProfile: storageProfileOf });
    expect(profile).toMatchObject({ profileId: storageProfileOf.profileId, asked: [] });
  });
});

describe('a copy', () => {
  it('gets the profile of the call, judged in the container where it is made', async () => {
    const { vvolId } = await create();
    const newContainerId = await world.container('files');
    const request = { vvolId, metadata: METADATA, newProfile: GOLD };
    const { return: task } = await world.ask('cloneVirtualVolume', request);
    expect((await made(task)).profile?.asked).toMatchObject([{ value: single('Gold') }]);
    expect(await world.refused('cloneVirtualVolume', { ...request, newContainerId })).toBe(
      'OutOfResource',
    );
    const strange = { ...request, newProfile: STRANGE };
    expect(await world.refused('cloneVirtualVolume', strange)).toBe('InvalidProfile');
    expect(await world.refused('fastCloneVirtualVolume', strange)).toBe('InvalidProfile');
    const pair = { ...request, newProfile: PAIR };
    expect(await world.refused('fastCloneVirtualVolume', pair)).toBe('OutOfResource');
  });

  it('without a profile gets the default of the container where it is made', async () => {
    const { vvolId } = await create({ storageProfile: GOLD });
    const newContainerId = await world.container('files');
    const request = { vvolId, metadata: METADATA };
    const clone = await world.ask('cloneVirtualVolume', { ...request, newContainerId });
    const fastClone = await world.ask('fastCloneVirtualVolume', request);
    const ofFiles = await create({ container: 'files' });
    const ofBlock = await create();
    expect((await made(clone.return)).profile).toEqual(ofFiles.profile);
    expect((await made(fastClone.return)).profile).toEqual(ofBlock.profile);
    expect(ofFiles.profile?.profileId).not.toBe(ofBlock.profile?.profileId);
  });
});

describe('a snapshot', () => {
  it('has its volume’s profile, or that of the call', async () => {
    const { vvolId, profile } = await create({ storageProfile: GOLD });
    const taken = await stored(await world.snapshot(vvolId));
    expect(taken.profile).toEqual(profile);
    const refused = (of: StorageProfile) =>
      world.refused('prepareToSnapshotVirtualVolume', {
        vvolId,
        snapType: 'SnapshotReadOnly',
        storageProfile: of,
      });
    expect(await refused(STRANGE)).toBe('InvalidProfile');
    expect(await refused(PAIR)).toBe('OutOfResource');
  });
});

describe('a change of profile', () => {
  it('is in transition while the data moves, and compliant when it has', async () => {
    const { vvolId } = await create({ storageProfile: GOLD });
    await world.test.simulator.administration.setPace('applyProfile', { polls: 3 });
    const request = { vvolId, newStorageProfile: { ...BRONZE, generationId: 1n } };
    const { return: task } = await world.ask('updateStorageProfileForVirtualVolume', request);
    const judged = async () =>
      (await world.ask('queryComplianceResult', { compliance: [{ objectId: [vvolId] }] })).return;
    expect(await judged()).toMatchObject([
      {
        complianceStatus: 'nonCompliant',
        operationalStatus: { transitional: true },
        profileMismatch: false,
      },
    ]);
    await world.ended(task);
    expect(await judged()).toMatchObject([
      { complianceStatus: 'compliant', operationalStatus: { transitional: false } },
    ]);
  });
});

describe('space by capability profile', () => {
  const ask = (containerId: string, ...capabilityProfileId: string[]) =>
    world.ask('spaceStatsForStorageContainer', { containerId, capabilityProfileId });

  it('has a row for each profile that is named', async () => {
    const containerId = await world.container('block');
    const { return: rows } = await world.ask('queryCapabilityProfileForResource', {
      resourceId: [containerId],
    });
    const ids = rows.map(({ profileId }) => profileId);
    expect(ids.length).toBeGreaterThan(1);
    const { return: spaces } = await ask(containerId, ...ids);
    expect(spaces.map(({ objectId }) => objectId)).toEqual(ids);
    const [whole] = (await ask(containerId)).return;
    expect(spaces[0]).toEqual({ ...whole, objectId: ids[0] });
  });

  it('knows no profile of another container, and none that is unknown', async () => {
    const [block, files] = [await world.container('block'), await world.container('files')];
    const profileIds = async (resourceId: string) =>
      (
        await world.ask('queryCapabilityProfileForResource', { resourceId: [resourceId] })
      ).return.map((each) => each.profileId);
    const ofFiles = await profileIds(files);
    const others = (await profileIds(block)).filter((each) => !ofFiles.includes(each));
    for (const each of [...others.slice(0, 1), 'nowhere']) {
      const request = { containerId: files, capabilityProfileId: [each] };
      expect(await world.refused('spaceStatsForStorageContainer', request)).toBe('NotFound');
    }
    const blank = { containerId: files, capabilityProfileId: [' '] };
    expect(await world.refused('spaceStatsForStorageContainer', blank)).toBe('InvalidArgument');
  });
});
