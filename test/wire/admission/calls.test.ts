/** Which calls may be under way: bounds, turns and lanes, with time that stands still until it is moved. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type CallLimits,
  type CallRefusal,
  Calls,
  type Ticket,
} from '../../../src/wire/admission/calls.ts';
import { LANES } from '../../../src/wire/admission/lane.ts';
import type { Lane } from '../../../src/wire/call.ts';

const LIMITS: CallLimits = {
  callsAtOnce: 64,
  callsPerTurn: 1_000,
  callsWaiting: 100,
  callsWaitingPerSession: 50,
  callWaitMs: 20_000,
  concurrentRequestsPerSession: 16,
};

interface Stage {
  readonly calls: Calls;
  /** Names of the calls that were let in, in order, and what holds their place. */
  readonly inside: Map<string, Ticket>;
  readonly order: string[];
  readonly refused: (readonly [string, string])[];
  readonly gone: Map<string, () => void>;
}

function stage(limits: Partial<CallLimits> = {}): Stage {
  const calls = new Calls({
    limits: { ...LIMITS, ...limits },
    elapsed: () => performance.now(),
    refusal: (lane: Lane, why: CallRefusal) => new Error(`${lane} ${why}`),
    began: () => undefined,
  });
  return { calls, inside: new Map(), order: [], refused: [], gone: new Map() };
}

interface Asked {
  readonly lane?: Lane;
  readonly caller?: string;
  readonly session?: string;
}

function enter(at: Stage, name: string, asked: Asked = {}): void {
  const { lane = 'normal', caller = 'c', session = caller } = asked;
  const into = (ticket: Ticket): void => {
    at.inside.set(name, ticket);
    at.order.push(name);
  };
  const out = (error: Error): void => void at.refused.push([name, error.message]);
  try {
    const onLeft = (left: () => void): void => void at.gone.set(name, left);
    const ticket = at.calls.enter({ lane, caller, session, onLeft });
    if (ticket instanceof Promise) void ticket.then(into, out);
    else into(ticket);
  } catch (error) {
    out(error as Error);
  }
}

function release(at: Stage, name: string): void {
  at.inside.get(name)?.release();
  at.inside.delete(name);
}

/** The next turn of the event loop, and what it settles. */
async function turn(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1);
}

const names = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, number) => `${name}${number}`);

