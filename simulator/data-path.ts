/**
 * The data path: bytes of a volume as a host reads and writes them through its binding, for as long as it
 * has one by an endpoint that is up. Writes go into group commits in the order in which they arrive, like
 * all else that changes the array: a snapshot has what was written before it and nothing that came later,
 * and what was acknowledged is durable. Knows nothing of NBD.
 */
import { setImmediate } from 'node:timers/promises';
import { ArrayError } from '../src/array/errors.ts';
import type { Clock } from '../src/model/clock.ts';
import type { HostId, VvolId } from '../src/model/ids.ts';
import { LIMITS } from '../src/model/limits.ts';
import { toArrayError } from './commit.ts';
import type { Content } from './content/content.ts';
import type { Extent } from './content/maps.ts';
import type { Db } from './open.ts';
import type { Space } from './space.ts';
import type { HostIO } from './statistics/statistics.ts';
import type { VolumeRow } from './volume-rows.ts';
import type { Volumes } from './volumes.ts';

interface DataPathParts {
  readonly db: Db;
  readonly content: Content;
  readonly space: Space;
  readonly volumes: Volumes;
  readonly clock: Clock;
  /** Told of each IO that was done. */
  readonly count: (io: HostIO) => void;
  /** Runs a change in the next transaction; `weight` is what it costs, in small calls. */
  readonly submit: (work: () => void, weight: number) => Promise<void>;
}

/** Who reaches what. */
export interface DataPlace {
  readonly hostId: HostId;
  readonly vvolId: VvolId;
}

interface BoundRow extends VolumeRow {
  readonly is_reachable: bigint;
}

/** What a volume is to a host that has bound it. */
export interface DataFacts {
  readonly size: number;
  readonly readOnly: boolean;
}

/** The data path as those see it who use it. */
export type HostDataPath = Pick<
  DataPath,
  'places' | 'facts' | 'read' | 'write' | 'zero' | 'trim' | 'extents'
>;

/** Bytes are numbered from 0; the largest volume has 2^46. */
export class DataPath {
  readonly #parts: DataPathParts;
  readonly #bound;
  readonly #places;

