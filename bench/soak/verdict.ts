/**
 * What a soak came to, by a rule that was written before it ran. In the second half, which is one process, after its
 * first third: the process's own memory and heap must not grow by more than a tenth in an hour, open files must be as many
 * at the end as at the beginning, and the median of the p99 of its last third must be within 1.5 of that of the
 * third before. Nothing may have been found wrong. Short runs are judged by the last sentence alone. Pure.
 */
import { medianOf } from '../../src/load/figures.ts';
import type { Sample } from './sample.ts';

const JUDGED_FROM_SECONDS = 1_800;
const GROWTH_PERCENT_PER_HOUR = 10;
/** Connections of clients come and go, a few at a time. */
const FILES_MORE = 4;
const LATENCY_RATIO = 1.5;

export interface Judgement {
  readonly what: string;
  /** In words, with its unit. */
  readonly measured: string;
  readonly bound: string;
  readonly holds: boolean;
}

/** Growth of `ys` in percent of their mean per hour, by the line of least squares; `xs` in seconds. */
function growthPerHour(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, each) => sum + each, 0) / values.length;
  const [middleX, middleY] = [mean(xs), mean(ys)];
  const over = xs.reduce((sum, x, index) => sum + (x - middleX) * ((ys[index] ?? 0) - middleY), 0);
  const under = xs.reduce((sum, x) => sum + (x - middleX) ** 2, 0);
  return ((over / under) * 3_600 * 100) / middleY;
}

function grown(what: string, samples: readonly Sample[], of: 'ownMb' | 'heapMb'): Judgement {
  const growth = growthPerHour(
    samples.map(({ atS }) => atS),
    samples.map((sample) => sample[of]),
  );
  return {
    what,
    measured: `${growth.toFixed(1)} % per hour`,
    bound: `at most ${GROWTH_PERCENT_PER_HOUR} % per hour`,
    holds: growth <= GROWTH_PERCENT_PER_HOUR,
  };
}

/** `findings`: what was wrong, in words. `seconds`: the whole time. */
export function judge(
  samples: readonly Sample[],
  findings: readonly string[],
  seconds: number,
): readonly Judgement[] {
  const wrong: Judgement = {
    what: 'answers, and what was acknowledged',
    measured: findings.length === 0 ? 'nothing wrong' : `${findings.length} wrong`,
    bound: 'nothing wrong',
    holds: findings.length === 0,
  };
  if (seconds < JUDGED_FROM_SECONDS) return [wrong];
  const end = samples.filter(({ atS }) => atS > seconds * (2 / 3));
  // The run ends with a kill, and perhaps a sample of the process after it.
  const last = end[Math.floor(end.length / 2)]?.process;
  const steady = end.filter(({ process }) => process === last);
  const half = Math.floor(steady.length / 2);
  const [early, late] = [steady.slice(0, half), steady.slice(half)];
  const most = (part: readonly Sample[]) => Math.max(...part.map(({ fds }) => fds));
  const p99 = (part: readonly Sample[]) => medianOf(part.map(({ p99Ms }) => p99Ms));
  const ratio = p99(late) / p99(early);
  return [
    wrong,
    grown('memory of its own', steady, 'ownMb'),
    grown('heap', steady, 'heapMb'),
    {
      what: 'open files',
      measured: `${most(late)} at most, before ${most(early)}`,
      bound: `at most ${FILES_MORE} more`,
      holds: most(late) <= most(early) + FILES_MORE,
    },
    {
      what: 'p99 of calls',
      measured: `${ratio.toFixed(2)} of what it was before`,
      bound: `at most ${LATENCY_RATIO}`,
      holds: ratio <= LATENCY_RATIO,
    },
  ];
}
