/**
 * Prints at the end of a run which tests were left out, and why: nothing is skipped in silence. The reason
 * stands in the name, as `describeWithTool` writes it, or is the note that the test was left out with.
 */

import type { Reporter, TestModule } from 'vitest/node';

/** A vitest reporter that lists what was skipped. */
export class OmissionReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const omitted = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => {
        const result = test.result();
        const reason = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
        return `${module.relativeModuleId}: ${test.fullName}${reason}`;
      }),
    );
    if (omitted.length === 0) return;
    process.stdout.write(
      `\nLeft out: ${omitted.length}\n${omitted.map((each) => `  ${each}\n`).join('')}`,
    );
  }
}
