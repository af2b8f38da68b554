/** What is counted while load runs. */
import { describe, expect, it } from 'vitest';
import { CallFailure } from '../../src/load/client/failure.ts';
import { Meter } from '../../src/load/meter.ts';

describe('a meter', () => {
  it('tells how long the calls of each operation took', () => {
    const meter = new Meter();
    for (const time of [3, 1, 2]) meter.took('bind', time);
    meter.took('unbind', 7);
    expect(meter.calls).toBe(4);
    expect(meter.timings()).toEqual([
      { operation: 'bind', calls: 3, p50: 2, p99: 3, most: 3 },
      { operation: 'unbind', calls: 1, p50: 7, p99: 7, most: 7 },
    ]);
  });

  it('counts failures by what they were, and keeps the words of the first', () => {
    const meter = new Meter();
    meter.failed(new CallFailure('bind', 'HTTP 503', 'first'));
    meter.failed(new CallFailure('bind', 'HTTP 503', 'second'));
    meter.failed(new CallFailure('bind', 'ECONNRESET'));
    meter.failed(new TypeError('a mistake of our own'));
    expect(meter.failures()).toEqual([
      { operation: 'bind', what: 'HTTP 503', count: 2, example: 'bind: HTTP 503: first' },
      { operation: 'bind', what: 'ECONNRESET', count: 1, example: 'bind: ECONNRESET' },
      {
        operation: 'client',
        what: 'a mistake of our own',
        count: 1,
        example: 'client: a mistake of our own',
      },
    ]);
  });

  it('tells only so many kinds of failures apart, and counts the others together', () => {
    const meter = new Meter();
    for (let kind = 0; kind < 1_000; kind += 1)
      meter.failed(new CallFailure('bind', `kind ${kind}`));
    expect(meter.failures()).toHaveLength(101);
    expect(meter.failures().at(-1)).toMatchObject({ what: 'of yet another kind', count: 900 });
  });
});
