/**
 * Goal: no input, however wrong, is answered with anything but a declared fault or a good answer, in good time
 * and without a word about the provider's insides. The corpus is sent again, and a short run goes from a fixed
 * seed; `npm run fuzz` is the long form.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ArrayError } from '../../src/array/errors.ts';
import { USER } from '../support/server-process.ts';
import { corpus } from './corpus.ts';
import { runHttp } from './http.ts';
import { mistake } from './oracle.ts';
import { reduced } from './reduce.ts';
import { bothSchemas, run } from './run.ts';
import { type FuzzStage, type Outcome, openFuzzStage } from './stage.ts';

let stage: FuzzStage;
const schemas = bothSchemas();

beforeAll(async () => {
  stage = await openFuzzStage();
});

afterAll(async () => {
  await stage?.close();
  for (const each of schemas.values()) each.dispose();
});

describe('the corpus', () => {
  test.each(corpus().map(({ name, input }) => ({ name, input })))('$name', async ({ input }) => {
    expect(mistake(input, await stage.play(input, 'host'), schemas)).toBeUndefined();
    expect(mistake(input, await stage.play(input, 'vcenter'), schemas)).toBeUndefined();
  });
});

test('800 inputs of one seed have good answers', async () => {
  const { failures, good, answers } = await run(stage, { seed: 6, inputs: 800 });
  expect(failures).toEqual([]);
  // Else the inputs are so wrong that nothing behind the reader is ever reached.
  expect(good).toBeGreaterThan(80);
  expect(answers).toBeGreaterThan(80);
});

test('96 broken HTTP requests over TLS are answered or cut off, and a host goes on', async () => {
  const { failures } = await runHttp(stage, { seed: 6, sent: 96 });
  expect(failures.map(({ mistake: wrong, bytes }) => `${wrong}: ${bytes}`)).toEqual([]);
});

test('a failing input is made small', async () => {
  const bytes = Buffer.from(`${'a'.repeat(500)}<!>${'b'.repeat(700)}`);
  const small = await reduced(bytes, async (each) => each.includes('<!>'));
  expect(small.toString()).toBe('<!>');
});

describe('what is wrong with an answer is seen', () => {
  const [input] = corpus().map((each) => each.input);
  const good: Outcome = {
    status: 500,
    answer: '<a/>',
    facts: { operation: 'unknown', outcome: 'Client' },
    milliseconds: 1,
  };

  test.each<[string, Partial<Outcome>]>([
    ['TypeError: x', { facts: { cause: new ArrayError('failed', 'y', new TypeError('x')) } }],
    ['Error: item', { facts: { item_cause: new Error('item') } }],
    ['getEvents answers TooMany', { facts: { operation: 'getEvents', outcome: 'TooMany' } }],
    ['tells of its insides', { answer: '<a>at f (file.ts:1:2)</a>' }],
    ['tells the password', { answer: `<a>${USER.password}</a>` }],
    ['status 503', { status: 503 }],
    ['takes more than ten seconds', { milliseconds: 20_000 }],
    ['the answer is not valid', { answer: '<a' }],
    ['the answer is not valid', { status: 200, answer: '<E><Body><a/></Body></E>' }],
  ])('%s', (words, differing) => {
    if (input === undefined) throw new Error('the corpus is empty');
    expect(mistake(input, { ...good, ...differing }, schemas)).toContain(words);
    expect(mistake(input, good, schemas)).toBeUndefined();
  });
});
