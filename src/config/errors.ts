/**
 * What is thrown when the configuration cannot be used: one line per problem, each naming where the
 * wrong value stands. Never holds a secret's value.
 */
import { distance } from 'fastest-levenshtein';

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The candidate nearest to `given` when near enough to be a misspelling of it, else undefined. */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.ceil(given.length / 3)) + 1;
  for (const candidate of candidates) {
    const apart = distance(given.toLowerCase(), candidate.toLowerCase());
    if (apart < bestDistance) [best, bestDistance] = [candidate, apart];
  }
  return best;
}

/** `; did you mean "x"?`, or nothing. */
export function suggestion(given: string, candidates: readonly string[]): string {
  const near = nearest(given, candidates);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
