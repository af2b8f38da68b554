/** Two runs compared: each question is answered by what the runs have shown, with evidence. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareReports, type Question } from '../../src/accept/report/diff/compare.ts';
import { formOf } from '../../src/accept/report/diff/shape.ts';
import { comparisonText } from '../../src/accept/report/diff/text.ts';
import { isFound, VERDICTS } from '../../src/accept/report/diff/verdict.ts';
import { readReport } from '../../src/accept/report/document.ts';
import { documentOf, jsonReport } from '../../src/accept/report/json.ts';
import { madeUpRun, type Told, type ToldScenario } from './made-up-run.ts';

const compare = (a: readonly ToldScenario[], b: readonly ToldScenario[]) =>
  compareReports(documentOf(madeUpRun(a)), documentOf(madeUpRun(b)));
const calls = (...told: readonly Told[]): readonly ToldScenario[] => [
  { id: 'volumes.one', calls: told },
];
const of = (comparison: ReturnType<typeof compare>, operation: string) => {
  const found = comparison.operations.find((each) => each.operation === operation);
  if (found === undefined) throw new Error(`${operation} was not compared`);
  return found;
};
const changedIn = (comparison: ReturnType<typeof compare>, operation: string) =>
  Object.entries(of(comparison, operation).answers)
    .filter(([, answer]) => answer === 'yes')
    .map(([question]) => question);

const response = (inner: string) => `<v:r xmlns:v="urn:v"><return>${inner}</return></v:r>`;

describe('two runs', () => {
  it('that did the same have no difference, and what was not called is not shown', () => {
    const comparison = compare(
      calls({ operation: 'queryArrays' }),
      calls({ operation: 'queryArrays' }),
    );
    expect(comparison.scenarios).toEqual([]);
    expect(comparison.claims).toEqual([]);
    expect(new Set(Object.values(of(comparison, 'queryArrays').answers))).toEqual(new Set(['no']));
    expect(new Set(Object.values(of(comparison, 'getEvents').answers))).toEqual(
      new Set(['not shown']),
    );
  });

  it('with other ids, times and numbers of polls have no difference', () => {
    const uuid = (digit: number) =>
      `rfc4122.${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
    const run = (digit: number, polls: number) =>
      calls(
        {
          operation: 'createVirtualVolume',
          ms: digit,
          answer: response(`<id>${uuid(digit)}</id><at>2026-01-0${digit}T00:00:00Z</at>`),
        },
        ...Array.from({ length: polls }, () => ({ operation: 'getTaskUpdate' })),
      );
    const comparison = compare(run(1, 2), run(2, 7));
    expect(comparison.operations.flatMap((each) => Object.values(each.evidence).flat())).toEqual(
      [],
    );
  });

  it('in which calls side by side ended in another order have no difference', () => {
    const [one, other]: Told[] = [
      { operation: 'bindVirtualVolume' },
      { operation: 'bindVirtualVolume', fault: 'VasaProviderBusy' },
    ];
    if (one === undefined || other === undefined) throw new Error('two calls are needed');
    expect(changedIn(compare(calls(one, other), calls(other, one)), 'bindVirtualVolume')).toEqual(
      [],
    );
  });
});

describe('the questions', () => {
  const op = 'resizeVirtualVolume';
  it.each<[Question, string, Told, Told]>([
    [
      'parameters',
      'only B has resizeVirtualVolume/force',
      { operation: op, request: '<resizeVirtualVolume><vvolId/></resizeVirtualVolume>' },
      { operation: op, request: '<resizeVirtualVolume><vvolId/><force/></resizeVirtualVolume>' },
    ],
    [
      'outputs',
      'r/return/size was integer (2), is text (2)',
      { operation: op, answer: response('<size>5</size>') },
      { operation: op, answer: response('<size>five</size>') },
    ],
    [
      'outputs',
      'answers are wrong in themselves only in B: no schema',
      { operation: op },
      { operation: op, complaints: ['no schema'] },
    ],
    [
      'behaviour',
      'NotFound in A (exchange 2), InvalidArgument in B (2)',
      { operation: op, fault: 'NotFound' },
      { operation: op, fault: 'InvalidArgument' },
    ],
    [
      'preconditions',
      'answered in A (exchange 2), ResourceInUse in B (2)',
      { operation: op },
      { operation: op, fault: 'ResourceInUse' },
    ],
    [
      'privileges',
      'asked by host 1.1, answered in A (exchange 2), PermissionDenied in B (2)',
      { operation: op },
      { operation: op, fault: 'PermissionDenied' },
    ],
  ])('%s: %s', (question, evidence, a, b) => {
    const comparison = compare(calls(a), calls(b));
    expect(changedIn(comparison, op)).toEqual([question]);
    expect(of(comparison, op).evidence[question].join('\n')).toContain(evidence);
  });

  it('postconditions: what a scenario found wrong by a question after a change', () => {
    const told: readonly Told[] = [
      { operation: op },
      { operation: 'spaceStatsForVirtualVolume' },
      { operation: 'deleteVirtualVolume' },
    ];
    const comparison = compare(calls(...told), [
      {
        id: 'volumes.one',
        outcome: 'failed',
        reasons: ['its size: expected 32, found 16'],
        calls: told,
        steps: 2,
      },
    ]);
    expect(changedIn(comparison, op)).toEqual(['postconditions']);
    expect(changedIn(comparison, 'spaceStatsForVirtualVolume')).toEqual([]);
    expect(of(comparison, op).evidence.postconditions).toEqual([
      'volumes.one: passed in A, failed in B: its size: expected 32, found 16',
    ]);
    expect(comparison.scenarios).toEqual([
      { id: 'volumes.one', a: 'passed', b: 'failed', reasons: ['its size: expected 32, found 16'] },
    ]);
  });

  it('behaviour: what a scenario names as its reason', () => {
    const told: readonly Told[] = [{ operation: op }, { operation: 'spaceStatsForVirtualVolume' }];
    const reasons = [`${op} (exchange 2): a response with HTTP 201`];
    const comparison = compare(calls(...told), [
      { id: 'volumes.one', outcome: 'failed', reasons, calls: told },
    ]);
    expect(changedIn(comparison, op)).toEqual(['behaviour']);
  });

  it('say nothing by scenarios that only one run has played', () => {
    const comparison = compare(calls({ operation: op }), [
      { id: 'volumes.one', outcome: 'skipped', calls: [{ operation: op, fault: 'NotSupported' }] },
      { id: 'volumes.new', calls: [{ operation: op, fault: 'NotFound' }] },
    ]);
    expect(new Set(Object.values(of(comparison, op).answers))).toEqual(new Set(['not shown']));
    expect(comparison.scenarios.map(({ id, a, b }) => [id, a, b])).toEqual([
      ['volumes.one', 'passed', 'skipped'],
      ['volumes.new', 'not there', 'passed'],
    ]);
  });
});

describe('the text of a comparison', () => {
  it('has faults, times and answers', () => {
    const slow = (ms: number) =>
      Array.from({ length: 3 }, () => ({ operation: 'queryArrays', ms }));
    const text = comparisonText(
      compare(
        calls(...slow(10)),
        calls(
          ...slow(400),
          { operation: 'getAlarms' },
          { operation: 'queryArrays', fault: 'StorageFault' },
        ),
      ),
    );
    expect(text).toContain('queryArrays: 10 -> 400');
    expect(text).toContain('queryArrays: StorageFault only in B');
    expect(text).toContain('getAlarms: only B');
    expect(text).toMatch(/^ {2}queryArrays +no +no +yes +no +no +no$/m);
    expect(text).toMatch(/^ {2}setStatisticsContext +- +- +- +- +- +-$/m);
  });
});

describe('what a comparison can fail on', () => {
  const verdicts = (...runs: Parameters<typeof compare>) =>
    VERDICTS.filter((verdict) => isFound(verdict, compare(...runs)));
  const one = { id: 'volumes.one', calls: [{ operation: 'queryArrays' }] } as const;

  it('is nothing where nothing but the time has changed', () => {
    expect(verdicts(calls({ operation: 'a', ms: 1 }), calls({ operation: 'a', ms: 900 }))).toEqual(
      [],
    );
  });

  it.each([
    ['another operation', calls({ operation: 'queryArrays' }), calls({ operation: 'getAlarms' })],
    ['another fault', calls(...one.calls), calls({ operation: 'queryArrays', fault: 'NotFound' })],
    ['another outcome that is no failure', [one], [{ ...one, outcome: 'skipped' }]],
    ['a failure that is gone', [{ ...one, outcome: 'failed' }], [one]],
  ] as const)('is a change, no regression: %s', (_what, a, b) => {
    expect(verdicts(a, b)).toEqual(['changes']);
  });

  it('is a regression where a scenario fails that passed before', () => {
    expect(verdicts([one], [{ ...one, outcome: 'failed' }])).toEqual(['changes', 'regressions']);
  });
});

describe('forms of values', () => {
  it.each([
    ['true', 'boolean'],
    ['-12', 'integer'],
    ['1.5', 'number'],
    ['2026-11-22T12:00:00.000Z', 'time'],
    ['P1DT2H', 'duration'],
    ['c4fd9f47-0738-8087-8c13-44a463a2743f', 'UUID'],
    ['rfc4122.c4fd9f47-0738-8087-8c13-44a463a2743f', 'rfc4122. and UUID'],
    ['naa.60200002ab1149cb', 'text'],
  ])('%s is %s', (text, form) => {
    expect(formOf(text)).toBe(form);
  });
});

describe('reading a report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-diff-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives what was written, from the file or its folder', () => {
    const document = documentOf(madeUpRun(calls({ operation: 'queryArrays', fault: 'NotFound' })));
    writeFileSync(join(folder, 'report.json'), jsonReport(document));
    const { messages, ...written } = JSON.parse(jsonReport(document));
    expect(messages).toEqual({});
    expect(readReport(folder)).toEqual(written);
    expect(readReport(join(folder, 'report.json'))).toEqual(written);
  });

  it('keeps a long message once, however many calls had it, and gives it back to each', () => {
    const long = response(`<text>${'x'.repeat(9_000)}</text>`);
    const polls = Array.from({ length: 5 }, () => ({ operation: 'getEvents', answer: long }));
    const document = documentOf(madeUpRun(calls(...polls)));
    const text = jsonReport(document);
    expect(text.split('x'.repeat(9_000))).toHaveLength(2);
    const file = join(folder, 'long.json');
    writeFileSync(file, text);
    expect(readReport(file).exchanges).toEqual(
      document.exchanges.map((each) => JSON.parse(JSON.stringify(each))),
    );
    writeFileSync(file, text.replace(/"messages": \{.*?\}/s, '"messages": {}'));
    expect(() => readReport(file)).toThrow(/the message [0-9a-f]{64} is missing/);
  });

  it('refuses what is no report', () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"summary": 1}');
    expect(() => readReport(file)).toThrow(/no report of a run/);
    writeFileSync(file, 'text');
    expect(() => readReport(file)).toThrow(/no JSON/);
  });
});
