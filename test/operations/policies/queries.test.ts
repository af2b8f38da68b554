import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { DefaultProfile } from '../../../src/model/policies.ts';
import type { VolumeType } from '../../../src/model/volume-type.ts';
import { overriding } from '../../support/provider.ts';
import { openWorld, type World } from '../world.ts';
import { capabilityProfile, range, SCHEMA, set, single, tier, value } from './example.ts';

const UNKNOWN = 'b487b73a-6128-4ad2-873b-8ddb1ba45d4f';

let world: World;
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  world = await openWorld({ wrap: (array) => overriding(array, fakes) });
});
afterEach(() => {
  for (const name of Object.keys(fakes)) delete fakes[name as keyof StorageArrayPort];
});
afterAll(() => world.test.close());

const OTHER = { ...SCHEMA, schemaId: 'other', namespace: 'com.example.other' };

describe('queryCapabilityMetadata', () => {
  const ask = async (...schemaId: string[]) =>
    (await world.ask('queryCapabilityMetadata', { schemaId })).return.map((each) => each.schemaId);

  it('answers every schema, or those that are named, each once', async () => {
    fakes.capabilitySchemas = async () => [SCHEMA, OTHER];
    expect(await ask()).toEqual(['example-schema', 'other']);
    expect(await ask('other', 'other')).toEqual(['other']);
  });

  it('knows no schema where the array declares none', async () => {
    fakes.capabilitySchemas = async () => [];
    expect(await ask()).toEqual([]);
  });

  it('refuses an id that names none, also among others', async () => {
    fakes.capabilitySchemas = async () => [SCHEMA];
    const schemaId = ['example-schema', 'nowhere'];
    expect(await world.refused('queryCapabilityMetadata', { schemaId })).toBe('NotFound');
  });

  it('answers what the simulated array declares', async () => {
    const { return: schemas } = await world.ask('queryCapabilityMetadata', { schemaId: [] });
    const categories = schemas[0]?.capabilityMetadataPerCategory.map(({ category }) => category);
    expect(categories).toContain('performance');
  });
});

describe('queryCapabilityProfile', () => {
  const ask = async (...profileId: string[]) =>
    (await world.ask('queryCapabilityProfile', { profileId })).return;
  const profiles = [
    capabilityProfile(
      'fast',
      [value('tier', single('Gold')), value('qos.iops', range(undefined, 9n))],
      [],
    ),
    capabilityProfile('slow', [value('tier', set('Silver', 'Bronze'))]),
    capabilityProfile('hollow', []),
  ];

  it('answers a sub-profile for each offer, and every digit of the generation', async () => {
    fakes.capabilitySchemas = async () => [SCHEMA];
    fakes.capabilityProfiles = async () =>
      profiles.map((each) => ({ ...each, generationId: 2n ** 60n + 1n }));
    const [fast, slow, ...none] = await ask();
    expect(none).toEqual([]);
    expect(fast).toMatchObject({ profileId: 'fast', generationId: 2n ** 60n + 1n });
    const lowest = { type: 'xs:long', value: -(2n ** 63n) };
    const iops = { type: 'Range', value: { max: { type: 'xs:long', value: 9n }, min: lowest } };
    expect(fast?.constraints?.subProfiles).toMatchObject([
      {
        name: 'offer 0',
        capability: [
          { capabilityId: { id: 'tier' } },
          { constraint: [{ propertyInstance: [{ id: 'iops', value: iops }] }] },
        ],
      },
    ]);
    expect(slow?.constraints?.subProfiles[0]?.capability).toEqual([tier('Silver', 'Bronze')]);
  });

  it('answers those of the ids that name one, and refuses when none does', async () => {
    fakes.capabilitySchemas = async () => [SCHEMA];
    fakes.capabilityProfiles = async () => profiles;
    expect((await ask('slow', 'nowhere')).map((each) => each.profileId)).toEqual(['slow']);
    const refused = (profileId: string) =>
      world.refused('queryCapabilityProfile', { profileId: [profileId] });
    expect(await refused('nowhere')).toBe('NotFound');
    // What offers nothing would keep vCenter from reading any profile.
    expect(await refused('hollow')).toBe('NotFound');
  });

  it('calls a value that nobody declared a fault of the array', async () => {
    fakes.capabilitySchemas = async () => [];
    fakes.capabilityProfiles = async () => profiles;
    expect(await world.refused('queryCapabilityProfile', { profileId: [] })).toBe('StorageFault');
  });
});

