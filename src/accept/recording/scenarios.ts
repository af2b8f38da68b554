/** Scenarios of a recording: those of this release by their ids, others by what little their ids say. */
import { CHAPTERS, type Chapter, type Scenario } from '../scenario.ts';
import { SCENARIOS } from '../scenarios/all.ts';
import { RUN_CLOSES } from '../scenarios/whole-run.ts';

/** The scenario of this id; undefined: of the calls after all scenarios, by which the run closes. */
export function scenarioOf(id: string = RUN_CLOSES.id): Scenario {
  const known = SCENARIOS.find((each) => each.id === id);
  if (known !== undefined) return known;
  const chapters = Object.keys(CHAPTERS) as Chapter[];
  return {
    id,
    chapter: chapters.find((each) => each === id.split('.')[0]) ?? 'registration',
    sentence: 'A scenario that this release does not have',
    proves: 'The provider answers as the recorded one did.',
    source: { text: 'the recording', mark: 'seen once' },
    run: () => Promise.reject(new Error('it can only be replayed')),
  };
}
