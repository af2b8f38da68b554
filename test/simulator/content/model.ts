/**
 * What a content is, without any of what makes it cheap: every volume has a map of its own, every chunk
 * is an object, and to share is to hold the same object. Obviously right, for comparing.
 */
import type { Geometry } from '../../../simulator/content/geometry.ts';

interface ModelChunk {
  readonly data: Buffer;
  readonly pool: number;
}

export interface ModelVolume {
  readonly pool: number;
  readonly chunks: ReadonlyMap<number, ModelChunk>;
}

export class Model {
  readonly #geometry: Geometry;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
  }

  bytesOf(volume: ModelVolume): Buffer {
    const { chunkBytes, fanOut, levels } = this.#geometry;
    const all = Buffer.alloc(chunkBytes * fanOut ** levels);
    for (const [index, { data }] of volume.chunks) data.copy(all, index * chunkBytes);
    return all;
  }

  write(volume: ModelVolume, offset: number, data: Uint8Array): ModelVolume {
    return this.#patch(volume, offset, data, (_index, patched) => patched);
  }

  trim(volume: ModelVolume, offset: number, length: number): ModelVolume {
    return this.#patch(volume, offset, Buffer.alloc(length), (index, patched) =>
      patched.every((byte) => byte === 0) || !volume.chunks.has(index) ? undefined : patched,
    );
  }

  /** The target with every chunk of `source` that differs from `base`, in bytes or by being a hole. */
  copy(source: ModelVolume, base: ModelVolume, target: ModelVolume): ModelVolume {
    const chunks = new Map(target.chunks);
    for (const index of new Set([...source.chunks.keys(), ...base.chunks.keys()])) {
      const one = source.chunks.get(index)?.data;
      const other = base.chunks.get(index)?.data;
      if (one !== undefined && other !== undefined && one.equals(other)) continue;
      // A chunk that both inherited is one object, whether it is there or not.
      if (one === undefined) chunks.delete(index);
      else chunks.set(index, { data: Buffer.from(one), pool: target.pool });
    }
    return { pool: target.pool, chunks };
  }

  differing(one: ModelVolume, other: ModelVolume): number[] {
    const { chunkBytes } = this.#geometry;
    const zeros = Buffer.alloc(chunkBytes);
    const at = (volume: ModelVolume, index: number) => volume.chunks.get(index)?.data ?? zeros;
    const indexes = new Set([...one.chunks.keys(), ...other.chunks.keys()]);
    return [...indexes].filter((index) => !at(one, index).equals(at(other, index)));
  }

  unshared(volume: ModelVolume, others: readonly ModelVolume[]): number {
    const elsewhere = new Set(others.flatMap((other) => [...other.chunks.values()]));
    return [...volume.chunks.values()].filter((chunk) => !elsewhere.has(chunk)).length;
  }

  /** Chunks of a pool, and how many different ones (zeros apart) there are in all pools. */
  totals(volumes: readonly ModelVolume[], pool: number): { used: number; blocks: number } {
    const all = [...new Set(volumes.flatMap((volume) => [...volume.chunks.values()]))];
    const contents = new Set(all.map(({ data }) => data.toString('hex')));
    contents.delete(Buffer.alloc(this.#geometry.chunkBytes).toString('hex'));
    return { used: all.filter((chunk) => chunk.pool === pool).length, blocks: contents.size };
  }

  #patch(
    volume: ModelVolume,
    offset: number,
    data: Uint8Array,
    result: (index: number, patched: Buffer) => Buffer | undefined,
  ): ModelVolume {
    const { chunkBytes } = this.#geometry;
    const all = this.bytesOf(volume);
    all.set(data, offset);
    const chunks = new Map(volume.chunks);
    if (data.length === 0) return volume;
    const last = Math.floor((offset + data.length - 1) / chunkBytes);
    for (let index = Math.floor(offset / chunkBytes); index <= last; index += 1) {
      const patched = Buffer.from(all.subarray(index * chunkBytes, (index + 1) * chunkBytes));
      const kept = result(index, patched);
      if (kept === undefined) chunks.delete(index);
      else chunks.set(index, { data: kept, pool: volume.pool });
    }
    return { pool: volume.pool, chunks };
  }
}
