/** Goal: nobody stays logged in for ever, and nobody asks without end. */
import { describe, expect, test } from 'vitest';
import { createRate } from '../../../src/admin/web/rate.ts';
import { ConsoleSessions, hasToken } from '../../../src/admin/web/sessions.ts';
import { movableClock } from '../../../src/model/clock.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { epochMs } from '../../../src/model/units.ts';

const USER = { userName: 'admin', userChangedAt: 'then' };
/** A clock that stands still until it is moved. */
const still = () => movableClock({ now: () => epochMs(1_900_000_000_000) });

describe('a session', () => {
  test('that is used stays, for half a day in all', () => {
    const clock = still();
    const sessions = new ConsoleSessions(clock);
    const { id, session } = sessions.open(USER);
    const step = LIMITS.consoleIdleMs - 1;
    const steps = Math.floor((LIMITS.consoleSessionMs - 1) / step);
    for (let n = 0; n < steps; n += 1) {
      clock.moveBy(step);
      expect(sessions.find(id)).toBe(session);
    }
    clock.moveBy(LIMITS.consoleSessionMs - steps * step);
    expect(sessions.find(id)).toBeUndefined();
    clock.moveBy(-LIMITS.consoleSessionMs);
    expect(sessions.find(id)).toBeUndefined();
  });

  test('that rests ends, and looking at it from aside is no use of it', () => {
    const clock = still();
    const sessions = new ConsoleSessions(clock);
    const { id } = sessions.open(USER);
    clock.moveBy(LIMITS.consoleIdleMs - 1);
    expect(sessions.find(id, false)).toBeDefined();
    clock.moveBy(1);
    expect(sessions.find(id)).toBeUndefined();
  });

  test('of somebody else makes room when there are too many: the one idle longest', () => {
    const sessions = new ConsoleSessions(still());
    const opened = Array.from({ length: LIMITS.consoleSessions }, () => sessions.open(USER).id);
    const [first = '', second = ''] = opened;
    expect(sessions.find(first)).toBeDefined();
    sessions.open(USER);
    expect(sessions.find(first)).toBeDefined();
    expect(sessions.find(second)).toBeUndefined();
  });

  test('has an id and a token of its own, neither of which tells the other', () => {
    const sessions = new ConsoleSessions(still());
    const [one, other] = [sessions.open(USER), sessions.open(USER)];
    expect(one.id).not.toBe(other.id);
    expect(one.session.csrfToken).not.toBe(other.session.csrfToken);
    expect(hasToken(one.session, one.session.csrfToken)).toBe(true);
    for (const wrong of [other.session.csrfToken, one.id, '', undefined, ['x']])
      expect(hasToken(one.session, wrong)).toBe(false);
  });
});

test('a caller has its burst, then so many in a second, and others are not touched by it', () => {
  const clock = still();
  const rate = createRate(clock);
  const taken = (caller: string, tries: number) =>
    Array.from({ length: tries }, () => rate(caller)).filter(Boolean).length;
  expect(taken('one', LIMITS.consoleBurst + 10)).toBe(LIMITS.consoleBurst);
  expect(taken('other', 1)).toBe(1);
  clock.moveBy(1_000);
  expect(taken('one', LIMITS.consoleBurst)).toBe(LIMITS.consoleRequestsPerSecond);
  clock.moveBy(-3_600_000);
  expect(taken('one', 1)).toBe(0);
  clock.moveBy(2 * 3_600_000);
  expect(taken('one', LIMITS.consoleBurst + 10)).toBe(LIMITS.consoleBurst);
});
