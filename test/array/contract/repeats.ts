/** Repeated calls that start jobs: the same call is the same job, any other under its id is refused. */
import { expect, it } from 'vitest';
import type { NewCopy } from '../../../src/array/copies.ts';
import type { JobStart } from '../../../src/array/jobs.ts';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { ArrayFeatures, Job, Volume } from '../../../src/model/array.ts';
import type { ProfileId } from '../../../src/model/ids.ts';
import { bytes } from '../../../src/model/units.ts';
import { ended, failureOf, type Harness, newHostId, newJob, newVvolId } from './harness.ts';
import { needs, snapshot } from './snapshots.ts';

/** A call as it was made, and others that differ from it in one thing each. */
interface Repeated {
  readonly same: (start: JobStart) => Promise<Job>;
  readonly others: readonly ((start: JobStart) => Promise<Job>)[];
}

export function repeatSentences(harness: Harness): void {
  const repeats = async ({ same, others }: Repeated) => {
    const start = newJob();
    const job = await ended(harness.array, await same(start));
    expect(job).toMatchObject({ state: 'succeeded', arrayId: harness.container().arrayId });
    const { newest } = await harness.array.changes(0n, 1);
    expect(await same(start)).toEqual(job);
    const renamed = same({ ...start, operation: 'another' });
    expect(await failureOf(renamed, harness.array)).toBe('alreadyExists');
    for (const [index, other] of others.entries()) {
      expect(await failureOf(other(start), harness.array), String(index)).toBe('alreadyExists');
    }
    expect((await harness.array.changes(0n, 1)).newest).toBe(newest);
  };

  it('resizing, profiles and moves: repeated they are the same job, changed they are refused', async () => {
    const volume = await harness.create();
    const other = await harness.create();
    for (const call of plainCalls(harness.array, volume, other)) await repeats(call);
  });

  it.for([
    ['cloneVolume', 'fastCloneVolume', 'clones'],
    ['fastCloneVolume', 'cloneVolume', 'fastClones'],
  ] as const)(
    '%s: under its job the other way of copying, and any other argument, are refused',
    async ([method, otherMethod, feature], context) => {
      needs(harness, context, feature);
      const { array } = harness;
      const source = await harness.create();
      const asked: NewCopy = {
        vvolId: newVvolId(),
        source: source.vvolId,
        containerId: undefined,
        metadata: [],
        profile: undefined,
      };
      const differences: Partial<NewCopy>[] = [
        { source: (await harness.create()).vvolId },
        { metadata: [{ key: 'k', value: 'v' }] },
        { profile: profileOf(1n) },
      ];
      const others = differences.map(
        (difference) => (start: JobStart) => array[method](start, { ...asked, ...difference }),
      );
      const isAble = harness.features()[feature === 'clones' ? 'fastClones' : 'clones'];
      if (isAble) others.push((start) => array[otherMethod](start, asked));
      await repeats({ same: (start) => array[method](start, { ...asked }), others });
      harness.made(asked.vvolId);
    },
  );

  it('preparing, reverting and copying differences: repeated the same, changed refused', async (context) => {
    for (const feature of ['snapshots', 'copyDiffs'] as const satisfies (keyof ArrayFeatures)[]) {
      needs(harness, context, feature);
    }
    const volume = await harness.create();
    const target = await harness.create();
    const snapshots = [await snapshot(harness, volume), await snapshot(harness, volume)] as const;
    for (const call of snapshotCalls(harness.array, volume, target, snapshots)) await repeats(call);
  });
}

function plainCalls(array: StorageArrayPort, volume: Volume, other: Volume): readonly Repeated[] {
  const { vvolId, size } = volume;
  const hostId = newHostId();
  return [
    {
      same: (start) => array.resizeVolume(start, vvolId, bytes(size * 2n)),
      others: [
        (start) => array.resizeVolume(start, vvolId, bytes(size * 3n)),
        (start) => array.resizeVolume(start, other.vvolId, bytes(size * 2n)),
        (start) => array.applyProfile(start, vvolId, profileOf(1n)),
      ],
    },
    {
      same: (start) => array.applyProfile(start, vvolId, profileOf(1n)),
      others: [
        (start) => array.applyProfile(start, vvolId, profileOf(2n)),
        (start) => array.applyProfile(start, other.vvolId, profileOf(1n)),
      ],
    },
    {
      same: (start) => array.prepareBindingChange(start, [vvolId], hostId),
      others: [
        (start) => array.prepareBindingChange(start, [vvolId], newHostId()),
        (start) => array.prepareBindingChange(start, [other.vvolId], hostId),
      ],
    },
  ];
}

function snapshotCalls(
  array: StorageArrayPort,
  { vvolId }: Volume,
  target: Volume,
  [first, second]: readonly [Volume, Volume],
): readonly Repeated[] {
  const request = { vvolId, snapshotId: newVvolId(), readOnly: true, profile: undefined };
  const diffs = { source: first.vvolId, base: second.vvolId, target: target.vvolId };
  return [
    {
      same: (start) => array.prepareSnapshot(start, { ...request }),
      others: [
        (start) => array.prepareSnapshot(start, { ...request, readOnly: false }),
        (start) => array.prepareSnapshot(start, { ...request, vvolId: target.vvolId }),
        (start) => array.prepareSnapshot(start, { ...request, profile: profileOf(1n) }),
      ],
    },
    {
      same: (start) => array.revertVolume(start, vvolId, first.vvolId),
      others: [(start) => array.revertVolume(start, vvolId, second.vvolId)],
    },
    {
      same: (start) => array.copyDiffs(start, { ...diffs }),
      others: [
        (start) => array.copyDiffs(start, { ...diffs, base: vvolId }),
        (start) => array.copyDiffs(start, { ...diffs, source: vvolId }),
        (start) => array.copyDiffs(start, { ...diffs, target: vvolId }),
      ],
    },
  ];
}

function profileOf(generationId: bigint) {
  // Profile ids have no form.
  return { profileId: 'profile-of-repeats' as ProfileId, generationId, document: '{}', asked: [] };
}
