/** A summary to paste into an issue or a mail: failures first, each with what came instead. */
import type { Acceptance } from '../accept.ts';
import { CHAPTERS, type Chapter } from '../scenario.ts';
import { summaryOf } from './json.ts';

/** Text in one line that Markdown leaves alone. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/([\\`*_<>[\]|])/g, '\\$1');
}

export function markdownReport(run: Acceptance): string {
  const summary = summaryOf(run);
  const chapters = Object.keys(CHAPTERS) as Chapter[];
  const rows = chapters.flatMap((chapter) => {
    const own = run.results.filter((each) => each.scenario.chapter === chapter);
    const count = (outcome: string) => own.filter((each) => each.outcome === outcome).length;
    if (own.length === 0) return [];
    return [
      `| ${CHAPTERS[chapter]} | ${count('passed')} | ${count('failed')} | ${count('skipped')} | ${count('known')} |`,
    ];
  });
  const listed = (outcome: string) =>
    run.results
      .filter((each) => each.outcome === outcome)
      .flatMap(({ scenario, reasons }) => [
        `- \`${scenario.id}\` ${plain(scenario.sentence)}`,
        ...reasons.map((reason) => `  - ${plain(reason)}`),
      ]);
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
  return [
    `# Acceptance of ${plain(summary.url)}`,
    '',
    `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped, ${summary.known} known differences; ${summary.calls} calls in SOAP ${summary.soap}, ${summary.seconds} s, begun ${summary.startedAt}.`,
    ...summary.servers.map((server) => `Release: ${plain(server)}`),
    '',
    '| chapter | passed | failed | skipped | known |',
    '|---|---|---|---|---|',
    ...rows,
    ...part('Failed', listed('failed')),
    ...part('Known differences', listed('known')),
    ...part(
      'Listed as known differences, and passed',
      summary.settled.map((each) => `- \`${each}\``),
    ),
    ...part('Skipped', listed('skipped')),
    ...part(
      'Left behind',
      summary.left.map((each) => `- ${plain(each)}`),
    ),
    '',
  ].join('\n');
}
