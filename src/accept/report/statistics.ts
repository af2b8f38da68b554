/** How often each operation was called, how long it took and how it ended: for the page and for comparing runs. */
import type { ReportDocument, ReportedExchange } from './document.ts';

export interface OperationStatistics {
  readonly api: string;
  readonly operation: string;
  /** Calls, and those of them that were answered without a fault. */
  readonly calls: number;
  readonly answered: number;
  /** Calls by fault; `untyped` where it has no type, `no answer` where none came. */
  readonly faults: Readonly<Record<string, number>>;
  /** Milliseconds; 0 without calls. */
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

/** A row for each operation that could be called, those never called included, in the order of their names. */
export function statisticsOf({
  operations,
  exchanges,
}: ReportDocument): readonly OperationStatistics[] {
  return Object.entries(operations).flatMap(([api, described]) => {
    const own = new Map<string, ReportedExchange[]>(
      Object.keys(described).map((operation) => [operation, []]),
    );
    for (const each of exchanges) if (each.api === api) own.get(each.operation)?.push(each);
    return [...own]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([operation, calls]) => rowOf(api, operation, calls));
  });
}

function rowOf(
  api: string,
  operation: string,
  calls: readonly ReportedExchange[],
): OperationStatistics {
  const faults: Record<string, number> = {};
  for (const { fault, status } of calls) {
    const ending = status === 0 ? 'no answer' : fault;
    if (ending !== undefined) faults[ending] = (faults[ending] ?? 0) + 1;
  }
  const times = calls.map(({ ms }) => ms).sort((a, b) => a - b);
  const answered = calls.length - Object.values(faults).reduce((sum, each) => sum + each, 0);
  return {
    ...{ api, operation, calls: calls.length, answered, faults },
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    most: times.at(-1) ?? 0,
  };
}

/** Of sorted numbers, the one that a share `part` of them does not exceed; 0 of none. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
