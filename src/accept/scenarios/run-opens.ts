/**
 * The opening of a run as a scenario. Every run begins with it, whichever were chosen, and it is played by the
 * run itself (run.ts): what it needs is not there before it has passed.
 */
import type { Scenario } from '../scenario.ts';

export const RUN_OPENS: Scenario = {
  id: 'registration.run-opens',
  chapter: 'registration',
  sentence: 'The run registers, opens sessions and looks around',
  proves: 'vCenter can be connected to the provider, and its hosts find containers and endpoints.',
  source: {
    text: 'registration, setContext, queries of arrays, containers and endpoints, setPEContext',
    mark: 'seen once',
  },
  // By the time that there is a world to run in, the run has opened.
  run: async () => undefined,
};
