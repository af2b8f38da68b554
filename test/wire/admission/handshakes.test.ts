/** Which connections begin their handshake, and when: with a clock that stands still until it is moved. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type DropReason,
  type HandshakeLimits,
  Handshakes,
} from '../../../src/wire/admission/handshakes.ts';

const LIMITS: HandshakeLimits = {
  connections: 100,
  connectionsSilent: 20,
  handshakesAtOnce: 4,
  handshakesPerTurn: 2,
  handshakesUnfinished: 20,
  handshakesWaiting: 20,
  handshakeSlotMs: 250,
  handshakeTimeoutMs: 20_000,
  handshakeWaitMs: 20_000,
};

interface Stage {
  readonly handshakes: Handshakes<string>;
  readonly started: string[];
  readonly dropped: (readonly [string, DropReason])[];
}

function stage(limits: Partial<HandshakeLimits> = {}): Stage {
  const started: string[] = [];
  const dropped: (readonly [string, DropReason])[] = [];
  const handshakes = new Handshakes<string>({
    limits: { ...LIMITS, ...limits },
    start: (name) => void started.push(name),
    drop: (name, why) => void dropped.push([name, why]),
    elapsed: () => performance.now(),
  });
  return { handshakes, started, dropped };
}

/** Names are `<network>-<number>`. */
function comes({ handshakes }: Stage, name: string): void {
  handshakes.accepted(name, name.split('-')[0] ?? '');
  handshakes.spoke(name);
}

const many = (network: string, count: number): string[] =>
  Array.from({ length: count }, (_, number) => `${network}-${number}`);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a connection that says nothing holds no slot, and is shown out in time', () => {
  const at = stage();
  for (const name of many('mute', 10)) at.handshakes.accepted(name, 'mute');
  comes(at, 'a-1');
  expect(at.started).toEqual(['a-1']);
  vi.advanceTimersByTime(20_000);
  at.handshakes.sweep();
  expect(at.dropped).toEqual(many('mute', 10).map((name) => [name, 'silent']));
  expect(at.handshakes.figures()).toMatchObject({ silent: 0, dropped: { silent: 10 } });
});

test('no more begin than may be under way, nor than may in one turn', () => {
  const at = stage();
  for (const name of many('a', 9)) comes(at, name);
  expect(at.started).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(at.started).toHaveLength(4);
  vi.advanceTimersByTime(1);
  expect(at.started).toHaveLength(4);
  expect(at.handshakes.figures()).toMatchObject({ underWay: 4, waiting: 5 });
  at.handshakes.established('a-0');
  at.handshakes.ended('a-1');
  vi.advanceTimersByTime(1);
  expect(at.started).toEqual(many('a', 6));
});

test('one that stops half-way loses its slot, not its handshake', () => {
  const at = stage();
  for (const name of many('slow', 4)) comes(at, name);
  vi.advanceTimersByTime(1);
  for (const name of many('a', 4)) comes(at, name);
  expect(at.started).toEqual(many('slow', 4));
  vi.advanceTimersByTime(252);
  expect(at.started).toEqual([...many('slow', 4), ...many('a', 4)]);
  expect(at.handshakes.figures()).toMatchObject({ underWay: 4, unfinished: 4 });
  at.handshakes.established('slow-0');
  expect(at.handshakes.figures()).toMatchObject({ unfinished: 3, completed: 1 });
});

test('a network that floods does not delay another by more than its turn', () => {
  const at = stage({ handshakesAtOnce: 1, handshakesPerTurn: 1 });
  for (const name of many('flood', 20)) comes(at, name);
  comes(at, 'quiet-0');
  const others = at.started.length;
  while (!at.started.includes('quiet-0')) {
    at.handshakes.established(at.started.at(-1) ?? '');
    vi.advanceTimersByTime(1);
  }
  expect(at.started.length).toBeLessThanOrEqual(others + 2);
});

