/** Providers that lose, repeat or withhold events. */
import { answerOf, faultOf, type Mutant } from './mutant.ts';

export const EVENT_MUTANTS: readonly Mutant[] = [
  {
    id: 'deletions-make-no-event',
    sentence: 'The event of a deletion is lost',
    caughtBy: 'events.of-volumes',
    says: /what its events say: expected \["New","Delete"\], found \["New"\]/,
    hurry: 4,
    handlers: {
      getEvents: (good) => async (context, request) => {
        const { return: events } = await good(context, request);
        return { return: events.filter((each) => each.eventConfigType !== 'Delete') };
      },
    },
  },
  {
    id: 'cursor-ignored',
    sentence: 'Every reading of events begins at the start again',
    caughtBy: 'events.from-the-start',
    says: /ids rise/,
    handlers: {
      getEvents: (good) => (context) => good(context, { lastEventId: -1n }),
    },
  },
  {
    id: 'events-of-one-number',
    sentence: 'All events of one answer have the same id',
    caughtBy: 'events.from-the-start',
    says: /ids rise/,
    answer: answerOf('getEvents', (body) => {
      const [first = ''] = /(?<=eventId>)\d+/.exec(body) ?? [];
      return body.replaceAll(/(eventId>)\d+</g, `$1${first}<`);
    }),
  },
  {
    id: 'type-of-event-made-up',
    sentence: 'Events have a type that VASA has not',
    caughtBy: 'events.from-the-start',
    says: /a type that VASA has/,
    answer: answerOf('getEvents', (body) => body.replaceAll(/(eventType>)[^<]+</g, '$1Something<')),
  },
  {
    id: 'cursor-above-all-accepted',
    sentence: 'A cursor above everything that was given is answered with nothing new',
    caughtBy: 'events.bad-cursors',
    says: /getEvents succeeded where it should be refused/,
    handlers: {
      getEvents: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'one-place-for-all-clients',
    sentence: 'What one client has read no other client gets',
    caughtBy: 'events.clients-are-independent',
    says: /as the second client hears it/,
    hurry: 4,
    handlers: {
      getEvents: (good) => {
        let given = -1n;
        return async (context, request) => {
          const { return: events } = await good(context, request);
          const fresh = events.filter((each) => (each.eventId ?? 0n) > given);
          given = fresh.at(-1)?.eventId ?? given;
          return { return: fresh };
        };
      },
    },
  },
  {
    id: 'subscription-ignored',
    sentence: 'A session gets events of types that it did not ask for',
    caughtBy: 'events.subscription',
    says: /events of types that were not asked for: expected \[\]/,
    handlers: {
      setContext: (good) => (context, request) =>
        good(context, {
          ...request,
          ...(request.usageContext !== undefined && {
            usageContext: { ...request.usageContext, subscribeEvent: [] },
          }),
        }),
    },
  },
  {
    id: 'lost-answer-lost-for-good',
    sentence: 'An event that was sent once is never sent again, and nobody is told that it is lost',
    caughtBy: 'events.a-lost-answer-is-repeated-or-told',
    says: /the event, told again/,
    hurry: 4,
    handlers: {
      getEvents: (good) => {
        const given = new Map<string | undefined, bigint>();
        return async (context, request) => {
          const client = context.client?.fingerprint;
          const { return: events } = await good(context, request);
          const last = given.get(client) ?? -1n;
          const fresh = events.filter((each) => (each.eventId ?? 0n) > last);
          given.set(client, fresh.at(-1)?.eventId ?? last);
          return { return: fresh };
        };
      },
    },
  },
  {
    id: 'cursor-of-alarms-not-judged',
    sentence: 'A cursor above all alarms is answered with nothing new',
    caughtBy: 'events.alarms',
    says: /getAlarms succeeded where it should be refused/,
    handlers: {
      getAlarms: (good) => (context, request) =>
        good(context, request).catch(() => ({ return: [] })),
    },
  },
  {
    id: 'poller-with-a-stale-session',
    sentence: 'A poller with a stale session is told of an ill array',
    caughtBy: 'events.need-a-session',
    says: /a stale session: expected "InvalidSession", found "StorageFault"/,
    answer: faultOf('getEvents', ({ body }) => ({
      body: body.replaceAll('InvalidSession', 'StorageFault'),
    })),
  },
];
