/**
 * Users and their logins: who may register a vCenter. A wrong login is told apart from nothing: unknown
 * user, wrong password, no password, lock-out all read the same and, but for the lock-out, take the same
 * time. Password checks run one after another, because each takes 32 MB; who may try is in `guesses.ts`.
 */
import type { Clock } from '../model/clock.ts';
import { VasaFault } from '../model/faults.ts';
import { LIMITS } from '../model/limits.ts';
import { networkOf } from '../model/network.ts';
import type { ProviderStore } from '../store/port.ts';
import type { Actor, TrustListener } from './events.ts';
import { createGuesses } from './guesses.ts';
import { createInTurn } from './in-turn.ts';
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
  const guesses = createGuesses(clock, announce);
  const inTurn = createInTurn(LIMITS.loginsWaiting);
  // Stands in for an unknown user's hash, so that checking takes as long as for a known one.
  let standIn: Promise<string> | undefined;

  const refuse = (by: Actor, why: string): never => {
    announce({ kind: 'loginFailed', by, why });
    throw new VasaFault('InvalidLogin', 'User name or password is wrong, or logging in is locked.');
  };

  const check = async (userName: string, password: string, by: Actor): Promise<string> => {
    const locked = guesses.locked(userName, by.peerAddress);
    if (locked !== undefined) return refuse(by, locked);
    const user = (await store.users()).find((each) => each.userName === userName);
    standIn ??= hashPassword(makePassword(), passwordCost);
    const isRight = await isPassword(password, user?.passwordHash ?? (await standIn));
    if (user === undefined || !isRight) {
      guesses.failed(userName, by.peerAddress);
      return refuse(by, user === undefined ? 'there is no such user' : 'the password is wrong');
    }
    guesses.succeeded(userName, by.peerAddress);
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
        guesses.failed(undefined, caller.peerAddress);
        return refuse({ ...by, userName: shown }, 'credentials are missing or too long');
      }
      return inTurn(networkOf(caller.peerAddress), () => check(userName, password, by));
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

function isSpoken(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text.length <= LIMITS.credentialCharacters;
}