beforeEach(() => {
  vi.useFakeTimers({
    toFake: [
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'setImmediate',
      'performance',
    ],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a call goes on at once when there is room, without a promise', () => {
  const { calls } = stage();
  const ticket = calls.enter({ lane: 'normal', caller: 'c', session: 's', onLeft: () => {} });
  expect(ticket).not.toBeInstanceOf(Promise);
  expect(calls.figures().normal).toMatchObject({ underWay: 1, admitted: 1 });
  (ticket as Ticket).release();
  (ticket as Ticket).release();
  expect(calls.figures().normal).toMatchObject({ underWay: 0 });
});

describe('a session', () => {
  test('has as many calls under way as it was told, and the next when one is done', async () => {
    const at = stage();
    for (const name of names('s', 18)) enter(at, name);
    await turn();
    expect(at.order).toEqual(names('s', 16));
    release(at, 's3');
    await turn();
    expect(at.order).toEqual(names('s', 17));
    expect(at.calls.figures().normal).toMatchObject({ underWay: 16, waiting: 1 });
  });

  test('that asks for far more is refused what may not wait, and stands in nobody’s way', async () => {
    const at = stage({ callsWaitingPerSession: 4 });
    for (const name of names('flood', 22)) enter(at, name, { caller: 'noisy' });
    enter(at, 'quiet', { caller: 'quiet' });
    await turn();
    expect(at.refused).toEqual(
      names('flood', 22)
        .slice(20)
        .map((name) => [name, 'normal session']),
    );
    expect(at.order).toContain('quiet');
  });
});

describe('lanes', () => {
  test('room is kept for those before: long work never has more than its share', async () => {
    const at = stage({ concurrentRequestsPerSession: 1_000, callsWaitingPerSession: 1_000 });
    for (const lane of [...LANES].reverse()) {
      for (const name of names(lane, 60)) enter(at, name, { lane });
      await turn();
    }
    const { bulk, normal, urgent, session } = at.calls.figures();
    expect([bulk, normal, urgent, session].map(({ underWay }) => underWay)).toEqual([8, 40, 8, 4]);
  });

  test('what is before goes first, and yet each lane gets on', async () => {
    const at = stage({ callsPerTurn: 6, concurrentRequestsPerSession: 1_000 });
    for (const name of names('first', 6)) enter(at, name);
    for (const lane of [...LANES].reverse()) {
      for (const name of names(lane, 3)) enter(at, name, { lane });
    }
    await turn();
    expect(at.order.slice(6)).toEqual([
      ...['session0', 'urgent0', 'normal0', 'bulk0', 'session1', 'session2'],
      ...['urgent1', 'normal1', 'bulk1', 'urgent2', 'normal2', 'bulk2'],
    ]);
  });
});

describe('when too many wait', () => {
  const busy = async (at: Stage): Promise<void> => {
    for (const name of names('holds', 64)) enter(at, name, { session: name, lane: 'session' });
    await turn();
  };

  test('a caller with more than its share pays for one with less', async () => {
    const at = stage({ callsWaiting: 10, callsWaitingPerSession: 10 });
    await busy(at);
    for (const name of names('flood', 12)) enter(at, name, { caller: 'noisy' });
    enter(at, 'quiet', { caller: 'quiet' });
    await turn();
    expect(at.refused.map(([name]) => name).sort()).toContain('flood11');
    expect(at.refused.map(([name]) => name)).not.toContain('quiet');
  });

  test('one that has waited for too long is told so', async () => {
    const at = stage({ callsAtOnce: 1 });
    enter(at, 'holds');
    enter(at, 'waits', { caller: 'other' });
    await vi.advanceTimersByTimeAsync(21_000);
    expect(at.refused).toEqual([['waits', 'normal waited']]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('one whose client has gone is never begun', async () => {
    const at = stage({ callsAtOnce: 1 });
    enter(at, 'holds');
    for (const name of ['leaves', 'stays']) enter(at, name, { caller: name });
    at.gone.get('leaves')?.();
    release(at, 'holds');
    await turn();
    expect(at.order).toEqual(['holds', 'stays']);
    expect(at.refused).toEqual([['leaves', 'normal left']]);
    at.gone.get('stays')?.();
    expect(at.calls.figures().normal).toMatchObject({ underWay: 1, waiting: 0 });
  });
});

test('whatever is asked: bounds hold, nobody is served twice before another, nothing is left behind', async () => {
  const step = fc.record({
    what: fc.constantFrom('enter', 'enter', 'enter', 'release', 'leave', 'turn'),
    lane: fc.constantFrom(...LANES),
    who: fc.integer({ min: 0, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 150 }), async (steps) => {
      const limits = {
        callsAtOnce: 8,
        callsPerTurn: 3,
        callsWaiting: 6,
        callsWaitingPerSession: 4,
      };
      const at = stage({ ...limits, concurrentRequestsPerSession: 2 });
      const asked: string[] = [];
      const check = (): void => {
        const figures = Object.values(at.calls.figures());
        expect(figures.reduce((sum, { underWay }) => sum + underWay, 0)).toBe(at.inside.size);
        expect(at.inside.size).toBeLessThanOrEqual(8);
        for (const { waiting } of figures) expect(waiting).toBeLessThanOrEqual(6);
        for (const who of ['0', '1', '2', '3', '4']) {
          const own = [...at.inside.keys()].filter((name) => name.startsWith(who));
          expect(own.length).toBeLessThanOrEqual(2);
        }
      };
      for (const [number, { what, lane, who }] of steps.entries()) {
        const name = `${who}-${number}`;
        if (what === 'enter') {
          asked.push(name);
          enter(at, name, { lane, caller: String(who) });
        } else if (what === 'release') release(at, [...at.inside.keys()][who] ?? '');
        else if (what === 'leave') at.gone.get([...at.gone.keys()][who] ?? '')?.();
        else await turn();
        if (what === 'turn') check();
      }
      for (
        let rounds = 0;
        rounds < 100 && at.order.length + at.refused.length < asked.length;
        rounds += 1
      ) {
        await turn();
        check();
        for (const name of [...at.inside.keys()]) release(at, name);
      }
      await turn();
      for (const name of [...at.inside.keys()]) release(at, name);
      const answered = [...at.order, ...at.refused.map(([name]) => name)];
      expect(answered.sort()).toEqual([...asked].sort());
      for (const { underWay, waiting } of Object.values(at.calls.figures())) {
        expect({ underWay, waiting }).toEqual({ underWay: 0, waiting: 0 });
      }
    }),
    { numRuns: 40 },
  );
});

test('a caller alone in its lane waits no more turns than there are other callers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 }),
      async (others) => {
        const at = stage({ callsAtOnce: 1, callsWaitingPerSession: 100 });
        enter(at, 'holds', { caller: 'holder' });
        for (const [number, who] of others.entries())
          enter(at, `${who}-${number}`, { caller: `${who}` });
        enter(at, 'alone', { caller: 'alone' });
        const before = at.order.length;
        release(at, 'holds');
        while (!at.inside.has('alone')) {
          await turn();
          if (!at.inside.has('alone')) release(at, at.order.at(-1) ?? '');
        }
        expect(at.order.length - before).toBeLessThanOrEqual(new Set(others).size + 1);
      },
    ),
    { numRuns: 50 },
  );
});
