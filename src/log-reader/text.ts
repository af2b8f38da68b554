/** A reading as plain text for a terminal, with colour where it is wanted. */
import { styleText } from 'node:util';
import { LIMITS } from '../model/limits.ts';
import { lengthOf } from './findings/clock-skew.ts';
import { type Finding, type Severity, timeText } from './findings/finding.ts';
import { type Look, lookOf } from './look.ts';
import type { Reading } from './reading.ts';
import type { Told } from './story.ts';

type Colour = Parameters<typeof styleText>[0];

/** What could move a terminal's cursor, or turn the direction of its text: logs hold what callers send. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const INDENT = ' '.repeat(14);
const COLOURS: Readonly<Record<Look, Colour | undefined>> = {
  ordinary: undefined,
  life: 'cyan',
  change: 'bold',
  warning: 'yellow',
  failure: 'red',
};
const SEVERITY_COLOURS: Readonly<Record<Severity, Colour>> = {
  failure: 'red',
  warning: 'yellow',
  remark: 'cyan',
};

/** The text, ending with a line end. */
export function readingText(reading: Reading, hasColour: boolean): string {
  const paint: Paint = (colour, text) => {
    const plain = text.replace(UNPRINTABLE, '\u{fffd}');
    return hasColour && colour !== undefined ? styleText(colour, plain) : plain;
  };
  return [
    ...headLines(reading).map((each) => paint(undefined, each)),
    ...storyLines(reading, paint),
    ...findingLines(reading, paint),
    '',
  ].join('\n');
}

type Paint = (colour: Colour | undefined, text: string) => string;

function headLines({ files, releases, clocks, remarks, readBy }: Reading): readonly string[] {
  const logs = files.map(({ name, lines, unknown, cut, from, to }) => {
    const when =
      from === undefined || to === undefined ? '' : `, ${timeText(from)} to ${timeText(to)}`;
    const strange = unknown === 0 ? '' : `, ${unknown} of no form that is known`;
    return `log       ${name}: ${lines} lines${strange}${cut === 0 ? '' : `, ${cut} too long`}${when}`;
  });
  return [
    ...logs,
    ...releases.map(
      ({ release, at, file, line }) =>
        `release   ${release}, from ${timeText(at)} (${file}:${line})`,
    ),
    ...clocks.map(
      ({ file, offsetMs, matched }) =>
        `clock     ${file} is ${lengthOf(Math.abs(offsetMs))} ${offsetMs < 0 ? 'behind' : 'ahead of'} the provider, by ${matched} calls in both; its lines are shown by the provider’s clock`,
    ),
    ...remarks.map((each) => `remark    ${each}`),
    `read by   ${readBy}`,
  ];
}

function storyLines({ story, leftOut }: Reading, paint: Paint): readonly string[] {
  const lines: string[] = [];
  const explained = new Set<string>();
  let day = '';
  for (const told of story) {
    const [date = '', time = ''] = new Date(told.at).toISOString().split('T');
    if (date !== day) lines.push('', paint('bold', `${date} (UTC)`));
    day = date;
    const look = lookOf(told);
    lines.push(`${time.slice(0, 12)}  ${paint(COLOURS[look.kind], look.text)}`);
    lines.push(...look.details.map((each) => paint('dim', `${INDENT}${each}`)));
    lines.push(...soapOf(told).map((each) => paint(undefined, `${INDENT}${each}`)));
    for (const { key, means, remedy } of look.explain) {
      if (explained.has(key)) continue;
      explained.add(key);
      lines.push(`${INDENT}means  ${means}`, `${INDENT}do     ${remedy}`);
    }
  }
  const left = leftOut.map(
    ({ count, from, to }) =>
      `(${count} more entries from ${timeText(from)} to ${timeText(to)} are left out: --since, --until or another option narrows the story; it holds ${LIMITS.logReaderEntries} that tell of something and ${LIMITS.logReaderOrdinary} ordinary ones)`,
  );
  return [...lines, ...(left.length === 0 ? [] : ['', ...left])];
}

function soapOf({ soap }: Told): readonly string[] {
  if (soap === undefined) return [];
  const marked = (mark: string, lines: readonly string[]) => lines.map((each) => `${mark} ${each}`);
  return [...marked('>', soap.request), ...marked('<', soap.response)];
}

function findingLines({ findings }: Reading, paint: Paint): readonly string[] {
  const head = ['', paint('bold', 'What happened')];
  if (findings.length === 0) return [...head, '', 'Nothing that needs attention was found.'];
  return [...head, ...findings.flatMap((each, index) => findingText(each, index + 1, paint))];
}

function findingText(finding: Finding, number: number, paint: Paint): readonly string[] {
  const { id, severity, what, why, remedy, evidence } = finding;
  return [
    '',
    `${number}. ${paint(SEVERITY_COLOURS[severity], severity.toUpperCase())} ${paint('bold', what)}  ${paint('dim', `[${id}]`)}`,
    paint(undefined, `   why  ${why}`),
    paint(undefined, `   do   ${remedy}`),
    ...evidence.map(({ file, line, at, text }) =>
      paint('dim', `   see  ${file}:${line}  ${timeText(at)}  ${text}`),
    ),
  ];
}
