/** From measured numbers to what is printed. Pure. */

/** The value below which `share` (0 to 1) of the ascending `values` lie; NaN when there are none. */
export function percentile(values: ArrayLike<number>, share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

/** Not in order; NaN of none. */
export function medianOf(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
