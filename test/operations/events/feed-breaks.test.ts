import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '../../../src/model/units.ts';
import type { EventRecord } from '../../../src/store/port.ts';
import {
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
} from '../../support/provider.ts';
import { feed, makeVolume, readAll, sequences } from '../support.ts';

describe('a feed that cannot be continued', () => {
  const INVENTORY = { seed: 'gap', preset: 'small', changesKept: 5 };
  const notice = (after: string) => ({
    kind: 'system',
    messageId: 'Keelson.Event.ChangesLost',
    parameters: [{ name: 'after', value: after }],
  });

  /** A provider of the folder, and a way to make volumes in it. */
  async function inFolder(directory: string) {
    const test = await openTestProvider({ directory, array: INVENTORY });
    const container = (await test.array.containers())[0]?.name ?? '';
    const make = async (count: number) => {
      for (let n = 0; n < count; n += 1)
        await makeVolume(test, openSession(test.provider), { container });
    };
    return { ...test, make };
  }

  /** What a client that has `last` gets, and then what it gets from the start. */
  async function reread({ provider: { events } }: TestProvider, last: EventRecord | undefined) {
    const reading = { reader: {}, view: '2.0', after: last?.eventId, wants: () => true };
    await expect(events.read(reading)).rejects.toMatchObject({ fault: 'LostEvent' });
    const all = await readAll(events, -1n);
    expect(all[0]?.eventId).toBeGreaterThan(last?.eventId ?? 0n);
    return all;
  }

  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'keelson-events-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('because the array has forgotten changes unnumbered is numbered anew, and clients hear of it', async () => {
    const first = await inFolder(directory);
    await first.make(1);
    const [last] = await readAll(first.provider.events, -1n);
    // Without a watch nothing is numbered, as while the provider is down.
    await first.provider.events.stop();
    await first.make(10);
    await first.close();
    const second = await inFolder(directory);
    expect(second.breaks).toEqual([
      { reason: 'trimmed', numberedUpTo: 1n, oldestKept: 7n, newest: 11n },
    ]);
    const all = await reread(second, last);
    expect(all[0]?.body).toEqual(notice('1'));
    expect(sequences(all)).toEqual(await feed(second.array));
    await second.close();
    const third = await inFolder(directory);
    expect(third.breaks).toEqual([]);
    expect(await readAll(third.provider.events, -1n)).toEqual(all);
    await third.close();
  });

  it.each([
    ['ends before what was numbered', 1, 'behind'],
    ['is another one that has come further', 5, 'other'],
  ] as const)('because it %s is numbered anew, and clients hear of it', async (_, made, reason) => {
    const first = await inFolder(directory);
    await first.make(3);
    const last = (await readAll(first.provider.events, -1n)).at(-1);
    await first.close();
    // The array's data is replaced while the provider is down.
    await rm(join(directory, 'array'), { recursive: true });
    const other = await mkdtemp(join(tmpdir(), 'keelson-events-'));
    const elsewhere = await inFolder(other);
    await elsewhere.make(made);
    await elsewhere.close();
    await rename(join(other, 'array'), join(directory, 'array'));
    await rm(other, { recursive: true });
    const second = await inFolder(directory);
    expect(second.breaks).toEqual([
      { reason, numberedUpTo: 3n, oldestKept: 1n, newest: BigInt(made) },
    ]);
    const all = await reread(second, last);
    expect(all[0]?.body).toEqual(notice('3'));
    expect(sequences(all)).toEqual(await feed(second.array));
    await second.close();
  });

  it('is noticed while the provider runs', async () => {
    let lost = 0n;
    const test = await openTestProvider({
      wrap: (array) =>
        overriding(array, {
          changes: async (after, limit) => {
            const page = await array.changes(0n, 1_000);
            const changes = page.changes
              .map((each) => ({ ...each, sequence: each.sequence - lost }))
              .filter((each) => each.sequence > (after < 0n ? 0n : after));
            const newest = page.newest > lost ? page.newest - lost : 0n;
            return { ...page, changes: changes.slice(0, limit), oldestKept: 1n, newest };
          },
        }),
    });
    const session = openSession(test.provider);
    for (let n = 0; n < 3; n += 1) await makeVolume(test, session);
    const last = (await readAll(test.provider.events, -1n)).at(-1);
    lost = 2n;
    const vvolId = await makeVolume(test, session);
    const all = await reread(test, last);
    expect(test.breaks).toMatchObject([{ reason: 'behind', numberedUpTo: 3n, newest: 2n }]);
    expect(all.at(-1)?.body).toMatchObject({ change: { entityId: vvolId } });
    await test.close();
  });

  it('is noticed by its name while the provider runs, though it goes further than what was numbered', async () => {
    let feedId = 'one';
    let shift = 0;
    const test = await openTestProvider({
      wrap: (array) =>
        overriding(array, {
          changes: async (after, limit) => {
            const page = await array.changes(after, limit);
            const changes = page.changes.map((each) => ({ ...each, at: epochMs(each.at + shift) }));
            return { ...page, changes, feedId };
          },
        }),
    });
    const session = openSession(test.provider);
    for (let n = 0; n < 3; n += 1) await makeVolume(test, session);
    const last = (await readAll(test.provider.events, -1n)).at(-1);
    [feedId, shift] = ['another', 1];
    await makeVolume(test, session);
    const all = await reread(test, last);
    expect(test.breaks).toMatchObject([{ reason: 'other', numberedUpTo: 3n, newest: 4n }]);
    expect(sequences(all)).toEqual(await feed(test.array));
    await makeVolume(test, session);
    expect(sequences(await readAll(test.provider.events, -1n))).toEqual(await feed(test.array));
    expect(test.breaks).toHaveLength(1);
    await test.close();
  });

  it('that is the same under another name, since another provider has begun with it, is gone on with', async () => {
    let feedId = 'one';
    const test = await openTestProvider({
      wrap: (array) =>
        overriding(array, {
          changes: async (after, limit) => ({ ...(await array.changes(after, limit)), feedId }),
        }),
    });
    const session = openSession(test.provider);
    await makeVolume(test, session);
    const before = await readAll(test.provider.events, -1n);
    feedId = 'another';
    await makeVolume(test, session);
    expect((await readAll(test.provider.events, -1n)).slice(0, 1)).toEqual(before);
    expect(test.breaks).toEqual([]);
    await test.close();
  });
});
