import { expect, it } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { AppliedProfile, Volume } from '../../../src/model/array.ts';
import { type ContainerId, parseProfileId, type VvolId } from '../../../src/model/ids.ts';
import type {
  CapabilitySchema,
  CapabilityValue,
  Property,
  PropertyValue,
  VolumeService,
} from '../../../src/model/policies.ts';
import { ended, failureOf, type Harness, newJob, newVvolId, only } from './harness.ts';
import { profiledSentences } from './profiled.ts';

/** vSphere's own; no schema declares it. */
const THINNESS = {
  namespace: 'com.vmware.storageprofile.std',
  capabilityId: 'spaceEfficiency',
  propertyId: 'spaceEfficiency',
};
const UNHEARD_OF: CapabilityValue = {
  namespace: 'org.example.nobody',
  capabilityId: 'nothing',
  propertyId: 'nothing',
  value: { kind: 'single', value: true },
};

type Name = Omit<CapabilityValue, 'value'>;

export function policySentences(harness: Harness): void {
  declarationSentences(harness);
  serviceSentences(harness);
  thinnessSentences(harness);
  profiledSentences(harness);
}

function declarationSentences(harness: Harness): void {
  it('what is offered and given by default is of properties that are declared', async () => {
    const schemas = await harness.array.capabilitySchemas();
    const profiles = await harness.array.capabilityProfiles();
    const defaults = await harness.array.defaultProfiles();
    const offered = profiles.flatMap(({ offers }) => offers.flatMap(({ values }) => values));
    for (const value of [...offered, ...defaults.flatMap(({ values }) => values)]) {
      if (nameOf(value) === nameOf(THINNESS)) continue;
      const property = propertyOf(schemas, value);
      expect(property, nameOf(value)).toBeDefined();
      for (const scalar of scalarsOf(value.value)) {
        expect(javaScriptTypeOf(property?.type), nameOf(value)).toContain(typeof scalar);
      }
    }
    expect(offered.every((value) => scalarsOf(value.value).length > 0)).toBe(true);
  });

  it('profiles have ids of their own, are of containers, and are never empty', async () => {
    const profiles = await harness.array.capabilityProfiles();
    const defaults = await harness.array.defaultProfiles();
    const ids = [...profiles, ...defaults].map(({ profileId }) => profileId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => parseProfileId(id) === id)).toBe(true);
    const containers = (await harness.array.containers()).map(({ containerId }) => containerId);
    for (const { containerIds, offers } of profiles) {
      expect(containers).toEqual(expect.arrayContaining([...containerIds]));
      expect(containerIds.length).toBeGreaterThan(0);
      expect(offers.length).toBeGreaterThan(0);
      for (const { values } of offers) {
        expect(values.length).toBeGreaterThan(0);
        expect(new Set(values.map(nameOf)).size).toBe(values.length);
      }
    }
    const places = defaults.flatMap(({ containerId, volumeTypes }) =>
      volumeTypes.map((type) => `${containerId} ${type}`),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(defaults.every(({ containerId }) => containers.includes(containerId))).toBe(true);
  });

  it('what is declared stays, with its generations', async () => {
    const told = async () => [
      await harness.array.capabilitySchemas(),
      await harness.array.capabilityProfiles(),
      await harness.array.defaultProfiles(),
    ];
    const before = await told();
    expect(await told()).toEqual(before);
    await harness.reopen();
    expect(await told()).toEqual(before);
  });

  it('services are told in the order asked, those of unknown volumes left out', async () => {
    const [one, two] = [await harness.create(), await harness.create()];
    const ids = [two.vvolId, newVvolId(), one.vvolId];
    const services = await harness.array.volumeServices(ids);
    expect(services.map(({ vvolId }) => vvolId)).toEqual([two.vvolId, one.vvolId]);
    const offered = (await offersOf(harness, one)).flat().map(nameOf);
    for (const { values } of services) {
      expect(values.every(({ value }) => value.kind === 'single')).toBe(true);
      expect(values.every((value) => offered.includes(nameOf(value)))).toBe(true);
    }
  });
}

