/**
 * Which chunks of a volume hold data, and which differ from another volume: what backups and migrations
 * read. Of two volumes the relationship is judged before the range, as a certification case asks.
 */
import type { ChunkBitmap, ChunkRange } from '../../array/differences.ts';
import { LIMITS } from '../../model/limits.ts';
import { type Bytes, bytes } from '../../model/units.ts';
import type {
  AllocatedBitmapVirtualVolume,
  AllocatedBitmapVirtualVolumeResponse,
  UnsharedBitmapVirtualVolume,
  UnsharedBitmapVirtualVolumeResponse,
  UnsharedChunksVirtualVolume,
  UnsharedChunksVirtualVolumeResponse,
} from '../../wire/generated/vasa-2.0/types.ts';
import { invalid, vvolIdOf } from '../arguments.ts';
import type { ProtocolChoices, SessionContext } from '../context.ts';

interface Segment {
  readonly segmentStartOffsetBytes: bigint;
  readonly segmentLengthBytes: bigint;
}

/** A range that every volume has, so that the array can judge two volumes and nothing else. */
const NOTHING = { start: bytes(0n), length: bytes(0n), chunkSize: bytes(4096n) } as const;

/** Faults: InvalidArgument (below 0). Whether the volume is that long, the array knows. */
function segmentOf(segment: Segment): { readonly start: Bytes; readonly length: Bytes } {
  const { segmentStartOffsetBytes: start, segmentLengthBytes: length } = segment;
  if (start < 0n) throw invalid(`segmentStartOffsetBytes is ${start}; it cannot be negative`);
  if (length < 0n) throw invalid(`segmentLengthBytes is ${length}; it cannot be negative`);
  return { start: bytes(start), length: bytes(length) };
}

/** Faults: InvalidArgument (below 0; a chunk below 1 byte; more chunks than one answer may have). */
function rangeOf(request: Segment & { readonly chunkSizeBytes: bigint }): ChunkRange {
  const { start, length } = segmentOf(request);
  const { chunkSizeBytes: chunkSize } = request;
  if (chunkSize < 1n) throw invalid(`chunkSizeBytes is ${chunkSize}; it must be at least 1`);
  const chunks = (length + chunkSize - 1n) / chunkSize;
  if (chunks > BigInt(LIMITS.bitmapChunks))
    throw invalid(`the segment has ${chunks} chunks; the most is ${LIMITS.bitmapChunks}`);
  return { start, length, chunkSize: bytes(chunkSize) };
}

/** The byte with its bits in the other order. */
function mirrored(byte: number): number {
  let result = 0;
  for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) result |= 0x80 >> bit;
  return result;
}

/** The one place where the order of bits on the wire is decided; the array's is least first. */
function bitmapOnWire(bitmap: ChunkBitmap, order: ProtocolChoices['bitmapBitOrder']): Uint8Array {
  return order === 'leastFirst' ? bitmap : bitmap.map(mirrored);
}

/**
 * Bit i is set when chunk i of the segment holds data. Faults: InvalidArgument (also past the end),
 * NotFound, NotSupported.
 */
export async function allocatedBitmapVirtualVolume(
  { call, provider }: SessionContext,
  request: AllocatedBitmapVirtualVolume,
): Promise<AllocatedBitmapVirtualVolumeResponse> {
  const vvolId = vvolIdOf(request.vvolId);
  const range = rangeOf(request);
  call.note({ vvol_ids: [vvolId] });
  const bitmap = await provider.array.allocatedChunks(vvolId, range);
  return { return: { chunkBitmap: bitmapOnWire(bitmap, provider.choices.bitmapBitOrder) } };
}

/**
 * Bit i is set when chunk i of the segment differs between the two volumes, which must be related by
 * snapshots or fast clones at any distance. Faults: InvalidArgument (ids), NotFound (either),
 * IncompatibleVolume, then InvalidArgument (segment, also past the end), NotSupported.
 */
export async function unsharedBitmapVirtualVolume(
  { call, provider }: SessionContext,
  request: UnsharedBitmapVirtualVolume,
): Promise<UnsharedBitmapVirtualVolumeResponse> {
  const vvolId = vvolIdOf(request.vvolId);
  const base = vvolIdOf(request.baseVvolId);
  call.note({ vvol_ids: [vvolId, base] });
  const { array, choices } = provider;
  const bitmap = await judgedFirst(
    () => rangeOf(request),
    () => array.unsharedChunks(vvolId, base, NOTHING),
    (range) => array.unsharedChunks(vvolId, base, range),
  );
  return { return: { chunkBitmap: bitmapOnWire(bitmap, choices.bitmapBitOrder) } };
}

/**
 * How many chunks of the segment differ from the base, or, without one, are shared with nobody. The
 * array picks the size of a chunk and may look at fewer than asked. Faults: as unsharedBitmap.
 */
export async function unsharedChunksVirtualVolume(
  { call, provider: { array } }: SessionContext,
  request: UnsharedChunksVirtualVolume,
): Promise<UnsharedChunksVirtualVolumeResponse> {
  const vvolId = vvolIdOf(request.vvolId);
  const base = request.baseVvolId === undefined ? undefined : vvolIdOf(request.baseVvolId);
  call.note({ vvol_ids: base === undefined ? [vvolId] : [vvolId, base] });
  const { chunkSize, scanned, unshared } = await judgedFirst(
    () => segmentOf(request),
    () => array.countUnshared(vvolId, base, NOTHING),
    (range) => array.countUnshared(vvolId, base, range),
  );
  return {
    return: { chunkSizeBytes: chunkSize, scannedChunks: scanned, unsharedChunks: unshared },
  };
}

/**
 * Runs `work` on the range. Of a range whose form is wrong the volumes are judged first, by a question
 * about nothing: that they are not related outweighs it.
 */
async function judgedFirst<Range, Result>(
  range: () => Range,
  judge: () => Promise<unknown>,
  work: (range: Range) => Promise<Result>,
): Promise<Result> {
  let checked: Range;
  try {
    checked = range();
  } catch (fault) {
    await judge();
    throw fault;
  }
  return work(checked);
}
