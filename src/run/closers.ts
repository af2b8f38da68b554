/** What has been opened, to be closed in reverse order however a start or a run ends. */

export interface Closers {
  add(close: () => Promise<void>): void;
  /**
   * Closes all, last opened first, each once; `beforeLast` runs before the first-opened one. One that
   * fails does not keep the others open; the first failure is thrown at the end.
   */
  close(beforeLast?: () => void): Promise<void>;
}

export function closers(): Closers {
  const open: (() => Promise<void>)[] = [];
  return {
    add: (close) => {
      open.push(close);
    },
    close: async (beforeLast) => {
      const failures: unknown[] = [];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (open.length === 0 && failures.length === 0) beforeLast?.();
        await next().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
