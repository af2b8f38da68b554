/** Gaps of a log, from lines made up: killed providers, silence, missing files, lost lines. */
import { describe, expect, it } from 'vitest';
import { closedAt } from '../../src/log-reader/findings/gaps.ts';
import { foundIn, polls } from './made-up.ts';

const line = (at: number, event: string) => ({ at, line: { event } });

describe('a log', () => {
  it('of a provider that stops in order and starts again has none', () => {
    const day = [line(0, 'started'), ...polls(10, 100)];
    const stop = [line(100, 'stopping'), line(101, 'stopped')];
    expect(foundIn([...day, ...stop, line(4_000, 'started'), ...polls(4_010, 4_100)])).toEqual([]);
  });

  it('that goes on with a start was of a provider that was killed', () => {
    expect(foundIn([line(0, 'started'), ...polls(10, 60), line(65, 'started')])).toEqual([
      'killed',
    ]);
  });

  it('that says nothing although hosts had been polling has a gap', () => {
    const start = [line(0, 'started')];
    expect(foundIn([...start, ...polls(10, 100), ...polls(400, 500)])).toEqual(['silence']);
    expect(foundIn([...start, { at: 10 }, { at: 900 }]), 'one call is no polling').toEqual([]);
    const file = 'keelson-20260501T100000000Z-000.log';
    const rotated = [...polls(10, 100), ...polls(400, 500)].map((each) => ({ ...each, file }));
    expect(foundIn(rotated), 'in a rotated file that begins in the middle').toEqual(['silence']);
  });

  it('of which a file is missing says so', () => {
    const file = 'keelson-20260501T090100000Z-000.log';
    const first = [line(0, 'started'), ...polls(10, 60)].map((each) => ({ ...each, file }));
    expect(foundIn([...first, ...polls(60, 120)])).toEqual([]);
    expect(foundIn([...first, ...polls(660, 720)])).toEqual(['missing-files']);
  });

  it('of which lines could not be written says so', () => {
    const lost = { level: 'error', event: 'notice', id: 'log.lines_lost', facts: { count: 3 } };
    expect(foundIn([{ at: 0, line: lost }])).toEqual(['message-log.lines_lost']);
  });
});

it('the name of a file says when it was closed, also when it is packed or in a folder', () => {
  const at = Date.parse('2026-05-01T09:01:02.003Z');
  expect(closedAt('keelson-20260501T090102003Z-000.log')).toBe(at);
  expect(closedAt('node-1/keelson-20260501T090102003Z-017.log.gz')).toBe(at);
  expect(closedAt('keelson.log')).toBeUndefined();
});
