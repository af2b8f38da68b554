/** docs/acceptance.md: written by hand but for the table of its chapters and of who catches what. */
import { CHAPTERS, type Scenario } from '../../src/accept/scenario.ts';
import { SCENARIOS } from '../../src/accept/scenarios/all.ts';
import { MUTANTS } from '../../test/accept/mutants/all.ts';
import { filled } from './filled.ts';

/** The place of a heading, as links name it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}

function caughtIn(chapter: string, own: readonly Scenario[]): readonly string[] {
  const ids = new Set([chapter, ...own.map(({ id }) => id)]);
  return MUTANTS.filter(({ caughtBy }) => ids.has(caughtBy)).map(({ id }) => `\`${id}\``);
}

function chaptersTable(): string {
  const rows = Object.entries(CHAPTERS).map(([chapter, title]) => {
    const own = SCENARIOS.filter((each) => each.chapter === chapter);
    const link = `[${title}](acceptance-scenarios.md#${anchorOf(title)})`;
    return `| ${link} (\`${chapter}\`) | ${own.length} | ${caughtIn(chapter, own).join(', ')} |`;
  });
  return [
    `${SCENARIOS.length} scenarios; ${MUTANTS.length} broken providers, each caught by the one that was made for it:`,
    '',
    '| chapter | scenarios | broken providers that it catches |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The page. */
export function acceptancePage(): string {
  return filled('acceptance.md', { chapters: chaptersTable() });
}
