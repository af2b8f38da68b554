/** Table `notice`: what has been said once and is not said again after a restart. */
import type Database from 'better-sqlite3';
import type { Clock } from '../../model/clock.ts';
import type { ProviderStore } from '../port.ts';
import type { Guard } from './errors.ts';

export function noticeMethods(
  database: Database.Database,
  guard: Guard,
  clock: Clock,
  kept: number,
): Pick<ProviderStore, 'markNotice'> {
  const insert = database.prepare<[string, number]>(
    'INSERT INTO notice (notice_key, given_at_ms) VALUES (?, ?) ON CONFLICT (notice_key) DO NOTHING',
  );
  const trim = database.prepare<[number]>(
    'DELETE FROM notice WHERE notice_id <= (SELECT max(notice_id) FROM notice) - ?',
  );
  const mark = database.transaction((key: string): 'first' | 'repeated' => {
    if (insert.run(key, Math.trunc(clock.now())).changes === 0) return 'repeated';
    trim.run(kept);
    return 'first';
  });
  return { markNotice: (key) => guard(() => mark(key)) };
}
