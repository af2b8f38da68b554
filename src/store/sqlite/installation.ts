/**
 * Table `installation`: who this provider is. Made with the numberings of events and alarms, whose
 * start depends on the time of creation.
 */
import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { Clock } from '../../model/clock.ts';
import { epochMs } from '../../model/units.ts';
import type { Installation, ProviderStore } from '../port.ts';
import type { Guard } from './errors.ts';
import { firstEventId } from './events.ts';

interface Row {
  readonly uid: string;
  readonly created_at_ms: number;
}

export function installationMethods(
  database: Database.Database,
  guard: Guard,
  clock: Clock,
  openedBy: string | undefined,
): Pick<ProviderStore, 'installation'> {
  const select = database.prepare<[], Row>('SELECT uid, created_at_ms FROM installation');
  const existing = select.get() ?? make(database, clock);
  database.prepare('UPDATE installation SET opened_by = ?').run(openedBy ?? null);
  const installation: Installation = Object.freeze({
    uid: existing.uid,
    createdAt: epochMs(existing.created_at_ms),
  });
  return { installation: () => guard(() => installation) };
}

function make(database: Database.Database, clock: Clock): Row {
  const row = { uid: randomUUID(), created_at_ms: Math.trunc(clock.now()) };
  const insertInstallation = database.prepare<[string, number]>(
    'INSERT INTO installation (installation_id, uid, created_at_ms) VALUES (1, ?, ?)',
  );
  const insertNumbering = database.prepare<[bigint]>(
    'INSERT INTO event_numbering (event_numbering_id, next_event_id, feed_position) VALUES (1, ?, 0)',
  );
  const insertAlarms = database.prepare<[bigint, bigint]>(
    'INSERT INTO alarm_numbering (alarm_numbering_id, next_alarm_id, judged_event_id) VALUES (1, ?, ?)',
  );
  const first = firstEventId(epochMs(row.created_at_ms));
  database.transaction(() => {
    insertInstallation.run(row.uid, row.created_at_ms);
    insertNumbering.run(first);
    insertAlarms.run(first, first - 1n);
  })();
  return row;
}
