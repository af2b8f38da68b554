import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import type { VolumeService } from '../../../src/model/policies.ts';
import type { ComplianceSubject } from '../../../src/wire/generated/vasa-2.0/types.ts';
import { overriding } from '../../support/provider.ts';
import { openWorld, type World } from '../world.ts';
import { capabilityProfile, SCHEMA, single, storageProfile, tier, value } from './example.ts';

const UNKNOWN = 'rfc4122.b487b73a-6128-4ad2-873b-8ddb1ba45d4f';
const GOLD = storageProfile([tier('Gold')]);
const { profileId, generationId } = GOLD;

let world: World;
let service: Partial<VolumeService> = {};
const fakes: Partial<StorageArrayPort> = {};
beforeAll(async () => {
  world = await openWorld({ wrap: (array) => overriding(array, fakes) });
});
afterEach(() => {
  service = {};
  for (const name of Object.keys(fakes)) delete fakes[name as keyof StorageArrayPort];
});
afterAll(() => world.test.close());

/** An array that promises Gold, and a volume for which Gold was asked. */
async function makeGold(): Promise<string> {
  const vvolId = await world.make();
  const containerId = await world.container('block');
  fakes.capabilitySchemas = async () => [SCHEMA];
  const gold = capabilityProfile('gold', [value('tier', single('Gold'))]);
  fakes.capabilityProfiles = async () => [{ ...gold, containerIds: [containerId] }];
  fakes.applyProfile = (start, id, profile) =>
    world.test.simulator.port.applyProfile(start, id, { ...profile, asked: [] });
  fakes.volumes = async (ids) => {
    const asked = [value('tier', single('Gold'))];
    const found = await world.test.simulator.port.volumes(ids);
    return found.map((each) => ({ ...each, profile: each.profile && { ...each.profile, asked } }));
  };
  fakes.volumeServices = async (ids) =>
    ids.map((each) => ({ vvolId: each, values: [], healthy: true, moving: undefined, ...service }));
  await world.ask('updateStorageProfileForVirtualVolume', { vvolId, newStorageProfile: GOLD });
  return vvolId;
}

const ask = async (...compliance: ComplianceSubject[]) =>
  (await world.ask('queryComplianceResult', { compliance })).return;

describe('queryComplianceResult', () => {
  it('judges a volume by its own profile when none is named', async () => {
    const vvolId = await makeGold();
    service = { values: [value('tier', single('Gold'))] };
    expect(await ask({ objectId: [vvolId] })).toEqual([
      {
        checkTime: expect.closeTo(world.test.clock.now(), -4),
        complianceStatus: 'compliant',
        objectId: vvolId,
        operationalStatus: { healthy: true, transitional: false },
        profileId,
        profileMismatch: false,
        violatedPolicy: [],
      },
    ]);
  });

  it('tells what is asked and what is had, and how far the data has moved', async () => {
    const vvolId = await makeGold();
    const moving = { progressPercent: 40, estimatedEndAt: 5_000 };
    service = { values: [value('tier', single('Silver'))], healthy: false, moving };
    expect(await ask({ objectId: [vvolId], profileId, generationId })).toMatchObject([
      {
        complianceStatus: 'nonCompliant',
        operationalStatus: {
          healthy: false,
          operationETA: 5_000,
          operationProgress: 40n,
          transitional: true,
        },
        profileMismatch: false,
        violatedPolicy: [
          {
            currentValue: tier('Silver'),
            expectedValue: tier('Gold'),
          },
        ],
      },
    ]);
  });

  it.each([
    { name: 'another profile', given: { profileId: 'other' } },
    { name: 'an earlier edit', given: { profileId, generationId: generationId - 1n } },
    { name: 'a later edit', given: { profileId, generationId: generationId + 1n } },
    { name: 'another edit, whatever the profile', given: { generationId: 0n } },
  ])('is a mismatch, and unknown, when the caller has in mind $name', async ({ given }) => {
    const vvolId = await makeGold();
    const [result] = await ask({ objectId: [vvolId], ...given });
    expect(result).toMatchObject({
      complianceStatus: 'unknown',
      profileId: given.profileId ?? profileId,
      profileMismatch: true,
      violatedPolicy: [],
    });
  });

  it('is unknown of a volume that the array says nothing of', async () => {
    const vvolId = await makeGold();
    fakes.volumeServices = async () => [];
    const [result] = await ask({ objectId: [vvolId] });
    expect(result).toMatchObject({ complianceStatus: 'unknown', profileMismatch: false });
    expect(result?.operationalStatus).toBeUndefined();
  });

  it('has no row for a volume without a profile, unless one is asked about', async () => {
    const vvolId = await makeGold();
    const { volumes } = world.test.simulator.port;
    fakes.volumes = async (ids) =>
      (await volumes(ids)).map((each) => ({ ...each, profile: undefined }));
    expect(await ask({ objectId: [vvolId] })).toEqual([]);
    const [result] = await ask({ objectId: [vvolId], profileId });
    expect(result).toMatchObject({ complianceStatus: 'unknown', profileMismatch: true });
  });

  it('answers in the order asked, also of a volume that is asked about twice', async () => {
    const other = await world.make();
    const one = await makeGold();
    const results = await ask({ objectId: [other, one] }, { objectId: [other], profileId: 'x' });
    expect(results.map(({ objectId, profileMismatch }) => [objectId, profileMismatch])).toEqual([
      [other, false],
      [one, false],
      [other, true],
    ]);
  });

  it('refuses what it cannot judge', async () => {
    const vvolId = await makeGold();
    const refused = (...compliance: ComplianceSubject[]) =>
      world.refused('queryComplianceResult', { compliance });
    expect(await refused()).toBe('InvalidArgument');
    expect(await refused({ objectId: [] })).toBe('InvalidArgument');
    expect(await refused({ objectId: ['disk-1', UNKNOWN] })).toBe('InvalidArgument');
    expect(await refused({ objectId: [vvolId], profileId: ' ' })).toBe('InvalidArgument');
    expect(await refused({ objectId: [vvolId, UNKNOWN] })).toBe('NotFound');
    const many = Array.from({ length: LIMITS.complianceSubjects + 1 }, () => vvolId);
    expect(await refused({ objectId: many })).toBe('InvalidArgument');
  });
});
