/** How far a run of scenarios is, on standard error. */
import { SingleBar } from 'cli-progress';
import type { ScenarioResult } from '../accept/run.ts';
import type { Console } from './console.ts';

/** Shows how far the run is: a bar on a terminal, a line for each scenario elsewhere. */
export function progressOn({ stderr }: Console): {
  readonly show: (result: ScenarioResult, done: number, all: number) => void;
  readonly end: () => void;
} {
  const isTerminal = 'isTTY' in stderr && stderr.isTTY === true;
  if (!isTerminal)
    return {
      show: ({ scenario, outcome, reasons }, done, all) => {
        const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
        stderr.write(`${done}/${all} ${outcome} ${scenario.id}${why}\n`);
      },
      end: () => undefined,
    };
  const bar = new SingleBar({
    stream: stderr as NodeJS.WritableStream,
    format: '{bar} {value}/{total} {id}',
    hideCursor: true,
    clearOnComplete: true,
  });
  let isStarted = false;
  return {
    show: ({ scenario: { id } }, done, all) => {
      if (!isStarted) bar.start(all, 0, { id });
      isStarted = true;
      bar.update(done, { id });
    },
    end: () => bar.stop(),
  };
}
