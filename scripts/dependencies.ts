/**
 * The command `npm run dependencies`: licences of the packages that the product runs with, and known weaknesses
 * in them. Fails on a licence that is not allowed and on an advisory that .ci/advisories.json does not explain.
 * Where the registry cannot be asked it says so and does not fail; with KEELSON_REQUIRE_AUDIT=1 it does.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judged, readAudit, readExplained, whyNot } from './dependencies/advisories.ts';
import { isAllowed, packagesOf } from './dependencies/licences.ts';

const ROOT = join(import.meta.dirname, '..');
const AUDIT_MS = 120_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

function checkLicences(): boolean {
  const packages = packagesOf(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  say(`licences: ${packages.length} packages, ${refused.length} not allowed`);
  for (const { name, version, licence } of refused)
    say(`  ${name} ${version}: ${licence ?? 'none'}`);
  return refused.length === 0;
}

function checkAdvisories(): boolean {
  const args = ['audit', '--omit=dev', '--json'];
  const { stdout } = spawnSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: AUDIT_MS,
  });
  const found = readAudit(stdout ?? '');
  if (found === undefined) {
    say(`advisories: COULD NOT ASK, so nothing is known of them here: ${whyNot(stdout ?? '')}`);
    return process.env['KEELSON_REQUIRE_AUDIT'] !== '1';
  }
  const list = readExplained(readFileSync(join(ROOT, '.ci/advisories.json'), 'utf8'));
  const { unexplained, explained, idle } = judged(
    found,
    list,
    new Date().toISOString().slice(0, 10),
  );
  say(`advisories: ${found.length} found, ${explained.length} of them explained`);
  for (const each of unexplained)
    say(`  ${each.package} ${each.id} (${each.severity}): ${each.title}`);
  for (const { id } of idle) say(`  ${id} is explained and not found any more: take it out`);
  return unexplained.length === 0;
}

const fine = [checkLicences(), checkAdvisories()];
process.exitCode = fine.every(Boolean) ? 0 : 1;
