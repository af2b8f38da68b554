/** Table `audit_head`: the last record of the audit trail. */
import type Database from 'better-sqlite3';
import type { AuditHeadRecord, ProviderStore } from '../port.ts';
import type { Guard } from './errors.ts';

export function auditHeadMethods(
  database: Database.Database,
  guard: Guard,
): Pick<ProviderStore, 'auditHead' | 'saveAuditHead'> {
  const select = database.prepare<[], AuditHeadRecord>('SELECT seq, hash FROM audit_head');
  const save = database.prepare<[number, string]>(
    `INSERT INTO audit_head (audit_head_id, seq, hash) VALUES (1, ?, ?)
       ON CONFLICT (audit_head_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  );
  return {
    auditHead: () =>
      guard(() => {
        const row = select.get();
        return row === undefined ? undefined : { seq: row.seq, hash: row.hash };
      }),
    saveAuditHead: ({ seq, hash }) => guard(() => void save.run(seq, hash)),
  };
}
