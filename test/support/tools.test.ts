/** What `tools.ts` and the reporter do about tools that are there and tools that are not. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describeWithTool, type Tool, whyMissing } from './tools.ts';

const PRESENT: Tool = { name: 'node', probe: [process.execPath, '--version'], hint: 'nodejs.org' };
const FAILING: Tool = {
  name: 'a module',
  probe: [process.execPath, '-e', 'process.exit(3)'],
  hint: 'there',
};

/** Runs the suite whose tool is nowhere, in a vitest of its own. */
function runWithoutTool(required: '0' | '1'): { status: number | null; output: string } {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  const config = fileURLToPath(new URL('fixtures/omission/vitest.config.ts', import.meta.url));
  const env = { ...process.env, KEELSON_REQUIRE_TOOLS: required, NO_COLOR: '1' };
  const run = spawnSync(process.execPath, [vitest, 'run', '--config', config], {
    encoding: 'utf8',
    env,
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

describe('whyMissing', () => {
  test('a tool whose probe succeeds is there', () => {
    expect(whyMissing(PRESENT)).toBeUndefined();
  });

  test('a tool whose probe fails is missing, and the reason says how to get it', () => {
    expect(whyMissing(FAILING)).toBe('a module is missing (there)');
  });
});

describe('a suite whose tool is missing', () => {
  test('is left out, and the run says which tests and why', () => {
    const { status, output } = runWithoutTool('0');
    expect(output).toContain('Left out: 1\n');
    expect(output).toContain(
      'absent.case.ts: a suite (left out: an absent tool is missing (nowhere)) > would fail if it ran',
    );
    expect(status).toBe(0);
  });

  test('fails the run where tools are required', () => {
    const { status, output } = runWithoutTool('1');
    expect(output).toContain('an absent tool is missing (nowhere)');
    expect(status).toBe(1);
  });
});

describeWithTool('a suite whose tools are all there', [PRESENT, PRESENT], () => {
  test('runs', () => {
    expect(whyMissing(PRESENT)).toBeUndefined();
  });
});
