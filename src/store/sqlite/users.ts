/** Table `user`: who may register a vCenter. */
import type Database from 'better-sqlite3';
import { epochMs } from '../../model/units.ts';
import type { ProviderStore, UserRecord } from '../port.ts';
import type { Guard } from './errors.ts';

interface Row {
  readonly user_name: string;
  readonly password_hash: string;
  readonly created_at_ms: number;
  readonly changed_at_ms: number;
}

export function userMethods(
  database: Database.Database,
  guard: Guard,
): Pick<ProviderStore, 'users' | 'saveUser' | 'removeUser'> {
  const selectAll = database.prepare<[], Row>('SELECT * FROM user ORDER BY user_name');
  const upsert = database.prepare<Row>(
    `INSERT INTO user (user_name, password_hash, created_at_ms, changed_at_ms)
     VALUES (@user_name, @password_hash, @created_at_ms, @changed_at_ms)
     ON CONFLICT (user_name) DO UPDATE SET password_hash = excluded.password_hash,
       created_at_ms = excluded.created_at_ms, changed_at_ms = excluded.changed_at_ms`,
  );
  const remove = database.prepare<[string]>('DELETE FROM user WHERE user_name = ?');
  return {
    users: () => guard(() => selectAll.all().map(fromRow)),
    saveUser: (user) => guard(() => void upsert.run(toRow(user))),
    removeUser: (userName) => guard(() => remove.run(userName).changes === 1),
  };
}

function fromRow(row: Row): UserRecord {
  return {
    userName: row.user_name,
    passwordHash: row.password_hash,
    createdAt: epochMs(row.created_at_ms),
    changedAt: epochMs(row.changed_at_ms),
  };
}

function toRow(user: UserRecord): Row {
  return {
    user_name: user.userName,
    password_hash: user.passwordHash,
    created_at_ms: Math.trunc(user.createdAt),
    changed_at_ms: Math.trunc(user.changedAt),
  };
}
