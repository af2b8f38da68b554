/** A host's certificate runs out over night: from the next poll on the host is refused. */
import { openHost } from '../../../src/accept/world/opening.ts';
import type { Scene } from './scene.ts';

const MINUTE_MS = 60_000;

export const EXPIRED_CERTIFICATE: Scene = {
  id: 'expired-certificate',
  title: 'The certificate of a host has expired',
  async play({ world, clock, player, poll }) {
    const short = await player('esx-07.example.com', { notAfter: clock.now() + 2 * MINUTE_MS });
    const host = await openHost(world.casting, short);
    await host.call('getEvents', {});
    await poll(3);
    for (let turn = 0; turn < 3; turn += 1) {
      await host.faultOf('getEvents', {});
      await poll(1);
    }
    return { host: short.guid, certificate: short.identity.fingerprint.slice(0, 16) };
  },
};
