/** The run as JUnit XML, which continuous integration systems read: a suite for each chapter. */
import module, { type Builder } from 'junit-report-builder';
import type { Acceptance } from '../accept.ts';
import { CHAPTERS, type Chapter } from '../scenario.ts';

// The package's types speak of a default export; at run time the module is the builder itself.
const junit = module as unknown as Builder;

export function junitReport(run: Acceptance): string {
  const report = junit.newBuilder();
  for (const chapter of Object.keys(CHAPTERS) as Chapter[]) {
    const own = run.results.filter((each) => each.scenario.chapter === chapter);
    if (own.length === 0) continue;
    const suite = report.testSuite().name(CHAPTERS[chapter]);
    for (const { scenario, outcome, reasons, ms } of own) {
      const test = suite
        .testCase()
        .className(scenario.id)
        .name(scenario.sentence)
        .time(ms / 1000);
      if (outcome === 'failed') test.failure(reasons.join('\n'));
      if (outcome === 'skipped' || outcome === 'known')
        test.skipped().standardOutput(reasons.join('\n'));
    }
  }
  return report.build();
}
