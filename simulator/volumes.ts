/**
 * The rows of virtual volumes: writing, reading, ending them. What is asked of them by jobs is in
 * creation.ts, snapshots.ts and copies.ts. Every function that changes something runs inside the
 * transaction of its call (commit.ts) and writes its entry in the feed there.
 */
import { ArrayError } from '../src/array/errors.ts';
import type { AppliedProfile, MetadataPair, Volume } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { VvolId } from '../src/model/ids.ts';
import { bytes, epochMs } from '../src/model/units.ts';
import type { VolumeType } from '../src/model/volume-type.ts';
import { encodeValues } from './capability-values.ts';
import type { ChangeFeed } from './changes.ts';
import { type Content, EMPTY } from './content/content.ts';
import type { ContainerEntry, Inventory } from './inventory.ts';
import type { Jobs } from './jobs.ts';
import type { Metadata } from './metadata.ts';
import type { Db } from './open.ts';
import type { Given } from './policies/given.ts';
import type { Policies } from './policies/policies.ts';
import type { Space } from './space.ts';
import {
  familyOf,
  type NumberedRow,
  originOf,
  profileOf,
  type VolumeRow,
  volumeStatements,
} from './volume-rows.ts';

/** A volume that nobody sees yet. */
export interface VolumeDraft {
  readonly vvolId: VvolId;
  readonly container: ContainerEntry;
  readonly type: VolumeType;
  readonly size: bigint;
  readonly thin: boolean;
  readonly readOnly: boolean;
  /** Kept free for it as far as it is not allocated. */
  readonly guaranteed: bigint;
  /** What it is made of; undefined: of nothing. */
  readonly parent:
    | { readonly row: VolumeRow; readonly kind: Exclude<VolumeRow['origin'], 'created'> }
    | undefined;
  readonly profile: AppliedProfile | undefined;
  /** What it is given, by its number; undefined: what its profile asks. */
  readonly services?: bigint | null;
}

/** What volumes, and all that is made of them, need of the rest of the array. */
export interface VolumeParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly content: Content;
  readonly space: Space;
  readonly metadata: Metadata;
  readonly jobs: Jobs;
  readonly changes: ChangeFeed;
  readonly policies: Policies;
  readonly given: Given;
}

export class Volumes {
  readonly #parts: VolumeParts;
  readonly #sql;

  constructor(parts: VolumeParts) {
    this.#parts = parts;
    this.#sql = volumeStatements(parts.db);
  }

