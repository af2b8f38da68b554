/** One difference of a replay in a line. */
import type { Difference } from './compare.ts';
import type { ReplayedCall } from './player.ts';

/** A difference of one call, in a line. */
export function differenceText(
  { call, exchange }: Pick<ReplayedCall, 'call' | 'exchange'>,
  difference: Difference,
): string {
  const where =
    exchange === undefined
      ? `recorded ${call.number}`
      : `recorded ${call.number}, exchange ${exchange}`;
  return `${call.operation} (${where}): ${inWords(difference)}`;
}

/** What is otherwise, without the call. */
export function inWords({ what, path, before, after }: Difference): string {
  const at = path === '' ? '' : ` at ${path}`;
  const values = before !== '' && after !== '' ? `${before} -> ${after}` : `${before}${after}`;
  return values === '' ? `${what}${at}` : `${what}${at}: ${values}`;
}
