/** What a hot fix changes in the provider's behaviour: two acceptance reports, of before and after, compared. */
import { compareReports } from '../../src/accept/report/diff/compare.ts';
import { comparisonText } from '../../src/accept/report/diff/text.ts';
import { readReport } from '../../src/accept/report/document.ts';

export interface Reports {
  /** Report folder, or its report.json. */
  readonly before: string;
  readonly after: string;
}

/** What `keelson report diff` says of them. Throws RangeError when one is not a report. */
export function changedBehaviour({ before, after }: Reports): string {
  return comparisonText(compareReports(readReport(before), readReport(after)));
}
