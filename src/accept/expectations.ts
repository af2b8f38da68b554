/**
 * How a scenario says that a provider did not do what it should, or cannot be asked. What was expected and what
 * came are in the message.
 */

/** Thrown to say that this provider cannot be asked this. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

/** Ends the scenario as skipped. */
export function skip(reason: string): never {
  throw new Skipped(reason);
}

/** A provider that did not do what the sentence says. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
}

/** Fails the scenario with `sentence`, what was expected and what came, unless `holds`. */
export function expectThat(holds: boolean, sentence: string, found?: unknown): asserts holds {
  if (holds) return;
  throw new Unmet(found === undefined ? sentence : `${sentence}; found ${shown(found)}`);
}

/** Fails unless both are the same, compared as they are written. */
export function expectSame(found: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [shown(found), shown(expected)];
  if (got !== wanted) throw new Unmet(`${what}: expected ${wanted}, found ${got}`);
}

const SHOWN_CHARACTERS = 600;

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? `${each}` : each,
  );
  const whole = text ?? String(value);
  return whole.length > SHOWN_CHARACTERS ? `${whole.slice(0, SHOWN_CHARACTERS)}…` : whole;
}
