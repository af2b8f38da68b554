/**
 * The story as a picture: time to the right, a lane for each of those who called most, a mark for each entry.
 * It shows what the table below it says, so that nobody needs it to understand the story; clicks on it are for
 * those who point, and lead to the same rows.
 */
import { type Look, lookOf } from '../look.ts';
import type { Told } from '../story.ts';
import { type Markup, markup } from './markup.ts';

const WIDTH = 1_000;
const LEFT = 230;
const LANE = 26;
const LANES = 16;
const TOP = 34;
const TICKS = 6;
const NAME_CHARACTERS = 30;
const PROVIDER = 'provider';
const OTHERS = 'others';

/** Worse marks lie over better ones. */
const ORDER: readonly Look[] = ['ordinary', 'life', 'change', 'warning', 'failure'];

function laneOf({ entry, who }: Told): string {
  if (entry.log !== 'provider') return entry.file;
  return who === '' ? PROVIDER : who;
}

/** Names of the lanes, the provider first, then those who are in most entries. */
function lanesOf(story: readonly Told[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const told of story) counts.set(laneOf(told), (counts.get(laneOf(told)) ?? 0) + told.times);
  counts.delete(PROVIDER);
  const names = [...counts].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  const shown = names.length > LANES ? [...names.slice(0, LANES - 1), OTHERS] : names;
  return [PROVIDER, ...shown];
}

/** The picture, or nothing when there is no entry. `idOf` names the row of an entry. */
export function picture(story: readonly Told[], idOf: (index: number) => string): Markup {
  const [first, last] = [story[0], story.at(-1)];
  if (first === undefined || last === undefined) return markup`<p>There is nothing to show.</p>`;
  const lanes = lanesOf(story);
  const from = first.at;
  const to = Math.max(...story.map(({ until }) => until), from + 1_000);
  const height = TOP + lanes.length * LANE + 8;
  const x = (at: number) =>
    Math.round((LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT - 12)) * 10) / 10;
  const y = (told: Told) => {
    const lane = lanes.indexOf(laneOf(told));
    return TOP + (lane < 0 ? lanes.length - 1 : lane) * LANE + LANE / 2;
  };
  const marks = story
    .map((told, index) => ({ told, index, look: lookOf(told) }))
    .sort((a, b) => ORDER.indexOf(a.look.kind) - ORDER.indexOf(b.look.kind))
    .map(({ told, index, look }) => {
      const place = { x: x(told.at), end: x(told.until), y: y(told) };
      const title = `${new Date(told.at).toISOString()} ${look.text}`;
      return markup`<g data-entry="${idOf(index)}"><title>${title}</title>${mark(look.kind, place)}</g>`;
    });
  return markup`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="picture-title"><title id="picture-title">Time line of ${story.length} entries; the story below says the same in words</title>${ticks(from, to, x, height)}${lanes.map(laneLine)}${marks}</svg>`;
}

interface Place {
  readonly x: number;
  readonly end: number;
  readonly y: number;
}

/** The kinds differ by shape too, for those who do not tell the colours apart. */
function mark(kind: Look, { x, end, y }: Place): Markup {
  const line =
    end - x >= 1
      ? markup`<line class="run ${kind}" x1="${x}" x2="${end}" y1="${y}" y2="${y}"/>`
      : '';
  switch (kind) {
    case 'failure':
      return markup`${line}<path class="mark failure" d="M${x - 5} ${y - 5}l10 10m0 -10l-10 10"/>`;
    case 'warning':
      return markup`${line}<path class="mark warning" d="M${x} ${y - 6}l6 11h-12z"/>`;
    case 'life':
      return markup`<line class="mark life" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${y + LANE / 2}"/>`;
    case 'change':
      return markup`<path class="mark change" d="M${x} ${y - 5}l5 5l-5 5l-5 -5z"/>`;
    case 'ordinary':
      return markup`${line}<circle class="mark ordinary" cx="${x}" cy="${y}" r="3"/>`;
  }
}

function laneLine(name: string, index: number): Markup {
  const y = TOP + index * LANE + LANE / 2;
  const short = name.length > NAME_CHARACTERS ? `${name.slice(0, NAME_CHARACTERS - 1)}…` : name;
  return markup`<text class="lane" x="0" y="${y + 4}">${short}</text><line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}"/>`;
}

function ticks(
  from: number,
  to: number,
  x: (at: number) => number,
  height: number,
): readonly Markup[] {
  const isLong = to - from > 86_400_000;
  return Array.from({ length: TICKS }, (_, index) => {
    const at = from + ((to - from) * index) / (TICKS - 1);
    const iso = new Date(at).toISOString();
    const text = isLong ? `${iso.slice(5, 10)} ${iso.slice(11, 16)}` : iso.slice(11, 19);
    const anchor = index === 0 ? 'start' : index === TICKS - 1 ? 'end' : 'middle';
    return markup`<text class="tick" x="${x(at)}" y="14" text-anchor="${anchor}">${text}</text><line class="grid" x1="${x(at)}" x2="${x(at)}" y1="20" y2="${height}"/>`;
  });
}
