/** Events and alarms: each client reads on from the last number it has. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AlarmStatusEnum,
  AlarmTypeEnum,
  type AnyStorageEvent,
  EventConfigTypeEnum,
  EventTypeEnum,
} from '../../wire/generated/vasa-2.0/types.ts';
import { FaultError, type VasaClient } from '../client/client.ts';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { anotherHost, newHost } from '../world/more.ts';
import { refused } from '../world/refusals.ts';
import { usageContextOf } from '../world/usage-context.ts';
import { aHost, makeVolume } from '../world/world.ts';

const REPLIES_MAX = 2_000;
const WAIT_MS = 4_000;

interface Read {
  readonly events: readonly AnyStorageEvent[];
  /** The last id given; -1 where there was none. */
  readonly last: bigint;
}

/** Reads until nothing more comes. Ids must rise from one to the next. */
export async function readAll(client: VasaClient, from = -1n): Promise<Read> {
  const events: AnyStorageEvent[] = [];
  let last = from;
  for (let reply = 0; reply < REPLIES_MAX; reply += 1) {
    const { return: page } = await client.call('getEvents', { lastEventId: last });
    for (const event of page) {
      expectThat(event.eventId !== undefined && event.eventId > last, 'ids rise', event.eventId);
      last = event.eventId;
    }
    events.push(...page);
    if (page.length === 0) return { events, last };
  }
  throw new Error(`the events do not end in ${REPLIES_MAX} answers`);
}

/** Events about that object, read until `count` of them have come or none comes any more. */
export async function eventsAbout(
  client: VasaClient,
  from: bigint,
  objectId: string,
  count: number,
) {
  const found: AnyStorageEvent[] = [];
  let last = from;
  const deadline = client.options.now() + WAIT_MS;
  while (found.length < count && client.options.now() < deadline) {
    const more = await readAll(client, last);
    last = more.last;
    found.push(...more.events.filter((each) => each.objectId === objectId));
    if (found.length < count) await pause(100);
  }
  return found;
}

/** A refusal that says that what was asked for is gone, as a provider may that keeps no batches. */
export const isLost = (error: unknown, name: string) =>
  error instanceof FaultError && error.fault.name === name;

