/**
 * The certificate operations: the order in which vCenter calls them works, and nobody else gets to do
 * what it may. The second half is a list of attacks.
 */

import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Authority,
  type Issued,
  makeAuthority,
  makeSelfSignedClient,
} from '../../../certs/make.ts';
import type { HostId } from '../../../src/model/ids.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import {
  queryCACertificateRevocationLists,
  queryCACertificates,
  refreshCACertificatesAndCRLs,
  registerCACertificatesAndCRLs,
  registerCASignedProviderCertificate,
  registerVASACertificate,
  requestCSR,
  unregisterVASACertificate,
} from '../../../src/operations/sessions/certificates.ts';
import { setContext } from '../../../src/operations/sessions/sessions.ts';
import { type CallerOptions, send } from '../../trust/callers.ts';
import {
  DAY_MS,
  faultOf,
  openTestTrust,
  presented,
  sessionOf,
  type TestTrust,
} from '../../trust/support.ts';

let room: TestTrust;
let root: Authority;
beforeEach(async () => {
  room = await openTestTrust();
  await room.trust.users.save('admin', 'right');
  root = await makeAuthority({ name: 'vCenter A' });
});
afterEach(() => room.close());

const RIGHT = { userName: 'admin', password: 'right' };
const registerRoots = (
  given: { roots: readonly Authority[]; crls?: readonly string[]; password?: string },
  from: CallerOptions = {},
) =>
  send(room, from, 'open', registerCACertificatesAndCRLs, {
    providerUserName: 'admin',
    providerPassword: given.password ?? 'right',
    caRootCert: given.roots.map((each) => each.certificatePem),
    caCRL: given.crls ?? [],
  });
const registerOwn = (
  newCertificate: string | undefined,
  from: CallerOptions = {},
  given: { userName?: string; password?: string } = RIGHT,
) => send(room, from, 'open', registerVASACertificate, { ...given, newCertificate });
const csr = async (from: CallerOptions = {}) =>
  (await send(room, from, 'open', requestCSR, {})).response.return;
const install = (providerCert: string, from: CallerOptions = {}, forceApply = false) =>
  send(room, from, 'open', registerCASignedProviderCertificate, { providerCert, forceApply });
const unregister = (existingCertificate: string | undefined, from: CallerOptions) =>
  send(room, from, 'certificate', unregisterVASACertificate, { existingCertificate });
const refresh = (from: CallerOptions, roots: readonly Authority[], crls: readonly string[] = []) =>
  send(room, from, 'session', refreshCACertificatesAndCRLs, {
    caRootCert: roots.map((each) => each.certificatePem),
    caCRL: crls,
  });
const issuer = () => new X509Certificate(room.trust.certificate.served().cert).issuer;
const isTrusted = async (certificate: Issued) =>
  (await room.trust.judge(presented(certificate))).trusted;
/** A vCenter with a session: what it calls with. */
async function vcenter(authority: Authority, vcenterId = 'vc-1'): Promise<CallerOptions> {
  const certificate = await authority.issueClient();
  return { certificate, sessionId: await sessionOf(room, certificate, { vcenterId }) };
}
const faultName = async (work: Promise<unknown>) => (await faultOf(work)).fault;

