import { expect, it } from 'vitest';
import type { AppliedProfile } from '../../../src/model/array.ts';
import type { ContainerId, ProfileId, VvolId } from '../../../src/model/ids.ts';
import { ended, failureOf, type Harness, newJob } from './harness.ts';

/** Asks for nothing, so that every container takes it. */
const EMPTY_PROFILE: AppliedProfile = {
  // Ids of profiles are free text; nothing but the brand is missing.
  profileId: 'org.example.empty' as ProfileId,
  generationId: 1n,
  document: '{}',
  asked: [],
};

export function profiledSentences(harness: Harness): void {
  const pages = async (containerId: ContainerId, limit: number, between = async () => {}) => {
    const found: VvolId[] = [];
    let after: string | undefined;
    do {
      const page = await harness.array.profiledVolumes(containerId, { after, limit });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items);
      after = page.next;
      await between();
    } while (after !== undefined);
    expect(new Set(found).size).toBe(found.length);
    return found;
  };

  it('volumes with a profile are listed by container, each in one page', async () => {
    const { containerId } = harness.container();
    const made: VvolId[] = [];
    for (let n = 0; n < 5; n += 1)
      made.push((await harness.create({ profile: EMPTY_PROFILE })).vvolId);
    const { vvolId: without } = await harness.create({ profile: undefined });
    const [doomed, ...staying] = made;
    if (doomed === undefined) throw new Error('nothing made');
    let isDone = false;
    const found = await pages(containerId, 2, async () => {
      if (!isDone) await harness.array.deleteVolume(doomed);
      isDone = true;
    });
    expect(found).toEqual(expect.arrayContaining(staying));
    expect(found).not.toContain(without);
    expect(await pages(containerId, 1_000)).not.toContain(doomed);
    await ended(harness.array, await harness.array.applyProfile(newJob(), without, EMPTY_PROFILE));
    expect(await pages(containerId, 1_000)).toContain(without);
  });

  it('a page of no size, or that continues nothing, is invalid', async () => {
    const { containerId } = harness.container();
    const ask = (after: string | undefined, limit: number) =>
      failureOf(harness.array.profiledVolumes(containerId, { after, limit }));
    expect(await ask(undefined, 0)).toBe('invalid');
    expect(await ask('no page', 10)).toBe('invalid');
  });
}
