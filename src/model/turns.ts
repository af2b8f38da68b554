/**
 * Long work in slices: one slice in each turn of the event loop, whoever's it is, so that however much of
 * such work there is, everybody else is served between two slices. Knows nothing of the work.
 */

/** Resolves when it is one's turn, in the order in which turns were asked for. */
export type NextTurn = () => Promise<void>;

/** Makes a turnstile: it lets one pass in each turn of the event loop. */
export function createTurns(): NextTurn {
  const waiting: (() => void)[] = [];
  const letOnePass = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(letOnePass);
  };
  return () =>
    new Promise((pass) => {
      if (waiting.push(pass) === 1) setImmediate(letOnePass);
    });
}

/** Runs `work` to its end, a slice in each turn. Rejects with what it throws. */
export async function inTurns<Result>(
  work: Generator<undefined, Result>,
  nextTurn: NextTurn,
): Promise<Result> {
  for (;;) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
    await nextTurn();
  }
}
