/** Makes a failing input small: pieces are left out as long as it still fails in the same way. */

/**
 * The smallest input found within so many attempts and so much time. `fails` says whether what is left still fails. Pieces begin
 * at half of the input and end at a byte; what the result has left, it needs.
 */
export async function reduced(
  bytes: Buffer,
  fails: (candidate: Buffer) => Promise<boolean>,
  tries = 2_000,
  milliseconds = 60_000,
): Promise<Buffer> {
  let best = bytes;
  let left = tries;
  const until = performance.now() + milliseconds;
  for (let size = Math.ceil(best.length / 2); size >= 1 && left > 0; ) {
    let shrunk = false;
    for (let at = 0; at < best.length && left > 0; ) {
      const candidate = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      left = performance.now() < until ? left - 1 : 0;
      if (await fails(candidate)) {
        best = candidate;
        shrunk = true;
      } else at += size;
    }
    if (!shrunk) size = size === 1 ? 0 : Math.ceil(size / 2);
    else size = Math.max(1, Math.min(size, Math.ceil(best.length / 2)));
    if (size === 0) break;
  }
  return best;
}
