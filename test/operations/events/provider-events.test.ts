import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/model/clock.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { createProviderEvents } from '../../../src/operations/events/provider-events.ts';
import type { EventRecord } from '../../../src/store/port.ts';
import {
  openSession,
  openTestProvider,
  overriding,
  type TestProvider,
  type TestProviderOptions,
} from '../../support/provider.ts';
import { feed, makeVolume, readAll, sequences } from '../support.ts';

const open: TestProvider[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function provider(options: TestProviderOptions = {}): Promise<TestProvider> {
  const test = await openTestProvider(options);
  open.push(test);
  return test;
}

describe('the numbering of events', () => {
  it('shows a change to the next read after it was acknowledged', async () => {
    const test = await provider();
    const session = openSession(test.provider);
    for (let round = 0; round < 5; round += 1) {
      const vvolId = await makeVolume(test, session);
      const all = await readAll(test.provider.events, -1n);
      expect(all.at(-1)?.body).toMatchObject({ change: { entityId: vvolId, kind: 'new' } });
    }
  });

  it('shows every change to reads that run side by side with the changes', async () => {
    const test = await provider();
    const session = openSession(test.provider);
    const write = async () => {
      const vvolId = await makeVolume(test, session);
      const all = await readAll(test.provider.events, -1n);
      const ids = all.map(({ body }) => (body.kind === 'change' ? body.change.entityId : ''));
      expect(ids).toContain(vvolId);
    };
    await Promise.all(Array.from({ length: 40 }, write));
    const numbered = sequences(await readAll(test.provider.events, -1n));
    expect(numbered).toEqual(await feed(test.array));
  });

  it('gives consecutive ids and at most a hundred events at a time', async () => {
    const test = await provider();
    const session = openSession(test.provider);
    await Promise.all(Array.from({ length: 250 }, () => makeVolume(test, session)));
    const reading = { reader: {}, view: '2.0', after: -1n, wants: () => true };
    const first = await test.provider.events.read(reading);
    expect(first).toHaveLength(LIMITS.eventsPerReply);
    const all = await readAll(test.provider.events, -1n);
    expect(all).toHaveLength(250);
    const start = all[0]?.eventId ?? 0n;
    expect(all.map((each) => each.eventId)).toEqual(all.map((_, n) => start + BigInt(n)));
  });

  it('gives the same batch again to a client that lost the answer', async () => {
    const test = await provider();
    const session = openSession(test.provider);
    await makeVolume(test, session);
    const [first] = await readAll(test.provider.events, -1n);
    await makeVolume(test, session);
    const reading = { reader: session, view: '2.0', after: first?.eventId, wants: () => true };
    const once = await test.provider.events.read(reading);
    expect(once).toHaveLength(1);
    expect(await test.provider.events.read(reading)).toEqual(once);
    const next = { ...reading, after: once[0]?.eventId };
    expect(await test.provider.events.read(next)).toEqual([]);
    expect(await test.provider.events.read(reading)).toEqual(once);
  });

  it('numbers changes that nobody reads, before the array forgets them', async () => {
    const test = await provider();
    await makeVolume(test, openSession(test.provider));
    const deadline = Date.now() + 10_000;
    while ((await test.store.numberedUpTo()) === 0n && Date.now() < deadline) await setTimeout(10);
    expect(await test.store.numberedUpTo()).toBe(1n);
    expect(test.errors).toEqual([]);
  });

  it('neither loses nor doubles a change when it dies between the array and the store', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'keelson-events-'));
    const first = await openTestProvider({ directory });
    const session = openSession(first.provider);
    await Promise.all(Array.from({ length: 20 }, () => makeVolume(first, session)));
    await readAll(first.provider.events, -1n);
    // A provider that dies now has changes in the array's feed which it has never numbered.
    await Promise.all(Array.from({ length: 20 }, () => makeVolume(first, session)));
    await first.close();
    const second = await openTestProvider({ directory });
    const all = await readAll(second.provider.events, -1n);
    expect(sequences(all)).toEqual(await feed(second.array));
    expect(all).toHaveLength(40);
    await second.close();
    await rm(directory, { recursive: true });
  });

  it('numbers each change once although several providers do so at the same time', async () => {
    const test = await provider();
    const { array, store } = test;
    const ignore = () => undefined;
    const options = { array, store, clock: systemClock, onError: ignore, onRestart: ignore };
    const others = Array.from({ length: 4 }, () => createProviderEvents(options));
    await Promise.all(others.map((each) => each.start()));
    const session = openSession(test.provider);
    const write = async () => {
      await makeVolume(test, session);
      for (const each of others) each.arrayChanged();
      await Promise.all(others.map((each) => readAll(each, -1n)));
    };
    await Promise.all(Array.from({ length: 20 }, write));
    expect(sequences(await readAll(test.provider.events, -1n))).toEqual(await feed(array));
    await Promise.all(others.map((each) => each.stop()));
  });

  it('answers LostEvent when what follows an id is no longer kept', async () => {
    const test = await provider({ eventsKept: 5 });
    const session = openSession(test.provider);
    await makeVolume(test, session);
    const [first] = await readAll(test.provider.events, -1n);
    for (let n = 0; n < 10; n += 1) await makeVolume(test, session);
    const reading = { reader: {}, view: '2.0', after: first?.eventId, wants: () => true };
    await expect(test.provider.events.read(reading)).rejects.toMatchObject({ fault: 'LostEvent' });
    expect(await readAll(test.provider.events, -1n)).toHaveLength(5);
  });

  it('does not call events lost that a client does not want', async () => {
    const test = await provider({ eventsKept: 5 });
    const session = openSession(test.provider);
    const wants = ({ body }: EventRecord) => body.kind === 'system';
    await test.provider.events.announce('CertificateExpires', { days: '7', date: 'x' });
    const reading = { reader: session, view: '2.0', wants };
    const [notice] = await test.provider.events.read({ ...reading, after: -1n });
    expect(notice?.body).toMatchObject({ messageId: 'Keelson.Event.CertificateExpires' });
    for (let n = 0; n < 12; n += 1) {
      await makeVolume(test, session);
      expect(await test.provider.events.read({ ...reading, after: notice?.eventId })).toEqual([]);
    }
    await test.provider.events.announce('CertificateExpires', { days: '1', date: 'x' });
    const found = await test.provider.events.read({ ...reading, after: notice?.eventId });
    expect(found.map((each) => each.body)).toMatchObject([{ parameters: [{ value: '1' }, {}] }]);
  });

  it('does not read again what a client has been shown not to want', async () => {
    const test = await provider();
    let events = 0;
    const store = {
      ...test.store,
      events: (after: bigint, limit: number) => {
        events += 1;
        return test.store.events(after, limit);
      },
    };
    const { array } = test;
    const ignore = () => undefined;
    const clock = systemClock;
    const own = createProviderEvents({ array, store, clock, onError: ignore, onRestart: ignore });
    const session = openSession(test.provider);
    await makeVolume(test, session);
    await test.provider.events.announce('CertificateExpired', { date: 'x' });
    await makeVolume(test, session);
    own.arrayChanged();
    const wants = ({ body }: EventRecord) => body.kind === 'system';
    const [notice] = await own.read({ reader: session, view: '2.0', after: -1n, wants });
    const poll = { reader: session, view: '2.0', after: notice?.eventId, wants };
    await own.read(poll);
    const before = events;
    expect(await own.read(poll)).toEqual([]);
    expect(events).toBe(before);
  });

  it('fails the read and tries again when the array cannot be read, and tells nobody twice', async () => {
    let isIll = false;
    const test = await provider({
      wrap: (array) =>
        overriding(array, {
          changes: (after, limit) =>
            isIll ? Promise.reject(new Error('no answer')) : array.changes(after, limit),
        }),
    });
    const session = openSession(test.provider);
    isIll = true;
    await makeVolume(test, session);
    await expect(readAll(test.provider.events, -1n)).rejects.toThrow('no answer');
    isIll = false;
    expect(await readAll(test.provider.events, -1n)).toHaveLength(1);
  });
});
