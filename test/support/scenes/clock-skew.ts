/** The provider's clock is behind: certificates that were given out just now are of the future to it. */
import { usageContextOf } from '../../../src/accept/world/usage-context.ts';
import type { Scene } from './scene.ts';

const BEHIND_MS = 2 * 3_600_000;

export const CLOCK_SKEW: Scene = {
  id: 'clock-skew',
  title: 'The clocks of provider and vCenter differ',
  async play({ clock, player, client, poll }) {
    await poll(1);
    const wallNow = clock.now();
    clock.moveBy(-BEHIND_MS);
    const fresh = await player('esx-11.example.com', { notBefore: wallNow - 60_000 });
    const host = client(fresh);
    for (let turn = 0; turn < 3; turn += 1) {
      await host.faultOf('setContext', { usageContext: usageContextOf(fresh, []) });
      await poll(1);
    }
    return { certificate: fresh.identity.fingerprint.slice(0, 16) };
  },
};
