/** Certificates in force: revoked, expired, asked for, installed. */
// The certificate library needs it, and needs it first.
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { expectSame, expectThat, skip } from '../expectations.ts';
import type { Scenario } from '../scenario.ts';
import { makePlayer } from '../world/identities.ts';
import { anotherHost, foreignHost, sessionAgain } from '../world/more.ts';
import { refused } from '../world/refusals.ts';
import { usageContextOf } from '../world/usage-context.ts';
import type { World } from '../world/world.ts';

const DAY_MS = 86_400_000;

/** Gives the provider this revocation list beside the root, as vCenter does when either has changed. */
async function refresh({ vcenter, site }: World, crl: string): Promise<void> {
  await vcenter.call('refreshCACertificatesAndCRLs', {
    caRootCert: [site.authority.certificatePem],
    caCRL: [crl],
  });
  await sessionAgain(vcenter, site.vcenter);
}

/** The certificate that new connections are shown. */
function shownCertificate({ target, site }: World): Promise<X509Certificate> {
  const { hostname, port } = new URL(target.services.get('2.0') ?? target.url);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      servername: hostname,
      ca: [target.trust, site.authority.certificatePem],
      timeout: target.timeoutMs,
    });
    socket.on('error', reject);
    socket.on('timeout', () => socket.destroy(new Error('no handshake in time')));
    socket.on('secureConnect', () => {
      const shown = socket.getPeerX509Certificate();
      socket.destroy();
      if (shown === undefined) reject(new Error('no certificate was shown'));
      else resolve(shown);
    });
  });
}

const der = (pem: string): string => new X509Certificate(pem).raw.toString('base64');

