/** The chapters of excerpts from logs: the files of docs/excerpts/, and what each piece of them means. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXCERPTS } from '../../excerpts/all.ts';
import type { Excerpt } from '../../excerpts/excerpt.ts';

const FOLDER = join(import.meta.dirname, '../../../docs/excerpts');

const ABOUT = `Made by playing these cases on a real provider (\`npm run excerpts\`), with verbose mode on. Each line of the log is laid
out over several lines here. Times, ids and fingerprints are replaced by others of the same form, and fields that say
nothing of the case are left out; \`RELEASE\` stands for the release and its date.
`;

function filesOf({ id }: Excerpt): readonly string[] {
  const own = new RegExp(`^${id}-\\d+\\.`);
  return readdirSync(FOLDER)
    .filter((name) => own.test(name))
    .sort();
}

/** One excerpt. Throws when a piece that is explained is not in it: the explanation has gone stale. */
function chapter(excerpt: Excerpt, linked: (ids: readonly string[]) => string): string {
  const files = filesOf(excerpt).map((name) => ({
    kind: name.endsWith('.xml') ? 'xml' : 'json',
    text: readFileSync(join(FOLDER, name), 'utf8').trimEnd(),
  }));
  const all = files.map(({ text }) => text).join('\n');
  for (const [piece] of excerpt.says)
    if (!all.includes(piece)) throw new Error(`excerpt ${excerpt.id} has no ${piece}`);
  return [
    `### ${excerpt.title}\n`,
    ...files.map(({ kind, text }) => `\`\`\`${kind}\n${text}\n\`\`\`\n`),
    ...excerpt.says.map(([piece, meaning]) => `- \`${piece.trim()}\`: ${meaning}`),
    `\nSee: ${linked(excerpt.see)}\n`,
  ].join('\n');
}

/** Both chapters, good states and failed ones. `linked`: links to entries by their ids. */
export function excerpts(linked: (ids: readonly string[]) => string): readonly string[] {
  const of = (state: Excerpt['state']) =>
    EXCERPTS.filter((each) => each.state === state).map((each) => chapter(each, linked));
  return [
    '## What good looks like\n',
    ABOUT,
    ...of('good'),
    '## What failure looks like\n',
    ...of('failed'),
  ];
}
