/** Goal: a rule is read as it was meant, or refused in words that name what is wrong. */
import { expect, it } from 'vitest';
import { faultRuleOf, faultRulesOf, readFaultRules } from '../../src/config/fault-rules.ts';

it('reads every effect', () => {
  const text = `
- {id: full, on: createVirtualVolume, noSpace: true, container: c*, most: 2, skip: 1}
- {on: [bind, unbind], error: inUse, message: not now, host: h, probability: 0.5}
- {on: cloneVirtualVolume, delayMs: 100, at: during}
- {on: deleteVolume, lostReply: true}
- {on: deleteVolume, lostReply: {afterMs: 9}, from: 2030-01-01T00:00:00Z}
- {endpointGone: pe-1, array: a, volume: v}
- {poolDegraded: "StorageArray:1*", without: [raid.level]}
- {on: "*", crash: "array:before-commit"}
`;
  const rules = faultRulesOf(text, 'rules.yaml');
  expect(rules.map(({ effect }) => effect)).toEqual([
    { kind: 'error', error: 'noSpace', message: 'the array has no space left' },
    { kind: 'error', error: 'inUse', message: 'not now' },
    { kind: 'delay', ms: 100, at: 'during' },
    { kind: 'lostReply', afterMs: 0 },
    { kind: 'lostReply', afterMs: 9 },
    { kind: 'endpointGone', endpoint: 'pe-1' },
    { kind: 'poolDegraded', pool: 'StorageArray:1*', without: ['raid.level'] },
    { kind: 'crash', at: 'array:before-commit' },
  ]);
  expect(rules[0]).toMatchObject({ id: 'full', container: 'c*', most: 2, skip: 1, probability: 1 });
  expect(rules[1]).toMatchObject({ on: ['bind', 'unbind'], host: 'h', probability: 0.5, skip: 0 });
  expect(rules[4]?.from).toBe(Date.UTC(2030, 0, 1));
  expect(rules[5]).toMatchObject({ on: ['bind', 'endpoints'], array: 'a', volume: 'v' });
  expect(rules[6]?.on).toEqual(['pools', 'volumeServices']);
});

it('an empty file has no rules, and one rule needs no list', () => {
  expect(faultRulesOf('# nothing\n', 'f')).toEqual([]);
  expect(faultRulesOf('{on: bind, noSpace: true}', 'f')).toHaveLength(1);
});

it.each([
  [{ on: 'bind', noSpace: true, colour: 'red' }, 'Unrecognized key: "colour"'],
  [{ on: 'bind' }, 'effect: give exactly one of error, noSpace'],
  [{ on: 'bind', noSpace: true, lostReply: true }, 'effect: give exactly one of'],
  [{ noSpace: true }, 'on: names the methods'],
  [{ on: 'bind', noSpace: true, without: ['raid.level'] }, 'without: goes with poolDegraded'],
  [{ poolDegraded: '*', without: ['raid'] }, 'a property is named capability.property'],
  [{ on: 'bind', poolDegraded: '*' }, 'on: poolDegraded is laid over pools and volumeServices'],
  [
    { on: 'createVirtualVolume', endpointGone: '*' },
    'on: endpointGone is laid over bind and endpoints alone',
  ],
  [{ on: 'createVirtualVolum', noSpace: true }, 'did you mean "createVirtualVolume"?'],
  [
    { on: 'bind', delayMs: 5, at: 'during' },
    'at: a delay during the work is for what starts a task',
  ],
  [{ on: '*', delayMs: 5, at: 'during' }, 'at: a delay during the work'],
  [{ on: 'bind', noSpace: true, at: 'after' }, 'at: goes with delayMs'],
  [{ on: 'bind', lostReply: true, message: 'm' }, 'message: goes with error'],
  [{ on: 'bind', error: 'tired' }, 'error: Invalid option'],
  [{ on: 'bind', crash: 'array:somewhere' }, 'crash: Invalid option'],
  [{ on: 'b*nd', noSpace: true }, 'a pattern is a word'],
  [{ on: 'bind', noSpace: true, probability: 2 }, 'probability: Too big'],
  [{ on: 'bind', noSpace: true, from: 'tomorrow' }, 'from: Invalid ISO datetime'],
  ['bind', 'a fault rule: Invalid input'],
])('refuses %j', (written, message) => {
  expect(() => faultRuleOf(written)).toThrow(message);
});

it('names the file and the rule', () => {
  const text = '- {on: bind, noSpace: true}\n- {on: bind}\n';
  expect(() => faultRulesOf(text, 'rules.yaml')).toThrow('rules.yaml: rule 2: effect: give');
  expect(() => faultRulesOf('{', 'rules.yaml')).toThrow('rules.yaml: ');
  expect(() => readFaultRules('/nowhere/rules.yaml')).toThrow('cannot read /nowhere/rules.yaml');
  expect(readFaultRules(undefined)).toEqual([]);
});