  constructor(parts: DataPathParts) {
    this.#parts = parts;
    this.#bound = parts.db.prepare<[VvolId, HostId], BoundRow>(
      `SELECT volume.*, max(is_online) AS is_reachable
       FROM volume JOIN binding USING (volume_no) JOIN endpoint USING (endpoint_no)
       WHERE vvol_id = ? AND host_id = ? GROUP BY volume_no`,
    );
    this.#places = parts.db.prepare<[number], { hostId: HostId; vvolId: VvolId }>(
      `SELECT DISTINCT host_id AS hostId, vvol_id AS vvolId
       FROM binding JOIN volume USING (volume_no) ORDER BY binding_no LIMIT ?`,
    );
  }

  /** The first places that are bound, at most `limit`. */
  places(limit: number): readonly DataPlace[] {
    return this.#places.all(limit);
  }

  /** Undefined: the host has not bound it. */
  facts({ hostId, vvolId }: DataPlace): DataFacts | undefined {
    const row = this.#bound.get(vvolId, hostId);
    if (row === undefined) return undefined;
    return { size: Number(row.size_bytes), readOnly: row.is_read_only === 1n };
  }

  /** Errors of all below: notFound (not bound by the host), failed (endpoint down), invalid (range). */
  read(place: DataPlace, offset: number, length: number): Promise<Buffer> {
    return this.#counted('read', place, [offset, length], async () => {
      const pieces: Buffer[] = [];
      for (const [from, count] of cut(offset, length)) {
        if (pieces.length > 0) await setImmediate();
        pieces.push(this.#read(place, from, count));
      }
      const [first = Buffer.alloc(0)] = pieces;
      return pieces.length > 1 ? Buffer.concat(pieces) : first;
    });
  }

  /**
   * Durable when it resolves. A long one is written in pieces, each wholly or not at all. Errors also:
   * unsupported (a read-only snapshot), noSpace.
   */
  async write(place: DataPlace, offset: number, data: Uint8Array): Promise<void> {
    const { content, space } = this.#parts;
    const edit = (row: VolumeRow, from: number, count: number) => {
      const news = data.subarray(from - offset, from - offset + count);
      return content.write(Number(row.root_no), from, news, space.poolNo(row.container_no));
    };
    await this.#counted('write', place, [offset, data.length], () =>
      this.#inPieces(place, offset, data.length, edit),
    );
  }

  /** Makes bytes zero and holds space for them, as a write of zeros does. Errors as `write`. */
  async zero(place: DataPlace, offset: number, length: number): Promise<void> {
    const { content, space } = this.#parts;
    const zeros = new Uint8Array(Math.min(length, LIMITS.dataPieceBytes));
    const edit = (row: VolumeRow, from: number, count: number) =>
      content.write(
        Number(row.root_no),
        from,
        zeros.subarray(0, count),
        space.poolNo(row.container_no),
      );
    await this.#counted('write', place, [offset, length], () =>
      this.#inPieces(place, offset, length, edit),
    );
  }

  /** Makes bytes zero and gives their space back, where whole chunks are free then. Errors as `write`. */
  async trim(place: DataPlace, offset: number, length: number): Promise<void> {
    const { content, space } = this.#parts;
    const edit = (row: VolumeRow) =>
      content.trim(Number(row.root_no), offset, length, space.poolNo(row.container_no));
    await this.#counted('other', place, [offset, 0], () =>
      this.#change(place, offset, length, 2, edit),
    );
  }

  /**
   * At most `most` runs of data, zeros and holes from `offset` on, without gaps. In steps, between which
   * others get their turn: what is written meanwhile may be seen.
   */
  async extents(
    place: DataPlace,
    offset: number,
    length: number,
    most: number,
  ): Promise<readonly Extent[]> {
    const end = offset + length;
    const found: Extent[] = [];
    let at = offset;
    while (at < end && found.length < most) {
      if (at > offset) await setImmediate();
      for (const extent of this.#extents(place, at, end - at, most - found.length)) {
        append(found, extent);
        at = extent.offset + extent.length;
      }
    }
    return found;
  }

  /** One step of it. */
  #extents(place: DataPlace, offset: number, length: number, most: number): readonly Extent[] {
    try {
      const row = this.#row(place, offset, length);
      const range = { start: offset, length };
      const { content } = this.#parts;
      return content.extents(Number(row.root_no), range, most, LIMITS.bitmapStepNodes);
    } catch (error) {
      throw toArrayError(error);
    }
  }

  /** Does an IO and counts it, when it was done. */
  async #counted<Result>(
    kind: HostIO['kind'],
    { vvolId }: DataPlace,
    [offset, length]: readonly [number, number],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { clock, count } = this.#parts;
    const began = clock.now();
    const result = await work();
    // A clock that is moved back must not make time run backwards.
    count({ kind, vvolId, offset, length, ms: Math.max(0, clock.now() - began) });
    return result;
  }

  #read(place: DataPlace, offset: number, length: number): Buffer {
    try {
      const row = this.#row(place, offset, length);
      return this.#parts.content.read(Number(row.root_no), offset, length);
    } catch (error) {
      throw toArrayError(error);
    }
  }

  async #inPieces(
    place: DataPlace,
    offset: number,
    length: number,
    edit: (row: VolumeRow, from: number, count: number) => number,
  ): Promise<void> {
    const pieces = cut(offset, length).map(([from, count]) => {
      const weight = 1 + Math.ceil(count / this.#parts.content.chunkBytes);
      return this.#change(place, from, count, weight, (row) => edit(row, from, count));
    });
    // All are waited for, so that nothing is under way when the first failure is told.
    const outcomes = await Promise.allSettled(pieces);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  #change(
    place: DataPlace,
    offset: number,
    length: number,
    weight: number,
    edit: (row: VolumeRow) => number,
  ): Promise<void> {
    const { content, space, volumes, submit } = this.#parts;
    return submit(() => {
      const row = this.#row(place, offset, length);
      if (row.is_read_only === 1n) {
        throw new ArrayError('unsupported', `${place.vvolId} is a read-only snapshot`);
      }
      space.within(row.container_no, () => {
        const root = edit(row);
        const isSame =
          BigInt(root) === row.root_no && BigInt(content.committed(root)) === row.committed_bytes;
        if (!isSame) volumes.setContent(row.volume_no, root);
      });
    }, weight);
  }

  #row({ hostId, vvolId }: DataPlace, offset: number, length: number): VolumeRow {
    const row = this.#bound.get(vvolId, hostId);
    if (row === undefined) {
      throw new ArrayError('notFound', `host ${hostId} has not bound volume ${vvolId}`);
    }
    if (row.is_reachable === 0n) {
      throw new ArrayError('failed', `no endpoint is up by which ${hostId} has bound ${vvolId}`);
    }
    if (offset < 0 || length < 0 || offset + length > Number(row.size_bytes)) {
      throw new ArrayError('invalid', 'the range lies beyond the end of the volume');
    }
    return row;
  }
}

/** Adds an extent that begins where the last one ends; of one kind they are one. */
function append(extents: Extent[], next: Extent): void {
  const last = extents.at(-1);
  if (last?.kind !== next.kind) extents.push(next);
  else extents[extents.length - 1] = { ...last, length: last.length + next.length };
}

/** A range in pieces that others need not wait for long; an empty one is one piece. */
function cut(offset: number, length: number): (readonly [from: number, count: number])[] {
  const piece = LIMITS.dataPieceBytes;
  const pieces = Array.from({ length: Math.ceil(length / piece) }, (_, index) => {
    const from = index * piece;
    return [offset + from, Math.min(piece, length - from)] as const;
  });
  return pieces.length === 0 ? [[offset, 0]] : pieces;
}
