/** Known differences: what is listed may fail, and the list is held to be true. */
import { describe, expect, it } from 'vitest';
import {
  judgedBy,
  readKnownDifferences,
  settledAmong,
} from '../../src/accept/known-differences.ts';
import { documentOf } from '../../src/accept/report/json.ts';
import { junitReport } from '../../src/accept/report/junit.ts';
import { markdownReport } from '../../src/accept/report/markdown.ts';
import { madeUpRun } from './made-up-run.ts';

const IDS = new Set(['volumes.one', 'volumes.two', 'volumes.three']);
const read = (text: string) => readKnownDifferences(text, IDS);

describe('a list of known differences', () => {
  it('gives the reason for each scenario', () => {
    const known = read('- scenario: volumes.one\n  reason: as documented\n');
    expect([...known]).toEqual([['volumes.one', 'as documented']]);
    expect(read('').size).toBe(0);
  });

  it.each([
    ['- scenario: volumes.none\n  reason: x', /no scenario volumes\.none/],
    ['- scenario: volumes.one\n  reason: x\n- scenario: volumes.one\n  reason: y', /twice/],
    ['- scenario: volumes.one', /reason/],
    ['- scenario: volumes.one\n  reason: "  "', /reason/],
    ['- scenario: volumes.one\n  reason: x\n  more: y', /more/],
    ['volumes.one: x', /list of scenario and reason/],
    ['- [', /./],
  ])('is refused when it is wrong: %j', (text, why) => {
    expect(() => read(text)).toThrow(why);
    expect(() => read(text)).toThrow(RangeError);
  });
});

describe('a run with known differences', () => {
  const known = read(
    '- { scenario: volumes.one, reason: as documented }\n- { scenario: volumes.two, reason: once }\n- { scenario: volumes.three, reason: maybe }',
  );
  const { results } = madeUpRun([
    { id: 'volumes.one', outcome: 'failed', reasons: ['found 3'] },
    { id: 'volumes.two' },
    { id: 'volumes.three', outcome: 'skipped', reasons: ['not offered'] },
  ]);
  const judged = results.map((each) => judgedBy(known, each));
  const run = madeUpRun([], { results: judged, settled: settledAmong(known, judged) });

  it('reports a failure that is listed as known, with the reason, and leaves the others', () => {
    expect(judged.map(({ outcome }) => outcome)).toEqual(['known', 'passed', 'skipped']);
    expect(judged[0]?.reasons).toEqual(['known: as documented', 'found 3']);
    expect(documentOf(run).summary).toMatchObject({ passed: 1, failed: 0, skipped: 1, known: 1 });
  });

  it('tells what is listed and passed', () => {
    expect(run.settled).toEqual(['volumes.two']);
    expect(markdownReport(run)).toMatch(
      /Listed as known differences, and passed\n\n- `volumes\.two`/,
    );
  });

  it('has no failure in JUnit XML', () => {
    expect(junitReport(run)).not.toContain('<failure');
  });
});
