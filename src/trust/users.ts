/**
 * Users and their logins: who may register a vCenter. A wrong login is told apart from nothing: unknown
 * user, wrong password, no password, lock-out all read the same and, but for the lock-out, take the same
 * time. Password checks run one after another, because each takes 32 MB.
 */
import type { Clock } from '../model/clock.ts';
import { VasaFault } from '../model/faults.ts';
import { LIMITS } from '../model/limits.ts';
import type { ProviderStore } from '../store/port.ts';
import type { Actor, TrustListener } from './events.ts';
import { createLockout } from './lockout.ts';
import { hashPassword, isPassword, makePassword, type PasswordCost } from './passwords.ts';

export interface Credentials {
  readonly userName: string | undefined;
  readonly password: string | undefined;
}

export interface FirstUser {
  readonly userName: string;
  /** Set when it was made here: to be shown once. */
  readonly generatedPassword: string | undefined;
}

export interface Users {
  /**
   * Resolves to the user's name when user name and password are right. VasaFault InvalidLogin
   * otherwise; VasaProviderBusy when too many logins wait.
   */
  login(credentials: Credentials, by: Omit<Actor, 'userName'>): Promise<string>;
  /** Makes a user, or changes the password. RangeError when name or password has not the form. */
  save(userName: string, password: string): Promise<'added' | 'changed'>;
  /** False when there was none of that name. */
  remove(userName: string): Promise<boolean>;
  /** Makes the first user when there is none yet; undefined when there is one. */
  ensureFirst(userName: string, password: string | undefined): Promise<FirstUser | undefined>;
}

export function createUsers(options: {
  readonly store: ProviderStore;
  readonly clock: Clock;
  readonly announce: TrustListener;
  /** Default: what `passwords.ts` says. Tests ask for less. */
  readonly passwordCost?: PasswordCost | undefined;
}): Users {
  const { store, clock, announce, passwordCost } = options;
  const lockout = createLockout(clock);
  const inTurn = oneAtATime(LIMITS.loginsWaiting);
  // Stands in for an unknown user's hash, so that checking takes as long as for a known one.
  let standIn: Promise<string> | undefined;

  const refuse = (by: Actor, why: string, keys: readonly LockKey[]): never => {
    announce({ kind: 'loginFailed', by, why });
    for (const { what, name, key } of keys) {
      if (lockout.fail(key)) announce({ kind: 'lockedOut', what, name });
    }
    throw new VasaFault('InvalidLogin', 'User name or password is wrong, or logging in is locked.');
  };

  const check = async (userName: string, password: string, by: Actor): Promise<string> => {
    const keys = keysOf(userName, by.peerAddress);
    const locked = keys.find(({ key }) => lockout.isLocked(key));
    if (locked !== undefined) return refuse(by, `the ${locked.what} is locked out`, []);
    const user = (await store.users()).find((each) => each.userName === userName);
    standIn ??= hashPassword(makePassword(), passwordCost);
    const isRight = await isPassword(password, user?.passwordHash ?? (await standIn));
    if (user === undefined) return refuse(by, 'there is no such user', keys);
    if (!isRight) return refuse(by, 'the password is wrong', keys);
    for (const { key } of keys) lockout.succeed(key);
    return userName;
  };

  const save: Users['save'] = async (userName, password) => {
    if (!isSpoken(userName) || !isSpoken(password)) {
      const most = LIMITS.credentialCharacters;
      throw new RangeError(`a user name and a password have 1 to ${most} characters`);
    }
    const existing = (await store.users()).find((each) => each.userName === userName);
    const now = clock.now();
    const passwordHash = await hashPassword(password, passwordCost);
    await store.saveUser({
      userName,
      passwordHash,
      createdAt: existing?.createdAt ?? now,
      changedAt: now,
    });
    return existing === undefined ? 'added' : 'changed';
  };

  return {
    login: async ({ userName, password }, caller) => {
      const by: Actor = { ...caller, userName };
      if (!isSpoken(userName) || !isSpoken(password)) {
        const shown = userName?.slice(0, LIMITS.credentialCharacters);
        const address = keysOf('', caller.peerAddress).filter(({ what }) => what === 'address');
        return refuse({ ...by, userName: shown }, 'credentials are missing or too long', address);
      }
      return inTurn(() => check(userName, password, by));
    },
    save,
    remove: (userName) => store.removeUser(userName),
    ensureFirst: async (userName, password) => {
      if ((await store.users()).length > 0) return undefined;
      const generatedPassword = password === undefined ? makePassword() : undefined;
      await save(userName, password ?? generatedPassword ?? '');
      return { userName, generatedPassword };
    },
  };
}

interface LockKey {
  readonly what: 'user' | 'address';
  readonly name: string;
  readonly key: string;
}

function keysOf(userName: string, peerAddress: string): readonly LockKey[] {
  // An IPv4 client is one and the same on a listener for both families.
  const address = peerAddress.replace(/^::ffff:/i, '');
  return [
    { what: 'user', name: userName, key: `user ${userName}` },
    { what: 'address', name: address, key: `address ${address}` },
  ];
}

function isSpoken(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text.length <= LIMITS.credentialCharacters;
}

/** Runs work one after another; VasaFault VasaProviderBusy when `waiting` others wait already. */
function oneAtATime(waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  return async (work) => {
    if (count > waiting) {
      throw new VasaFault('VasaProviderBusy', 'Too many logins at once; try again.');
    }
    count += 1;
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      count -= 1;
    }
  };
}
