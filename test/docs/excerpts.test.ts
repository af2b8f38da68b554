/** Goal: the excerpts of the handbook are what the scenes give when they are played again, byte for byte. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXCERPTS } from '../../scripts/excerpts/all.ts';
import { madeExcerpts } from '../../scripts/excerpts/made.ts';

const FOLDER = join(import.meta.dirname, '../../docs/excerpts');

it('excerpts are up to date (else run npm run excerpts, then npm run docs)', async () => {
  const kept = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]);
  expect(await madeExcerpts(EXCERPTS)).toEqual(Object.fromEntries(kept));
}, 300_000);
