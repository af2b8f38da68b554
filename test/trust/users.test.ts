/** Logins: right and wrong ones, lock-out, and the first user. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { movableClock } from '../../src/model/clock.ts';
import { LIMITS } from '../../src/model/limits.ts';
import type { TrustEvent } from '../../src/trust/events.ts';
import { createLockout } from '../../src/trust/lockout.ts';
import { hashPassword, isPassword } from '../../src/trust/passwords.ts';
import { createUsers } from '../../src/trust/users.ts';
import { faultOf, kinds, openTestTrust, type TestTrust } from './support.ts';

let room: TestTrust;
beforeEach(async () => {
  room = await openTestTrust();
  await room.trust.users.save('admin', 'correct horse');
});
afterEach(() => room.close());

const from = (peerAddress: string) => ({ peerAddress, certificate: undefined });
const login = (userName: string | undefined, password: string | undefined, address = '192.0.2.1') =>
  room.trust.users.login({ userName, password }, from(address));
const refused = async (...given: Parameters<typeof login>) => {
  const fault = await faultOf(login(...given));
  expect(fault.fault).toBe('InvalidLogin');
  return fault.message;
};

describe('a password hash', () => {
  test('is scrypt with its cost, differs each time, and fits its password alone', async () => {
    const hash = await hashPassword('secret');
    expect(hash).toMatch(/^\$scrypt\$ln=1[5-9],r=8,p=\d\$[^$]{20,}\$[^$]{40,}$/);
    expect(hash).not.toBe(await hashPassword('secret'));
    expect(await isPassword('secret', hash)).toBe(true);
    expect(await isPassword('Secret', hash)).toBe(false);
  });

  test('that asks for too much work, or is none, is an error and not a match', async () => {
    const hash = await hashPassword('secret');
    await expect(isPassword('secret', hash.replace(/ln=\d+/, 'ln=31'))).rejects.toThrow('form');
    await expect(isPassword('secret', 'secret')).rejects.toThrow('form');
  });
});

describe('a login', () => {
  test('with the right credentials gives the name, and the password is nowhere in the store', async () => {
    expect(await login('admin', 'correct horse')).toBe('admin');
    expect(JSON.stringify(await room.store.users())).not.toContain('correct horse');
  });

  test('reads the same for a wrong password, an unknown user, and nothing at all', async () => {
    const texts = [
      await refused('admin', 'wrong'),
      await refused('nobody', 'correct horse', '192.0.2.2'),
      await refused(undefined, undefined, '192.0.2.3'),
      await refused('admin', '', '192.0.2.4'),
      await refused('', 'correct horse', '192.0.2.5'),
      await refused('admin', 'x'.repeat(LIMITS.credentialCharacters + 1), '192.0.2.6'),
    ];
    expect(new Set(texts).size).toBe(1);
  });

  test('tells the log what was wrong, without the password', async () => {
    await refused('admin', 'wrong-canary');
    await refused('nobody', 'wrong-canary');
    const events = room.events.filter(({ kind }) => kind === 'loginFailed');
    expect(events).toMatchObject([
      { why: 'the password is wrong' },
      { why: 'there is no such user' },
    ]);
    expect(JSON.stringify(room.events)).not.toContain('wrong-canary');
  });

  test('works with a changed password, and not after the user is removed', async () => {
    expect(await room.trust.users.save('admin', 'other')).toBe('changed');
    await refused('admin', 'correct horse');
    expect(await login('admin', 'other')).toBe('admin');
    expect(await room.trust.users.remove('admin')).toBe(true);
    await refused('admin', 'other');
  });
});

describe('lock-out', () => {
  const fail = async (times: number, address: (n: number) => string) => {
    for (let n = 0; n < times; n += 1) await refused('admin', 'wrong', address(n));
  };
  /** Addresses enough, each a network of its own. */
  const botnet = (n: number) => `198.51.${n >> 8}.${n & 255}`;

  test('of a user comes after the allowed failures from one place, and is for that place alone', async () => {
    await fail(LIMITS.loginFailures, () => '192.0.2.1');
    expect(kinds(room.events)).toContain('lockedOut');
    await refused('admin', 'correct horse');
    await refused('admin', 'correct horse', '::ffff:192.0.2.1');
    expect(await login('admin', 'correct horse', '192.0.2.2')).toBe('admin');
    room.clock.moveBy(LIMITS.lockoutMs);
    expect(await login('admin', 'correct horse')).toBe('admin');
  });

  test('of an address refuses every user from there and nobody from elsewhere', async () => {
    await room.trust.users.save('second', 'right');
    for (let n = 0; n < LIMITS.loginFailuresOfNetwork; n += 1) await refused(`guess-${n}`, 'x');
    await refused('second', 'right');
    expect(await login('second', 'right', '192.0.2.2')).toBe('second');
  });

  test('an IPv6 network is one place, however many addresses it has', async () => {
    await fail(LIMITS.loginFailures, (n) => `2001:db8:1:2::${n}`);
    await refused('admin', 'correct horse', '2001:db8:1:2:ffff::1');
    expect(await login('admin', 'correct horse', '2001:db8:1:3::1')).toBe('admin');
  });

  test('guesses from many places leave each place one try, and nobody is kept away', async () => {
    await fail(LIMITS.loginFailuresOfUser, botnet);
    expect(kinds(room.events).filter((kind) => kind === 'passwordGuessed')).toHaveLength(1);
    await refused('admin', 'correct horse', botnet(3));
    await refused('admin', 'wrong', '192.0.2.1');
    await refused('admin', 'correct horse', '192.0.2.1');
    expect(await login('admin', 'correct horse', '192.0.2.2')).toBe('admin');
  });

  test('does not come when a right login stands between the wrong ones', async () => {
    await fail(LIMITS.loginFailures - 1, () => '192.0.2.1');
    await login('admin', 'correct horse');
    await fail(LIMITS.loginFailures - 1, () => '192.0.2.1');
    expect(await login('admin', 'correct horse')).toBe('admin');
  });

  test('counts guesses that come all at once', async () => {
    const guesses = Array.from({ length: LIMITS.loginFailures + 1 }, (_, n) =>
      login('admin', n === LIMITS.loginFailures ? 'correct horse' : 'wrong'),
    );
    const outcomes = await Promise.allSettled(guesses);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('remembers a bounded number of names', () => {
    const lockout = createLockout(movableClock(), 3);
    for (const key of ['a', 'b', 'c', 'd']) lockout.fail(key);
    expect(lockout.failures('a')).toBe(0);
    expect(lockout.fail('d')).toBe(2);
  });
});

