/** Writes the reports of a run into a folder of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Acceptance } from '../accept.ts';
import { documentOf, jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { pageReport } from './page.ts';

/** Writes into `folder`, which is made; files of an earlier run are replaced. Gives their paths. */
export function writeReports(folder: string, run: Acceptance): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const document = documentOf(run);
  const markdown = markdownReport(run);
  const reports: Readonly<Record<string, string>> = {
    'report.html': pageReport(document, markdown),
    'report.json': jsonReport(document),
    'junit.xml': junitReport(run),
    'summary.md': markdown,
  };
  return Object.entries(reports).map(([name, text]) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  });
}
