/** Sessions: whose they are, how long they live, and how many there may be. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { movableClock } from '../../src/model/clock.ts';
import type { HostId } from '../../src/model/ids.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { createSessions, type SessionRequest } from '../../src/trust/sessions.ts';
import { usageContext } from './support.ts';

const A = 'aa'.repeat(32);
const B = 'bb'.repeat(32);
// Ids of hosts are free text; nothing but the brand is missing.
const host = (name: string) => usageContext({ hostId: name as HostId });

function request(given: Partial<SessionRequest> = {}): SessionRequest {
  return {
    certificate: A,
    subject: 'CN=host',
    registrationIds: ['registration'],
    usageContext: usageContext(),
    timeoutSeconds: undefined,
    replaces: undefined,
    ...given,
  };
}

function open(
  limits: Parameters<typeof createSessions>[1] = { sessions: 100, perCertificate: 10 },
) {
  const clock = movableClock();
  return { clock, sessions: createSessions(clock, limits) };
}

describe('an id', () => {
  test('has 128 random bits and is shown as a short hash only', async () => {
    const { sessions } = open();
    const ids = new Set<string>();
    for (let i = 0; i < 50; i += 1) {
      const { sessionId, session } = await sessions.open(request({ usageContext: host(`${i}`) }));
      expect(sessionId).toMatch(/^[0-9a-f]{32}$/);
      expect(session.shortHash).toMatch(/^[0-9a-f]{12}$/);
      expect(sessionId).not.toContain(session.shortHash);
      ids.add(sessionId);
    }
    expect(ids.size).toBe(50);
    expect(JSON.stringify(await sessions.list())).not.toContain([...ids][0]);
  });

  test('works with the certificate that opened it alone', async () => {
    const { sessions } = open();
    const { sessionId, session } = await sessions.open(request());
    expect(await sessions.find(sessionId, B)).toEqual({
      session: undefined,
      why: 'other certificate',
    });
    expect(await sessions.end(sessionId, B)).toBe(false);
    expect(await sessions.find(sessionId, A)).toEqual({ session });
    expect(await sessions.end(sessionId, A)).toBe(true);
    expect(await sessions.find(sessionId, A)).toEqual({ session: undefined, why: 'unknown' });
  });
});

describe('a time-out', () => {
  test.each([
    [undefined, LIMITS.sessionTimeoutSeconds],
    [0n, LIMITS.sessionTimeoutSeconds],
    [-5n, LIMITS.sessionTimeoutSeconds],
    [1n, LIMITS.sessionTimeoutSecondsMin],
    [600n, 600],
    [1n << 62n, LIMITS.sessionTimeoutSecondsMax],
  ])('of %s seconds is %s', async (timeoutSeconds, seconds) => {
    const { sessions, clock } = open();
    const { sessionId } = await sessions.open(request({ timeoutSeconds }));
    clock.moveBy(seconds * 1000 - 500);
    expect((await sessions.find(sessionId, A)).session).toBeDefined();
    clock.moveBy(seconds * 1000);
    expect(await sessions.find(sessionId, A)).toEqual({ session: undefined, why: 'expired' });
    expect(await sessions.find(sessionId, A)).toEqual({ session: undefined, why: 'unknown' });
  });

  test('starts anew with each use, but not when another certificate tries', async () => {
    const { sessions, clock } = open();
    const { sessionId } = await sessions.open(request({ timeoutSeconds: 60n }));
    for (let i = 0; i < 5; i += 1) {
      clock.moveBy(59_000);
      expect((await sessions.find(sessionId, A)).session).toBeDefined();
    }
    clock.moveBy(59_000);
    await sessions.find(sessionId, B);
    clock.moveBy(2_000);
    expect((await sessions.find(sessionId, A)).session).toBeUndefined();
    expect(await sessions.list()).toEqual([]);
  });
});

describe('a host id', () => {
  const rightful = request({ usageContext: host('abc') });
  const stranger = { usageContext: host('ABC'), certificate: B };

  test.each([
    ['another name', { subject: 'CN=other' }],
    ['the same name from another vCenter’s CA', { registrationIds: ['another'] }],
  ])('is refused to a certificate of %s, and the host’s session stays', async (_, differing) => {
    const { sessions } = open();
    const { sessionId } = await sessions.open(rightful);
    await expect(sessions.open(request({ ...stranger, ...differing }))).rejects.toMatchObject({
      fault: 'InvalidArgument',
    });
    expect((await sessions.find(sessionId, A)).session).toBeDefined();
    expect(await sessions.list()).toHaveLength(1);
  });

  test('goes to another client once the host is not heard any more, and its session ends', async () => {
    const { sessions, clock } = open();
    const other = request({ ...stranger, subject: 'CN=renamed' });
    const { sessionId } = await sessions.open(rightful);
    for (let poll = 0; poll < 5; poll += 1) {
      clock.moveBy(10_000);
      await sessions.find(sessionId, A);
      await expect(sessions.open(other)).rejects.toMatchObject({ fault: 'InvalidArgument' });
    }
    clock.moveBy(LIMITS.hostHeldMs + 1);
    const now = await sessions.open(other);
    expect((await sessions.find(sessionId, A)).session).toBeUndefined();
    expect((await sessions.find(now.sessionId, B)).session).toBeDefined();
  });

  test('is free when its session has ended', async () => {
    const { sessions } = open();
    const { sessionId } = await sessions.open(rightful);
    await sessions.end(sessionId, A);
    await sessions.open(request({ ...stranger, subject: 'CN=other' }));
  });

  test('is shared where that is configured', async () => {
    const { sessions } = open({ sessions: 100, perCertificate: 10, hostHeldMs: 0 });
    const { sessionId } = await sessions.open(rightful);
    await sessions.open(request({ ...stranger, subject: 'CN=other' }));
    expect((await sessions.find(sessionId, A)).session).toBeDefined();
  });

  test('is told in the fault, and whose it is in the log alone', async () => {
    const { sessions } = open();
    await sessions.open(rightful);
    const refused = await sessions
      .open(request({ ...stranger, subject: 'CN=other' }))
      .catch(String);
    expect(refused).not.toContain('CN=');
  });
});

describe('setContext again', () => {
  test('replaces the session of the same certificate and host, whatever the case of its id', async () => {
    const { sessions } = open();
    const first = await sessions.open(request({ usageContext: host('ABC') }));
    const second = await sessions.open(request({ usageContext: host('abc') }));
    const other = await sessions.open(request({ usageContext: host('other') }));
    expect((await sessions.find(first.sessionId, A)).session).toBeUndefined();
    expect((await sessions.find(second.sessionId, A)).session).toBeDefined();
    expect((await sessions.find(other.sessionId, A)).session).toBeDefined();
  });

  test('of the same host with a certificate issued anew leaves its session alone', async () => {
    const { sessions } = open();
    const mine = await sessions.open(request({ usageContext: host('h') }));
    await sessions.open(request({ usageContext: host('h'), certificate: B }));
    expect((await sessions.find(mine.sessionId, A)).session).toBeDefined();
  });

  test('with its own cookie replaces that session, with a foreign one leaves it alone', async () => {
    const { sessions } = open();
    const mine = await sessions.open(request({ usageContext: host('1') }));
    await sessions.open(
      request({ usageContext: host('2'), certificate: B, replaces: mine.sessionId }),
    );
    expect((await sessions.find(mine.sessionId, A)).session).toBeDefined();
    await sessions.open(request({ usageContext: host('3'), replaces: mine.sessionId }));
    expect((await sessions.find(mine.sessionId, A)).session).toBeUndefined();
  });
});

describe('ending', () => {
  test('by certificate and by predicate counts what was alive', async () => {
    const { sessions, clock } = open();
    await sessions.open(request({ usageContext: host('old'), timeoutSeconds: 30n }));
    clock.moveBy(31_000);
    await sessions.open(request({ usageContext: host('1') }));
    await sessions.open(request({ usageContext: host('2') }));
    await sessions.open(request({ usageContext: host('3'), certificate: B }));
    expect(await sessions.ofCertificate(A)).toHaveLength(2);
    expect(await sessions.endOfCertificate(A)).toBe(2);
    expect(await sessions.endAll((session) => session.usageContext.hostId === '3')).toBe(1);
    expect(await sessions.list()).toEqual([]);
  });
});

test('however sessions are opened and used, bounds hold and the one idle longest goes first', async () => {
  const step = fc.record({
    certificate: fc.constantFrom(A, B, 'cc'.repeat(32)),
    host: fc.integer({ min: 0, max: 6 }),
    use: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { sessions } = open({ sessions: 8, perCertificate: 4 });
      // What must be alive, in order of last use, by a model that is too simple to be wrong.
      let model: { id: string; certificate: string; host: number }[] = [];
      for (const { certificate, host: name, use } of steps) {
        if (use && model[0] !== undefined) {
          const [first, ...rest] = model;
          expect((await sessions.find(first.id, first.certificate)).session).toBeDefined();
          model = [...rest, first];
          continue;
        }
        const { sessionId } = await sessions.open(
          request({ certificate, usageContext: host(`${name}`) }),
        );
        model = model.filter((each) => each.certificate !== certificate || each.host !== name);
        const own = model.filter((each) => each.certificate === certificate);
        if (own.length >= 4) model = model.filter((each) => each !== own[0]);
        else if (model.length >= 8) model = model.slice(1);
        model.push({ id: sessionId, certificate, host: name });
      }
      const alive = (await sessions.list()).map(({ usageContext: { hostId } }) => Number(hostId));
      expect(alive).toEqual(model.map((each) => each.host));
    }),
  );
});
