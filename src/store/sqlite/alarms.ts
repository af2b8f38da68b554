/**
 * Tables `alarm_log`, `active_alarm` and `alarm_numbering`: what became of alarms, and what is active.
 * The bounds of the log are remembered in memory, as those of events are.
 */
import type Database from 'better-sqlite3';
import { type Alarm, alarmKey } from '../../model/alarms.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { AlarmRecord, ProviderMessage, ProviderStore } from '../port.ts';
import type { Guard } from './errors.ts';
import type { AppendMessages } from './events.ts';

type AlarmMethods = Pick<
  ProviderStore,
  'appendAlarms' | 'activeAlarms' | 'alarms' | 'alarmRange' | 'judgedUpTo' | 'saveJudgedUpTo'
>;

interface AlarmRow {
  readonly alarm_id: bigint;
  readonly at_ms: bigint;
  readonly body: string;
}

interface NumberingRow {
  readonly next_alarm_id: bigint;
  readonly judged_event_id: bigint;
}

export function alarmMethods(
  database: Database.Database,
  guard: Guard,
  { kept, appendMessages }: { readonly kept: number; readonly appendMessages: AppendMessages },
): AlarmMethods {
  const sql = statements(database);
  const numbering = sql.numbering.get();
  if (numbering === undefined) throw new Error('the database has no numbering of alarms');
  let next = numbering.next_alarm_id;
  let judged = numbering.judged_event_id;
  let oldest = sql.oldest.get()?.alarm_id ?? next;

  const append = (
    at: EpochMs,
    alarms: readonly Alarm[],
    messages: readonly ProviderMessage[],
  ): readonly AlarmRecord[] => {
    const records = alarms.map((alarm, index) => ({ alarmId: next + BigInt(index), at, alarm }));
    const newNext = next + BigInt(records.length);
    const firstKept = newNext - BigInt(kept);
    appendMessages(at, messages, () => {
      for (const record of records) {
        const row = toRow(record);
        sql.insert.run(row);
        const key = alarmKey(record.alarm);
        if (record.alarm.status === 'Green') sql.end.run(key);
        else sql.set.run({ ...row, alarm_key: key });
      }
      if (firstKept > oldest) sql.trim.run(firstKept);
      sql.move.run(newNext);
    });
    next = newNext;
    if (firstKept > oldest) oldest = firstKept;
    return records;
  };

  return {
    appendAlarms: (at, alarms, messages) => guard(() => append(at, alarms, messages)),
    activeAlarms: () => guard(() => sql.active.all().map(fromRow)),
    alarms: (after, limit) =>
      guard(() => (after >= next - 1n ? [] : sql.select.all(after, limit).map(fromRow))),
    alarmRange: () => guard(() => ({ oldest, newest: next - 1n })),
    judgedUpTo: () => guard(() => judged),
    saveJudgedUpTo: (eventId) =>
      guard(() => {
        sql.judge.run(eventId);
        judged = eventId;
      }),
  };
}

function statements(database: Database.Database) {
  return {
    numbering: database
      .prepare<[], NumberingRow>('SELECT next_alarm_id, judged_event_id FROM alarm_numbering')
      .safeIntegers(),
    oldest: database
      .prepare<[], { alarm_id: bigint }>('SELECT alarm_id FROM alarm_log ORDER BY alarm_id LIMIT 1')
      .safeIntegers(),
    insert: database.prepare<AlarmRow>(
      'INSERT INTO alarm_log (alarm_id, at_ms, body) VALUES (@alarm_id, @at_ms, @body)',
    ),
    set: database.prepare<AlarmRow & { readonly alarm_key: string }>(
      `INSERT INTO active_alarm (alarm_key, alarm_id, at_ms, body)
       VALUES (@alarm_key, @alarm_id, @at_ms, @body)
       ON CONFLICT (alarm_key) DO UPDATE SET
         alarm_id = excluded.alarm_id, at_ms = excluded.at_ms, body = excluded.body`,
    ),
    end: database.prepare<[string]>('DELETE FROM active_alarm WHERE alarm_key = ?'),
    trim: database.prepare<[bigint]>('DELETE FROM alarm_log WHERE alarm_id < ?'),
    move: database.prepare<[bigint]>('UPDATE alarm_numbering SET next_alarm_id = ?'),
    judge: database.prepare<[bigint]>('UPDATE alarm_numbering SET judged_event_id = ?'),
    active: database
      .prepare<[], AlarmRow>('SELECT alarm_id, at_ms, body FROM active_alarm ORDER BY alarm_id')
      .safeIntegers(),
    select: database
      .prepare<[bigint, number], AlarmRow>(
        'SELECT * FROM alarm_log WHERE alarm_id > ? ORDER BY alarm_id LIMIT ?',
      )
      .safeIntegers(),
  };
}

function toRow({ alarmId, at, alarm }: AlarmRecord): AlarmRow {
  return { alarm_id: alarmId, at_ms: BigInt(Math.trunc(at)), body: JSON.stringify(alarm) };
}

function fromRow({ alarm_id, at_ms, body }: AlarmRow): AlarmRecord {
  // The text is this file's own, written by toRow; what JSON left out was undefined.
  const alarm = JSON.parse(body) as Alarm;
  return { alarmId: alarm_id, at: epochMs(Number(at_ms)), alarm };
}
