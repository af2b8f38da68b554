/**
 * The command `npm run crash`: tries a crash at every write of every operation and of an upgrade, in each way of
 * losing what was not synced, and keeps how many were tried for docs/reliability.md. Takes some ten minutes. `--seed N`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RELEASE } from '../src/release/release.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { seed: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'keelson-crashes-'));
const kept = join(folder, 'tried.jsonl');
try {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const test = ['run', '--config', 'test/vitest.config.ts', 'test/crash/power/power.test.ts'];
  const { status } = spawnSync(process.execPath, [vitest, ...test], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      KEELSON_CRASH_MOMENTS: 'all',
      KEELSON_CRASH_KEEP: kept,
      ...(values.seed === undefined ? {} : { KEELSON_CRASH_SEED: values.seed }),
    },
  });
  process.exitCode = status ?? 1;
  if (status === 0) {
    const lines = readFileSync(kept, 'utf8').trimEnd().split('\n');
    const crashes = Object.assign({}, ...lines.map((line) => JSON.parse(line)));
    const facts = { date: new Date().toISOString().slice(0, 10), release: RELEASE.signature };
    const text = `${JSON.stringify({ ...facts, crashes }, null, 2)}\n`;
    writeFileSync(join(ROOT, 'docs/pictures/crashes.json'), text);
    process.stdout.write('written: docs/pictures/crashes.json; now npm run docs\n');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
