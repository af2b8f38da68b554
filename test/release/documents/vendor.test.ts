/** Goal: what a vendor fills in wrongly is told with its place, and what is not filled in is never overlooked. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  placeholdersIn,
  readVendor,
  shown,
  VendorError,
} from '../../../scripts/release/documents/vendor.ts';
import { TREE } from './made.ts';

const FILE = join(TREE, 'scripts/release/vendor.yaml');
const TEXT = readFileSync(FILE, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'keelson-vendor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(text: string): string {
  const path = join(folder, 'vendor.yaml');
  writeFileSync(path, text);
  return path;
}

function mistakesIn(text: string): string {
  try {
    readVendor(written(text));
  } catch (error) {
    if (error instanceof VendorError) return error.message;
    throw error;
  }
  return 'none';
}

describe('the vendor’s file', () => {
  it('is read, and lists what is still to be filled in, each by its key', () => {
    const open = placeholdersIn(readVendor(FILE));
    expect(open.map(({ key }) => key)).toContain('vendor.name');
    expect(open).toHaveLength(TEXT.match(/FILL IN: /g)?.length ?? 0);
    expect(open.every(({ wanted }) => wanted.length > 3 && !wanted.startsWith('FILL'))).toBe(true);
  });

  it('lists one less when one is filled in', () => {
    const before = placeholdersIn(readVendor(FILE)).length;
    const filled = TEXT.replace('FILL IN: name of the vendor', 'Example Storage');
    const vendor = readVendor(written(filled));
    expect(vendor.vendor.name).toBe('Example Storage');
    expect(placeholdersIn(vendor)).toHaveLength(before - 1);
  });

  it('tells a mistake with its file, line and key', () => {
    const line = TEXT.split('\n').findIndex((each) => each.includes("firmware: '1.0.0'")) + 1;
    const mistake = mistakesIn(TEXT.replace("firmware: '1.0.0'", 'firmware: 1'));
    expect(mistake).toMatch(
      new RegExp(`vendor\\.yaml:${line}: compatibility\\.arrays\\.0\\.firmware: `),
    );
  });

  it.each([
    ['a key that nobody knows', TEXT.replace('  website:', '  web:'), /vendor.*web/],
    [
      'an address that is not https',
      TEXT.replace("'FILL IN: https address of the vendor'", 'http://x'),
      /vendor\.website: must be an https address/,
    ],
    ['a priority that is missing', TEXT.replace('- name: P4', '- name: P3'), /support\.priorities/],
    ['broken YAML', `${TEXT}\nmore: [`, /vendor\.yaml/],
  ])('refuses %s', (_, text, message) => {
    expect(mistakesIn(text)).toMatch(message);
  });

  it('has a command that lists what is open, and fails on it when that is asked for', () => {
    const script = join(TREE, 'scripts/documents.ts');
    const asked = (...args: readonly string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
        cwd: TREE,
        encoding: 'utf8',
      });
    const strict = asked('--strict');
    expect(strict.status).toBe(1);
    expect(strict.stdout).toContain('  vendor.name: name of the vendor\n');
    const filled = written(
      TEXT.replaceAll(/'FILL IN: https[^']*'/g, 'https://example.com').replaceAll('FILL IN: ', ''),
    );
    expect(asked('--strict', '--vendor', filled).status).toBe(0);
  });

  it('shows what is not filled in, in brackets', () => {
    expect(shown('FILL IN: a name')).toBe('[FILL IN: a name]');
    expect(shown('Example')).toBe('Example');
  });
});
