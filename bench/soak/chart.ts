/**
 * The chart of a soak as SVG: small panels below each other over one axis of time, restarts as upright lines.
 * Plain text, no library: the chart is kept in git and looked at in a page of Markdown. Pure.
 */
import type { Sample } from './sample.ts';

export interface Mark {
  readonly atS: number;
  readonly what: string;
}

interface Line {
  readonly of: keyof Sample;
  readonly name: string;
  readonly colour: string;
}

const BLUE = '#1f6feb';
const ORANGE = '#d1242f';
const GREEN = '#1a7f37';

const PANELS: readonly { readonly title: string; readonly lines: readonly Line[] }[] = [
  {
    title: 'memory, MB',
    lines: [
      { of: 'rssMb', name: 'resident', colour: BLUE },
      { of: 'ownMb', name: 'of it its own', colour: GREEN },
      { of: 'heapMb', name: 'heap', colour: ORANGE },
    ],
  },
  { title: 'open files', lines: [{ of: 'fds', name: 'open files', colour: BLUE }] },
  {
    title: 'latency of calls, ms',
    lines: [
      { of: 'p99Ms', name: 'p99', colour: ORANGE },
      { of: 'p50Ms', name: 'p50', colour: BLUE },
    ],
  },
  {
    title: 'event loop delay, ms',
    lines: [{ of: 'loopP99Ms', name: 'p99', colour: BLUE }],
  },
  {
    title: 'on disk, MB',
    lines: [
      { of: 'arrayMb', name: 'the array’s', colour: BLUE },
      { of: 'storeMb', name: 'the provider’s', colour: ORANGE },
    ],
  },
];

const WIDTH = 860;
const LEFT = 60;
const RIGHT = 110;
const HEIGHT = 90;
const GAP = 34;
const INNER = WIDTH - LEFT - RIGHT;

/** A round number not below `value`: 1, 2 or 5 times a power of ten. */
function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-6)));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= value) ?? value;
}

const text = (x: number, y: number, words: string, extra = '') =>
  `<text x="${x}" y="${y}"${extra}>${words}</text>`;

function panel(
  { title, lines }: (typeof PANELS)[number],
  top: number,
  { samples, marks, x }: Drawing,
): string {
  const values = samples.flatMap((sample) => lines.map(({ of }) => sample[of]));
  const most = roundedUp(Math.max(...values, 0.01));
  const y = (value: number) => Math.round((top + HEIGHT * (1 - value / most)) * 10) / 10;
  const path = ({ of }: Line) =>
    samples
      .map((sample, index) => {
        const isNew = samples[index - 1]?.process !== sample.process;
        return `${isNew ? 'M' : 'L'}${x(sample.atS)} ${y(sample[of])}`;
      })
      .join('');
  return [
    text(LEFT, top - 8, title),
    `<rect x="${LEFT}" y="${top}" width="${INNER}" height="${HEIGHT}" fill="none" stroke="#8c959f"/>`,
    ...marks.map(
      ({ atS }) =>
        `<path d="M${x(atS)} ${top}v${HEIGHT}" stroke="#8c959f" stroke-dasharray="2 3"/>`,
    ),
    text(LEFT - 6, top + 10, String(most), ' text-anchor="end"'),
    text(LEFT - 6, top + HEIGHT, '0', ' text-anchor="end"'),
    ...lines.map(
      (line) => `<path d="${path(line)}" fill="none" stroke="${line.colour}" stroke-width="1.5"/>`,
    ),
    ...lines.map(({ name, colour }, index) =>
      text(LEFT + INNER + 8, top + 14 + index * 16, name, ` fill="${colour}"`),
    ),
  ].join('\n');
}

interface Drawing {
  readonly samples: readonly Sample[];
  readonly marks: readonly Mark[];
  readonly x: (atS: number) => number;
}

/** `marks`: restarts. `title` stands above the panels. */
export function chartOf(samples: readonly Sample[], marks: readonly Mark[], title: string): string {
  const lastS = Math.max(samples.at(-1)?.atS ?? 1, 1);
  const x = (atS: number) => Math.round((LEFT + (INNER * atS) / lastS) * 10) / 10;
  const drawing = { samples, marks, x };
  const tops = PANELS.map((_, index) => 50 + index * (HEIGHT + GAP));
  const bottom = 50 + PANELS.length * (HEIGHT + GAP);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="12">`,
    `<title id="title">${title}</title>`,
    `<rect width="${WIDTH}" height="${bottom}" fill="#ffffff"/>`,
    text(LEFT, 20, title, ' font-weight="bold"'),
    ...PANELS.map((each, index) => panel(each, tops[index] ?? 0, drawing)),
    ...[0, 0.25, 0.5, 0.75, 1].map((share) =>
      text(
        LEFT + INNER * share,
        bottom - 12,
        `${Math.round((lastS * share) / 60)} min`,
        ' text-anchor="middle"',
      ),
    ),
    '</svg>\n',
  ].join('\n');
}
