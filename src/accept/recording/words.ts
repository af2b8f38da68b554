/** Differences in words. */
import type { Difference } from './compare.ts';
import type { ReplayedCall } from './player.ts';

/** A difference of one call, in a line. */
export function differenceText(
  { call, exchange }: Pick<ReplayedCall, 'call' | 'exchange'>,
  difference: Difference,
): string {
  const where = exchange === undefined ? '' : ` (exchange ${exchange}, recorded ${call.number})`;
  return `${call.operation}${where}: ${inWords(difference)}`;
}

/** What is otherwise, without the call. */
export function inWords({ what, path, before, after }: Difference): string {
  const at = path === '' ? '' : ` at ${path}`;
  if (before === '' && after === '') return `${what}${at}`;
  if (before === '') return `${what}${at}: ${after}`;
  if (after === '') return `${what}${at}: ${before}`;
  return `${what}${at}: ${before} -> ${after}`;
}
