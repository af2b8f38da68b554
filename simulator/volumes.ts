/**
 * Virtual volumes: making, changing, reading, deleting. A thin volume holds nothing until it is
 * written, a thick one all of its size from the start. Every function that changes something runs
 * inside the transaction of its call (commit.ts) and writes its entry in the feed there.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { JobStart, NewVolume } from '../src/array/port.ts';
import type {
  AppliedProfile,
  Job,
  MetadataPair,
  Volume,
  VolumeSpace,
  VolumeType,
} from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { ProfileId, VvolId } from '../src/model/ids.ts';
import { type Bytes, bytes, epochMs } from '../src/model/units.ts';
import type { ChangeFeed } from './changes.ts';
import type { Inventory } from './inventory.ts';
import type { Jobs, Request } from './jobs.ts';
import type { Metadata } from './metadata.ts';
import type { Db } from './open.ts';
import type { Space } from './space.ts';

export interface VolumeRow {
  readonly volume_no: bigint;
  readonly vvol_id: VvolId;
  readonly container_no: bigint;
  readonly type: VolumeType;
  readonly size_bytes: bigint;
  readonly committed_bytes: bigint;
  readonly is_thin: bigint;
  readonly profile_id: ProfileId | null;
  readonly profile_generation: bigint | null;
  readonly profile_document: string | null;
  readonly created_at_ms: bigint;
}

/** What volumes need of the rest of the array. */
interface VolumeParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly space: Space;
  readonly metadata: Metadata;
  readonly jobs: Jobs;
  readonly changes: ChangeFeed;
}

export class Volumes {
  readonly #parts: VolumeParts;
  readonly #insert;
  readonly #byId;
  readonly #byIds;
  readonly #idsOf;
  readonly #isBound;
  readonly #delete;
  readonly #resize;
  readonly #setProfile;

