/** Tables `registration`, `registration_certificate`, `registration_crl`: whom each vCenter made trusted. */
import type Database from 'better-sqlite3';
import { epochMs } from '../../model/units.ts';
import type { ProviderStore, Registration } from '../port.ts';
import type { Guard } from './errors.ts';

interface Row {
  readonly registration_id: string;
  readonly kind: 'certificate' | 'authorities';
  readonly user_name: string;
  readonly peer_address: string;
  /** A JSON list. */
  readonly vcenter_ids: string;
  readonly created_at_ms: number;
  readonly changed_at_ms: number;
}

interface CertificateRow {
  readonly fingerprint: string;
  readonly der: Buffer;
}

export function registrationMethods(
  database: Database.Database,
  guard: Guard,
): Pick<ProviderStore, 'registrations' | 'saveRegistration' | 'removeRegistration'> {
  const selectAll = database.prepare<[], Row>(
    'SELECT * FROM registration ORDER BY created_at_ms, registration_id',
  );
  const selectCertificates = database.prepare<[string], CertificateRow>(
    'SELECT fingerprint, der FROM registration_certificate WHERE registration_id = ? ORDER BY position',
  );
  const selectCrls = database.prepare<[string], { readonly der: Buffer }>(
    'SELECT der FROM registration_crl WHERE registration_id = ? ORDER BY position',
  );
  const insert = database.prepare<Row>(
    `INSERT INTO registration (registration_id, kind, user_name, peer_address, vcenter_ids,
       created_at_ms, changed_at_ms)
     VALUES (@registration_id, @kind, @user_name, @peer_address, @vcenter_ids,
       @created_at_ms, @changed_at_ms)`,
  );
  const insertCertificate = database.prepare<[string, string, Buffer, number]>(
    `INSERT INTO registration_certificate (registration_id, fingerprint, der, position)
     VALUES (?, ?, ?, ?)`,
  );
  const insertCrl = database.prepare<[string, number, Buffer]>(
    'INSERT INTO registration_crl (registration_id, position, der) VALUES (?, ?, ?)',
  );
  const remove = database.prepare<[string]>('DELETE FROM registration WHERE registration_id = ?');

  const replace = database.transaction((registration: Registration) => {
    const id = registration.registrationId;
    remove.run(id);
    insert.run(toRow(registration));
    for (const [position, { fingerprint, der }] of registration.certificates.entries()) {
      insertCertificate.run(id, fingerprint, Buffer.from(der, 'base64'), position);
    }
    for (const [position, der] of registration.crls.entries()) {
      insertCrl.run(id, position, Buffer.from(der, 'base64'));
    }
  });
  const readAll = database.transaction(() =>
    selectAll.all().map((row): Registration => {
      const certificates = selectCertificates.all(row.registration_id);
      const crls = selectCrls.all(row.registration_id);
      return fromRows(row, certificates, crls);
    }),
  );
  return {
    registrations: () => guard(readAll),
    saveRegistration: (registration) => guard(() => replace(registration)),
    removeRegistration: (registrationId) => guard(() => remove.run(registrationId).changes === 1),
  };
}

function fromRows(
  row: Row,
  certificates: readonly CertificateRow[],
  crls: readonly { readonly der: Buffer }[],
): Registration {
  return {
    registrationId: row.registration_id,
    kind: row.kind,
    userName: row.user_name,
    peerAddress: row.peer_address,
    // Only toRow writes this column.
    vcenterIds: JSON.parse(row.vcenter_ids) as readonly string[],
    createdAt: epochMs(row.created_at_ms),
    changedAt: epochMs(row.changed_at_ms),
    certificates: certificates.map(({ fingerprint, der }) => ({
      fingerprint,
      der: der.toString('base64'),
    })),
    crls: crls.map(({ der }) => der.toString('base64')),
  };
}

function toRow(registration: Registration): Row {
  return {
    registration_id: registration.registrationId,
    kind: registration.kind,
    user_name: registration.userName,
    peer_address: registration.peerAddress,
    vcenter_ids: JSON.stringify(registration.vcenterIds),
    created_at_ms: Math.trunc(registration.createdAt),
    changed_at_ms: Math.trunc(registration.changedAt),
  };
}
