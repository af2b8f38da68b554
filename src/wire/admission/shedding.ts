/**
 * Says in the log what is being refused under load, in one line for many: a flood must not become a flood of
 * lines. Counts by word; knows nothing of what the words mean.
 */

/** What was refused since the last line, e.g. `{ 'handshakes waited': 12 }`. */
export type ShedCounts = Readonly<Record<string, number>>;

export interface Shedding {
  count(what: string): void;
  /** True: this line may be written; false: it has been counted instead, since enough were. */
  allowsLine(what: string): boolean;
  /** Writes what is left. */
  close(): void;
}

/** Bounds; see `LIMITS` for each. */
export interface SheddingLimits {
  readonly sheddingEveryMs: number;
  readonly sheddingLines: number;
}

/** One per server. */
export function createShedding(
  { sheddingEveryMs, sheddingLines }: SheddingLimits,
  write: (counts: ShedCounts) => void,
): Shedding {
  let counts = new Map<string, number>();
  let lines = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    lines = 0;
    if (counts.size > 0) write(Object.fromEntries(counts));
    counts = new Map();
  };
  const begin = (): void => {
    timer ??= setTimeout(flush, sheddingEveryMs).unref();
  };
  const count = (what: string): void => {
    begin();
    counts.set(what, (counts.get(what) ?? 0) + 1);
  };
  return {
    count,
    allowsLine: (what) => {
      begin();
      lines += 1;
      if (lines > sheddingLines) count(what);
      return lines <= sheddingLines;
    },
    close: flush,
  };
}