  constructor(parts: VolumeParts) {
    const { db } = parts;
    this.#parts = parts;
    this.#insert = db.prepare(
      `INSERT INTO volume (vvol_id, container_no, type, size_bytes, committed_bytes, is_thin,
         profile_id, profile_generation, profile_document, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#byId = db.prepare<[VvolId], VolumeRow>('SELECT * FROM volume WHERE vvol_id = ?');
    this.#byIds = db.prepare<[string], VolumeRow>(
      `SELECT volume.* FROM json_each(?) AS asked CROSS JOIN volume ON vvol_id = asked.value
       ORDER BY asked.key`,
    );
    this.#idsOf = db
      .prepare<[string], VvolId>(
        `SELECT vvol_id FROM json_each(?) AS asked CROSS JOIN volume ON volume_no = asked.value
         ORDER BY asked.key`,
      )
      .pluck();
    this.#isBound = db.prepare<[bigint]>('SELECT 1 FROM binding WHERE volume_no = ? LIMIT 1');
    this.#delete = db.prepare<[bigint]>('DELETE FROM volume WHERE volume_no = ?');
    this.#resize = db.prepare<[Bytes, bigint, bigint]>(
      'UPDATE volume SET size_bytes = ?, committed_bytes = ? WHERE volume_no = ?',
    );
    this.#setProfile = db.prepare<[ProfileId, bigint, string, bigint]>(
      `UPDATE volume SET profile_id = ?, profile_generation = ?, profile_document = ?
       WHERE volume_no = ?`,
    );
  }

  create(start: JobStart, asked: NewVolume): Job {
    const { inventory, space, metadata, jobs, changes, clock } = this.#parts;
    const request = requestOf(asked);
    const repeated = jobs.repeated(start, request);
    if (repeated !== undefined) return repeated;
    const { container, containerNo, arrayNo } = inventory.container(asked.containerId);
    const { vvolId, type, size, profile } = asked;
    refuseSize(size, container.maxVolumeBytes);
    if (this.#byId.get(vvolId) !== undefined) {
      throw new ArrayError('alreadyExists', `volume ${vvolId} exists`);
    }
    // A swap file must never meet a full container while its virtual machine runs.
    const thin = asked.thin ?? type !== 'Swap';
    const committed = thin ? bytes(0n) : size;
    space.reserve(containerNo, { volumes: 1n, logical: size, physical: committed });
    const { lastInsertRowid } = this.#insert.run(
      vvolId,
      containerNo,
      type,
      size,
      committed,
      thin ? 1 : 0,
      profile?.profileId ?? null,
      profile?.generationId ?? null,
      profile?.document ?? null,
      clock.now(),
    );
    metadata.update(BigInt(lastInsertRowid), asked.metadata, []);
    changes.append({ kind: 'new', vvolId, containerId: container.containerId, arrayNo });
    return jobs.done(start, arrayNo, request, vvolId);
  }

  delete(vvolId: VvolId): void {
    const row = this.row(vvolId);
    if (this.#isBound.get(row.volume_no) !== undefined) {
      throw new ArrayError('inUse', `volume ${vvolId} is bound`);
    }
    this.#delete.run(row.volume_no);
    this.#changed('delete', row);
  }

  resize(start: JobStart, vvolId: VvolId, size: Bytes): Job {
    const { inventory, space, jobs } = this.#parts;
    const request = { vvolId, size: String(size) };
    const repeated = jobs.repeated(start, request);
    if (repeated !== undefined) return repeated;
    const row = this.row(vvolId);
    const { container, containerNo, arrayNo } = inventory.containerByNo(row.container_no);
    if (size < row.size_bytes) throw new ArrayError('unsupported', 'a volume cannot shrink');
    if (size > row.size_bytes) {
      refuseSize(size, container.maxVolumeBytes);
      const growth = bytes(size - row.size_bytes);
      const physical = row.is_thin === 1n ? bytes(0n) : growth;
      space.reserve(containerNo, { volumes: 0n, logical: growth, physical });
      this.#resize.run(size, row.committed_bytes + physical, row.volume_no);
      this.#changed('update', row);
    }
    return jobs.done(start, arrayNo, request, undefined);
  }

  applyProfile(start: JobStart, vvolId: VvolId, profile: AppliedProfile): Job {
    const { inventory, jobs } = this.#parts;
    const request = { vvolId, profile: profileText(profile) };
    const repeated = jobs.repeated(start, request);
    if (repeated !== undefined) return repeated;
    const row = this.row(vvolId);
    this.#setProfile.run(profile.profileId, profile.generationId, profile.document, row.volume_no);
    this.#changed('update', row);
    return jobs.done(start, inventory.containerByNo(row.container_no).arrayNo, request, undefined);
  }

  updateMetadata(
    vvolId: VvolId,
    change: { readonly set: readonly MetadataPair[]; readonly remove: readonly string[] },
  ): void {
    const row = this.row(vvolId);
    const isChanged = this.#parts.metadata.update(row.volume_no, change.set, change.remove);
    if (isChanged) this.#changed('update', row);
  }

  /** Known ones in the order asked. */
  list(vvolIds: readonly VvolId[]): readonly Volume[] {
    const rows = this.#byIds.all(JSON.stringify(vvolIds));
    const metadata = this.#parts.metadata.ofVolumes([...new Set(rows.map((r) => r.volume_no))]);
    return rows.map((row) => this.#fromRow(row, metadata.get(row.volume_no) ?? []));
  }

  spaceOf(vvolIds: readonly VvolId[]): readonly VolumeSpace[] {
    return this.#byIds.all(JSON.stringify(vvolIds)).map((row) => ({
      vvolId: row.vvol_id,
      logical: bytes(row.size_bytes),
      committed: bytes(row.committed_bytes),
      // No volume shares content with another yet.
      unshared: bytes(row.committed_bytes),
    }));
  }

  /** Ids of these volumes, in the order of the numbers given. */
  idsOf(volumeNos: readonly bigint[]): readonly VvolId[] {
    return this.#idsOf.all(`[${volumeNos.join()}]`);
  }

  /** Errors: notFound. */
  row(vvolId: VvolId): VolumeRow {
    const row = this.#byId.get(vvolId);
    if (row === undefined) throw new ArrayError('notFound', `no volume ${vvolId}`);
    return row;
  }

  #changed(kind: 'update' | 'delete', row: VolumeRow): void {
    const { container, arrayNo } = this.#parts.inventory.containerByNo(row.container_no);
    const { containerId } = container;
    this.#parts.changes.append({ kind, vvolId: row.vvol_id, containerId, arrayNo });
  }

  #fromRow(row: VolumeRow, metadata: readonly MetadataPair[]): Volume {
    return {
      vvolId: row.vvol_id,
      containerId: this.#parts.inventory.containerByNo(row.container_no).container.containerId,
      type: row.type,
      size: bytes(row.size_bytes),
      thin: row.is_thin === 1n,
      origin: { kind: 'created' },
      metadata,
      profile: profileOf(row),
      createdAt: epochMs(Number(row.created_at_ms)),
    };
  }
}

function profileOf(row: VolumeRow): AppliedProfile | undefined {
  const { profile_id, profile_generation, profile_document } = row;
  if (profile_id === null || profile_generation === null || profile_document === null) {
    return undefined;
  }
  return { profileId: profile_id, generationId: profile_generation, document: profile_document };
}

function refuseSize(size: Bytes, most: Bytes): void {
  if (size === 0n) throw new ArrayError('invalid', 'a volume cannot be empty');
  if (size > most) {
    throw new ArrayError('invalid', `the container's volumes have at most ${most} bytes`);
  }
}

function requestOf(asked: NewVolume): Request {
  return {
    vvolId: asked.vvolId,
    containerId: asked.containerId,
    type: asked.type,
    size: String(asked.size),
    thin: String(asked.thin),
    metadata: JSON.stringify(asked.metadata.map(({ key, value }) => [key, value])),
    profile: asked.profile === undefined ? '' : profileText(asked.profile),
  };
}

function profileText({ profileId, generationId, document }: AppliedProfile): string {
  return JSON.stringify([profileId, String(generationId), document]);
}
