/**
 * What is counted while load runs: how long each call took, and each kind of failure with its first example.
 * Bounded: what is kept of a call is a number. Reads no clock but the monotonic one.
 */
import { CallFailure, wordsOf } from './client/failure.ts';
import { percentile } from './figures.ts';

/** The times of one operation, milliseconds. */
export interface Timing {
  readonly operation: string;
  readonly calls: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** Calls that failed alike. */
export interface Failures {
  readonly operation: string;
  /** E.g. `fault VasaProviderBusy`, `HTTP 503`, `ECONNRESET`. */
  readonly what: string;
  readonly count: number;
  /** The first one's own words. */
  readonly example: string;
}

/** Most kinds of failures that are told apart; a kind has its own words, which the provider may choose. */
const KINDS_MAX = 100;
const OTHERS = { operation: 'any', what: 'of yet another kind' } as const;

export class Meter {
  readonly #times = new Map<string, number[]>();
  readonly #failures = new Map<string, { readonly first: Failures; count: number }>();

  /** Notes a call that was answered as it must be. */
  took(operation: string, milliseconds: number): void {
    const own = this.#times.get(operation);
    if (own === undefined) this.#times.set(operation, [milliseconds]);
    else own.push(milliseconds);
  }

  /** Notes a failure of any kind. */
  failed(error: unknown): void {
    const { operation, what, message } =
      error instanceof CallFailure ? error : new CallFailure('client', wordsOf(error));
    const key = `${operation} ${what}`;
    const isKept = this.#failures.has(key) || this.#failures.size < KINDS_MAX;
    const kept = isKept ? { key, operation, what } : { ...OTHERS, key: OTHERS.what };
    const own = this.#failures.get(kept.key);
    if (own !== undefined) own.count += 1;
    else
      this.#failures.set(kept.key, {
        first: { operation: kept.operation, what: kept.what, count: 1, example: message },
        count: 1,
      });
  }

  get calls(): number {
    return [...this.#times.values()].reduce((sum, each) => sum + each.length, 0);
  }

  /** Of all operations together, milliseconds, in no order. */
  allTimes(): readonly number[] {
    return [...this.#times.values()].flat();
  }

  /** In the order in which the operations were first called. */
  timings(): readonly Timing[] {
    return [...this.#times].map(([operation, times]) => {
      const sorted = Float64Array.from(times).sort();
      return {
        operation,
        calls: sorted.length,
        p50: percentile(sorted, 0.5),
        p99: percentile(sorted, 0.99),
        most: sorted.at(-1) ?? Number.NaN,
      };
    });
  }

  failures(): readonly Failures[] {
    return [...this.#failures.values()].map(({ first, count }) => ({ ...first, count }));
  }
}
