/**
 * Goal: the soak in its short form finds nothing wrong over a kill -9, a restart in order and two sets of fault rules;
 * and its verdict tells what grows from what does not.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { disturbances, RULES } from '../../bench/soak/plan.ts';
import { COLUMNS, type Sample } from '../../bench/soak/sample.ts';
import { judge } from '../../bench/soak/verdict.ts';
import { faultRuleOf } from '../../src/config/fault-rules.ts';

const RUN = resolve(import.meta.dirname, '../../bench/soak/run.ts');

const SAMPLE: Sample = {
  ...{ atS: 0, process: 1, rssMb: 240, ownMb: 140, heapMb: 40, fds: 36, calls: 1_500, faults: 0 },
  ...{
    p50Ms: 5,
    p99Ms: 20,
    loopP99Ms: 12,
    loopMaxMs: 30,
    cpuPercent: 8,
    machineLoad: 1,
    storeMb: 1,
    arrayMb: 9,
  },
};

/** Two hours by the minute, one process. */
function samples(at: (minute: number) => Partial<Sample>): Sample[] {
  return Array.from({ length: 120 }, (_, minute) => ({
    ...SAMPLE,
    atS: minute * 60,
    ...at(minute),
  }));
}

const verdict = (at: (minute: number) => Partial<Sample>) =>
  judge(samples(at), [], 7_200).flatMap(({ what, holds }) => (holds ? [] : [what]));

describe('the verdict on a soak', () => {
  it('holds for what goes up and down', () => {
    expect(verdict((minute) => ({ ownMb: 140 + (minute % 5), fds: 34 + (minute % 3) }))).toEqual(
      [],
    );
  });

  it('names what grows in the last process, and is not misled by its beginning', () => {
    expect(verdict((minute) => ({ ownMb: Math.min(60 + minute, 140) }))).toEqual([]);
    expect(verdict((minute) => ({ ownMb: 140 + minute / 3 }))).toEqual(['memory of its own']);
    expect(verdict((minute) => ({ heapMb: 40 + minute / 10 }))).toEqual(['heap']);
    expect(verdict((minute) => ({ fds: 30 + Math.floor(minute / 4) }))).toEqual(['open files']);
    expect(verdict((minute) => ({ p99Ms: minute > 105 ? 90 : 20 }))).toEqual(['p99 of calls']);
  });

  it('looks at the process that served to the end, not at one begun by the last kill', () => {
    const process = (minute: number) => (minute === 119 ? 2 : 1);
    expect(verdict((minute) => ({ process: process(minute) }))).toEqual([]);
    expect(verdict((minute) => ({ process: process(minute), ownMb: 140 + minute / 3 }))).toEqual([
      'memory of its own',
    ]);
  });

  it('fails a run of any length in which something was wrong', () => {
    expect(judge([], ['a volume is missing'], 20)).toMatchObject([{ holds: false }]);
    expect(judge([], [], 20)).toMatchObject([{ holds: true }]);
  });
});

describe('the plan of a soak', () => {
  it('has both kinds of restarts in its first half and none in its second, and rules in both', () => {
    for (const seconds of [10, 600, 7_200, 86_400]) {
      const all = disturbances(seconds);
      const restarts = all.filter(({ what }) => what !== 'fault rules');
      expect(new Set(restarts.map(({ what }) => what))).toEqual(new Set(['kill -9', 'restart']));
      expect(Math.max(...restarts.map(({ at }) => at))).toBeLessThanOrEqual(0.5);
      const rules = all.filter(({ what }) => what === 'fault rules');
      expect(rules.some(({ at }) => at < 0.5) && rules.some(({ at }) => at > 0.5)).toBe(true);
    }
  });
});

describe('the fault rules of a soak', () => {
  it('are rules', () => {
    for (const rule of RULES.flat()) expect(() => faultRuleOf(rule)).not.toThrow();
  });
});

describe('a short soak', () => {
  it('loses nothing, and leaves samples and a chart', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'keelson-soak-test-'));
    try {
      const args = ['--import', 'tsx', RUN, '--seconds', '10', '--out', folder];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      expect(status, stdout + stderr).toBe(0);
      expect(stdout).toContain('| nothing wrong | nothing wrong | yes |');
      const [head, ...rows] = readFileSync(join(folder, 'soak.csv'), 'utf8').trimEnd().split('\n');
      expect(head).toBe(COLUMNS.join(','));
      expect(rows.length).toBeGreaterThan(2);
      expect(readFileSync(join(folder, 'soak.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
