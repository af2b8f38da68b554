/** Writes the reports of a run into a folder of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Acceptance } from '../accept.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';

const REPORTS: readonly (readonly [string, (run: Acceptance) => string])[] = [
  ['report.json', jsonReport],
  ['junit.xml', junitReport],
  ['summary.md', markdownReport],
];

/** Writes into `folder`, which is made; files of an earlier run are replaced. Gives their paths. */
export function writeReports(folder: string, run: Acceptance): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return REPORTS.map(([name, make]) => {
    const file = join(folder, name);
    writeFileSync(file, make(run));
    return file;
  });
}
