/** What is told of chunks, in the model. */
import { LIMITS } from '../../src/model/limits.ts';
import { bitmapOf, CHUNK, differing, touched } from './content.ts';
import { checkVvolId, type Model } from './model.ts';
import { exclusive } from './space.ts';
import { type ModelVolume, Refused } from './state.ts';

export interface AskedRange {
  readonly start: number;
  readonly length: number;
}

function checkForm({ start, length }: AskedRange, pieceBytes?: number): void {
  const isWrong = start < 0 || length < 0 || (pieceBytes !== undefined && pieceBytes < 1);
  if (isWrong) throw new Refused('InvalidArgument');
  if (pieceBytes !== undefined && Math.ceil(length / pieceBytes) > LIMITS.bitmapChunks)
    throw new Refused('InvalidArgument');
}

function checkEnd(volume: ModelVolume, { start, length }: AskedRange): void {
  if (start + length > volume.size) throw new Refused('InvalidArgument');
}

export function allocatedBitmap(
  model: Model,
  id: string,
  range: AskedRange,
  pieceBytes: number,
): Uint8Array {
  checkVvolId(id);
  checkForm(range, pieceBytes);
  const volume = model.volume(id);
  checkEnd(volume, range);
  return bitmapOf(new Set(volume.content.keys()), range, pieceBytes);
}

/** Refused: InvalidArgument (ids), NotFound, IncompatibleVolume: all before the range is judged. */
function related(model: Model, id: string, baseId: string): readonly [ModelVolume, ModelVolume] {
  checkVvolId(id);
  checkVvolId(baseId);
  const [volume, base] = [model.volume(id), model.volume(baseId)];
  if (volume.family !== base.family) throw new Refused('IncompatibleVolume');
  return [volume, base];
}

export function unsharedBitmap(
  model: Model,
  ids: { readonly id: string; readonly base: string },
  range: AskedRange,
  pieceBytes: number,
): Uint8Array {
  const [volume, base] = related(model, ids.id, ids.base);
  checkForm(range, pieceBytes);
  checkEnd(volume, range);
  return bitmapOf(differing(volume.content, base.content), range, pieceBytes);
}

export function unsharedChunks(
  model: Model,
  ids: { readonly id: string; readonly base: string | undefined },
  range: AskedRange,
) {
  const differs = () => {
    if (ids.base === undefined) {
      checkVvolId(ids.id);
      const volume = model.volume(ids.id);
      return { volume, set: exclusive(model, volume) };
    }
    const [volume, base] = related(model, ids.id, ids.base);
    return { volume, set: differing(volume.content, base.content) };
  };
  const { volume, set } = differs();
  checkForm(range);
  checkEnd(volume, range);
  const chunks = touched(range.start, range.length);
  return {
    chunkSizeBytes: BigInt(CHUNK),
    scannedChunks: BigInt(chunks.length),
    unsharedChunks: BigInt(chunks.filter((at) => set.has(at)).length),
  };
}
