/** Chance that follows from a seed: the same seed gives the same inputs on every machine. */

export interface Random {
  /** A whole number from 0 up to, and without, `end`. */
  below(end: number): number;
  /** True in this share of cases. */
  chance(share: number): boolean;
  /** One of the list. Throws RangeError when it is empty. */
  pick<T>(list: readonly T[]): T;
}

/** The generator called mulberry32: 32 bits of state, good enough to choose test inputs. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    chance: (share) => next() < share,
    pick: (list) => {
      const index = below(list.length);
      const found = list[index];
      if (index >= list.length) throw new RangeError('nothing to pick from');
      // Within the bounds; what stands there may itself be undefined.
      return found as (typeof list)[number];
    },
  };
}