describe('queryCapabilityProfileForResource', () => {
  const ask = async (...resourceId: string[]) =>
    (await world.ask('queryCapabilityProfileForResource', { resourceId })).return;

  it('answers a row for each container and profile', async () => {
    const [block, files] = [await world.container('block'), await world.container('files')];
    const of = (id: string, ...containerIds: (typeof block)[]) => ({
      ...capabilityProfile(id, [value('tier', single('Gold'))]),
      containerIds,
    });
    fakes.capabilityProfiles = async () => [of('one', block, files), of('two', files)];
    expect(await ask()).toEqual([
      { profileId: 'one', resourceId: block },
      { profileId: 'one', resourceId: files },
      { profileId: 'two', resourceId: files },
    ]);
    expect(await ask(block.toUpperCase(), UNKNOWN)).toEqual([
      { profileId: 'one', resourceId: block },
    ]);
    expect(await ask(await world.container('small'))).toEqual([]);
  });

  it('refuses what is no container id, what names none, and too many', async () => {
    const refused = (...resourceId: string[]) =>
      world.refused('queryCapabilityProfileForResource', { resourceId });
    expect(await refused('block')).toBe('InvalidArgument');
    expect(await refused(UNKNOWN)).toBe('NotFound');
    const many = Array.from({ length: LIMITS.queryItems + 1 }, () => UNKNOWN);
    expect(await refused(...many)).toBe('InvalidArgument');
  });
});

describe('queryDefaultProfileForStorageContainer', () => {
  const ask = async (containerId: string, ...entityType: string[]) =>
    (await world.ask('queryDefaultProfileForStorageContainer', { containerId, entityType })).return;

  it('answers the profiles for the types that are named, or for all', async () => {
    const containerId = await world.container('block');
    const of = (profileId: string, ...volumeTypes: VolumeType[]): DefaultProfile => ({
      ...capabilityProfile(profileId),
      containerId,
      volumeTypes,
      values: profileId === 'free' ? [] : [value('tier', single('Gold'))],
    });
    fakes.capabilitySchemas = async () => [SCHEMA];
    fakes.defaultProfiles = async () => [of('gold', 'Config', 'Data'), of('free', 'Swap')];
    const [gold, free] = await ask(containerId);
    expect(gold).toMatchObject({
      profileId: 'gold',
      entityType: ['Config', 'Data'],
      constraints: { subProfiles: [{ name: 'name of gold' }] },
    });
    expect(free?.constraints).toBeUndefined();
    const named = async (...types: string[]) =>
      (await ask(containerId, ...types)).map((each) => each.profileId);
    expect(await named('Swap')).toEqual(['free']);
    expect(await named('Data', 'Swap')).toEqual(['gold', 'free']);
    expect(await named('Memory')).toEqual([]);
    expect(await ask(await world.container('files'))).toEqual([]);
  });

  it('refuses an unknown type, and an id that is none or names none', async () => {
    const refused = (containerId: string, entityType: string) =>
      world.refused('queryDefaultProfileForStorageContainer', {
        containerId,
        entityType: [entityType],
      });
    expect(await refused(UNKNOWN, 'Attic')).toBe('InvalidArgument');
    expect(await refused('block', 'Data')).toBe('InvalidArgument');
    expect(await refused(UNKNOWN, 'Data')).toBe('NotFound');
  });
});
