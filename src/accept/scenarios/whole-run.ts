/**
 * The opening of a run and its end as scenarios. Every run begins and ends with them, whichever were chosen, and
 * they are played by the run itself (run.ts): what they need is not there before, or no longer.
 */
import type { Scenario } from '../scenario.ts';

/** There is no world to run in before the run has opened, nor once it has ended. */
const run = async (): Promise<void> => undefined;

export const RUN_OPENS: Scenario = {
  id: 'registration.run-opens',
  chapter: 'registration',
  sentence: 'The run registers, opens sessions and looks around',
  proves: 'vCenter can be connected to the provider, and its hosts find containers and endpoints.',
  source: {
    text: 'registration, setContext, queries of arrays, containers and endpoints, setPEContext',
    mark: 'seen once',
  },
  run,
};

export const RUN_CLOSES: Scenario = {
  id: 'registration.run-closes',
  chapter: 'registration',
  sentence: 'The run takes its registration back, and nothing that it made stays',
  proves: 'vCenter can be disconnected from the provider.',
  source: { text: 'unregisterVASACertificate', mark: 'seen once' },
  run,
};

/** Whether the run itself plays it, at its own time. */
export function isOfTheRun(scenario: Scenario): boolean {
  return scenario === RUN_OPENS || scenario === RUN_CLOSES;
}
