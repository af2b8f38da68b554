/**
 * The table of volumes: its rows, what is asked of it, and how a row is read. Knows nothing of what the
 * rest of the array does with volumes.
 */
import type { AppliedProfile, Volume } from '../src/model/array.ts';
import type { ProfileId, VvolId } from '../src/model/ids.ts';
import type { VolumeType } from '../src/model/volume-type.ts';
import { decodeValues } from './capability-values.ts';
import type { Db } from './open.ts';

/** A volume by its id and our own number. */
export type NumberedRow = Pick<VolumeRow, 'volume_no' | 'vvol_id'>;

export interface VolumeRow {
  readonly volume_no: bigint;
  readonly vvol_id: VvolId;
  readonly state: 'live' | 'making' | 'prepared';
  readonly container_no: bigint;
  readonly type: VolumeType;
  readonly size_bytes: bigint;
  readonly is_thin: bigint;
  readonly is_read_only: bigint;
  readonly root_no: bigint;
  readonly committed_bytes: bigint;
  readonly guaranteed_bytes: bigint;
  readonly origin: Volume['origin']['kind'];
  readonly origin_vvol_id: VvolId | null;
  readonly parent_no: bigint | null;
  readonly family_no: bigint | null;
  readonly profile_id: ProfileId | null;
  readonly profile_generation: bigint | null;
  readonly profile_document: string | null;
  readonly created_at_ms: bigint;
  readonly profile_asked: string;
  readonly given_no: bigint | null;
}

/** What is asked of the table `volume`. */
export function volumeStatements(db: Db) {
  const volumeOf = (where: string) => `SELECT * FROM volume WHERE ${where}`;
  return {
    insert: db.prepare(
      `INSERT INTO volume (vvol_id, state, container_no, type, size_bytes, is_thin, is_read_only,
         guaranteed_bytes, origin, origin_vvol_id, parent_no, family_no,
         profile_id, profile_generation, profile_document, profile_asked, given_no, created_at_ms)
       VALUES (?, 'making', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    byId: db.prepare<[VvolId], VolumeRow>(volumeOf('vvol_id = ?')),
    byNo: db.prepare<[bigint], VolumeRow>(volumeOf('volume_no = ?')),
    exists: db.prepare<[VvolId]>('SELECT 1 FROM volume WHERE vvol_id = ?'),
    byIds: db.prepare<[string], VolumeRow>(
      `SELECT volume.* FROM json_each(?) AS asked CROSS JOIN volume ON vvol_id = asked.value
       WHERE state = 'live' ORDER BY asked.key`,
    ),
    idsOf: db
      .prepare<[string], VvolId>(
        `SELECT vvol_id FROM json_each(?) AS asked CROSS JOIN volume ON volume_no = asked.value
         ORDER BY asked.key`,
      )
      .pluck(),
    profiledIn: db.prepare<[bigint, bigint, number], NumberedRow>(
      `SELECT volume_no, vvol_id FROM volume
       WHERE container_no = ? AND volume_no > ? AND state = 'live' AND profile_id IS NOT NULL
       ORDER BY volume_no LIMIT ?`,
    ),
    isBound: db.prepare<[bigint]>('SELECT 1 FROM binding WHERE volume_no = ? LIMIT 1'),
    copiesOf: db
      .prepare<[bigint], bigint>(
        `SELECT count(*) FROM volume WHERE parent_no = ? AND origin <> 'clone'`,
      )
      .pluck(),
    preparedOf: db
      .prepare<[bigint], bigint>(
        `SELECT volume_no FROM volume WHERE parent_no = ? AND state = 'prepared'`,
      )
      .pluck(),
    preparedBefore: db
      .prepare<[number], bigint>(
        `SELECT volume_no FROM volume WHERE state = 'prepared' AND created_at_ms < ?`,
      )
      .pluck(),
    delete: db.prepare<[bigint]>('DELETE FROM volume WHERE volume_no = ?'),
    resize: db.prepare<[bigint, bigint, bigint]>(
      'UPDATE volume SET size_bytes = ?, guaranteed_bytes = ? WHERE volume_no = ?',
    ),
    setContent: db.prepare<[number, number, bigint]>(
      'UPDATE volume SET root_no = ?, committed_bytes = ? WHERE volume_no = ?',
    ),
    setState: db.prepare<[VolumeRow['state'], number, bigint]>(
      'UPDATE volume SET state = ?, created_at_ms = ? WHERE volume_no = ?',
    ),
    setProfile: db.prepare<[ProfileId | null, bigint | null, string | null, string, bigint]>(
      `UPDATE volume SET profile_id = ?, profile_generation = ?, profile_document = ?,
         profile_asked = ? WHERE volume_no = ?`,
    ),
    setGiven: db.prepare<[number, bigint | null, bigint]>(
      'UPDATE volume SET is_thin = ?, given_no = ? WHERE volume_no = ?',
    ),
  };
}

/** Volumes of one family share content by snapshots and fast clones, at any distance. */
export function familyOf(row: VolumeRow): bigint {
  return row.family_no ?? row.volume_no;
}

/** How it came to be. */
export function originOf(row: VolumeRow): Volume['origin'] {
  const of = row.origin_vvol_id;
  if (row.origin === 'created' || of === null) return { kind: 'created' };
  if (row.origin !== 'snapshot') return { kind: row.origin, of };
  return { kind: 'snapshot', of, readOnly: row.is_read_only === 1n };
}

/** The profile that the row keeps. */
export function profileOf(row: VolumeRow): AppliedProfile | undefined {
  const { profile_id, profile_generation, profile_document } = row;
  if (profile_id === null || profile_generation === null || profile_document === null) {
    return undefined;
  }
  return {
    profileId: profile_id,
    generationId: profile_generation,
    document: profile_document,
    // Read when it is asked for: most who ask for a volume want the document alone.
    get asked() {
      return decodeValues(row.profile_asked);
    },
  };
}
