/** Steps that make, change, end and find volumes. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { VOLUME_TYPES, type VolumeType } from '../../../src/model/volume-type.ts';
import type { StorageProfile } from '../../../src/wire/generated/vasa-2.0/types.ts';
import type { Model } from '../model.ts';
import type { Caller } from '../real.ts';
import { committed, unshared } from '../space.ts';
import type { ModelProfile } from '../state.ts';
import {
  createVirtualVolume,
  deleteVirtualVolume,
  type Pair,
  queryVirtualVolume,
  resizeVirtualVolume,
  updateStorageProfileForVirtualVolume,
  updateVirtualVolumeMetaData,
  volumesNamed,
} from '../volumes.ts';
import {
  anyVolume,
  caller,
  checkTask,
  compare,
  idOf,
  megabytesUp,
  onWire,
  type Ref,
  type Sides,
  step,
} from './step.ts';

const key = fc.constantFrom('Tag', 'tag', 'VMW_VmID', 'Other', 'VMW_VvolProfile');
const value = fc.constantFrom('x', 'y', 'Y');
export const pairs = fc.oneof(
  { weight: 12, arbitrary: fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom([], [['', 'x'] as const]) },
);

/** A container by its place; beyond the last: one that is not there, or no id at all. */
const container = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 10, arbitrary: fc.constantFrom(1, 2, 3) },
  { weight: 1, arbitrary: fc.constantFrom(4, 5) },
);
export const newContainer = fc.option(container, { nil: undefined });

export function containerId({ containers }: Model, place: number): string {
  const unknown = '99999999-6128-4ad2-873b-8ddb1ba45d4f';
  return containers[place]?.id ?? (place === 4 ? unknown : 'no uuid');
}

const known: fc.Arbitrary<ModelProfile> = fc.record({
  id: fc.constantFrom('gold', 'silver'),
  generation: fc.constantFrom(0n, 2n ** 60n + 1n),
  thin: fc.constantFrom('thin', 'thick', 'either', 'nothing', 'thin', 'thick', 'wrong'),
});
export const profile = fc.option(known, { nil: undefined, freq: 2 });

const VALUES = { thin: ['Thin'], thick: ['Thick'], either: ['Thin', 'Thick'], wrong: ['Fat'] };

/** The profile as vCenter would send it. */
export function profileOnWire(asked: ModelProfile): StorageProfile {
  const { id: profileId, generation: generationId, thin } = asked;
  const named = { profileId, generationId, name: profileId, createdBy: 'test', creationTime: 0 };
  if (thin === 'nothing') return named;
  const id = 'spaceEfficiency';
  const values = VALUES[thin].map((each) => ({ type: 'xs:string' as const, value: each }));
  const instance = { id, value: { type: 'DiscreteSet' as const, value: { values } } };
  const capabilityId = { id, namespace: 'com.vmware.storageprofile.std' };
  const capability = [{ capabilityId, constraint: [{ propertyInstance: [instance] }] }];
  return { ...named, constraints: { subProfiles: [{ name: 'only', capability }] } };
}

/** Makes a volume, or is refused. */
export async function create(
  sides: Sides,
  {
    who,
    ...args
  }: {
    readonly who: Caller;
    readonly container: number;
    readonly type: VolumeType;
    readonly sizeMB: number;
    readonly pairs: readonly Pair[];
    readonly profile: ModelProfile | undefined;
  },
): Promise<void> {
  const { type, sizeMB } = args;
  const id = containerId(sides.model, args.container);
  const request = {
    containerId: id,
    vvolType: type,
    sizeInMB: BigInt(sizeMB),
    metadata: onWire(args.pairs),
    ...(args.profile && { storageProfile: profileOnWire(args.profile) }),
  };
  const expected = () => createVirtualVolume(sides.model, { ...args, container: id });
  await compare(sides, who, 'createVirtualVolume', request, expected, (answer, task) =>
    checkTask(answer.return, task),
  );
}

/** Makes a volume larger, or is refused. */
export async function resize(
  sides: Sides,
  { who, volume, sizeMB }: { readonly who: Caller; readonly volume: Ref; readonly sizeMB: number },
): Promise<void> {
  const vvolId = idOf(sides.model, volume);
  const request = { vvolId, sizeInMB: BigInt(sizeMB) };
  const expected = () => resizeVirtualVolume(sides.model, vvolId, sizeMB);
  await compare(sides, who, 'resizeVirtualVolume', request, expected, (answer, task) =>
    checkTask(answer.return, task),
  );
}