test('one who floods the logins does not keep another from logging in', async () => {
  const flood = Array.from({ length: LIMITS.loginsWaiting * 3 }, () =>
    faultOf(login('nobody', 'x', '198.51.100.1')),
  );
  const own = login('admin', 'correct horse');
  expect(await own).toBe('admin');
  const faults = (await Promise.all(flood)).map(({ fault }) => fault);
  expect(faults.filter((fault) => fault === 'VasaProviderBusy').length).toBeGreaterThan(0);
});

test('logins beyond those that may wait are told that the provider is busy', async () => {
  const many = Array.from({ length: LIMITS.loginsWaiting + 5 }, (_, n) =>
    faultOf(login('nobody', 'x', `198.51.100.${n}`)),
  );
  const faults = (await Promise.all(many)).map(({ fault }) => fault);
  expect(faults.filter((fault) => fault === 'VasaProviderBusy').length).toBeGreaterThan(0);
  expect(faults.filter((fault) => fault === 'InvalidLogin').length).toBeGreaterThan(0);
  expect(new Set(faults)).toEqual(new Set(['VasaProviderBusy', 'InvalidLogin']));
});

describe('the first user', () => {
  test('is made with a password that is given back once, and never again', async () => {
    await room.trust.users.remove('admin');
    const first = await room.trust.users.ensureFirst('root', undefined);
    expect(first?.generatedPassword).toMatch(/^[\w-]{20}$/);
    expect(await login('root', first?.generatedPassword)).toBe('root');
    expect(await room.trust.users.ensureFirst('root', undefined)).toBeUndefined();
  });

  test('takes the password that is configured, which is not given back', async () => {
    await room.trust.users.remove('admin');
    const first = await room.trust.users.ensureFirst('root', 'configured');
    expect(first).toEqual({ userName: 'root', generatedPassword: undefined });
    expect(await login('root', 'configured')).toBe('root');
  });

  test.each([
    ['', 'x'],
    ['x', ''],
    ['x'.repeat(256), 'x'],
    ['x', 'x'.repeat(256)],
  ])('and no other may have a name or password out of bounds', async (name, password) => {
    await expect(room.trust.users.save(name, password)).rejects.toThrow(RangeError);
  });
});

test('a store that fails is not a wrong password', async () => {
  const announced: TrustEvent[] = [];
  const users = createUsers({
    store: { ...room.store, users: () => Promise.reject(new Error('disk')) },
    clock: room.clock,
    announce: (event) => announced.push(event),
  });
  await expect(users.login({ userName: 'a', password: 'b' }, from('x'))).rejects.toThrow('disk');
  expect(announced).toEqual([]);
});
