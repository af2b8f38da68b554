/** Pages that are written by hand, but for what stands between marks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../../docs');

/** The page with what is between the marks of each name exchanged. Throws when the marks are not there. */
export function filled(page: string, contents: Readonly<Record<string, string>>): string {
  let text = readFileSync(join(DOCS, page), 'utf8');
  for (const [name, content] of Object.entries(contents)) {
    const [begin, end] = [`<!-- ${name}: made by npm run docs -->`, `<!-- ${name}: end -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/${page} has no marks of ${name}`);
    text = `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
  }
  return text;
}