describe('the VASA 2.0 way', () => {
  test('registers roots, signs and installs the certificate, all before there is a session', async () => {
    const registered = await registerRoots({ roots: [root] });
    expect(registered.response.return).toMatchObject({
      sessionId: '0',
      retainVasaProviderCertificate: false,
      uid: expect.any(String),
    });
    await install(await root.signRequest(await csr()));
    expect(issuer()).toBe('CN=vCenter A');
    expect(await isTrusted(await root.issueClient())).toBe(true);
  });

  test('works over a connection for each call, and in the other order of the steps', async () => {
    const step = (n: number) => ({ connectionId: `c${n}` });
    await registerRoots({ roots: [root] }, step(1));
    const request = await csr(step(2));
    await registerRoots({ roots: [root] }, step(3));
    await install(await root.signRequest(request), step(4), true);
    expect(issuer()).toBe('CN=vCenter A');
  });

  test('renews the certificate with a session', async () => {
    await registerRoots({ roots: [root] });
    room.clock.moveBy(LIMITS.bootstrapGrantMs);
    const caller = { ...(await vcenter(root)), remoteAddress: '192.0.2.50', connectionId: 'c9' };
    await install(await root.signRequest(await csr(caller)), caller);
    expect(issuer()).toBe('CN=vCenter A');
    expect(await room.sessions.list()).toHaveLength(1);
  });

  test('reads its CAs and CRLs back, refreshes them, and sees no other vCenter’s', async () => {
    const second = await makeAuthority({ name: 'vCenter B' });
    const revoking = await root.crl({ revoked: ['1234'] });
    await registerRoots({ roots: [root], crls: [revoking] });
    await registerRoots({ roots: [second] });
    const [a, b] = [await vcenter(root), await vcenter(second, 'vc-2')];
    const authorities = async (from: CallerOptions) =>
      (await send(room, from, 'session', queryCACertificates, {})).response.return;
    const lists = async (from: CallerOptions) =>
      (await send(room, from, 'session', queryCACertificateRevocationLists, {})).response.return;
    expect(await authorities(a)).toEqual([root.certificatePem]);
    expect(await authorities(b)).toEqual([second.certificatePem]);
    expect(await lists(a)).toEqual([revoking]);
    expect(await lists(b)).toEqual([]);

    const third = await makeAuthority();
    await refresh(b, [second, third]);
    expect(await authorities(b)).toEqual([second.certificatePem, third.certificatePem]);
    expect(await authorities(a)).toEqual([root.certificatePem]);
    expect(await isTrusted(await root.issueClient())).toBe(true);
  });

  test('a refresh that revokes the caller itself ends it', async () => {
    await registerRoots({ roots: [root] });
    const caller = await vcenter(root);
    const { certificate } = caller;
    if (certificate === undefined) throw new Error('no certificate');
    await refresh(caller, [root], [await root.crl({ revoked: [certificate] })]);
    expect(await faultName(refresh(caller, [root]))).toBe('InvalidSession');
  });
});

describe('the VASA 1.0 way', () => {
  test('trusts the certificate, answers without session, and ends the one the caller had', async () => {
    await registerRoots({ roots: [root] });
    const caller = await vcenter(root);
    const own = await makeSelfSignedClient();
    const { response, cookie } = await registerOwn(own.certificatePem, caller);
    expect(response.return?.sessionId).toBe('0');
    expect(cookie).toBe('0');
    expect(await isTrusted(own)).toBe(true);
    expect(await room.sessions.list()).toEqual([]);
  });

  test('takes the certificate without header lines, and a known one again without a change', async () => {
    const own = await makeSelfSignedClient();
    await registerOwn(own.der.toString('base64'));
    expect(await isTrusted(own)).toBe(true);
    const sessionId = await sessionOf(room, own);
    const again = await registerOwn(own.certificatePem, { certificate: own, sessionId });
    expect(again.cookie).toBeUndefined();
    expect(room.trust.registrations.all()).toHaveLength(1);
    expect(await room.sessions.list()).toHaveLength(1);
  });

  test('lets the provider’s certificate be signed once the vCenter has pushed its root', async () => {
    const own = await makeSelfSignedClient();
    await registerOwn(own.certificatePem);
    const caller = {
      certificate: own,
      sessionId: await sessionOf(room, own, { vcenterId: 'vc-1' }),
    };
    await refresh(caller, [root]);
    await install(await root.signRequest(await csr(caller)), caller);
    expect(issuer()).toBe('CN=vCenter A');
  });

  test.each([
    ['expired', () => makeSelfSignedClient({ notAfter: Date.now() - 1000 })],
    ['not yet valid', () => makeSelfSignedClient({ notBefore: Date.now() + DAY_MS })],
    ['for servers only', async () => (await makeAuthority()).issueServer()],
    ['weak', () => makeSelfSignedClient({ key: 'rsa-1024' })],
  ])('refuses a certificate that is %s', async (_, make) => {
    const { certificatePem } = await make();
    const fault = await faultOf(registerOwn(certificatePem));
    expect(fault.fault).toBe('InvalidCertificate');
    expect(fault.data).toEqual({ certificate: [certificatePem], crl: [] });
  });

  test.each([undefined, '', 'not a certificate'])('refuses %j as a certificate', async (text) => {
    expect(await faultName(registerOwn(text))).toBe('InvalidCertificate');
  });

  test('refuses a certificate that its CA has revoked', async () => {
    const client = await root.issueClient();
    await registerRoots({ roots: [root], crls: [await root.crl({ revoked: [client] })] });
    expect(await faultName(registerOwn(client.certificatePem))).toBe('InvalidCertificate');
  });
});

