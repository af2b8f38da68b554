/**
 * The command `npm run docs`: the pages of docs/ that are made from tables. `--check` compares instead of
 * writing, and fails when a page is not what the tables say.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PAGES } from './docs/pages.ts';

const DOCS = join(import.meta.dirname, '../docs');

function present(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
for (const [name, page] of Object.entries(PAGES)) {
  const path = join(DOCS, name);
  const text = await page();
  if (present(path) === text) continue;
  if (!values.check) writeFileSync(path, text);
  process.stdout.write(`${values.check ? 'differs' : 'written'}: docs/${name}\n`);
  if (values.check) process.exitCode = 1;
}
