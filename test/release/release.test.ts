/** Goal: a release signature names one release and no other, and is the one that package.json names. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { latestOf, RELEASE, releaseOf } from '../../src/release/release.ts';
import { RELEASES, type ReleaseEntry } from '../../src/release/releases.ts';

const root = join(import.meta.dirname, '../..');
const SIGNATURE = /^Keelson (\d+)\.(\d+)\.(\d+) \(\d{4}-\d{2}-\d{2}\) build [0-9A-Za-z.-]+$/;

function versionNumber(entry: ReleaseEntry): number {
  const [major = 0, minor = 0, patch = 0] = entry.version.split('.').map(Number);
  return (major * 1_000 + minor) * 1_000 + patch;
}

/** What is wrong with a ledger, in words; empty when nothing is. */
function complaints(ledger: readonly ReleaseEntry[]): string[] {
  const found: string[] = [];
  for (const [index, entry] of ledger.entries()) {
    if (!/^\d+\.\d+\.\d+$/.test(entry.version))
      found.push(`${entry.version}: not major.minor.patch`);
    const day = new Date(`${entry.date}T00:00:00Z`);
    if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== entry.date) {
      found.push(`${entry.version}: ${entry.date} is not a day`);
    }
    const before = ledger[index - 1];
    if (before === undefined) continue;
    if (entry.date <= before.date) found.push(`${entry.version}: its date does not rise`);
    if (versionNumber(entry) <= versionNumber(before))
      found.push(`${entry.version}: does not rise`);
  }
  return found;
}

describe('release signature', () => {
  it('no two releases of the ledger share a date or a version, and both rise', () => {
    expect(complaints(RELEASES)).toEqual([]);
  });

  it('a ledger that repeats a date, repeats a version or goes back is found out', () => {
    const first = { version: '1.0.0', date: '2030-01-01', note: '' };
    expect(complaints([first, { ...first, version: '1.0.1' }])).toHaveLength(1);
    expect(complaints([first, { ...first, date: '2030-01-02' }])).toHaveLength(1);
    expect(complaints([first, { ...first, version: '0.9.0', date: '2029-02-30' }])).toHaveLength(3);
  });

  it('the last release of the ledger is the version that package.json names', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(latestOf(RELEASES).version).toBe(manifest.version);
    expect(RELEASE.version).toBe(manifest.version);
    expect(RELEASE.date).toBe(latestOf(RELEASES).date);
  });

  it('the signature is one frozen text with name, version, date and build', () => {
    expect(RELEASE.signature).toMatch(SIGNATURE);
    expect(Object.isFrozen(RELEASE)).toBe(true);
    const example = { version: '0.1.0', date: '2026-11-22', note: '' };
    expect(releaseOf(example, '1a2b3c4d').signature).toBe(
      'Keelson 0.1.0 (2026-11-22) build 1a2b3c4d',
    );
  });

  it('the built program says it with a commit', () => {
    const said = execFileSync(process.execPath, [join(root, 'dist/src/main.js'), '--version'], {
      encoding: 'utf8',
    }).trim();
    expect(said).toMatch(SIGNATURE);
    expect(said.startsWith(`Keelson ${RELEASE.version} (${RELEASE.date}) build `)).toBe(true);
    expect(said).not.toContain('build source');
  });
});
