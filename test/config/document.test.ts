/** Goal: docs/configuration.md names every setting and exit code as the program has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit.ts';
import { settingsTable } from '../../src/config/document.ts';
import { settings } from '../../src/config/settings.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');

describe('docs/configuration.md', () => {
  it('holds the table of all settings as they are', () => {
    expect(text).toContain(settingsTable());
  });

  it('names every exit code with its meaning, and none twice', () => {
    const codes = Object.values(EXIT_CODES);
    for (const [code, meaning] of codes) expect(text).toContain(`| ${code} | ${meaning} |`);
    expect(new Set(codes.map(([code]) => code)).size).toBe(codes.length);
  });

  it('every setting says what it is for, under flag and variable names of its own', () => {
    const all = settings();
    for (const { key, help } of all) expect(help, key).toMatch(/^[A-Z].*\.$/);
    expect(new Set(all.map(({ variable }) => variable)).size).toBe(all.length);
    expect(new Set(all.map(({ key, flag }) => flag ?? key)).size).toBe(all.length);
  });
});
