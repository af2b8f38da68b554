/**
 * The bytes of a volume, said plainly: a map of chunks by their number, each with all of its bytes. A chunk
 * is an object: those who hold the same object share it, and to write is to put a new one. Absent: a hole,
 * which reads as zeros.
 */

/** Bytes of a chunk: what the array shares, allocates and counts as one (docs/adr/0010). */
export const CHUNK = 64 * 1024;
export const MB = 1024 * 1024;

export interface Chunk {
  readonly bytes: Uint8Array;
}

export type Content = ReadonlyMap<number, Chunk>;

export const ZEROS: Uint8Array = new Uint8Array(CHUNK);

function isZero({ bytes }: Chunk): boolean {
  return Buffer.compare(bytes, ZEROS) === 0;
}

function isSame(one: Chunk | undefined, other: Chunk | undefined): boolean {
  return Buffer.compare(one?.bytes ?? ZEROS, other?.bytes ?? ZEROS) === 0;
}

/** Numbers of the chunks that a range of bytes touches. */
export function touched(start: number, length: number): readonly number[] {
  if (length === 0) return [];
  const first = Math.floor(start / CHUNK);
  const last = Math.floor((start + length - 1) / CHUNK);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function filled(old: Chunk | undefined, at: number, range: ByteRange, value: number): Chunk {
  const bytes = Uint8Array.from(old?.bytes ?? ZEROS);
  const from = Math.max(0, range.start - at * CHUNK);
  const to = Math.min(CHUNK, range.start + range.length - at * CHUNK);
  return { bytes: bytes.fill(value, from, to) };
}

export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** The content after every byte of the range was set to `value`. */
export function written(content: Content, range: ByteRange, value: number): Content {
  const result = new Map(content);
  for (const at of touched(range.start, range.length))
    result.set(at, filled(content.get(at), at, range, value));
  return result;
}

/** The content after the range was trimmed: zeros, and a hole where nothing else is left in a chunk. */
export function trimmed(content: Content, range: ByteRange): Content {
  const result = new Map(content);
  for (const at of touched(range.start, range.length)) {
    const old = content.get(at);
    if (old === undefined) continue;
    const rest = filled(old, at, range, 0);
    if (isZero(rest)) result.delete(at);
    else result.set(at, rest);
  }
  return result;
}

/** A copy that shares nothing. */
export function copied(content: Content): Content {
  return new Map([...content].map(([at, { bytes }]) => [at, { bytes }]));
}

/** `target` after all that differs between `source` and `base` was written onto it; holes too. */
export function withDifferences(target: Content, source: Content, base: Content): Content {
  const result = new Map(target);
  for (const at of new Set([...source.keys(), ...base.keys()])) {
    const [one, other] = [source.get(at), base.get(at)];
    // A hole is not the same as a chunk of zeros: a copy is allocated where its source is.
    if ((one === undefined) === (other === undefined) && isSame(one, other)) continue;
    if (one === undefined) result.delete(at);
    else result.set(at, { bytes: one.bytes });
  }
  return result;
}

/** Numbers of the chunks in which the two read differently. */
export function differing(one: Content, other: Content): ReadonlySet<number> {
  const places = [...new Set([...one.keys(), ...other.keys()])];
  return new Set(places.filter((at) => !isSame(one.get(at), other.get(at))));
}

/** A bitmap of a range in pieces of `pieceBytes`, least significant bit first; set where a chunk is in `set`. */
export function bitmapOf(
  set: ReadonlySet<number>,
  range: ByteRange,
  pieceBytes: number,
): Uint8Array {
  const count = Math.ceil(range.length / pieceBytes);
  const bits = new Uint8Array(Math.ceil(count / 8));
  for (let bit = 0; bit < count; bit += 1) {
    const start = range.start + bit * pieceBytes;
    const length = Math.min(pieceBytes, range.start + range.length - start);
    if (touched(start, length).some((at) => set.has(at)))
      bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return bits;
}
