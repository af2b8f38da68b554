/**
 * The command `npm run excerpts`: plays the scenes and writes the excerpts of their logs to docs/excerpts/.
 * `--check` compares instead of writing, and fails when an excerpt is not what the scenes give. `npm run docs`
 * puts them into the page.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXCERPTS } from './excerpts/all.ts';
import { madeExcerpts } from './excerpts/made.ts';

const FOLDER = join(import.meta.dirname, '../docs/excerpts');

mkdirSync(FOLDER, { recursive: true });
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const made = await madeExcerpts(EXCERPTS);
const names = new Set([...readdirSync(FOLDER), ...Object.keys(made)]);
for (const name of [...names].sort()) {
  const path = join(FOLDER, name);
  const text = made[name];
  const present = readdirSync(FOLDER).includes(name) ? readFileSync(path, 'utf8') : undefined;
  if (present === text) continue;
  if (!values.check && text === undefined) rmSync(path);
  if (!values.check && text !== undefined) writeFileSync(path, text);
  process.stdout.write(`${values.check ? 'differs' : 'written'}: docs/excerpts/${name}\n`);
  if (values.check) process.exitCode = 1;
}
