/** Work that is waited for only so long. It cannot be stopped from here; who waits goes on without it. */

/** The work's result. Rejects as it does, when it takes longer than `ms`, and when `signal` says that nobody waits. */
export async function within<Result>(
  ms: number,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: () => void = () => undefined;
  const late = new Promise<never>((_settle, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${ms / 1_000} s`)), ms);
    onAbort = () => reject(new Error('stopped'));
    signal?.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
