/** vCenter takes a host's certificate back: it refreshes its revocation list, and the host is out at once. */
import { openHost } from '../../../src/accept/world/opening.ts';
import type { Scene } from './scene.ts';

export const REVOKED_HOST: Scene = {
  id: 'revoked-host',
  title: 'A host was revoked by its vCenter',
  async play({ world, player, poll }) {
    const { authority } = world.site;
    const lost = await player('esx-03.example.com');
    const host = await openHost(world.casting, lost);
    await poll(1);
    await world.vcenter.call('refreshCACertificatesAndCRLs', {
      caRootCert: [authority.certificatePem],
      // Later than the one of the registration, which may have been made in the same second.
      caCRL: [await authority.crl({ revoked: [lost.identity], thisUpdate: Date.now() })],
    });
    for (let turn = 0; turn < 3; turn += 1) {
      await host.faultOf('getEvents', {});
      await poll(1);
    }
    return { host: lost.guid, certificate: lost.identity.fingerprint.slice(0, 16) };
  },
};
