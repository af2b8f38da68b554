/**
 * The durable feed of changes. An entry is written in the transaction of the change it tells of, so the
 * feed has neither gaps nor entries for what was undone. Knows nothing of events or their numbering.
 */

import type { ChangePage } from '../src/array/changes.ts';
import { ArrayError } from '../src/array/errors.ts';
import type { Change, ChangedEntity } from '../src/model/array.ts';
import type { Clock } from '../src/model/clock.ts';
import type { ArrayId, ContainerId, EndpointId, HostId, VvolId } from '../src/model/ids.ts';
import { epochMs } from '../src/model/units.ts';
import type { Db } from './open.ts';

interface ChangeRow {
  readonly sequence: bigint;
  readonly at_ms: bigint;
  readonly array_id: ArrayId;
  readonly kind: Change['kind'];
  readonly entity: ChangedEntity;
  readonly entity_id: string;
  readonly container_id: ContainerId | null;
  readonly host_id: HostId | null;
  readonly vvol_ids: string;
}

/** A change that is about an endpoint. */
interface EndpointChange {
  readonly endpointId: EndpointId;
  readonly arrayNo: bigint;
}

interface VolumeChange {
  readonly kind: 'new' | 'update' | 'delete';
  readonly vvolId: VvolId;
  readonly containerId: ContainerId;
  readonly arrayNo: bigint;
}

export class ChangeFeed {
  readonly #clock: Clock;
  readonly #kept: bigint;
  readonly #listeners = new Set<() => void>();
  readonly #insert;
  readonly #page;
  readonly #bounds;
  readonly #feedId: string;
  readonly #arrayNo;
  readonly #prune;
  #isNew = false;

  /** `kept`: how many changes stay readable. */
  constructor(db: Db, clock: Clock, kept: number) {
    this.#clock = clock;
    this.#kept = BigInt(kept);
    this.#insert = db.prepare<
      [number, bigint, string, string, string, string | null, HostId | null, string]
    >(
      `INSERT INTO change (at_ms, array_no, kind, entity, entity_id, container_id, host_id, vvol_ids)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#page = db.prepare<[bigint, number], ChangeRow>(
      `SELECT sequence, at_ms, array_id, kind, entity, entity_id, container_id, host_id, vvol_ids
       FROM change JOIN array USING (array_no) WHERE sequence > ? ORDER BY sequence LIMIT ?`,
    );
    this.#bounds = db.prepare<[], { oldest: bigint; newest: bigint }>(
      `SELECT coalesce((SELECT min(sequence) FROM change), 1) AS oldest,
              coalesce((SELECT max(sequence) FROM change), 0) AS newest`,
    );
    this.#arrayNo = db
      .prepare<[ArrayId], bigint>('SELECT array_no FROM array WHERE array_id = ?')
      .pluck();
    // A feed is another one only in another file, which is opened anew.
    const feedId = db.prepare<[], string>('SELECT feed_id FROM feed').pluck().get();
    if (feedId === undefined) throw new ArrayError('failed', 'the feed of changes has no id');
    this.#feedId = feedId;
    this.#prune = db.prepare<[bigint]>(
      'DELETE FROM change WHERE sequence <= (SELECT max(sequence) FROM change) - ?',
    );
  }

  /** Adds an entry; call it in the transaction that makes the change. */
  append(change: VolumeChange): void {
    const { arrayNo, kind, vvolId, containerId } = change;
    const now = this.#clock.now();
    this.#insert.run(now, arrayNo, kind, 'VirtualVolumeInfo', vvolId, containerId, null, '[]');
    this.#isNew = true;
  }

  /** An endpoint has gone or come back. */
  appendEndpoint({ arrayNo, endpointId }: EndpointChange): void {
    const now = this.#clock.now();
    this.#insert.run(now, arrayNo, 'update', 'ProtocolEndpoint', endpointId, null, null, '[]');
    this.#isNew = true;
  }

  /** An array is served by another provider. */
  appendArray({ arrayNo, arrayId }: { readonly arrayNo: bigint; readonly arrayId: ArrayId }): void {
    const now = this.#clock.now();
    this.#insert.run(now, arrayNo, 'update', 'StorageArray', arrayId, null, null, '[]');
    this.#isNew = true;
  }

  /** The operator has changed what the array is made of. */
  appendChange(change: {
    readonly kind: 'new' | 'update' | 'delete';
    readonly entity: ChangedEntity;
    readonly entityId: string;
    readonly arrayId: ArrayId;
    readonly containerId: ContainerId | undefined;
  }): void {
    const { kind, entity, entityId, arrayId, containerId = null } = change;
    const arrayNo = this.#arrayNo.get(arrayId);
    if (arrayNo === undefined) throw new ArrayError('notFound', `no array ${arrayId}`);
    const now = this.#clock.now();
    this.#insert.run(now, arrayNo, kind, entity, entityId, containerId, null, '[]');
    this.#isNew = true;
  }

  /** What can be promised has changed, or where. */
  appendPolicy(change: {
    readonly kind: 'new' | 'update' | 'delete';
    readonly entity: ChangedEntity;
    readonly entityId: string;
    readonly containerId: string | null;
    readonly arrayNo: bigint;
  }): void {
    const { arrayNo, kind, entity, entityId, containerId } = change;
    const now = this.#clock.now();
    this.#insert.run(now, arrayNo, kind, entity, entityId, containerId, null, '[]');
    this.#isNew = true;
  }

  /** A host is to bind these volumes anew, since they are bound at this endpoint. */
  appendRebind(
    change: EndpointChange & { readonly hostId: HostId; readonly vvolIds: readonly VvolId[] },
  ): void {
    const { arrayNo, endpointId, hostId } = change;
    const vvolIds = JSON.stringify(change.vvolIds);
    const now = this.#clock.now();
    this.#insert.run(now, arrayNo, 'rebind', 'ProtocolEndpoint', endpointId, null, hostId, vvolIds);
    this.#isNew = true;
  }

  page(after: bigint, limit: number): ChangePage {
    const bounds = this.#bounds.get() ?? { oldest: 1n, newest: 0n };
    return {
      feedId: this.#feedId,
      changes: this.#page.all(after, limit).map(fromRow),
      oldestKept: bounds.oldest,
      newest: bounds.newest,
    };
  }

  /** Cuts away what is more than is kept; call it inside a transaction. */
  prune(): void {
    if (this.#isNew) this.#prune.run(this.#kept);
  }

  watch(listener: () => void): () => void {
    // A function of our own, so that one listener may watch twice and end each by itself.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** Tells the listeners, when something was added since they were last told. */
  announce(): void {
    if (!this.#isNew) return;
    this.#isNew = false;
    for (const listener of this.#listeners) queueMicrotask(listener);
  }

  /** Ends every watch. */
  close(): void {
    this.#listeners.clear();
  }
}

function fromRow(row: ChangeRow): Change {
  return {
    sequence: row.sequence,
    at: epochMs(Number(row.at_ms)),
    arrayId: row.array_id,
    kind: row.kind,
    entity: row.entity,
    entityId: row.entity_id,
    containerId: row.container_id ?? undefined,
    hostId: row.host_id ?? undefined,
    vvolIds: JSON.parse(row.vvol_ids),
  };
}
