/** Goal: whoever listens hears of a change once, with all that changed beside it; nobody listening costs nothing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LIVE_SUBJECTS, LiveFeed, type LiveNews } from '../../src/admin/live.ts';
import type { RequestRow } from '../../src/admin/shapes/activity.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { service } from '../../src/wire/generated/vasa-2.0/service.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A row of which only the id is looked at. */
const row = (request_id: string) => ({ request_id }) as RequestRow;

function listening() {
  const live = new LiveFeed();
  const heard: LiveNews[] = [];
  const stop = live.listen((news) => heard.push(news));
  return { live, heard, stop };
}

test('changes of a moment are one telling, each subject once', () => {
  const { live, heard } = listening();
  live.changed('volumes', 'tasks');
  live.changed('volumes');
  live.answered('bindVirtualVolume', () => row('a'));
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(LIMITS.liveGatherMs);
  expect(heard).toEqual([
    { subjects: ['bindings', 'requests', 'tasks', 'volumes'], requests: [row('a')] },
  ]);
  vi.advanceTimersByTime(60_000);
  expect(heard).toHaveLength(1);
});

test('of very many requests the latest are told', () => {
  const { live, heard } = listening();
  for (let n = 0; n < LIMITS.liveRequests + 5; n += 1)
    live.answered('getEvents', () => row(`${n}`));
  vi.advanceTimersByTime(LIMITS.liveGatherMs);
  expect(heard[0]?.requests).toHaveLength(LIMITS.liveRequests);
  expect(heard[0]?.requests[0]).toEqual(row('5'));
});

test('while nobody listens no row is made, and nothing is kept for later', () => {
  const live = new LiveFeed();
  const make = vi.fn(() => row('a'));
  live.answered('bindVirtualVolume', make);
  live.changed('volumes');
  const heard: LiveNews[] = [];
  const stop = live.listen((news) => heard.push(news));
  vi.advanceTimersByTime(60_000);
  expect([make.mock.calls, heard]).toEqual([[], []]);
  stop();
  live.changed('volumes');
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual([]);
});

test('every operation that changes what is shown says so, and no question does', () => {
  const { live, heard } = listening();
  const told = (operation: string) => {
    live.answered(operation, () => row('a'));
    vi.advanceTimersByTime(LIMITS.liveGatherMs);
    return heard.pop()?.subjects.filter((subject) => subject !== 'requests') ?? [];
  };
  for (const operation of Object.keys(service.operations)) {
    const isQuestion = /^(query|get|space|allocated|unshared)/.test(operation);
    if (isQuestion) expect([operation, told(operation)]).toEqual([operation, []]);
    else expect(told(operation), operation).not.toEqual([]);
  }
});

test('subjects are in order, each once', () => {
  expect([...LIVE_SUBJECTS]).toEqual([...new Set(LIVE_SUBJECTS)].sort());
});