describe('credentials', () => {
  test.each([
    [{}],
    [{ userName: 'admin' }],
    [{ password: 'right' }],
    [{ userName: 'admin', password: 'wrong' }],
    [{ userName: 'nobody', password: 'right' }],
    [{ userName: 'admin', password: 'x'.repeat(256) }],
  ])('%j are wrong, which is said before the certificate is looked at', async (given) => {
    const own = await makeSelfSignedClient();
    expect(await faultName(registerOwn(own.certificatePem, {}, given))).toBe('InvalidLogin');
    expect(await faultName(registerOwn('not a certificate', {}, given))).toBe('InvalidLogin');
    expect(room.trust.registrations.all()).toEqual([]);
  });

  test('that are wrong give no grant', async () => {
    expect(await faultName(registerRoots({ roots: [root], password: 'wrong' }))).toBe(
      'InvalidLogin',
    );
    expect(await faultName(csr())).toBe('InvalidSession');
  });

  test('that are right with a certificate that is not give no grant either', async () => {
    const expired = await makeAuthority({ notAfter: Date.now() - 1000 });
    expect(await faultName(registerRoots({ roots: [expired] }))).toBe('InvalidCertificate');
    expect(await faultName(csr())).toBe('InvalidSession');
  });

  test('are locked after too many failures, which reads the same', async () => {
    for (let n = 0; n < LIMITS.loginFailures; n += 1) {
      await faultOf(registerRoots({ roots: [root], password: 'wrong' }));
    }
    expect(await faultName(registerRoots({ roots: [root] }))).toBe('InvalidLogin');
    room.clock.moveBy(LIMITS.lockoutMs);
    await registerRoots({ roots: [root] });
  });
});