function serviceSentences(harness: Harness): void {
  it('a volume gets what its profile asks, by each of the alternatives of its container', async () => {
    for (const asked of await offersOf(harness, harness.container())) {
      const profile = profileOf(asked);
      const made = await harness.create({ profile, thin: undefined });
      expect(made.profile).toEqual(profile);
      expectMet(await servicesOf(harness.array, made.vvolId), asked);
      const changed = await harness.create();
      const job = await ended(
        harness.array,
        await harness.array.applyProfile(newJob(), changed.vvolId, profile),
      );
      expect(job.error).toBeUndefined();
      expectMet(await servicesOf(harness.array, changed.vvolId), asked);
    }
  });

  it('what nothing in the container has is noSpace, and changes nothing', async () => {
    const source = await harness.create();
    const profile = profileOf([UNHEARD_OF]);
    const asked = harness.newVolume({ profile });
    const { array } = harness;
    expect(await failureOf(array.createVolume(newJob(), asked), array)).toBe('noSpace');
    expect(await array.volumes([asked.vvolId])).toEqual([]);
    const apply = array.applyProfile(newJob(), source.vvolId, profile);
    expect(await failureOf(apply, array)).toBe('noSpace');
    expect(only(await array.volumes([source.vvolId]))).toEqual(source);
    if (!harness.features().clones) return;
    const copy = { ...asked, source: source.vvolId, containerId: undefined, metadata: [] };
    expect(await failureOf(array.cloneVolume(newJob(), copy), array)).toBe('noSpace');
  });

  it('an applied profile is named in the metadata in the same step, in place of any other name', async () => {
    const pair = { key: 'vmw_VvolProfile', value: 'another:0' };
    const { vvolId } = await harness.create({ metadata: [pair] });
    const profile = profileOf([], 2n ** 60n + 1n);
    const { array } = harness;
    await array.applyProfile(newJob(), vvolId, profile);
    const volume = only(await array.volumes([vvolId]));
    expect(volume.profile).toEqual(profile);
    const name = { key: 'VMW_VvolProfile', value: `${profile.profileId}:1152921504606846977` };
    expect(volume.metadata).toEqual([name]);
  });

  it('a profile that the volume has already changes nothing', async () => {
    const { vvolId } = await harness.create();
    const { array } = harness;
    await ended(array, await array.applyProfile(newJob(), vvolId, profileOf([])));
    await array.updateMetadata(vvolId, { set: [], remove: ['VMW_VvolProfile'] });
    const { newest } = await array.changes(0n, 1);
    const again = await array.applyProfile(newJob(), vvolId, profileOf([]));
    expect(again).toMatchObject({ state: 'succeeded', result: { kind: 'none' } });
    expect((await array.changes(newest, 1)).changes).toEqual([]);
    expect(only(await array.volumes([vvolId])).metadata).not.toContainEqual(
      expect.objectContaining({ key: 'VMW_VvolProfile' }),
    );
  });
}

function thinnessSentences(harness: Harness): void {
  const needsThinness = async (skip: (reason: string) => void) => {
    const offered = await offersOf(harness, harness.container());
    const values = offered.flat().filter((value) => nameOf(value) === nameOf(THINNESS));
    const isBoth = values.some(({ value }) => scalarsOf(value).length === 2);
    if (!isBoth) skip('the container does not offer thin and thick');
  };

  it('thick, when applied, has all of the size kept free, and thin gives it back', async (context) => {
    await needsThinness((reason) => context.skip(reason));
    const { array } = harness;
    const volume = await harness.create();
    const used = async () => (await array.containerSpace(volume.containerId)).physicalUsed;
    const before = await used();
    const committed = only(await array.volumeSpace([volume.vvolId])).committed;
    await apply(array, volume.vvolId, profileOf([thinness('Thick')], 1n));
    expect(only(await array.volumes([volume.vvolId])).thin).toBe(false);
    expect(await used()).toBe(before + volume.size - committed);
    expectMet(await servicesOf(array, volume.vvolId), [thinness('Thick')]);
    await apply(array, volume.vvolId, profileOf([thinness('Thin')], 2n));
    expect(only(await array.volumes([volume.vvolId])).thin).toBe(true);
    expect(await used()).toBe(before);
  });

  it('thick without the space for it is noSpace, and the volume stays what it is', async (context) => {
    await needsThinness((reason) => context.skip(reason));
    const { array } = harness;
    const { containerId, maxVolumeBytes } = harness.container();
    const { physicalFree } = await array.containerSpace(containerId);
    const full = Number(physicalFree / maxVolumeBytes) + 1;
    if (full > 4) context.skip('it takes more volumes than four to fill the container');
    for (let count = 1; count <= full; count += 1) {
      const volume = await harness.create({ size: maxVolumeBytes });
      const call = array.applyProfile(newJob(), volume.vvolId, profileOf([thinness('Thick')]));
      const failure = await failureOf(call, array);
      expect(failure).toBe(count < full ? undefined : 'noSpace');
      if (failure === undefined) continue;
      expect(only(await array.volumes([volume.vvolId]))).toEqual(volume);
    }
  });

  it('copies and new volumes are thin or thick as their profile asks', async (context) => {
    await needsThinness((reason) => context.skip(reason));
    const { array } = harness;
    const profile = profileOf([thinness('Thick')]);
    const made = await harness.create({ profile, thin: undefined });
    expect(made.thin).toBe(false);
    const source = (await harness.create()).vvolId;
    const methods = [
      harness.features().clones ? (['cloneVolume'] as const) : [],
      harness.features().fastClones ? (['fastCloneVolume'] as const) : [],
    ].flat();
    for (const method of methods) {
      const vvolId = newVvolId();
      const copy = { vvolId, source, containerId: undefined, metadata: [], profile };
      await ended(array, await array[method](newJob(), copy));
      harness.made(vvolId);
      expect(only(await array.volumes([vvolId])).thin, method).toBe(false);
    }
    const clone = await array.volumes([made.vvolId]);
    expect(only(clone).profile).toEqual(profile);
  });
}

