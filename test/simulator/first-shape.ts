/** A file of the first shape, as the first release wrote it, for tests of the way to the present one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SHAPE } from '../../simulator/open.ts';
import { MB } from './world.ts';

/** Texts of the migrations in order. */
export function migrations(): readonly string[] {
  return readdirSync(SHAPE.migrations)
    .sort()
    .map((name) => readFileSync(new URL(name, SHAPE.migrations), 'utf8'));
}

/** A file of the first shape, with a bound thick volume and a job in it. */
export function writeFirstShape(folder: string): void {
  const db = new Database(join(folder, 'array.db'));
  db.exec(migrations()[0] ?? '');
  db.pragma(`application_id = ${0x4b417272}`);
  db.pragma('user_version = 1');
  db.exec(`
    INSERT INTO installation VALUES (1, 'seed', '{"preset":"small"}', 7);
    INSERT INTO array VALUES (1, 'array', 'a', 100, 4096);
    INSERT INTO container (container_no, container_id, array_no, name, protocol, max_volume_bytes,
      physical_total_bytes, logical_limit_bytes)
    VALUES (1, '8a5b7a3e-0c5e-4a5e-8a3e-0c5e4a5e8a3e', 1, 'c', 'SCSI', ${64n * MB}, ${100n * MB}, 0);
    INSERT INTO endpoint (endpoint_no, endpoint_id, array_no, protocol, in_band_id, transport_ip_addresses)
    VALUES (1, 'e', 1, 'SCSI', '{"protocol":"SCSI","lunId":"naa.6"}', '[]');
    INSERT INTO volume VALUES (5, 'gone', 1, 'Data', ${MB}, 0, 1, NULL, NULL, NULL, 7),
      (4, 'kept', 1, 'Data', ${8n * MB}, ${8n * MB}, 0, 'p', 3, '{}', 7);
    DELETE FROM volume WHERE vvol_id = 'gone';
    INSERT INTO metadata VALUES (4, 'key', 'Key', 'value');
    INSERT INTO binding (volume_no, host_id, endpoint_no, secondary_id, state, bound_at_ms)
    VALUES (4, 'host', 1, '0x1', 'bound', 7);
    INSERT INTO job (job_id, array_no, operation, request, result_vvol_id, started_at_ms, ended_at_ms)
    VALUES ('job', 1, 'createVirtualVolume', '{}', 'kept', ${Date.now()}, ${Date.now()}),
      ('grown', 1, 'resizeVirtualVolume', '{"size":"8"}', NULL, ${Date.now()}, ${Date.now()});
  `);
  db.close();
}
