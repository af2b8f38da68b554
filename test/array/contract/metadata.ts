/** Metadata pairs, and finding volumes by them. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { MetadataConstraint } from '../../../src/array/volumes.ts';
import type { VvolId } from '../../../src/model/ids.ts';
import { failureOf, type Harness, newVvolId, only } from './harness.ts';

export function metadataSentences(harness: Harness): void {
  updateSentences(harness);
  findSentences(harness);
}

function updateSentences(harness: Harness): void {
  const pairsOf = async (vvolId: VvolId) => {
    const { metadata } = only(await harness.array.volumes([vvolId]));
    return new Map(metadata.map(({ key, value }) => [key, value]));
  };

  it('a pair is added, replaced ignoring the case of its key, and removed', async () => {
    const { vvolId } = await harness.create({ metadata: [{ key: 'Name', value: 'a' }] });
    await harness.array.updateMetadata(vvolId, {
      set: [
        { key: 'NAME', value: 'b' },
        { key: 'Other', value: '' },
      ],
      remove: [],
    });
    expect(await pairsOf(vvolId)).toEqual(
      new Map([
        ['NAME', 'b'],
        ['Other', ''],
      ]),
    );
    await harness.array.updateMetadata(vvolId, { set: [], remove: ['name', 'unknown'] });
    await harness.reopen();
    expect(await pairsOf(vvolId)).toEqual(new Map([['Other', '']]));
  });

  it('a key that is both removed and set is set', async () => {
    const { vvolId } = await harness.create({ metadata: [{ key: 'k', value: 'old' }] });
    await harness.array.updateMetadata(vvolId, {
      set: [{ key: 'K', value: 'new' }],
      remove: ['k'],
    });
    expect(await pairsOf(vvolId)).toEqual(new Map([['K', 'new']]));
  });

  it('what changes nothing is not in the feed', async () => {
    const { vvolId } = await harness.create({ metadata: [{ key: 'k', value: 'v' }] });
    const { newest } = await harness.array.changes(0n, 1);
    await harness.array.updateMetadata(vvolId, {
      set: [{ key: 'k', value: 'v' }],
      remove: ['unknown'],
    });
    expect((await harness.array.changes(0n, 1)).newest).toBe(newest);
  });

  it('an empty key is invalid and leaves the other pairs of the call unset', async () => {
    const { vvolId } = await harness.create({ metadata: [{ key: 'k', value: 'v' }] });
    const set = [
      { key: 'good', value: 'x' },
      { key: '', value: 'x' },
    ];
    const call = harness.array.updateMetadata(vvolId, { set, remove: ['k'] });
    expect(await failureOf(call)).toBe('invalid');
    expect(await pairsOf(vvolId)).toEqual(new Map([['k', 'v']]));
  });
}

function findSentences(harness: Harness): void {
  const findAll = async (constraints: readonly MetadataConstraint[], limit = 100) => {
    const found: VvolId[] = [];
    let after: string | undefined;
    do {
      const page = await harness.array.findVolumes(constraints, { after, limit });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    return found;
  };

  it('volumes are found by value exactly, by key ignoring case, and by all constraints', async () => {
    const tag = randomUUID();
    const make = async (name: string) =>
      (
        await harness.create({
          metadata: [
            { key: 'VMW_VmID', value: tag },
            { key: 'VMW_VVolName', value: name },
          ],
        })
      ).vvolId;
    const a = await make('a');
    const b = await make('b');
    const vm = { key: 'vmw_vmid', value: tag };
    expect(new Set(await findAll([vm]))).toEqual(new Set([a, b]));
    expect(await findAll([vm, { key: 'VMW_VvolName', value: 'b' }])).toEqual([b]);
    expect(await findAll([{ key: 'VMW_VvolName', value: 'b' }, vm])).toEqual([b]);
    expect(await findAll([vm, { key: 'VMW_VvolName', value: 'B' }])).toEqual([]);
    expect(await findAll([{ key: 'VMW_VmID', value: tag.toUpperCase() }])).toEqual([]);
    expect(new Set(await findAll([vm, { key: 'vmw_vvolname', value: undefined }]))).toEqual(
      new Set([a, b]),
    );
    expect(await findAll([vm, { key: 'unknown', value: undefined }])).toEqual([]);
  });

  it('values that differ only after many characters are told apart', async () => {
    const head = randomUUID().repeat(20);
    const metadata = (end: string) => [{ key: 'long', value: `${head}${end}` }];
    const { vvolId } = await harness.create({ metadata: metadata('a') });
    await harness.create({ metadata: metadata('b') });
    expect(await findAll([{ key: 'long', value: `${head}a` }])).toEqual([vvolId]);
  });

  it('a value is found whole, not as the beginning of another, at every length', async () => {
    const key = `tag-${randomUUID()}`;
    const value = (length: number) => `${'ä😀'.repeat(length / 2)}${'z'.repeat(length % 2)}`;
    for (const length of [126, 127, 128, 129, 255, 257]) {
      const metadata = [{ key, value: value(length) }];
      const { vvolId } = await harness.create({ metadata });
      expect(await findAll([{ key, value: value(length) }])).toEqual([vvolId]);
      expect(await findAll([{ key, value: `${value(length)}x` }])).toEqual([]);
    }
  });

  it('pages hold every volume once, though volumes are made, changed and deleted between them', async () => {
    const key = `tag-${randomUUID()}`;
    const metadata = [{ key, value: 'x' }];
    const made: VvolId[] = [];
    for (let i = 0; i < 7; i += 1) made.push((await harness.create({ metadata })).vvolId);
    const [doomed, ...staying] = made;
    const constraints = [{ key, value: undefined }];
    const first = await harness.array.findVolumes(constraints, { after: undefined, limit: 2 });
    if (doomed !== undefined) await harness.array.deleteVolume(doomed);
    for (const vvolId of staying) {
      await harness.array.updateMetadata(vvolId, { set: [{ key, value: 'y' }], remove: [] });
    }
    await harness.create({ metadata });
    const found = [...first.items];
    for (let after = first.next; after !== undefined; ) {
      const page = await harness.array.findVolumes(constraints, { after, limit: 2 });
      found.push(...page.items);
      after = page.next;
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(expect.arrayContaining(staying));
  });

  it('a deleted volume and a replaced value are no longer found', async () => {
    const key = `tag-${randomUUID()}`;
    const { vvolId } = await harness.create({ metadata: [{ key, value: 'old' }] });
    await harness.array.updateMetadata(vvolId, { set: [{ key, value: 'new' }], remove: [] });
    expect(await findAll([{ key, value: 'old' }])).toEqual([]);
    expect(await findAll([{ key, value: 'new' }])).toEqual([vvolId]);
    await harness.array.deleteVolume(vvolId);
    expect(await findAll([{ key, value: 'new' }])).toEqual([]);
  });

  it('no constraint, an empty page, or a page that continues nothing is invalid', async () => {
    const constraints = [{ key: 'k', value: undefined }];
    const find = (of: readonly MetadataConstraint[], after: string | undefined, limit: number) =>
      failureOf(harness.array.findVolumes(of, { after, limit }));
    expect(await find([], undefined, 10)).toBe('invalid');
    expect(await find(constraints, undefined, 0)).toBe('invalid');
    expect(await find(constraints, `no page ${newVvolId()}`, 10)).toBe('invalid');
  });
}