export const EVENT_SCENARIOS: readonly Scenario[] = [
  {
    id: 'events.from-the-start',
    chapter: 'events',
    sentence:
      'From -1, or without an id, events come with rising ids until an empty answer says that there are no more',
    proves: 'A client that starts reads everything once.',
    source: {
      text: '-1 or absent: from the start; an empty list is the normal answer',
      mark: 'seen once',
    },
    async run(world) {
      const { client } = await anotherHost(world, 'host that reads events');
      await client.call('getEvents', {});
      // So that there are two things to be told, where volumes make events.
      await makeVolume(world, aHost(world));
      await eventsAbout(client, -1n, await makeVolume(world, aHost(world)), 1);
      const { events, last } = await readAll(client);
      for (const { eventType, eventConfigType, eventTimeStamp } of events) {
        expectThat(
          EventTypeEnum.some((each) => each === eventType),
          'a type that VASA has',
          eventType,
        );
        const isKind = EventConfigTypeEnum.some((each) => each === eventConfigType);
        expectThat(
          eventConfigType === undefined || isKind,
          'New, Update or Delete',
          eventConfigType,
        );
        expectThat(eventTimeStamp !== undefined, 'an event has a time');
      }
      const { return: again } = await client.call('getEvents', { lastEventId: last });
      expectSame(
        again.filter((each) => (each.eventId ?? 0n) <= last),
        [],
        'events given again',
      );
    },
  },
  {
    id: 'events.bad-cursors',
    chapter: 'events',
    sentence: 'An id above all that were given, or below -1, is InvalidArgument',
    proves: 'A client with a cursor of another provider is told so.',
    source: { text: 'both are InvalidArgument in known providers', mark: 'seen once' },
    async run(world) {
      const { client } = await anotherHost(world, 'host with odd cursors');
      const { last } = await readAll(client);
      for (const lastEventId of [last + 1_000_000n, 2n ** 63n - 1n, -2n]) {
        await refused(client, 'getEvents', { lastEventId }, 'InvalidArgument', `${lastEventId}`);
      }
    },
  },
  {
    id: 'events.a-lost-answer-is-repeated-or-told',
    chapter: 'events',
    sentence:
      'The same cursor twice gives the same events again, or LostEvent; never others in silence',
    proves: 'A client that lost an answer knows what it missed.',
    source: {
      text: 'an old id is LostEvent; a kinder provider repeats the batch',
      mark: 'seen once',
    },
    async run(world) {
      const { client } = await anotherHost(world, 'host that lost an answer');
      const { last } = await readAll(client);
      const vvolId = await makeVolume(world, aHost(world));
      const first = await eventsAbout(client, last, vvolId, 1);
      if (first.length === 0) skip('the provider makes no events of volumes');
      try {
        const second = await eventsAbout(client, last, vvolId, 1);
        expectSame(second[0], first[0], 'the event, told again');
      } catch (error) {
        if (!isLost(error, 'LostEvent')) throw error;
      }
    },
  },
  {
    id: 'events.of-volumes',
    chapter: 'events',
    sentence: 'Where volumes make events, a new one is New, then Delete, and names its array',
    proves: 'vCenter’s picture of a datastore is brought up to date.',
    source: { text: 'Config events: New, Update, Delete of an object', mark: 'inferred' },
    async run(world) {
      const { client } = await anotherHost(world, 'host that watches');
      const { last } = await readAll(client);
      const host = aHost(world);
      const vvolId = await makeVolume(world, host);
      await host.call('deleteVirtualVolume', { vvolId });
      const found = await eventsAbout(client, last, vvolId, 2);
      if (found.length === 0) skip('the provider makes no events of volumes');
      const kinds = found.map((each) => each.eventConfigType).filter((each) => each !== 'Update');
      expectSame(kinds, ['New', 'Delete'], 'what its events say');
      const arrays = world.inventory.arrays.map((each) => each.uniqueIdentifier);
      for (const { arrayId } of found)
        expectThat(arrayId === undefined || arrays.includes(arrayId), 'an array we know', arrayId);
    },
  },
  {
    id: 'events.clients-are-independent',
    chapter: 'events',
    sentence: 'What one client has read another still gets',
    proves: 'Every host hears of a change, not only the one that polls first.',
    source: { text: 'each client has its own place', mark: 'seen once' },
    async run(world) {
      const { client: one } = await anotherHost(world, 'host that reads first');
      const { client: other } = await anotherHost(world, 'host that reads second');
      const [atOne, atOther] = [await readAll(one), await readAll(other)];
      const vvolId = await makeVolume(world, aHost(world));
      const first = await eventsAbout(one, atOne.last, vvolId, 1);
      if (first.length === 0) skip('the provider makes no events of volumes');
      const second = await eventsAbout(other, atOther.last, vvolId, 1);
      expectSame(
        second[0]?.eventConfigType,
        first[0]?.eventConfigType,
        'as the second client hears it',
      );
    },
  },
  {
    id: 'events.subscription',
    chapter: 'events',
    sentence: 'A session that subscribed to one type of events gets no other',
    proves: 'vCenter and hosts are not flooded with what they do not use.',
    source: { text: 'subscribeEvent: only these; none is all', mark: 'seen once' },
    async run(world) {
      const player = await newHost(world, 'host of System events');
      const client = world.casting.client(player);
      const usageContext = { ...usageContextOf(player, []), subscribeEvent: ['System'] };
      await client.call('setContext', { usageContext });
      const vvolId = await makeVolume(world, aHost(world));
      const { client: watcher } = await anotherHost(world, 'host of all events');
      await eventsAbout(watcher, -1n, vvolId, 1);
      const { events } = await readAll(client);
      const others = events.filter((each) => each.eventType !== 'System');
      expectSame(others, [], 'events of types that were not asked for');
    },
  },
  {
    id: 'events.alarms',
    chapter: 'events',
    sentence: 'Alarms have a type, a colour and rising ids, and a first report is never Green',
    proves: 'vCenter shows what is wrong, and only that.',
    source: {
      text: 'StorageAlarm; Green clears an alarm and is not told first',
      mark: 'seen once',
    },
    async run(world) {
      const { client } = await anotherHost(world, 'host that reads alarms');
      let last = -1n;
      const known = new Set<string>();
      for (let reply = 0; reply < REPLIES_MAX; reply += 1) {
        const { return: page } = await client.call('getAlarms', { lastAlarmId: last });
        for (const { alarmId, alarmType, status, objectId } of page) {
          expectThat(alarmId !== undefined && alarmId > last, 'ids rise', alarmId);
          last = alarmId;
          expectThat(
            AlarmTypeEnum.some((each) => each === alarmType),
            'a type that VASA has',
            alarmType,
          );
          expectThat(
            AlarmStatusEnum.some((each) => each === status),
            'a colour',
            status,
          );
          const key = `${alarmType} ${objectId}`;
          expectThat(status !== 'Green' || known.has(key), 'a first report that is not Green', key);
          known.add(key);
        }
        if (page.length === 0) break;
      }
      for (const lastAlarmId of [2n ** 63n - 1n, -2n])
        await refused(client, 'getAlarms', { lastAlarmId }, 'InvalidArgument', `${lastAlarmId}`);
    },
  },
  {
    id: 'events.need-a-session',
    chapter: 'events',
    sentence:
      'Events and alarms are told to sessions only, and a poller with a stale one learns it',
    proves: 'A poller that outlived its session opens a new one.',
    source: { text: 'InvalidSession on every operation', mark: 'seen' },
    async run(world) {
      const { client } = await anotherHost(world, 'host with a stale session');
      const own = client.session;
      client.session = randomUUID();
      await refused(client, 'getEvents', {}, 'InvalidSession', 'a stale session');
      await refused(client, 'getAlarms', {}, 'InvalidSession', 'a stale session');
      client.session = own;
      await client.call('getEvents', {});
    },
  },
];