async function apply(array: StorageArrayPort, vvolId: VvolId, profile: AppliedProfile) {
  const job = await ended(array, await array.applyProfile(newJob(), vvolId, profile));
  expect(job).toMatchObject({ state: 'succeeded' });
}

function profileOf(asked: readonly CapabilityValue[], generationId = 1n): AppliedProfile {
  const profileId = parseProfileId('profile of policies');
  if (profileId === undefined) throw new Error('not a profile id');
  return { profileId, generationId, document: '{}', asked };
}

function thinness(value: 'Thin' | 'Thick'): CapabilityValue {
  return { ...THINNESS, value: { kind: 'single', value } };
}

function nameOf({ namespace, capabilityId, propertyId }: Name): string {
  return `${namespace}/${capabilityId}.${propertyId}`;
}

function propertyOf(schemas: readonly CapabilitySchema[], name: Name): Property | undefined {
  return schemas
    .filter(({ namespace }) => namespace === name.namespace)
    .flatMap(({ categories }) => categories.flatMap(({ capabilities }) => capabilities))
    .find(({ id }) => id === name.capabilityId)
    ?.properties.find(({ id }) => id === name.propertyId);
}

/** What an alternative names: all of a set, the ends of a range. */
function scalarsOf(value: PropertyValue) {
  if (value.kind === 'single') return [value.value];
  if (value.kind === 'set') return value.values;
  return [value.min, value.max].filter((end) => end !== undefined);
}

function javaScriptTypeOf(type: Property['type'] | undefined): readonly string[] {
  if (type === 'long') return ['bigint'];
  if (type === 'int' || type === 'double') return ['number'];
  if (type === 'boolean') return ['boolean'];
  return [type === 'timeSpan' ? 'object' : 'string'];
}

/** The alternatives that a container offers; where a volume is given, those of its container. */
async function offersOf(
  harness: Harness,
  { containerId }: Pick<Volume, 'containerId'> | { readonly containerId: ContainerId },
): Promise<readonly (readonly CapabilityValue[])[]> {
  const profiles = await harness.array.capabilityProfiles();
  return profiles
    .filter(({ containerIds }) => containerIds.includes(containerId))
    .flatMap(({ offers }) => offers.map(({ values }) => values));
}

async function servicesOf(array: StorageArrayPort, vvolId: VvolId): Promise<VolumeService> {
  const services = only(await array.volumeServices([vvolId]));
  expect(services).toMatchObject({ healthy: true, moving: undefined });
  return services;
}

/** Each value asked is there as one of what was asked. A range is tested by its named ends alone. */
function expectMet({ values }: VolumeService, asked: readonly CapabilityValue[]): void {
  for (const wish of asked) {
    const got = values.find((value) => nameOf(value) === nameOf(wish));
    expect(got?.value.kind, nameOf(wish)).toBe('single');
    if (wish.value.kind === 'range' || got?.value.kind !== 'single') continue;
    expect(scalarsOf(wish.value), nameOf(wish)).toContainEqual(got.value.value);
  }
}
