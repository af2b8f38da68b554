/**
 * What the process that is killed does, as a list of changes that follows from their number alone: so that
 * the surviving state can be told from the number of the last change in it.
 */
import { createHash } from 'node:crypto';

export const VOLUMES = 5;
const KIB = 1024;
const TIB = 1024 ** 4;

export type Change =
  | { readonly kind: 'write'; readonly volume: number; readonly at: number; readonly data: Buffer }
  | { readonly kind: 'trim'; readonly volume: number; readonly at: number; readonly length: number }
  /** The volume becomes what `from` is. */
  | { readonly kind: 'replace'; readonly volume: number; readonly from: number };

/** Three regions of 32 chunks that changes touch: together all that a volume can hold. */
export const REGIONS = [0, 30 * KIB * KIB, 40 * TIB] as const;
export const REGION_BYTES = 32 * 64 * KIB;

export function changeOf(number: number): Change {
  const dice = createHash('sha256').update(`change ${number}`).digest();
  const volume = dice.readUInt8(0) % VOLUMES;
  const region = REGIONS[dice.readUInt8(1) % REGIONS.length] ?? 0;
  const kind = dice.readUInt8(2) % 10;
  if (kind === 0) return { kind: 'replace', volume, from: dice.readUInt8(3) % VOLUMES };
  const length = 1 + (dice.readUInt32LE(4) % (kind < 4 ? 5 * 64 * KIB : 4 * KIB));
  const at = region + (dice.readUInt32LE(8) % (REGION_BYTES - length));
  if (kind === 1) return { kind: 'trim', volume, at, length };
  // Of few kinds, so that chunks repeat.
  return { kind: 'write', volume, at, data: Buffer.alloc(length, dice.readUInt8(12) % 7) };
}
