/**
 * Tables `storage_event` and `event_numbering`: the numbering of events. What a poll needs that finds
 * nothing new, and the latest events, are remembered in memory, which the exclusive lock allows: a thousand
 * hosts poll every ten seconds; nearly always there is nothing, and else the same for all of them.
 */
import type Database from 'better-sqlite3';
import type { Change } from '../../model/array.ts';
import type { ArrayId, ContainerId, HostId, VvolId } from '../../model/ids.ts';
import { LIMITS } from '../../model/limits.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { EventRecord, ProviderMessage, ProviderStore } from '../port.ts';
import type { Guard } from './errors.ts';

type EventMethods = Pick<
  ProviderStore,
  | 'appendChanges'
  | 'restartNumbering'
  | 'numberedUpTo'
  | 'appendSystemEvent'
  | 'events'
  | 'eventRange'
>;

/** Adds the provider's own messages to the events, with `also` in the same transaction. */
export type AppendMessages = (
  at: EpochMs,
  messages: readonly ProviderMessage[],
  also: () => void,
) => readonly EventRecord[];

/** The first id of a numbering begun at `createdAt`: above any that an earlier one can have reached. */
export function firstEventId(createdAt: EpochMs): bigint {
  return BigInt(Math.trunc(createdAt / 1000)) << 20n;
}

interface EventRow {
  readonly event_id: bigint;
  readonly at_ms: bigint;
  readonly kind: 'change' | 'system';
  readonly body: string;
}

interface NumberingRow {
  readonly next_event_id: bigint;
  readonly feed_position: bigint;
}

export function eventMethods(
  database: Database.Database,
  guard: Guard,
  eventsKept: number,
): { readonly methods: EventMethods; readonly appendMessages: AppendMessages } {
  const sql = statements(database);
  const numbering = sql.numbering.get();
  if (numbering === undefined) throw new Error('the database has no numbering of events');
  // Bounds of what is kept and the place in the feed, as the database has them.
  let next = numbering.next_event_id;
  let position = numbering.feed_position;
  let oldest = sql.oldest.get()?.event_id ?? next;
  /** The latest events without a gap, up to `next`; as a reader of the database would find them. */
  let latest: readonly EventRecord[] = [];

  /** Adds events, in one transaction with whatever else numbering needs; then moves the memory along. */
  const append = (
    events: readonly EventRecord[],
    newPosition: bigint,
    also: () => void = () => undefined,
  ): void => {
    const newNext = next + BigInt(events.length);
    const firstKept = newNext - BigInt(eventsKept);
    const rows = events.map(toRow);
    database.transaction(() => {
      also();
      for (const row of rows) sql.insert.run(row);
      if (firstKept > oldest) sql.trim.run(firstKept);
      sql.move.run(newNext, newPosition);
    })();
    next = newNext;
    position = newPosition;
    if (firstKept > oldest) oldest = firstKept;
    latest = [...latest, ...rows.map(fromRow)].slice(
      -Math.min(eventsKept, LIMITS.eventsRemembered),
    );
  };

  const read = (after: bigint, limit: number): readonly EventRecord[] => {
    if (after >= next - 1n) return [];
    const known = after + 1n - (next - BigInt(latest.length));
    if (known < 0n) return sql.select.all(after, limit).map(fromRow);
    return latest.slice(Number(known), Number(known) + limit);
  };

  const appendChanges = (after: bigint, changes: readonly Change[]): bigint => {
    const fresh = changes.filter((change) => change.sequence > position);
    if (after !== position || fresh.length === 0) return position;
    const events = fresh.map((change, index) => ({
      eventId: next + BigInt(index),
      at: change.at,
      body: { kind: 'change' as const, change },
    }));
    append(events, fresh[fresh.length - 1]?.sequence ?? position);
    return position;
  };

  const restart = (after: bigint, newPosition: bigint): boolean => {
    if (after !== position) return false;
    const newNext = next + 1n;
    database.transaction(() => {
      sql.forget.run();
      sql.move.run(newNext, newPosition);
    })();
    next = newNext;
    position = newPosition;
    oldest = newNext;
    latest = [];
    return true;
  };

  const appendMessages: AppendMessages = (at, messages, also) => {
    const events = messages.map((message, index): EventRecord => {
      return { eventId: next + BigInt(index), at, body: { kind: 'system', ...message } };
    });
    append(events, position, also);
    return events;
  };

  const methods: EventMethods = {
    restartNumbering: (after, newPosition) => guard(() => restart(after, newPosition)),
    appendChanges: (after, changes) => guard(() => appendChanges(after, changes)),
    numberedUpTo: () => guard(() => position),
    appendSystemEvent: (at, messageId, parameters) =>
      guard(() => {
        const [event] = appendMessages(at, [{ messageId, parameters }], () => undefined);
        if (event === undefined) throw new Error('one message makes one event');
        return event;
      }),
    events: (after, limit) => guard(() => read(after, limit)),
    eventRange: () => guard(() => ({ oldest, newest: next - 1n })),
  };
  return { methods, appendMessages };
}

function statements(database: Database.Database) {
  return {
    numbering: database
      .prepare<[], NumberingRow>('SELECT next_event_id, feed_position FROM event_numbering')
      .safeIntegers(),
    oldest: database
      .prepare<[], { event_id: bigint }>(
        'SELECT event_id FROM storage_event ORDER BY event_id LIMIT 1',
      )
      .safeIntegers(),
    insert: database.prepare<EventRow>(
      'INSERT INTO storage_event (event_id, at_ms, kind, body) VALUES (@event_id, @at_ms, @kind, @body)',
    ),
    trim: database.prepare<[bigint]>('DELETE FROM storage_event WHERE event_id < ?'),
    forget: database.prepare('DELETE FROM storage_event'),
    move: database.prepare<[bigint, bigint]>(
      'UPDATE event_numbering SET next_event_id = ?, feed_position = ?',
    ),
    select: database
      .prepare<[bigint, number], EventRow>(
        'SELECT * FROM storage_event WHERE event_id > ? ORDER BY event_id LIMIT ?',
      )
      .safeIntegers(),
  };
}

function toRow(event: EventRecord): EventRow {
  const { kind, ...body } = event.body;
  return {
    event_id: event.eventId,
    at_ms: BigInt(Math.trunc(event.at)),
    kind,
    body: JSON.stringify(body, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    ),
  };
}

function fromRow(row: EventRow): EventRecord {
  // The text is this file's own, written by toRow and checked by SQLite to be JSON.
  const stored = JSON.parse(row.body) as StoredBody;
  return {
    eventId: row.event_id,
    at: epochMs(Number(row.at_ms)),
    body:
      'change' in stored
        ? { kind: 'change', change: changeFrom(stored.change) }
        : { kind: 'system', ...stored },
  };
}

type StoredBody = { readonly change: StoredChange } | ProviderMessage;

/** A Change in JSON: the 64-bit number as digits, `undefined` members left out. */
interface StoredChange {
  readonly sequence: string;
  readonly at: number;
  readonly arrayId: ArrayId;
  readonly kind: Change['kind'];
  readonly entity: Change['entity'];
  readonly entityId: string;
  readonly containerId?: ContainerId;
  readonly hostId?: HostId;
  readonly vvolIds: readonly VvolId[];
}

function changeFrom(stored: StoredChange): Change {
  return {
    ...stored,
    sequence: BigInt(stored.sequence),
    at: epochMs(stored.at),
    containerId: stored.containerId,
    hostId: stored.hostId,
  };
}
