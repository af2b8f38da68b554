/** Goal: lengths of time are read as people type them, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { parseSeconds } from '../../src/cli/duration.ts';

describe('a length of time', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['10m', 600],
    ['2h', 7_200],
    ['1d', 86_400],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseSeconds(text)).toBe(seconds);
  });

  it.each(['', 'm', '-1', '1.5h', '10 m', '1w', '99999999', '1m1'])('"%s" is none', (text) => {
    expect(parseSeconds(text)).toBeUndefined();
  });
});
