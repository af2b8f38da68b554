/**
 * Who may try a password. Wrong ones lock out the user from the network they came from, then the network;
 * the user elsewhere is never locked out, or anybody could keep the operator away. While a user's password
 * is being guessed from many networks, each network has one try instead of several.
 */
import type { Clock } from '../model/clock.ts';
import { LIMITS } from '../model/limits.ts';
import { networkOf } from '../model/network.ts';
import type { TrustListener } from './events.ts';
import { createLockout } from './lockout.ts';

export interface Guesses {
  /** Why this try is refused unheard; undefined: it is not. */
  locked(userName: string, address: string): string | undefined;
  /** A try that failed. `userName` undefined: none that could be one. Announces what it locks. */
  failed(userName: string | undefined, address: string): void;
  succeeded(userName: string, address: string): void;
}

/** One per provider. */
export function createGuesses(clock: Clock, announce: TrustListener): Guesses {
  const lockout = createLockout(clock);
  const keysOf = (userName: string, address: string) => {
    const network = networkOf(address);
    return {
      pair: `${network} ${userName}`,
      network: `network ${network}`,
      user: `user ${userName}`,
    };
  };
  const triesOf = (user: string): number =>
    lockout.failures(user) >= LIMITS.loginFailuresOfUser ? 1 : LIMITS.loginFailures;
  return {
    locked: (userName, address) => {
      const { pair, network, user } = keysOf(userName, address);
      if (lockout.failures(pair) >= triesOf(user)) return 'the user is locked out there';
      if (lockout.failures(network) >= LIMITS.loginFailuresOfNetwork) {
        return 'the address is locked out';
      }
      return undefined;
    },
    failed: (userName, address) => {
      const { pair, network, user } = keysOf(userName ?? '', address);
      if (lockout.fail(network) === LIMITS.loginFailuresOfNetwork) {
        announce({ kind: 'lockedOut', what: 'address', name: networkOf(address) });
      }
      if (userName === undefined) return;
      const tries = triesOf(user);
      if (lockout.fail(pair) === tries) {
        announce({
          kind: 'lockedOut',
          what: 'user',
          name: `${userName} from ${networkOf(address)}`,
        });
      }
      if (lockout.fail(user) === LIMITS.loginFailuresOfUser) {
        announce({ kind: 'passwordGuessed', userName });
      }
    },
    succeeded: (userName, address) => {
      const { pair, network } = keysOf(userName, address);
      lockout.succeed(pair);
      lockout.succeed(network);
    },
  };
}
