/** Long work in slices: whoever's it is, one slice in each turn of the event loop. */
import { describe, expect, test } from 'vitest';
import { createTurns, inTurns } from '../../src/model/turns.ts';

/** Counts the turns of the event loop until it is stopped. */
function turnCounter(): { readonly count: () => number; stop(): void } {
  let turns = 0;
  let isStopped = false;
  const next = (): void => {
    turns += 1;
    if (!isStopped) setImmediate(next);
  };
  setImmediate(next);
  return {
    count: () => turns,
    stop: () => {
      isStopped = true;
    },
  };
}

describe('turns', () => {
  test('eight who work at the same time have one slice in a turn between them, in the order they asked', async () => {
    const nextTurn = createTurns();
    const counter = turnCounter();
    const slices: { readonly who: number; readonly turn: number }[] = [];
    const worker = async (who: number): Promise<void> => {
      for (let slice = 0; slice < 5; slice += 1) {
        await nextTurn();
        slices.push({ who, turn: counter.count() });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, who) => worker(who)));
    counter.stop();

    expect(new Set(slices.map(({ turn }) => turn)).size).toBe(slices.length);
    expect(slices.map(({ who }) => who)).toEqual(
      Array.from({ length: 5 }, () => [0, 1, 2, 3, 4, 5, 6, 7]).flat(),
    );
  });

  test('work in slices gives what it returns, and what it throws', async () => {
    const nextTurn = createTurns();
    function* sum(): Generator<undefined, number> {
      let total = 0;
      for (const each of [1, 2, 3]) {
        total += each;
        yield undefined;
      }
      return total;
    }
    function* failing(): Generator<undefined, number> {
      yield undefined;
      throw new RangeError('the second slice fails');
    }

    expect(await inTurns(sum(), nextTurn)).toBe(6);
    await expect(inTurns(failing(), nextTurn)).rejects.toThrow('the second slice fails');
    expect(await inTurns(sum(), nextTurn)).toBe(6);
  });
});
