/** Registration: who is let in, by which of the two ways, and who is not. */
import { makeAuthority, makeSelfSignedClient } from '../../../certs/make.ts';
import { expectSame } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { makePlayer } from '../world/identities.ts';
import { makeLegacyVcenter } from '../world/legacy.ts';
import {
  foreignHost,
  openSession,
  secondVcenter,
  sessionAgain,
  unregister,
} from '../world/more.ts';
import { register } from '../world/opening.ts';
import { refused } from '../world/refusals.ts';
import { usageContextOf } from '../world/usage-context.ts';
import type { World } from '../world/world.ts';

const DAY_MS = 86_400_000;

const stranger = ({ casting }: World) => casting.client(undefined, { name: 'nobody' });

/** A certificate of a client that can register itself. */
async function ownCertificate(dates: { notBefore?: number; notAfter?: number } = {}) {
  return (await makeSelfSignedClient(dates)).certificatePem;
}

export const REGISTRATION_SCENARIOS: readonly Scenario[] = [
  {
    id: 'registration.wrong-password',
    chapter: 'registration',
    sentence:
      'A wrong password is InvalidLogin, registers nothing, and the right one is good afterwards',
    proves: 'Nobody registers by guessing, and one mistake locks no administrator out.',
    source: { text: 'InvalidLogin on both registering calls', mark: 'seen' },
    needs: ['wrong password'],
    async run(world) {
      const { authority } = world.site;
      const wrong = {
        providerUserName: world.target.user,
        providerPassword: 'not the password',
        caRootCert: [authority.certificatePem],
        caCRL: [],
      };
      const nobody = stranger(world);
      await refused(
        nobody,
        'registerCACertificatesAndCRLs',
        wrong,
        'InvalidLogin',
        'a wrong password',
      );
      await register(world.target, world.site, world.casting);
      await sessionAgain(world.vcenter, world.site.vcenter);
    },
  },
  {
    id: 'registration.absent-credentials',
    chapter: 'registration',
    sentence:
      'No user name and no password is InvalidLogin: what is optional in the schema is not optional',
    proves: 'Nobody puts a certificate of their own among the trusted ones.',
    source: {
      text: 'absent credentials must not skip the check, as one provider let them',
      mark: 'inferred',
    },
    async run(world) {
      const newCertificate = await ownCertificate();
      const nobody = stranger(world);
      await refused(
        nobody,
        'registerVASACertificate',
        { newCertificate },
        'InvalidLogin',
        'no credentials',
      );
    },
  },
  {
    id: 'registration.credentials-come-first',
    chapter: 'registration',
    sentence: 'Wrong credentials with a certificate that cannot be read are InvalidLogin',
    proves: 'Who has no credentials learns nothing of what is accepted.',
    source: { text: 'credentials are checked before the certificate', mark: 'seen once' },
    async run(world) {
      const request = {
        userName: 'nobody-here',
        password: 'x',
        newCertificate: 'not a certificate',
      };
      const nobody = stranger(world);
      await refused(nobody, 'registerVASACertificate', request, 'InvalidLogin', 'both are wrong');
    },
  },
  {
    id: 'registration.bad-certificates',
    chapter: 'registration',
    sentence:
      'With good credentials, what is no certificate, has expired or is not yet valid is InvalidCertificate',
    proves: 'vCenter is told what is wrong when it registers, not when it connects.',
    source: {
      text: 'expired, not yet valid or unreadable is InvalidCertificate',
      mark: 'seen once',
    },
    async run(world) {
      const { user: userName, password } = world.target;
      const now = world.now();
      const certificates = [
        ['no certificate', 'bm90IGEgY2VydGlmaWNhdGU='],
        [
          'an expired one',
          await ownCertificate({ notBefore: now - 9 * DAY_MS, notAfter: now - DAY_MS }),
        ],
        ['one of tomorrow', await ownCertificate({ notBefore: now + DAY_MS })],
      ] as const;
      const nobody = stranger(world);
      for (const [why, newCertificate] of certificates) {
        const request = { userName, password, newCertificate };
        await refused(nobody, 'registerVASACertificate', request, 'InvalidCertificate', why);
      }
      const roots = {
        providerUserName: userName,
        providerPassword: password,
        caRootCert: ['bm90IGEgY2VydGlmaWNhdGU='],
        caCRL: [],
      };
      const what = 'a root that is no certificate';
      await refused(nobody, 'registerCACertificatesAndCRLs', roots, 'InvalidCertificate', what);
    },
  },
  {
    id: 'registration.by-one-certificate',
    chapter: 'registration',
    sentence:
      'One self-signed certificate can be registered, also twice, opens sessions, and opens none once it is taken back',
    proves: 'The way of VASA 1.0 goes on working beside that of 2.0.',
    source: {
      text: 'registerVASACertificate; again is accepted; its answer has the session id 0',
      mark: 'seen once',
    },
    async run(world) {
      const player = await makeLegacyVcenter();
      const { user: userName, password } = world.target;
      const request = { userName, password, newCertificate: player.identity.certificatePem };
      const nobody = stranger(world);
      const { return: told } = await nobody.call('registerVASACertificate', request);
      expectSame(told?.sessionId ?? '0', '0', 'the session id in the answer');
      await nobody.call('registerVASACertificate', request);
      const client = world.casting.client(player);
      await openSession(client, player);
      await client.call('queryArrays', { arrayUniqueId: [] });
      await unregister(client, player.identity);
      const usageContext = usageContextOf(player, [player]);
      await refused(
        client,
        'setContext',
        { usageContext },
        'InvalidSession',
        'after it was taken back',
      );
    },
  },
  {
    id: 'registration.foreign-certificate',
    chapter: 'registration',
    sentence:
      'A client with a foreign certificate, or none, meets an InvalidSession fault and no broken handshake',
    proves: 'Registration and work share one port; a refused host learns why.',
    source: {
      text: 'the certificate is asked for in the handshake and judged in the call',
      mark: 'seen once',
    },
    async run(world) {
      const foreign = await foreignHost();
      const usageContext = usageContextOf(foreign, []);
      for (const player of [foreign, undefined]) {
        const client = world.casting.client(player, { name: player?.name ?? 'no certificate' });
        const who = client.options.name;
        await refused(client, 'setContext', { usageContext }, 'InvalidSession', who);
        await refused(client, 'queryStorageContainer', { containerId: [] }, 'InvalidSession', who);
      }
    },
  },
  {
    id: 'registration.same-name-is-not-same-authority',
    chapter: 'registration',
    sentence: 'A certificate of an authority that only has the name of a registered one is refused',
    proves: 'Trust goes by keys, not by names.',
    source: { text: 'a client’s certificate chains to a registered root', mark: 'seen' },
    async run(world) {
      const name = world.site.authority.name.replace(/^CN=/, '');
      const twin = await makeAuthority({ name });
      const player = await makePlayer(twin, 'host', 'host of the twin', { key: 'ecdsa' });
      const usageContext = usageContextOf(player, []);
      const client = world.casting.client(player);
      await refused(client, 'setContext', { usageContext }, 'InvalidSession', 'the twin’s host');
    },
  },
  {
    id: 'registration.two-vcenters',
    chapter: 'registration',
    sentence:
      'A second vCenter with another authority works beside the first; when it leaves, the first goes on and it is out',
    proves: 'One array serves several data centres.',
    source: { text: 'several vCenters may use one provider', mark: 'seen' },
    async run(world) {
      const { site, client } = await secondVcenter(world);
      const host = world.casting.client(site.hosts[0], { name: 'host of vCenter 2' });
      const [player] = site.hosts;
      if (player !== undefined) await openSession(host, player);
      for (const each of [client, host, world.vcenter])
        await each.call('queryStorageContainer', { containerId: [] });
      await unregister(client, site.authority);
      await refused(
        host,
        'queryStorageContainer',
        { containerId: [] },
        'InvalidSession',
        'its host',
      );
      await world.vcenter.call('queryStorageContainer', { containerId: [] });
    },
  },
  {
    id: 'registration.unknown-is-not-taken-back',
    chapter: 'registration',
    sentence:
      'Taking back a certificate that nobody registered is InvalidCertificate, and harms no session',
    proves: 'A mistake ends nobody’s registration.',
    source: { text: 'unregisterVASACertificate of what is not trusted', mark: 'seen once' },
    async run(world) {
      const existingCertificate = await ownCertificate();
      const { vcenter } = world;
      await refused(
        vcenter,
        'unregisterVASACertificate',
        { existingCertificate },
        'InvalidCertificate',
        'unknown',
      );
      await vcenter.call('queryArrays', { arrayUniqueId: [] });
    },
  },
];
