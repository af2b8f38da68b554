/** Sentences about which provider serves each array. */
import { expect, it } from 'vitest';
import type { ArrayId } from '../../../src/model/ids.ts';
import { failureOf, type Harness } from './harness.ts';

export function activationSentences(harness: Harness): void {
  const own = () => harness.container().arrayId;
  const active = async () => (await harness.array.activeProviders()).get(own());
  const one = { providerId: 'provider-1', url: 'https://one.example.com:8443/vasa/version.xml' };
  const other = { providerId: 'provider-2', url: 'https://two.example.com:8443/vasa/version.xml' };

  it('keeps who was activated last, with a term that rises at each take-over', async () => {
    await harness.array.activate(own(), one);
    const first = await active();
    expect(first).toMatchObject(one);
    await harness.array.activate(own(), other);
    const second = await active();
    expect(second).toMatchObject(other);
    expect(second?.term).toBeGreaterThan(first?.term ?? 0n);
    await harness.array.activate(own(), one);
    expect((await active())?.term).toBeGreaterThan(second?.term ?? 0n);
  });

  it('changes nothing when the provider is the active one already', async () => {
    await harness.array.activate(own(), one);
    const before = await active();
    const { newest } = await harness.array.changes(0n, 1);
    await harness.array.activate(own(), one);
    expect(await active()).toEqual(before);
    expect((await harness.array.changes(0n, 1)).newest).toBe(newest);
  });

  it('still knows the active provider when it is opened again', async () => {
    await harness.array.activate(own(), other);
    const before = await active();
    await harness.reopen();
    expect(await active()).toEqual(before);
  });

  it('tells of a take-over in the feed, as an update of the array', async () => {
    await harness.array.activate(own(), one);
    const { newest } = await harness.array.changes(0n, 1);
    await harness.array.activate(own(), other);
    const { changes } = await harness.array.changes(newest, 10);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      kind: 'update',
      entity: 'StorageArray',
      entityId: own(),
      arrayId: own(),
    });
  });

  it('refuses to activate for an array that there is not', async () => {
    const absent = 'no such array' as ArrayId;
    expect(await failureOf(harness.array.activate(absent, one))).toBe('notFound');
    expect((await harness.array.activeProviders()).has(absent)).toBe(false);
  });
}
