/** What a replay found, in words: as text for a terminal, and as Markdown. */
import { plain } from '../report/markdown.ts';
import type { DifferenceGroup, DifferencesDocument } from './document.ts';
import { inWords } from './line.ts';

function groupLines(each: DifferenceGroup): readonly [string, string] {
  const { operation, calls, scenarios, first } = each;
  const where = first.exchange === undefined ? '' : `, exchange ${first.exchange} of the replay`;
  const others = calls === 1 ? '' : `; ${calls} calls in all`;
  const more = scenarios.length === 1 ? '' : ` and ${scenarios.length - 1} more`;
  return [
    `${operation}: ${inWords(each)}`,
    `call ${first.recorded} of the recording${where}, ${scenarios[0]}${more}${others}`,
  ];
}

function countsLine({ counts }: DifferencesDocument): string {
  const { calls, same, different, notSent, leftOut, notReached } = counts;
  const parts = [
    `${calls} calls: ${same} alike, ${different} otherwise, ${notSent} not sent`,
    ...(notReached === 0 ? [] : [`${notReached} not reached`]),
    ...(leftOut === 0 ? [] : [`${leftOut} calls left out`]),
  ];
  return parts.join('; ');
}

/** For a terminal: the differences, what was left out, and the counts last. */
export function differencesText(document: DifferencesDocument): string {
  const { recording, replay, groups, leftOut, left } = document;
  const side = (name: string, { url, startedAt, servers }: typeof replay) =>
    `${name}  ${url}, ${startedAt}, ${servers.join('; ') || 'no release signature'}`;
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines.map((each) => `  ${each}`)];
  return [
    ...[side('recorded', recording), side('replayed', replay)],
    ...part(
      'Differences',
      groups.flatMap((each) => {
        const [what, where] = groupLines(each);
        return [what, `  ${where}`];
      }),
    ),
    ...part('Left out', leftOut.map(leftOutText)),
    ...part('Left behind', left),
    '',
    countsLine(document),
    '',
  ].join('\n');
}

/** For an issue or a mail. */
export function differencesMarkdown(document: DifferencesDocument): string {
  const { recording, replay, groups, leftOut, left } = document;
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
  const side = ({ url, startedAt, servers }: typeof replay) =>
    plain([url, startedAt, ...servers].join(', '));
  return [
    '# Replay of a recording',
    '',
    `- recorded: ${side(recording)}`,
    `- replayed: ${side(replay)}`,
    `- ${plain(countsLine(document))}`,
    ...part(
      'Differences',
      groups.flatMap((each) => {
        const [what, where] = groupLines(each);
        return [`- ${plain(what)}`, `  - ${plain(where)}`];
      }),
    ),
    ...part(
      'Left out',
      leftOut.map((each) => `- ${plain(leftOutText(each))}`),
    ),
    ...part(
      'Left behind',
      left.map((each) => `- ${plain(each)}`),
    ),
    '',
  ].join('\n');
}

function leftOutText({ scenario, reason, calls }: DifferencesDocument['leftOut'][number]): string {
  return `${scenario}: ${reason} (${calls} calls)`;
}
