/** Work that is done one after another, for callers who must not keep each other from it. */
import { expect, test } from 'vitest';
import { createInTurn } from '../../src/trust/in-turn.ts';
import { faultOf } from './support.ts';

test('one thing at a time, callers in turn, and a failure ends nobody else’s', async () => {
  const inTurn = createInTurn(10);
  const order: string[] = [];
  let now = 0;
  const work =
    (name: string, fails = false) =>
    async () => {
      now += 1;
      expect(now).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(name);
      now -= 1;
      if (fails) throw new Error(name);
    };
  const outcomes = await Promise.allSettled([
    inTurn('a', work('a1')),
    inTurn('a', work('a2', true)),
    inTurn('a', work('a3')),
    inTurn('b', work('b1')),
  ]);
  expect(order).toEqual(['a1', 'a2', 'b1', 'a3']);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  await inTurn('c', work('c1'));
  expect(order.at(-1)).toBe('c1');
});

test('whoever crowds the queue is refused, not whoever comes after', async () => {
  const inTurn = createInTurn(2);
  let go = (): void => {};
  const held = inTurn('x', () => new Promise<void>((resolve) => (go = resolve)));
  const flood = ['a', 'a', 'a'].map((caller) => inTurn(caller, async () => caller));
  const quiet = inTurn('b', async () => 'b');
  const refused = flood.slice(1).map((each) => faultOf(each));
  expect((await Promise.all(refused)).map(({ fault }) => fault)).toEqual([
    'VasaProviderBusy',
    'VasaProviderBusy',
  ]);
  go();
  await held;
  expect(await quiet).toBe('b');
  expect(await flood[0]).toBe('a');
});