describe('unregistering', () => {
  test('ends trust, sessions, the hold on the certificate, and the grant', async () => {
    const own = await makeSelfSignedClient();
    await registerOwn(own.certificatePem);
    const caller = { certificate: own, sessionId: await sessionOf(room, own) };
    const { cookie } = await unregister(own.certificatePem, caller);
    expect(cookie).toBe('0');
    expect(await isTrusted(own)).toBe(false);
    expect(await room.sessions.list()).toEqual([]);
    expect(await faultName(csr())).toBe('InvalidSession');
    expect(room.events.at(-1)).toMatchObject({ kind: 'unregistered' });
  });

  test('by a vCenter whose CA is registered frees the place for the next', async () => {
    const second = await makeAuthority({ name: 'vCenter B' });
    await registerRoots({ roots: [root] });
    await install(await root.signRequest(await csr()));
    const caller = await vcenter(root);
    await unregister(caller.certificate?.certificatePem, caller);
    expect(await isTrusted(await root.issueClient())).toBe(false);
    await registerRoots({ roots: [second] });
    await install(await second.signRequest(await csr()));
    expect(issuer()).toBe('CN=vCenter B');
  });

  test('by a host ends that host’s session and leaves its vCenter’s registration', async () => {
    await registerRoots({ roots: [root] });
    const host = await root.issueClient();
    // Ids of hosts are free text; nothing but the brand is missing.
    const sessionId = await sessionOf(room, host, { hostId: 'host-1' as HostId });
    await unregister(host.certificatePem, { certificate: host, sessionId });
    expect(await room.sessions.list()).toEqual([]);
    expect(await isTrusted(host)).toBe(true);
  });

  test.each([
    { who: 'that names its vCenter too', context: { vcenterId: 'vc-1' } },
    { who: 'that names itself alone', context: {} },
  ])(
    'by a host $who leaves the registration, whatever certificate it names',
    async ({ context }) => {
      await registerRoots({ roots: [root] });
      const host = await root.issueClient();
      const caller = async () => ({
        certificate: host,
        sessionId: await sessionOf(room, host, { ...context, hostId: 'host-1' as HostId }),
      });
      await unregister(host.certificatePem, await caller());
      expect(room.trust.registrations.all()).toHaveLength(1);
      expect(await faultName(unregister(root.certificatePem, await caller()))).toBe(
        'InvalidCertificate',
      );
      expect(room.trust.registrations.all()).toHaveLength(1);
    },
  );

  test('by a host that names another’s certificate leaves that one’s sessions', async () => {
    await registerRoots({ roots: [root] });
    const other = await vcenter(root);
    const host = await root.issueClient();
    const sessionId = await sessionOf(room, host, { hostId: 'host-1' as HostId });
    const refused = unregister(other.certificate?.certificatePem, { certificate: host, sessionId });
    expect(await faultName(refused)).toBe('InvalidCertificate');
    expect(await room.sessions.list()).toHaveLength(2);
  });

  test('without a session, as after a restart, may be a host’s: it is asked to open one', async () => {
    await registerRoots({ roots: [root] });
    const certificate = await root.issueClient();
    const refused = unregister(certificate.certificatePem, { certificate });
    expect(await faultName(refused)).toBe('InvalidSession');
    expect(room.trust.registrations.all()).toHaveLength(1);
  });

  test('works with a session of the same registration in place of the certificate', async () => {
    await registerRoots({ roots: [root] });
    await unregister(root.certificatePem, await vcenter(root));
    expect(room.trust.registrations.all()).toEqual([]);
  });

  test('an unknown certificate is InvalidCertificate', async () => {
    await registerRoots({ roots: [root] });
    const caller = await vcenter(root);
    const stranger = await makeSelfSignedClient();
    expect(await faultName(unregister(stranger.certificatePem, caller))).toBe('InvalidCertificate');
    expect(await faultName(unregister(undefined, caller))).toBe('InvalidCertificate');
    expect(await faultName(unregister('hello', caller))).toBe('InvalidCertificate');
    expect(await room.sessions.list()).toHaveLength(1);
  });

  test('another’s certificate is InvalidCertificate too, and stays', async () => {
    await registerRoots({ roots: [root] });
    const own = await makeSelfSignedClient();
    await registerOwn(own.certificatePem);
    const caller = await vcenter(root);
    expect(await faultName(unregister(own.certificatePem, caller))).toBe('InvalidCertificate');
    const noSession = { certificate: await root.issueClient() };
    expect(await faultName(unregister(root.certificatePem, noSession))).toBe('InvalidCertificate');
    expect(await isTrusted(own)).toBe(true);
    expect(room.trust.registrations.all()).toHaveLength(2);
  });
});