describe('when too many wait', () => {
  test('whoever comes last is refused, where all are of one network', () => {
    const at = stage({ handshakesWaiting: 3, handshakesAtOnce: 1 });
    for (const name of many('a', 6)) comes(at, name);
    expect(at.dropped).toEqual([
      ['a-4', 'crowded'],
      ['a-5', 'crowded'],
    ]);
  });

  test('a flood pays for another’s place', () => {
    const at = stage({ handshakesWaiting: 3, handshakesAtOnce: 1 });
    for (const name of many('flood', 4)) comes(at, name);
    comes(at, 'quiet-0');
    expect(at.dropped).toEqual([['flood-3', 'crowded']]);
  });

  test('one that has waited for longer than clients do is dropped', () => {
    const at = stage({ handshakesAtOnce: 1, handshakeSlotMs: 100_000 });
    for (const name of many('a', 3)) comes(at, name);
    vi.advanceTimersByTime(20_000);
    at.handshakes.sweep();
    expect(at.dropped).toEqual([
      ['a-1', 'waited'],
      ['a-2', 'waited'],
    ]);
  });
});

describe('when there is no room for one more connection', () => {
  test('the oldest that has proved nothing makes it', () => {
    const at = stage({ connections: 3 });
    for (const name of many('a', 2)) {
      comes(at, name);
      at.handshakes.established(name);
      at.handshakes.known(name);
    }
    at.handshakes.accepted('b-0', 'b');
    at.handshakes.accepted('c-0', 'c');
    expect(at.dropped).toEqual([['b-0', 'connections']]);
  });

  test('one that is known makes none: the newcomer goes', () => {
    const at = stage({ connections: 2 });
    for (const name of many('a', 2)) {
      comes(at, name);
      at.handshakes.established(name);
      at.handshakes.known(name);
    }
    at.handshakes.accepted('b-0', 'b');
    expect(at.dropped).toEqual([['b-0', 'connections']]);
    at.handshakes.ended('a-0');
    at.handshakes.accepted('b-1', 'b');
    expect(at.handshakes.figures()).toMatchObject({ connections: 2, silent: 1 });
  });
});

test('whatever comes and goes, bounds hold and nobody is forgotten', () => {
  const step = fc.record({
    what: fc.constantFrom('accepted', 'spoke', 'established', 'known', 'ended', 'time', 'sweep'),
    who: fc.integer({ min: 0, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const at = stage({ connections: 15, handshakesWaiting: 5, connectionsSilent: 5 });
      const open = new Set<string>();
      const gone = () => new Set(at.dropped.map(([name]) => name));
      for (const [number, { what, who }] of steps.entries()) {
        const name = [...open][who];
        if (what === 'accepted') {
          const fresh = `${who % 3}-${number}`;
          open.add(fresh);
          at.handshakes.accepted(fresh, `${who % 3}`);
        } else if (what === 'time') vi.advanceTimersByTime(who * 20);
        else if (what === 'sweep') at.handshakes.sweep();
        else if (name !== undefined) {
          // Only what has begun can be established.
          if (what !== 'established' || at.started.includes(name)) at.handshakes[what](name);
          if (what === 'ended') open.delete(name);
        }
        for (const name of gone()) open.delete(name);
        const now = at.handshakes.figures();
        expect(now.connections).toBe(open.size);
        expect(now.connections).toBeLessThanOrEqual(15);
        expect(now.underWay).toBeLessThanOrEqual(LIMITS.handshakesAtOnce);
        expect(now.waiting).toBeLessThanOrEqual(5);
        expect(now.silent).toBeLessThanOrEqual(5);
      }
      // Whoever waits gets its turn once the others come to an end.
      for (let rounds = 0; rounds < 40; rounds += 1) {
        for (const name of at.started) at.handshakes.ended(name);
        vi.advanceTimersByTime(1);
      }
      expect(at.handshakes.figures()).toMatchObject({ waiting: 0, underWay: 0 });
    }),
  );
});
