/** The provider comes back after a failure, and all hosts open their sessions in the same second. */
import { usageContextOf } from '../../../src/accept/world/usage-context.ts';
import type { Scene } from './scene.ts';

const HOSTS = 48;
const TRIES = 4;

export const SET_CONTEXT_STORM: Scene = {
  id: 'set-context-storm',
  title: 'All hosts reconnect at once, and more than can be served',
  config: {
    admission: { handshakesAtOnce: 1, handshakesWaiting: 16, callsAtOnce: 16, callsWaiting: 16 },
  },
  async play({ player, client, restart, poll }) {
    const names = Array.from({ length: HOSTS }, (_, index) => `esx-${index}.example.com`);
    const players = await Promise.all(names.map((name) => player(name)));
    await poll(1);
    await restart('killed');
    const storming = players.flatMap((each) =>
      Array.from({ length: TRIES }, async () => {
        const usageContext = usageContextOf(each, []);
        // Who is turned away comes again with the next turn.
        await client(each)
          .call('setContext', { usageContext })
          .catch(() => undefined);
      }),
    );
    await Promise.all(storming);
    await poll(1);
    return { hosts: `${HOSTS}` };
  },
};