describe('two vCenters with one common CA', () => {
  const joining = async (vcGuid: string): Promise<CallerOptions> => {
    await registerRoots({ roots: [root] });
    const certificate = await root.issueClient();
    const usageContext = {
      chapUsername: [],
      hostInitiator: [],
      hostIoIpAddress: [],
      iscsiInitiatorIpAddress: [],
      mountPoint: [],
      subscribeEvent: [],
      vcGuid,
    };
    const { cookie } = await send(room, { certificate }, 'certificate', setContext, {
      usageContext,
    });
    return { certificate, sessionId: cookie ?? '' };
  };
  const registerBoth = async () => [await joining('vc-1'), await joining('VC-2')] as const;
  const vcenters = () => room.trust.registrations.all().map(({ vcenterIds }) => vcenterIds);
  const alive = async () => (await room.sessions.list()).map((each) => each.certificate);
  const pem = (caller: CallerOptions) => caller.certificate?.certificatePem;

  test.each([
    { leaves: 'the first', order: [0, 1] as const, left: ['VC-2'] },
    { leaves: 'the second', order: [1, 0] as const, left: ['vc-1'] },
  ])('$leaves leaves, then the other', async ({ order, left }) => {
    const both = await registerBoth();
    const [leaver, stayer] = [both[order[0]], both[order[1]]];
    expect(vcenters()).toEqual([['vc-1', 'VC-2']]);
    await unregister(pem(leaver), leaver);
    expect(vcenters()).toEqual([left]);
    expect(await alive()).toEqual([stayer.certificate?.fingerprint]);
    await send(room, stayer, 'session', queryCACertificates, {});
    expect(room.events.at(-1)).toMatchObject({ kind: 'vcenterLeft' });
    await room.restart();
    expect(vcenters()).toEqual([left]);

    await unregister(pem(stayer), {
      ...stayer,
      sessionId: await sessionOf(room, stayer.certificate ?? root, { vcenterId: left[0] }),
    });
    expect(vcenters()).toEqual([]);
    expect(await isTrusted(await root.issueClient())).toBe(false);
  });

  test('one that leaves by naming the root takes nothing from the other', async () => {
    const [first, second] = await registerBoth();
    await unregister(root.certificatePem, first);
    expect(vcenters()).toEqual([['VC-2']]);
    expect(await alive()).toEqual([second.certificate?.fingerprint]);
  });

  test('one that names the other’s certificate ends nothing', async () => {
    const [first, second] = await registerBoth();
    expect(await faultName(unregister(pem(second), first))).toBe('InvalidCertificate');
    expect(await alive()).toHaveLength(2);
  });

  test('one that never says which vCenter it is ends its own session alone', async () => {
    const [first] = await registerBoth();
    const certificate = await root.issueClient();
    const nameless = { certificate, sessionId: await sessionOf(room, certificate) };
    await unregister(certificate.certificatePem, nameless);
    expect(vcenters()).toEqual([['vc-1', 'VC-2']]);
    expect(await alive()).toContain(first.certificate?.fingerprint);
    expect(await alive()).toHaveLength(2);
  });

  test.each([0, 1] as const)('a refresh by number %i adds, and removes nothing', async (index) => {
    const both = await registerBoth();
    const [caller, other] = [both[index], both[1 - index]];
    const revoked = await root.issueClient();
    await refresh(caller, [root], [await root.crl({ number: 1 })]);
    const third = await makeAuthority();
    await refresh(caller, [third], [await third.crl()]);
    const held = room.trust.registrations.all()[0];
    expect(held?.certificates.map(({ fingerprint }) => fingerprint)).toEqual([
      root.fingerprint,
      third.fingerprint,
    ]);
    expect(held?.crls).toHaveLength(2);
    expect(await alive()).toHaveLength(2);

    await refresh(caller, [third], [await root.crl({ number: 2, revoked: [revoked] })]);
    expect(room.trust.registrations.all()[0]?.crls).toHaveLength(2);
    expect(await isTrusted(revoked)).toBe(false);

    await unregister(pem(caller), caller);
    if (other === undefined) throw new Error('no other');
    await refresh(other, [root]);
    expect(room.trust.registrations.all()[0]?.certificates).toHaveLength(1);
  });
});

