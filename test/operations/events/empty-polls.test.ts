import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StorageArrayPort } from '../../../src/array/port.ts';
import type { HostId } from '../../../src/model/ids.ts';
import type { Session } from '../../../src/model/session.ts';
import { getAlarms } from '../../../src/operations/alarms/alarms.ts';
import { getEvents } from '../../../src/operations/events/events.ts';
import {
  callOf,
  openSession,
  openTestProvider,
  type TestProvider,
} from '../../support/provider.ts';
import { makeVolume } from '../support.ts';

const HOSTS = 256;

/** Every statement that any database of this process executes, from here on. */
function countStatements(): () => number {
  const database = new Database(':memory:');
  const prototype: object = Object.getPrototypeOf(database.prepare('SELECT 1'));
  database.close();
  const spies = (['run', 'get', 'all', 'iterate'] as const).map((name) =>
    // The methods of a statement, which the types hang on its interface alone.
    vi.spyOn(prototype as Database.Statement, name),
  );
  return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

describe('a poll that finds nothing new', () => {
  let test: TestProvider;
  const asked: string[] = [];
  beforeAll(async () => {
    const wrap = (array: StorageArrayPort) =>
      new Proxy(array, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          asked.push(String(name));
          return value.bind(target);
        },
      });
    test = await openTestProvider({ wrap });
  });
  afterAll(() => test.close());
  afterEach(() => vi.restoreAllMocks());

  const events = async (session: Session, lastEventId: bigint) =>
    (await getEvents(callOf(test.provider, session, 'getEvents'), { lastEventId })).return;
  const alarms = async (session: Session, lastAlarmId: bigint) =>
    (await getAlarms(callOf(test.provider, session, 'getAlarms'), { lastAlarmId })).return;

  /** Polls of every host until it has everything; gives the last ids. */
  async function caughtUp(sessions: readonly Session[]) {
    return Promise.all(
      sessions.map(async (session) => {
        let lastEventId = -1n;
        let lastAlarmId = -1n;
        for (;;) {
          const found = await events(session, lastEventId);
          if (found.length === 0) break;
          lastEventId = found.at(-1)?.eventId ?? lastEventId;
        }
        lastAlarmId = (await alarms(session, lastAlarmId)).at(-1)?.alarmId ?? lastAlarmId;
        return { session, lastEventId, lastAlarmId };
      }),
    );
  }

  const hosts = (subscribedEvents: readonly string[] = []) =>
    Array.from({ length: HOSTS }, (_, n) =>
      // Ids of hosts are free text; nothing but the brand is missing.
      openSession(test.provider, { hostId: `host-${n}` as HostId, subscribedEvents }),
    );

  it.each([
    ['has all events', []],
    ['wants none of those there are', ['Rebind']],
  ])('executes no statement and asks no array, for %s', async (_, subscribed) => {
    for (let n = 0; n < 3; n += 1) await makeVolume(test, openSession(test.provider));
    await test.provider.events.announce('CertificateExpired', { date: 'x' });
    const [endpoint] = await test.array.endpoints();
    if (endpoint === undefined) throw new Error('no endpoint');
    await test.simulator.setEndpointOnline(endpoint.endpointId, false);
    await test.provider.alarms.look();
    const clients = await caughtUp(hosts(subscribed));
    const statements = countStatements();
    asked.length = 0;
    for (const { session, lastEventId, lastAlarmId } of clients) {
      expect(await events(session, lastEventId)).toEqual([]);
      expect(await alarms(session, lastAlarmId)).toEqual([]);
    }
    expect(asked).toEqual([]);
    expect(statements()).toBe(0);
    await makeVolume(test, openSession(test.provider));
    expect(statements(), 'what is executed is counted').toBeGreaterThan(0);
  });
});
