/** Table `provider_certificate`: the certificate that TLS serves. Its key is a file beside the database. */
import type Database from 'better-sqlite3';
import { epochMs } from '../../model/units.ts';
import type { ProviderCertificateRecord, ProviderStore } from '../port.ts';
import type { Guard } from './errors.ts';

interface Row {
  readonly chain: string;
  readonly installed_by: 'self-signed' | 'operator' | 'registration';
  readonly registration_id: string | null;
  readonly installed_at_ms: number;
}

export function certificateMethods(
  database: Database.Database,
  guard: Guard,
): Pick<ProviderStore, 'providerCertificate' | 'saveProviderCertificate'> {
  const select = database.prepare<[], Row>('SELECT * FROM provider_certificate');
  const replace = database.prepare<Row>(
    `INSERT OR REPLACE INTO provider_certificate
       (provider_certificate_id, chain, installed_by, registration_id, installed_at_ms)
     VALUES (1, @chain, @installed_by, @registration_id, @installed_at_ms)`,
  );
  return {
    providerCertificate: () =>
      guard(() => {
        const row = select.get();
        return row === undefined ? undefined : fromRow(row);
      }),
    saveProviderCertificate: (record) => guard(() => void replace.run(toRow(record))),
  };
}

function fromRow(row: Row): ProviderCertificateRecord {
  return {
    chain: row.chain,
    // The table's CHECK keeps the two columns in step; an id that is missing all the same holds nothing.
    installedBy:
      row.installed_by === 'registration'
        ? { registrationId: row.registration_id ?? '' }
        : row.installed_by,
    installedAt: epochMs(row.installed_at_ms),
  };
}

function toRow({ chain, installedBy, installedAt }: ProviderCertificateRecord): Row {
  const byRegistration = typeof installedBy === 'object';
  return {
    chain,
    installed_by: byRegistration ? 'registration' : installedBy,
    registration_id: byRegistration ? installedBy.registrationId : null,
    installed_at_ms: Math.trunc(installedAt),
  };
}
