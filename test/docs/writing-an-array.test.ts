/** Goal: every sentence of the contract that the walk for vendors names is one, word for word. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** Titles of the suite as they are written, up to where a method's name is put in. */
const CONTRACT = readdirSync(new URL('test/array/contract/', ROOT))
  .map((name) => read(`test/array/contract/${name}`))
  .join('\n');

const [, table = ''] = read('docs/writing-an-array.md').split('## Common mistakes');
const rows = [...table.matchAll(/^\| (?!mistake|-)(.+) \| (.+) \|$/gm)];

describe('the walk for vendors', () => {
  it('has a table of mistakes', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows.map(([, mistake = '', sentence = '']) => [mistake, sentence]))(
    'names a sentence that the contract has: %s',
    (_, sentence) => {
      const titled = sentence.replace(/^cloneVolume:/, '%s:');
      expect(CONTRACT).toContain(`'${titled}'`);
    },
  );
});
