/** Goal: what the console's form makes is a rule that the provider takes, and the question before it tells the rule. */
import { describe, expect, it } from 'vitest';
import { faultRuleOf } from '../../src/config/fault-rules.ts';

type Fields = Readonly<Record<string, string>>;

// The page is JavaScript with types of its own; here it is what a browser would load.
const { EFFECTS, ruleOf, ruleText } = (await import(
  new URL('../../src/console/views/fault-rule.js', import.meta.url).href
)) as {
  EFFECTS: Readonly<Record<string, { readonly title: string }>>;
  ruleOf(fields: Fields): unknown;
  ruleText(fields: Fields): string;
};

describe('a rule from the form', () => {
  it.each(Object.keys(EFFECTS))('is taken by the provider: %s', (effect) => {
    const fields = { effect, parameter: '250', on: 'cloneVirtualVolume' };
    expect(faultRuleOf(ruleOf(fields))).toMatchObject({
      on: ['cloneVirtualVolume'],
      probability: 1,
    });
    expect(ruleText(fields)).toContain(EFFECTS[effect]?.title);
  });

  it('has everything that was filled in, and the question says all of it', () => {
    const whose = { host: 'h-1', volume: 'v-1', container: 'c-1' };
    const often = { percent: '25', skip: '2', most: '3' };
    const fields = { effect: 'delay', parameter: '70', on: 'bind*', ...whose, ...often };
    expect(faultRuleOf(ruleOf(fields))).toMatchObject({
      ...whose,
      effect: { kind: 'delay', ms: 70, at: 'before' },
      probability: 0.25,
      skip: 2,
      most: 3,
    });
    expect(ruleText(fields)).toMatch(
      /^25 of a hundred calls to bind\* of host h-1 about volume v-1 in container c-1: .*70 ms.*first 2.*After 3/,
    );
  });
});