  /** A new row in state 'making'. Errors: alreadyExists, noSpace (of values asked, too), invalid (size). */
  insert(draft: VolumeDraft): VolumeRow {
    const { vvolId, container, parent, profile, size, guaranteed, services } = draft;
    const { asked = [] } = profile ?? {};
    refuseSize(size, container.container.maxVolumeBytes);
    if (this.#sql.exists.get(vvolId) !== undefined) {
      throw new ArrayError('alreadyExists', `volume ${vvolId} exists`);
    }
    const { containerNo } = container;
    const { given, policies, space } = this.#parts;
    space.reserve(containerNo, { volumes: 1n, logical: size, physical: guaranteed });
    const { lastInsertRowid } = this.#sql.insert.run(
      vvolId,
      containerNo,
      draft.type,
      size,
      draft.thin ? 1 : 0,
      draft.readOnly ? 1 : 0,
      guaranteed,
      parent?.kind ?? 'created',
      parent?.row.vvol_id ?? null,
      parent?.row.volume_no ?? null,
      parent === undefined || parent.kind === 'clone' ? null : familyOf(parent.row),
      profile?.profileId ?? null,
      profile?.generationId ?? null,
      profile?.document ?? null,
      encodeValues(asked),
      services === undefined ? given.keep(policies.given(container.container, asked)) : services,
      this.#parts.clock.now(),
    );
    return this.rowOf(BigInt(lastInsertRowid));
  }

  /** Makes it visible from now on; uses up the caller's reference to the content. */
  publish(volumeNo: bigint, root: number, metadata: readonly MetadataPair[]): void {
    this.#parts.metadata.update(volumeNo, metadata, []);
    if (root !== EMPTY) this.setContent(volumeNo, root);
    this.setState(volumeNo, 'live');
    this.changed('new', this.rowOf(volumeNo));
  }

  /** Gives the volume another content. Of the reference that it had the caller knows what became. */
  setContent(volumeNo: bigint, root: number): void {
    this.#sql.setContent.run(root, this.#parts.content.committed(root), volumeNo);
  }

  /** What is kept free for it. Errors: noSpace. */
  setGuarantee(row: VolumeRow, size: bigint, guaranteed: bigint): void {
    const held = (most: bigint) => (most > row.committed_bytes ? most - row.committed_bytes : 0n);
    const growth = {
      volumes: 0n,
      logical: size - row.size_bytes,
      physical: held(guaranteed) - held(row.guaranteed_bytes),
    };
    if (growth.logical > 0n || growth.physical > 0n) {
      this.#parts.space.reserve(row.container_no, growth);
    }
    this.#sql.resize.run(size, guaranteed, row.volume_no);
  }

  /** The time of the state is that of the volume's making. */
  setState(volumeNo: bigint, state: VolumeRow['state']): void {
    this.#sql.setState.run(state, this.#parts.clock.now(), volumeNo);
  }

  setProfile(volumeNo: bigint, profile: AppliedProfile | undefined): void {
    this.#sql.setProfile.run(
      profile?.profileId ?? null,
      profile?.generationId ?? null,
      profile?.document ?? null,
      encodeValues(profile?.asked ?? []),
      volumeNo,
    );
  }

  /** What it is given from now on: see the table. */
  setGiven(volumeNo: bigint, thin: boolean, givenNo: bigint | null): void {
    this.#sql.setGiven.run(thin ? 1 : 0, givenNo, volumeNo);
  }

  updateMetadata(
    vvolId: VvolId,
    change: { readonly set: readonly MetadataPair[]; readonly remove: readonly string[] },
  ): void {
    const row = this.row(vvolId);
    const isChanged = this.#parts.metadata.update(row.volume_no, change.set, change.remove);
    if (isChanged) this.changed('update', row);
  }

  /** Errors: notFound, inUse (bound; a job works on it). */
  delete(vvolId: VvolId): void {
    const row = this.row(vvolId);
    if (this.isBound(row)) throw new ArrayError('inUse', `volume ${vvolId} is bound`);
    this.#parts.jobs.refuseWorkOn(row.volume_no);
    // Nobody can take them any more.
    for (const prepared of this.#sql.preparedOf.all(row.volume_no)) this.discard(prepared);
    this.discard(row.volume_no);
    this.changed('delete', row);
  }

  /** Ends the row and gives up its content; says nothing in the feed. */
  discard(volumeNo: bigint): void {
    const row = this.#sql.byNo.get(volumeNo);
    if (row === undefined) return;
    this.#sql.delete.run(volumeNo);
    this.#parts.content.release(Number(row.root_no));
  }

  /** Snapshots, prepared ones included, and fast clones of it. */
  copiesOf(volumeNo: bigint): bigint {
    return this.#sql.copiesOf.get(volumeNo) ?? 0n;
  }

  isBound(row: VolumeRow): boolean {
    return this.#sql.isBound.get(row.volume_no) !== undefined;
  }

  /** Numbers of prepared snapshots from before a time. */
  preparedBefore(time: number): readonly bigint[] {
    return this.#sql.preparedBefore.all(time);
  }

  /** Known ones in the order asked. */
  list(vvolIds: readonly VvolId[]): readonly Volume[] {
    const rows = this.rows(vvolIds);
    const metadata = this.#parts.metadata.ofVolumes([...new Set(rows.map((r) => r.volume_no))]);
    return rows.map((row) => this.#fromRow(row, metadata.get(row.volume_no) ?? []));
  }

  /** Ids of these volumes, in the order of the numbers given. */
  idsOf(volumeNos: readonly bigint[]): readonly VvolId[] {
    return this.#sql.idsOf.all(`[${volumeNos.join()}]`);
  }

  /** Those of a container that have a profile, after the one of this number, in order of creation. */
  profiledIn(containerNo: bigint, after: bigint, limit: number): readonly NumberedRow[] {
    return this.#sql.profiledIn.all(containerNo, after, limit);
  }

  /** Known ones in the order asked. */
  rows(vvolIds: readonly VvolId[]): readonly VolumeRow[] {
    return this.#sql.byIds.all(JSON.stringify(vvolIds));
  }

  /** A volume that clients know. Errors: notFound. */
  row(vvolId: VvolId): VolumeRow {
    const row = this.rowInAnyState(vvolId);
    if (row?.state !== 'live') throw new ArrayError('notFound', `no volume ${vvolId}`);
    return row;
  }

  rowInAnyState(vvolId: VvolId): VolumeRow | undefined {
    return this.#sql.byId.get(vvolId);
  }

  /** Errors: notFound (gone since its number was kept). */
  rowOf(volumeNo: bigint): VolumeRow {
    const row = this.#sql.byNo.get(volumeNo);
    if (row === undefined) throw new ArrayError('notFound', 'the volume is gone');
    return row;
  }

  changed(kind: 'new' | 'update' | 'delete', row: VolumeRow): void {
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
      origin: originOf(row),
      metadata,
      profile: profileOf(row),
      createdAt: epochMs(Number(row.created_at_ms)),
    };
  }
}

/** Errors: invalid. */
export function refuseSize(size: bigint, most: bigint): void {
  if (size === 0n) throw new ArrayError('invalid', 'a volume cannot be empty');
  if (size > most) {
    throw new ArrayError('invalid', `the container's volumes have at most ${most} bytes`);
  }
}

/** What is kept free for a volume: all of a thick one's size, but of one that is written to no more. */
export function guaranteeOf(
  row: Pick<VolumeRow, 'size_bytes' | 'is_thin' | 'is_read_only'>,
  wish: { readonly size?: bigint; readonly thin?: boolean } = {},
): bigint {
  const { size = row.size_bytes, thin = row.is_thin === 1n } = wish;
  return thin || row.is_read_only === 1n ? 0n : size;
}
