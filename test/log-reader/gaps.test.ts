/** Gaps of a log, from lines made up: killed providers, silence, missing files. */
import { describe, expect, it } from 'vitest';
import { allRules } from '../../src/log-reader/findings/all.ts';
import { closedAt } from '../../src/log-reader/findings/gaps.ts';
import { entryOf } from '../../src/log-reader/lines/recognise.ts';
import { Names } from '../../src/log-reader/names.ts';

const START = Date.parse('2026-05-01T09:00:00.000Z');

interface Made {
  /** Seconds after the start. */
  readonly at: number;
  readonly event?: string;
  readonly file?: string;
}

/** Ids of what is found in these lines; those without an event are polls. */
function found(lines: readonly Made[]): readonly string[] {
  const rules = allRules();
  const names = new Names();
  for (const [index, { at, event = 'request', file = 'keelson.log' }] of lines.entries()) {
    const time = new Date(START + at * 1_000).toISOString();
    const call = { operation: 'getEvents', outcome: 'ok', host_id: 'h' };
    const text = JSON.stringify({
      level: 'info',
      time,
      event,
      msg: event,
      ...(event === 'request' && call),
    });
    const entry = entryOf(text, { file, line: index + 1 });
    if (entry === undefined) throw new Error(`not read: ${text}`);
    names.see(entry);
    rules.see(entry, names);
  }
  return rules.findings(names).map(({ id }) => id);
}

const polls = (from: number, to: number): Made[] =>
  Array.from({ length: (to - from) / 10 }, (_, index) => ({ at: from + index * 10 }));

describe('a log', () => {
  it('of a provider that stops in order and starts again has none', () => {
    const day = [{ at: 0, event: 'started' }, ...polls(10, 100)];
    const stop = [
      { at: 100, event: 'stopping' },
      { at: 101, event: 'stopped' },
    ];
    const again = [{ at: 4_000, event: 'started' }, ...polls(4_010, 4_100)];
    expect(found([...day, ...stop, ...again])).toEqual([]);
  });

  it('that goes on with a start was of a provider that was killed', () => {
    expect(
      found([{ at: 0, event: 'started' }, ...polls(10, 60), { at: 65, event: 'started' }]),
    ).toEqual(['killed']);
  });

  it('that says nothing although hosts had been polling has a gap', () => {
    expect(found([{ at: 0, event: 'started' }, ...polls(10, 100), ...polls(400, 500)])).toEqual([
      'silence',
    ]);
    expect(
      found([{ at: 0, event: 'started' }, { at: 10 }, { at: 900 }]),
      'one call is no polling',
    ).toEqual([]);
  });

  it('of which a file is missing says so', () => {
    const first = 'keelson-20260501T090100000Z-000.log';
    const rest = polls(60, 120);
    const one = [{ at: 0, event: 'started' }, ...polls(10, 60)].map((each) => ({
      ...each,
      file: first,
    }));
    expect(found([...one, ...rest])).toEqual([]);
    expect(found([...one, ...rest.map(({ at }) => ({ at: at + 600 }))])).toEqual(['missing-files']);
  });
});

it('the name of a file says when it was closed, also when it is packed or in a folder', () => {
  const at = Date.parse('2026-05-01T09:01:02.003Z');
  expect(closedAt('keelson-20260501T090102003Z-000.log')).toBe(at);
  expect(closedAt('node-1/keelson-20260501T090102003Z-017.log.gz')).toBe(at);
  expect(closedAt('keelson.log')).toBeUndefined();
});