export const volumeSteps = [
  {
    weight: 5,
    arbitrary: step(
      'create',
      fc.record({
        who: caller,
        container,
        type: fc.constantFrom(...VOLUME_TYPES, 'Data', 'Data'),
        sizeMB: fc.oneof(
          { weight: 12, arbitrary: fc.integer({ min: 1, max: 6 }) },
          { weight: 1, arbitrary: fc.constantFrom(0, 9, 17) },
        ),
        pairs,
        profile,
      }),
      create,
    ),
  },
  {
    weight: 4,
    arbitrary: step(
      'delete',
      fc.record({ who: caller, volume: anyVolume }),
      async (sides, { who, volume }) => {
        const vvolId = idOf(sides.model, volume);
        const expected = () => deleteVirtualVolume(sides.model, vvolId);
        await compare(sides, who, 'deleteVirtualVolume', { vvolId }, expected);
      },
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'resize',
      fc.record({ who: caller, volume: anyVolume, sizeMB: fc.integer({ min: 0, max: 9 }) }),
      resize,
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'updateMetaData',
      fc.record({
        who: caller,
        volume: anyVolume,
        pairs: fc.array(fc.tuple(key, fc.constantFrom('x', 'y', '')), { maxLength: 3 }),
      }),
      async (sides, { who, volume, pairs: change }) => {
        const vvolId = idOf(sides.model, volume);
        const request = { vvolId, keyValuePair: onWire(change) };
        const expected = () => updateVirtualVolumeMetaData(sides.model, vvolId, change);
        await compare(sides, who, 'updateVirtualVolumeMetaData', request, expected);
      },
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'updateStorageProfile',
      fc.record({ who: caller, volume: anyVolume, profile: known }),
      async (sides, { who, volume, profile: asked }) => {
        const vvolId = idOf(sides.model, volume);
        const request = { vvolId, newStorageProfile: profileOnWire(asked) };
        const operation = 'updateStorageProfileForVirtualVolume';
        const expected = () => updateStorageProfileForVirtualVolume(sides.model, vvolId, asked);
        await compare(sides, who, operation, request, expected, (answer, task) =>
          checkTask(answer.return, task),
        );
      },
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'query',
      fc.record({
        who: caller,
        constraints: fc.array(
          fc.tuple(fc.oneof(key, key, fc.constant('')), fc.option(value, { nil: undefined })),
          { maxLength: 3 },
        ),
      }),
      async (sides, { who, constraints }) => {
        const searchConstraint = constraints.map(([name, wanted]) => ({
          key: name,
          ...(wanted !== undefined && { value: wanted }),
        }));
        const request = { searchConstraint };
        const expected = () => queryVirtualVolume(sides.model, constraints);
        await compare(sides, who, 'queryVirtualVolume', request, expected, (answer, found) =>
          expect([...answer.return].sort()).toEqual(found.map(({ id = '' }) => id).sort()),
        );
      },
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'info',
      fc.record({
        who: caller,
        volumes: fc.array(anyVolume, { maxLength: 5 }),
        times: fc.constantFrom(1, 1, 1, 1, 1, 5_000),
      }),
      async (sides, { who, volumes, times }) => {
        const { model } = sides;
        const named = volumes.map((each) => idOf(model, each));
        const vvolId = Array.from({ length: times }, () => named).flat();
        const expected = () => volumesNamed(model, vvolId);
        await compare(sides, who, 'queryVirtualVolumeInfo', { vvolId }, expected, (answer, found) =>
          expect(
            answer.return.map((each) => [
              each.vvolId,
              each.metadata.map((pair) => [pair.parameterName, pair.parameterValue]).sort(),
            ]),
          ).toEqual(found.map(({ id, metadata }) => [id, [...metadata.values()].sort()])),
        );
        const request = { vvolId };
        await compare(
          sides,
          who,
          'spaceStatsForVirtualVolume',
          request,
          expected,
          (answer, found) =>
            expect(answer.return).toEqual(
              found.map((volume) => ({
                objectId: volume.id,
                logical: megabytesUp(volume.size),
                committed: megabytesUp(committed(volume)),
                unshared: megabytesUp(unshared(model, volume)),
                unsharedValid: true,
              })),
            ),
        );
      },
    ),
  },
];
