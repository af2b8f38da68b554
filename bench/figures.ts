/** From latencies to what is printed: rates, percentiles, ratios. Pure. */
import type { Figures } from './plan.ts';

/** One server's figures of one question, over all rounds. */
interface Summary {
  /** Median over the rounds. */
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requests: number;
}

/** The value below which `share` (0 to 1) of the ascending `values` lie; NaN when there are none. */
export function percentile(values: readonly number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);

/** Not in order; NaN of none. */
export function medianOf(values: readonly number[]): number {
  return percentile(ascending(values), 0.5);
}

export function summaryOf(rounds: readonly Figures[]): Summary {
  const rates = rounds.map(
    ({ microseconds, elapsedMs }) => (microseconds.length * 1000) / elapsedMs,
  );
  const latencies = ascending(rounds.flatMap(({ microseconds }) => microseconds));
  return {
    requestsPerSecond: percentile(ascending(rates), 0.5),
    p50Ms: percentile(latencies, 0.5) / 1000,
    p99Ms: percentile(latencies, 0.99) / 1000,
    requests: latencies.length,
  };
}

/** A Markdown table of one question: a row per server, the first one also as a ratio to the others. */
export function table(
  rows: readonly { readonly name: string; readonly summary: Summary }[],
): string {
  const first = rows[0]?.summary.requestsPerSecond ?? Number.NaN;
  const lines = rows.map(({ name, summary }) => {
    const { requestsPerSecond, p50Ms, p99Ms, requests } = summary;
    const ratio = (first / requestsPerSecond).toFixed(2);
    return `| ${name} | ${Math.round(requestsPerSecond)} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${ratio} | ${requests} |`;
  });
  return [
    '| server | requests/s | p50 ms | p99 ms | Keelson ÷ this | measured |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
