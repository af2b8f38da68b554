/** Proofs of the operations by which vCenters register, and by which sessions are opened. */
import assert from 'node:assert/strict';
import { rootsMessage } from '../../support/registered.ts';
import { USER } from '../../support/server-process.ts';
import { textOf, textsOf } from '../../support/soap-client.ts';
import { loginsWait } from '../disturb.ts';
import { NEVER } from '../reasons.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';
import { selfSigned, usageContext } from '../who.ts';
import { d, joined, m, Xml } from '../xml.ts';

const RIGHT = { userName: USER.name, password: USER.password };

/** The roots and CRLs of the stage's vCenter, as arguments. */
async function ownRoots({ vcenter: { authority } }: Stage): Promise<Xml> {
  return new Xml(rootsMessage([authority.certificatePem], [await authority.crl()]));
}

const login = (providerPassword: string) => m({ providerUserName: USER.name, providerPassword });

const REGISTERING: readonly Row[] = [
  {
    operation: 'registerVASACertificate',
    by: 'anonymous',
    succeeds: 'a client certificate is trusted from then on',
    ask: async () => m({ ...RIGHT, newCertificate: (await selfSigned()).certificatePem }),
    check: (answer, { version }) => assert.equal(textOf(answer, 'vasaApiVersion'), version),
    faults: {
      InvalidCertificate: {
        when: 'what it brings is no certificate',
        ask: () => m({ ...RIGHT, newCertificate: 'nonsense' }),
      },
      InvalidLogin: {
        when: 'the password is wrong',
        ask: async () =>
          m({
            userName: USER.name,
            password: 'guess',
            newCertificate: (await selfSigned()).certificatePem,
          }),
      },
      InvalidSession: NEVER.open,
    },
  },
  {
    operation: 'unregisterVASACertificate',
    by: 'vcenter',
    succeeds: 'a client certificate is trusted no longer, and its session ends',
    ask: async (stage) => {
      const identity = await selfSigned();
      const newCertificate = identity.certificatePem;
      const client = stage.client(identity);
      await client.ask('registerVASACertificate', m({ ...RIGHT, newCertificate }).text);
      await client.ask('setContext', m({ usageContext: d({ vcGuid: 'leaving' }) }).text);
      return { client, message: m({ existingCertificate: newCertificate }) };
    },
    faults: {
      InvalidCertificate: {
        when: 'the certificate is not a known one',
        ask: async () => m({ existingCertificate: (await selfSigned()).certificatePem }),
        by: 'vcenter',
      },
      InvalidSession: { when: 'the caller has no certificate', by: 'anonymous' },
    },
  },
  {
    operation: 'registerCACertificatesAndCRLs',
    by: 'anonymous',
    succeeds: 'the clients of a certificate authority are trusted from then on',
    ask: async (stage) => joined(login(USER.password), await ownRoots(stage)),
    check: (answer, { provider }) => assert.equal(textOf(answer, 'uid'), provider.uid),
    faults: {
      InvalidCertificate: {
        when: 'what it brings is no certificate',
        ask: () => joined(login(USER.password), m({ caRootCert: 'nonsense' })),
      },
      InvalidLogin: {
        when: 'the password is wrong',
        ask: async (stage) => joined(login('guess'), await ownRoots(stage)),
      },
      InvalidSession: NEVER.open,
      VasaProviderBusy: { when: 'as many logins wait as may', during: loginsWait },
    },
  },
  {
    operation: 'requestCSR',
    by: 'vcenter',
    succeeds: 'a request for the provider’s certificate is given',
    ask: () => null,
    check: (answer) => assert.match(textOf(answer, 'return'), /BEGIN CERTIFICATE REQUEST/),
    faults: {
      PermissionDenied: { when: 'the caller is a host', by: 'host' },
      VasaProviderBusy: NEVER.busy,
    },
  },
  {
    operation: 'registerCASignedProviderCertificate',
    by: 'vcenter',
    succeeds: 'the certificate that the authority signed is served from then on',
    ask: async ({ clients, vcenter }) => {
      const request = textOf(await clients.vcenter.ask('requestCSR', null), 'return');
      return m({ providerCert: await vcenter.authority.signRequest(request), forceApply: true });
    },
    faults: {
      InvalidCertificate: {
        when: 'what it brings is no certificate',
        ask: () => m({ providerCert: 'nonsense', forceApply: true }),
      },
      PermissionDenied: { when: 'the caller is a host', by: 'host' },
      VasaProviderBusy: NEVER.busy,
    },
  },
  {
    operation: 'refreshCACertificatesAndCRLs',
    by: 'vcenter',
    succeeds: 'the authorities of a registration are replaced',
    ask: ownRoots,
    faults: {
      InvalidCertificate: {
        when: 'what it brings is no certificate',
        ask: () => m({ caRootCert: 'nonsense' }),
      },
      PermissionDenied: { when: 'the caller is a host', by: 'host' },
      VasaProviderBusy: NEVER.busy,
    },
  },
  {
    operation: 'queryCACertificates',
    by: 'vcenter',
    succeeds: 'the authorities of the caller’s registration are told',
    ask: () => null,
    check: (answer) => assert.equal(textsOf(answer, 'return').length, 1),
    faults: { VasaProviderBusy: NEVER.busy },
  },
  {
    operation: 'queryCACertificateRevocationLists',
    by: 'vcenter',
    succeeds: 'the revocation lists of the caller’s registration are told',
    ask: () => null,
    check: (answer) => assert.equal(textsOf(answer, 'return').length, 1),
    faults: { VasaProviderBusy: NEVER.busy },
  },
];

export const TRUST: readonly Row[] = [
  ...REGISTERING,
  {
    operation: 'setContext',
    succeeds: 'a session is opened, and its id given',
    ask: async (stage) => ({
      client: stage.client(await stage.vcenter.authority.issueClient()),
      message: m({ usageContext: usageContext(stage.version, 'another-host') }),
    }),
    check: (answer, { version }) => {
      assert.equal(textOf(answer, 'vasaApiVersion'), version);
      assert.notEqual(textOf(answer, 'sessionId'), '0');
    },
    faults: {
      InvalidArgument: {
        when: 'an initiator has no identifier',
        ask: () => m({ usageContext: d({ hostInitiator: d({}) }) }),
      },
      InvalidSession: { when: 'the caller has no certificate', by: 'anonymous' },
    },
  },
];
