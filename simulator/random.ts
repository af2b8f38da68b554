/**
 * Ids that follow from a seed: the same seed gives the same inventory, another one a different
 * inventory. The one place of the simulator that asks for randomness is `newSeed`.
 */
import { createHash, randomBytes } from 'node:crypto';

/** A seed that no other installation has. */
export function newSeed(): string {
  return randomBytes(16).toString('hex');
}

/** `digits` (at most 64) hexadecimal digits that follow from `seed` and the name of what they identify. */
export function hexOf(seed: string, what: string, digits: number): string {
  return createHash('sha256').update(`${seed}\n${what}`).digest('hex').slice(0, digits);
}

/** A UUID (version 8 of RFC 9562: made in a way of our own) that follows from seed and name. */
export function uuidOf(seed: string, what: string): string {
  const hex = hexOf(seed, what, 32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
