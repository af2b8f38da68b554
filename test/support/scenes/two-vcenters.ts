/** A second vCenter registers the same provider, and wants to replace the certificate that the first one signed. */

import { makeAuthority } from '../../../certs/make.ts';
import { makePlayer } from '../../../src/accept/world/identities.ts';
import { credentialsMessage, rootsMessage, signCertificate } from '../registered.ts';
import { soapClient } from '../soap-client.ts';
import type { Scene } from './scene.ts';

export const TWO_VCENTERS: Scene = {
  id: 'two-vcenters',
  title: 'Two vCenters want the certificate of one provider',
  async play({ world, poll }) {
    const { site, target, vcenter } = world;
    const { return: request = '' } = await vcenter.call('requestCSR', {});
    const providerCert = await site.authority.signRequest(request);
    const signed = { providerCert, forceApply: true };
    await vcenter.call('registerCASignedProviderCertificate', signed);
    await poll(1);
    const authority = await makeAuthority({ name: 'vCenter B CA', key: 'ecdsa' });
    const second = await makePlayer(authority, 'vCenter', 'vcenter-b', { key: 'ecdsa' });
    const client = soapClient({
      url: target.services.get('2.0') ?? '',
      trust: site.authority.certificatePem,
      identity: second.identity,
    });
    const roots = rootsMessage([authority.certificatePem], [await authority.crl()]);
    await client.ask('registerCACertificatesAndCRLs', credentialsMessage() + roots);
    const context = `<d:vcGuid>${second.guid}</d:vcGuid>`;
    await client.ask('setContext', `<m:usageContext>${context}</m:usageContext>`);
    // Refused: the place is taken.
    await signCertificate(client, authority).catch(() => undefined);
    client.close();
    await poll(1);
    return { first: site.vcenter.guid, second: second.guid };
  },
};
