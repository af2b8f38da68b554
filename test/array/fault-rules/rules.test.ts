/** Goal: which of the matching calls a rule hits is exact, and follows from the seed. */
import { describe, expect, it } from 'vitest';
import { type FaultRule, meets } from '../../../src/array/fault-rules/rule.ts';
import { FaultRules } from '../../../src/array/fault-rules/rules.ts';
import { faultRuleOf } from '../../../src/config/fault-rules.ts';
import { movableClock } from '../../../src/model/clock.ts';
import { LIMITS } from '../../../src/model/limits.ts';

const CALL = {
  method: 'bind',
  operation: undefined,
  hosts: [],
  volumes: [],
  containers: [],
  arrays: [],
} as const;

const clock = movableClock();
const rulesOf = (seed = 'seed') => new FaultRules({ seed, clock, crash: () => undefined });
const rule = (more: object = {}): FaultRule => faultRuleOf({ on: 'bind', error: 'busy', ...more });

/** Which of so many calls are hit. */
function turns(rules: FaultRules, calls: number): number[] {
  const all = Array.from({ length: calls }, (_, turn) => turn + 1);
  return all.filter(() => rules.hits(CALL).length > 0);
}

describe('a rule', () => {
  it('skips, hits, and rests', () => {
    const rules = rulesOf();
    rules.add(rule({ skip: 2, most: 3 }));
    expect(turns(rules, 10)).toEqual([3, 4, 5]);
    expect(rules.list()).toMatchObject([{ id: 'rule-1', matched: 10, injected: 3 }]);
  });

  it('hits by chance, the same calls for the same seed', () => {
    const hits = (seed: string) => {
      const rules = rulesOf(seed);
      rules.add(rule({ probability: 0.3 }));
      return turns(rules, 1_000);
    };
    expect(hits('one')).toEqual(hits('one'));
    expect(hits('one')).not.toEqual(hits('two'));
    expect(hits('one').length).toBeGreaterThan(220);
    expect(hits('one').length).toBeLessThan(380);
  });

  it('has dice of its own, whatever other rules there are', () => {
    const alone = rulesOf();
    alone.add(rule({ id: 'mine', probability: 0.5 }));
    const expected = turns(alone, 100);
    const both = rulesOf();
    both.add(rule({ id: 'other', probability: 0.5 }));
    both.add(rule({ id: 'mine', probability: 0.5 }));
    const hit = Array.from({ length: 100 }, (_, turn) => turn + 1).filter(() =>
      both.hits(CALL).some(({ id }) => id === 'mine'),
    );
    expect(hit).toEqual(expected);
  });

  it('never hits at probability 0, always at 1', () => {
    const rules = rulesOf();
    rules.add(rule({ probability: 0 }));
    expect(turns(rules, 50)).toEqual([]);
    rules.add(rule({ probability: 1 }));
    expect(turns(rules, 50)).toHaveLength(50);
  });

  it('is in force within its time, by the clock', () => {
    const rules = rulesOf();
    const at = (ms: number) => new Date(clock.now() + ms).toISOString();
    rules.add(rule({ from: at(60_000), until: at(120_000) }));
    expect(turns(rules, 1)).toEqual([]);
    clock.moveBy(90_000);
    expect(turns(rules, 1)).toEqual([1]);
    clock.moveBy(60_000);
    expect(turns(rules, 1)).toEqual([]);
    expect(rules.list()).toMatchObject([{ matched: 1 }]);
  });
});

describe('the set of rules', () => {
  it('gives ids that are free, and refuses one that is taken', () => {
    const rules = rulesOf();
    rules.add(rule({ id: 'rule-1' }));
    expect(rules.add(rule())).toBe('rule-2');
    expect(() => rules.add(rule({ id: 'rule-1' }))).toThrow('there is a fault rule rule-1 already');
    expect(rules.remove('rule-1')).toBe(true);
    expect(rules.remove('rule-1')).toBe(false);
    expect(rules.clear()).toBe(1);
    expect(rules.size).toBe(0);
  });

  it('has a limit', () => {
    const rules = rulesOf();
    for (let count = 0; count < LIMITS.faultRules; count += 1) rules.add(rule());
    expect(() => rules.add(rule())).toThrow('fault rules already');
  });

  it('forgets an armed point with its last rule', () => {
    let crashes = 0;
    const crash = () => {
      crashes += 1;
    };
    const rules = new FaultRules({ seed: '', clock, crash });
    const id = rules.add(rule());
    rules.arm('array:after-commit');
    rules.reach('array:before-commit');
    expect(crashes).toBe(0);
    rules.reach('array:after-commit');
    expect(crashes).toBe(1);
    rules.remove(id);
    rules.reach('array:after-commit');
    expect(crashes).toBe(1);
  });
});

it('a pattern is a whole word or its beginning', () => {
  expect(meets('bind', 'bind')).toBe(true);
  expect(meets('bind', 'bindings')).toBe(false);
  expect(meets('bind*', 'bindings')).toBe(true);
  expect(meets('*', '')).toBe(true);
});
