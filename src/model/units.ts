/**
 * Quantities with their unit in the type. Inside the product sizes are bytes as bigint and times are
 * milliseconds since 1970-01-01T00:00:00Z as number; megabytes exist only on the wire.
 * One MB on the wire is 2^20 bytes (docs/protocol-choices.md).
 */

declare const unit: unique symbol;
/** A size or offset in bytes; never negative. */
export type Bytes = bigint & { readonly [unit]: 'Bytes' };
/** A point in time: milliseconds since the epoch, UTC. */
export type EpochMs = number & { readonly [unit]: 'EpochMs' };

const BYTES_PER_MB = 1n << 20n;

export function bytes(count: bigint): Bytes {
  if (count < 0n) throw new RangeError(`a size cannot be negative: ${count}`);
  return count as Bytes;
}

export function bytesFromMB(megabytes: bigint): Bytes {
  return bytes(megabytes * BYTES_PER_MB);
}

/** Whole megabytes, rounded up: for sizes and for space that is taken. */
export function megabytesUp(size: Bytes): bigint {
  return (size + BYTES_PER_MB - 1n) / BYTES_PER_MB;
}

/** Whole megabytes, rounded down: for space that is free. */
export function megabytesDown(size: Bytes): bigint {
  return size / BYTES_PER_MB;
}

export function epochMs(milliseconds: number): EpochMs {
  if (!Number.isFinite(milliseconds)) throw new RangeError(`not a time: ${milliseconds}`);
  return milliseconds as EpochMs;
}