describe('attacks that must fail:', () => {
  const ATTACKER = { connectionId: 'evil', remoteAddress: '198.51.100.66' };

  test('replacing our certificate without anything', async () => {
    const { cert } = room.trust.certificate.served();
    const evil = await makeAuthority();
    expect(await faultName(csr(ATTACKER))).toBe('InvalidSession');
    const server = await evil.issueServer();
    expect(await faultName(install(server.chainPem, ATTACKER, true))).toBe('InvalidSession');
    const client = await evil.issueClient();
    const presenting = { ...ATTACKER, certificate: client };
    expect(await faultName(install(server.chainPem, presenting, true))).toBe('InvalidSession');
    expect(room.trust.certificate.served().cert).toBe(cert);
  });

  test('a trusted host without session and grant', async () => {
    await registerRoots({ roots: [root] });
    const host = { ...ATTACKER, certificate: await root.issueClient() };
    expect(await faultName(csr(host))).toBe('InvalidSession');
  });

  test('using the grant that another peer holds', async () => {
    await registerRoots({ roots: [root] });
    expect(await faultName(csr(ATTACKER))).toBe('InvalidSession');
    const certificate = await root.issueClient();
    const bound = { connectionId: 'c7', remoteAddress: '192.0.2.77', certificate };
    await registerRoots({ roots: [root] }, bound);
    const sameAddress = { connectionId: 'c8', remoteAddress: '192.0.2.77' };
    expect(await faultName(csr(sameAddress))).toBe('InvalidSession');
    expect(await csr({ ...ATTACKER, certificate })).toContain('REQUEST');
  });

  test('using a grant after its time', async () => {
    await registerRoots({ roots: [root] });
    const signed = await root.signRequest(await csr());
    room.clock.moveBy(LIMITS.bootstrapGrantMs);
    expect(await faultName(install(signed))).toBe('InvalidSession');
  });

  test('using the address of a granted vCenter with a certificate of one’s own', async () => {
    await registerRoots({ roots: [root] });
    const evil = await makeAuthority();
    const sameAddress = { connectionId: 'evil' };
    const foreign = await evil.signRequest(await csr(sameAddress));
    expect(await faultName(install(foreign, sameAddress, true))).toBe('InvalidCertificate');
    const wrongKey = await root.issueServer();
    expect(await faultName(install(wrongKey.chainPem, sameAddress, true))).toBe(
      'InvalidCertificate',
    );
    expect(room.trust.certificate.record().installedBy).toBe('self-signed');
  });

  test('a second vCenter taking the place of the first, with force too', async () => {
    const second = await makeAuthority({ name: 'vCenter B' });
    await registerRoots({ roots: [root] });
    await install(await root.signRequest(await csr()));
    const first = await vcenter(root);
    const answer = await registerRoots({ roots: [second] }, ATTACKER);
    expect(answer.response.return.retainVasaProviderCertificate).toBe(true);
    const signed = await second.signRequest(await csr(ATTACKER));
    expect(await faultName(install(signed, ATTACKER, true))).toBe('PermissionDenied');
    expect(issuer()).toBe('CN=vCenter A');
    await install(await root.signRequest(await csr(first)), first);
    expect(await room.sessions.list()).toHaveLength(1);
  });

  test('a client of one vCenter changing the CAs of another', async () => {
    const second = await makeAuthority();
    await registerRoots({ roots: [root] });
    await registerRoots({ roots: [second] });
    const evil = await makeAuthority();
    await refresh(await vcenter(second, 'vc-2'), [evil]);
    expect(await isTrusted(await root.issueClient())).toBe(true);
    const held = room.trust.registrations.all().map(({ certificates }) => certificates.length);
    expect(held).toEqual([1, 1]);
  });

  test('a host changing the CAs or the certificate of its vCenter', async () => {
    await registerRoots({ roots: [root] });
    const certificate = await root.issueClient();
    const sessionId = await sessionOf(room, certificate, { hostId: 'host-1' as HostId });
    const host = { ...ATTACKER, certificate, sessionId };
    const evil = await makeAuthority();
    expect(await faultName(refresh(host, [evil]))).toBe('PermissionDenied');
    expect(await faultName(csr(host))).toBe('PermissionDenied');
    expect(await faultName(install(certificate.chainPem, host))).toBe('PermissionDenied');
    expect(await isTrusted(certificate)).toBe(true);
  });

  test('another client’s session id', async () => {
    await registerRoots({ roots: [root] });
    const { sessionId } = await vcenter(root);
    if (sessionId === undefined) throw new Error('no session');
    const thief = { ...ATTACKER, certificate: await root.issueClient(), sessionId };
    expect(await faultName(csr(thief))).toBe('InvalidSession');
    expect(await faultName(refresh(thief, [await makeAuthority()]))).toBe('InvalidSession');
  });

  test('a root smuggled in beside an expired one: nothing of the call is kept', async () => {
    const expired = await makeAuthority({ notAfter: Date.now() - 1000 });
    const evil = await makeAuthority();
    expect(await faultName(registerRoots({ roots: [evil, expired] }))).toBe('InvalidCertificate');
    expect(await isTrusted(await evil.issueClient())).toBe(false);
  });
});
