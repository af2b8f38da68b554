/** Goal: the list of checks, the program and docs/support.md say the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { CHECKED, checksTable } from '../../../src/support/doctor/catalogue.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

it('docs/support.md shows every check', () => {
  const text = readFileSync(join(ROOT, 'docs/support.md'), 'utf8');
  const [, table = ''] = /<!-- checks -->\n([\s\S]*?)\n<!-- end of checks -->/.exec(text) ?? [];
  expect(table).toBe(checksTable());
});

it('every check of the list is made somewhere', () => {
  const folder = join(ROOT, 'src/support/doctor/checks');
  const code = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  for (const name of Object.keys(CHECKED)) expect(code, name).toContain(`'${name}'`);
});