export const CERTIFICATE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'registration.revocation-counts-at-once',
    chapter: 'registration',
    sentence:
      'A host whose certificate a refreshed list revokes is refused at its next call, and is back when the list is clean',
    proves: 'A stolen host certificate is worth nothing once vCenter has revoked it.',
    source: { text: 'refreshCACertificatesAndCRLs gives CRLs to be kept to', mark: 'inferred' },
    async run(world) {
      const { player, client } = await anotherHost(world, 'host to be revoked');
      const { authority } = world.site;
      const at = (seconds: number) => world.now() - seconds * 1_000;
      const clean = () => authority.crl({ number: 2, thisUpdate: at(1) });
      const forget = world.undo.add('a clean CRL', async () => refresh(world, await clean()));
      const revoking = await authority.crl({
        revoked: [player.identity],
        number: 1,
        thisUpdate: at(30),
      });
      await refresh(world, revoking);
      await refused(client, 'queryArrays', { arrayUniqueId: [] }, 'InvalidSession', 'once revoked');
      const usageContext = usageContextOf(player, []);
      await refused(client, 'setContext', { usageContext }, 'InvalidSession', 'a new session');
      await world.vcenter.call('queryArrays', { arrayUniqueId: [] });
      await refresh(world, await clean());
      forget();
      await client.call('setContext', { usageContext });
    },
  },
  {
    id: 'registration.dates-of-clients-count',
    chapter: 'registration',
    sentence: 'A client’s certificate that has expired, or is not yet valid, opens no session',
    proves: 'Certificates end when they say so.',
    source: { text: 'only trusted certificates; InvalidSession otherwise', mark: 'seen once' },
    async run(world) {
      const now = world.now();
      const dates = [
        ['expired', { notBefore: now - 9 * DAY_MS, notAfter: now - DAY_MS }],
        ['of tomorrow', { notBefore: now + DAY_MS }],
      ] as const;
      for (const [name, options] of dates) {
        const player = await makePlayer(world.site.authority, 'host', `host ${name}`, {
          key: 'ecdsa',
          ...options,
        });
        const client = world.casting.client(player);
        const usageContext = usageContextOf(player, []);
        await refused(
          client,
          'setContext',
          { usageContext },
          'InvalidSession',
          `a certificate ${name}`,
        );
      }
    },
  },
  {
    id: 'registration.roots-and-lists-are-told',
    chapter: 'registration',
    sentence: 'The roots and revocation lists that vCenter gave are told to it again',
    proves: 'vCenter can see whether a provider is up to date.',
    source: { text: 'queryCACertificates, queryCACertificateRevocationLists', mark: 'seen' },
    async run({ vcenter, site }) {
      const { return: roots } = await vcenter.call('queryCACertificates', {});
      const found = roots.map((each) => new X509Certificate(pemOf(each)).raw.toString('base64'));
      expectThat(found.includes(der(site.authority.certificatePem)), 'the root is among them');
      const { return: lists } = await vcenter.call('queryCACertificateRevocationLists', {});
      const crls = lists.filter((each) => each.trim() !== '');
      expectThat(crls.length > 0, 'a revocation list is told of');
      const issuers = crls.map((each) => new x509.X509Crl(each).issuer);
      expectThat(issuers.includes(site.authority.name), 'it is ours', issuers);
    },
  },
  {
    id: 'registration.signing-request',
    chapter: 'registration',
    sentence:
      'A signing request is PKCS#10 in PEM with its usual header, signed by the key that it names',
    proves: 'vCenter’s authority can sign it.',
    source: {
      text: 'the header is BEGIN CERTIFICATE REQUEST, without carriage returns',
      mark: 'seen once',
    },
    async run({ vcenter }) {
      const { return: csr } = await vcenter.call('requestCSR', {});
      expectThat(
        /^-----BEGIN CERTIFICATE REQUEST-----\n/.test(csr),
        'the header',
        csr.slice(0, 40),
      );
      expectThat(!csr.includes('\r'), 'it has no carriage returns');
      const request = new x509.Pkcs10CertificateRequest(csr);
      expectThat(await request.verify(), 'its signature is good');
    },
  },
  {
    id: 'registration.strangers-change-no-certificate',
    chapter: 'registration',
    sentence: 'A stranger may neither install a certificate nor change the roots that are trusted',
    proves: 'Nobody takes the provider’s name.',
    source: { text: 'both calls rely on who the caller already is', mark: 'inferred' },
    async run(world) {
      const stranger = world.casting.client(await foreignHost());
      const faults = ['InvalidSession', 'PermissionDenied', 'InvalidCertificate'];
      const { certificatePem } = await world.site.authority.issueServer();
      const request = { providerCert: certificatePem, forceApply: true };
      await refused(
        stranger,
        'registerCASignedProviderCertificate',
        request,
        faults,
        'by a stranger',
      );
      const root = { caRootCert: [world.site.authority.certificatePem], caCRL: [] };
      await refused(stranger, 'refreshCACertificatesAndCRLs', root, faults, 'by a stranger');
    },
  },
  {
    id: 'registration.certificate-of-another-key',
    chapter: 'registration',
    sentence:
      'A certificate whose key the provider never asked to have signed is refused, and the old one stays in force',
    proves: 'A provider is never left with a certificate whose key it has not got.',
    source: { text: 'registerCASignedProviderCertificate: InvalidCertificate', mark: 'inferred' },
    async run(world) {
      const before = (await shownCertificate(world)).fingerprint256;
      const { certificatePem } = await world.site.authority.issueServer();
      for (const providerCert of [certificatePem, 'bm90IGEgY2VydGlmaWNhdGU=']) {
        const request = { providerCert, forceApply: true };
        const faults = ['InvalidCertificate', 'PermissionDenied'];
        await refused(
          world.vcenter,
          'registerCASignedProviderCertificate',
          request,
          faults,
          'another key',
        );
      }
      expectSame((await shownCertificate(world)).fingerprint256, before, 'the certificate shown');
    },
  },
  {
    id: 'registration.certificate-is-installed',
    chapter: 'registration',
    sentence:
      'A signed certificate is shown to new connections from then on, hosts keep their sessions, and it can be renewed',
    proves: 'vCenter’s authority vouches for the provider to every host, without an interruption.',
    source: { text: 'request, sign, install; sessions survive', mark: 'inferred' },
    needs: ['certificate change'],
    async run(world) {
      const { vcenter, site, inventory } = world;
      if (inventory.provider?.retainVasaProviderCertificate === true)
        skip('the provider says that it keeps its own certificate');
      for (let time = 1; time <= 2; time += 1) {
        const { return: csr } = await vcenter.call('requestCSR', {});
        const providerCert = await site.authority.signRequest(csr);
        await vcenter.call('registerCASignedProviderCertificate', {
          providerCert,
          forceApply: true,
        });
        await sessionAgain(vcenter, site.vcenter);
        const shown = await shownCertificate(world);
        expectSame(
          shown.raw.toString('base64'),
          der(providerCert),
          `certificate ${time}, as shown`,
        );
        for (const host of world.hosts)
          await host.call('queryStorageContainer', { containerId: [] });
      }
    },
  },
];

/** Providers answer with PEM, or with its base64 alone. */
function pemOf(text: string): string {
  if (text.includes('-----BEGIN')) return text;
  return `-----BEGIN CERTIFICATE-----\n${text.trim()}\n-----END CERTIFICATE-----\n`;
}
