/**
 * Trust judged on every call: what was trusted a moment ago is refused as soon as a CRL, a removed root or
 * the clock says so, whatever the TLS connection was worth when it was opened.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Authority,
  type Issued,
  makeAuthority,
  makeSelfSignedClient,
} from '../../certs/make.ts';
import type { Registration } from '../../src/store/port.ts';
import { readCertificate } from '../../src/trust/certificate.ts';
import {
  ACTOR,
  DAY_MS,
  kinds,
  openTestTrust,
  presented,
  sessionOf,
  type TestTrust,
} from './support.ts';

let room: TestTrust;
let root: Authority;
let client: Issued;
beforeEach(async () => {
  room = await openTestTrust();
  root = await makeAuthority({ name: 'First CA' });
  client = await root.issueClient();
});
afterEach(() => room.close());

const add = (given: {
  roots: readonly Authority[];
  crls?: readonly string[];
}): Promise<Registration> =>
  room.trust.registrations.addAuthorities(
    { roots: given.roots.map((each) => each.certificatePem), crls: given.crls ?? [] },
    ACTOR,
  );
const refresh = (
  registration: Registration,
  roots: readonly Authority[],
  crls: readonly string[] = [],
) =>
  room.trust.registrations.refresh(
    { registrationIds: [registration.registrationId], vcenterId: undefined },
    { roots: roots.map((each) => each.certificatePem), crls },
    ACTOR,
  );
const verdict = async (issued: Issued, handshake: 'full' | 'resumed' = 'full') => {
  const judgement = await room.trust.judge(presented(issued, handshake));
  return judgement.trusted ? 'trusted' : judgement.reason;
};
const isAlive = async (sessionId: string, { fingerprint }: Issued) =>
  (await room.sessions.find(sessionId, fingerprint)).session !== undefined;

describe('a client', () => {
  test('is unknown before its CA is registered and trusted right after', async () => {
    expect(await verdict(client)).toBe('unknownIssuer');
    const { registrationId } = await add({ roots: [root] });
    expect(await room.trust.judge(presented(client))).toMatchObject({
      trusted: true,
      client: {
        fingerprint: client.fingerprint,
        serial: client.serial,
        issuer: 'CN=First CA',
        registrationIds: [registrationId],
      },
    });
  });

  test('without certificate, or with bytes that are none, is refused and nothing is thrown', async () => {
    expect(await room.trust.judge(undefined)).toMatchObject({ trusted: false, reason: 'missing' });
    const junk = { fingerprint: 'x', der: new Uint8Array([1, 2]), issuers: [new Uint8Array()] };
    expect(await room.trust.judge(junk)).toMatchObject({ trusted: false, reason: 'malformed' });
  });

  test('is refused from the refresh on that brings its revocation, and its sessions end', async () => {
    const registration = await add({ roots: [root] });
    const other = await root.issueClient();
    const mine = [await sessionOf(room, client), await sessionOf(room, other)] as const;
    expect([await verdict(client), await verdict(other)]).toEqual(['trusted', 'trusted']);
    await refresh(registration, [root], [await root.crl({ revoked: [client] })]);
    expect([await verdict(client, 'resumed'), await verdict(other)]).toEqual([
      'revoked',
      'trusted',
    ]);
    expect(await isAlive(mine[0], client)).toBe(false);
    expect(await isAlive(mine[1], other)).toBe(true);
    expect(room.events.at(-2)).toMatchObject({ kind: 'trustChanged', sessionsEnded: 1 });
  });

  test('is refused when its root is removed, and the log says which', async () => {
    const registration = await add({ roots: [root] });
    expect(await verdict(client)).toBe('trusted');
    const sessionId = await sessionOf(room, client);
    await refresh(registration, [await makeAuthority()]);
    expect(await verdict(client)).toBe('removedIssuer');
    const judgement = await room.trust.judge(presented(client));
    expect(judgement).toMatchObject({ detail: expect.stringContaining('First CA') });
    expect(judgement).toMatchObject({
      detail: expect.stringContaining(client.fingerprint.slice(0, 16)),
    });
    expect(await isAlive(sessionId, client)).toBe(false);
    await refresh(registration, [root]);
    expect(await verdict(client)).toBe('trusted');
  });

  test('is refused from the moment on at which it expires', async () => {
    client = await root.issueClient({ notAfter: Date.now() + DAY_MS });
    await add({ roots: [root] });
    expect(await verdict(client)).toBe('trusted');
    room.clock.moveBy(DAY_MS - 5000);
    expect(await verdict(client)).toBe('trusted');
    room.clock.moveBy(10_000);
    expect(await verdict(client)).toBe('expired');
    room.clock.moveBy(-DAY_MS);
    expect(await verdict(client)).toBe('trusted');
  });

  test('is not yet trusted when the clock is set back before its time', async () => {
    await add({ roots: [root] });
    expect(await verdict(client)).toBe('trusted');
    room.clock.moveBy(-2 * DAY_MS);
    expect(await verdict(client)).toBe('notYetValid');
  });

  test('below an intermediate is trusted on a resumed TLS session, which does not send it again', async () => {
    await add({ roots: [root] });
    const middle = await root.issueAuthority();
    const host = await middle.issueClient();
    expect(await verdict(host, 'resumed')).toBe('unknownIssuer');
    expect(await verdict(host)).toBe('trusted');
    expect(await verdict(host, 'resumed')).toBe('trusted');
    expect(await verdict(await middle.issueClient(), 'resumed')).toBe('trusted');
    await refresh(
      room.trust.registrations.all()[0] as Registration,
      [root],
      [await root.crl({ revoked: [middle] })],
    );
    expect(await verdict(host, 'resumed')).toBe('revoked');
    expect(await verdict(host)).toBe('revoked');
  });

  test('survives a restart of the provider', async () => {
    await add({ roots: [root], crls: [await root.crl({ revoked: [client] })] });
    const other = await root.issueClient();
    await room.restart();
    expect([await verdict(client), await verdict(other)]).toEqual(['revoked', 'trusted']);
  });
});

describe('a policy', () => {
  test('may refuse clients of a CA that gave no CRL', async () => {
    await room.close();
    room = await openTestTrust({ policy: { missingCrl: 'refuse' } });
    const registration = await add({ roots: [root] });
    expect(await verdict(client)).toBe('crlMissing');
    await refresh(registration, [root], [await root.crl()]);
    expect(await verdict(client)).toBe('trusted');
  });

  test('may refuse clients under an expired CRL, from the moment it expires', async () => {
    await room.close();
    room = await openTestTrust({ policy: { expiredCrl: 'refuse' } });
    await add({ roots: [root], crls: [await root.crl({ nextUpdate: Date.now() + DAY_MS })] });
    expect(await verdict(client)).toBe('trusted');
    room.clock.moveBy(DAY_MS + 1000);
    expect(await verdict(client)).toBe('crlExpired');
  });

  test('accepts both by default and says so once', async () => {
    const soon = await root.crl({ nextUpdate: Date.now() + DAY_MS });
    const bare = await makeAuthority({ name: 'Bare' });
    await add({ roots: [root, bare], crls: [soon] });
    room.clock.moveBy(DAY_MS + 1000);
    for (let i = 0; i < 3; i += 1) {
      expect(await verdict(client)).toBe('trusted');
      expect(await verdict(await bare.issueClient())).toBe('trusted');
    }
    const said = kinds(room.events).filter((kind) => kind.startsWith('crl'));
    expect(said.toSorted()).toEqual(['crlExpired', 'crlMissing']);
    expect(room.events).toContainEqual({
      kind: 'crlMissing',
      authority: expect.stringContaining('"CN=Bare"'),
    });
  });
});

describe('several vCenters', () => {
  let second: Authority;
  let otherClient: Issued;
  beforeEach(async () => {
    second = await makeAuthority({ name: 'First CA' });
    otherClient = await second.issueClient();
  });

  test('stand side by side, also when their CAs have one name', async () => {
    const [a, b] = [await add({ roots: [root] }), await add({ roots: [second] })];
    expect(await room.trust.judge(presented(client))).toMatchObject({
      client: { registrationIds: [a.registrationId] },
    });
    expect(await room.trust.judge(presented(otherClient))).toMatchObject({
      client: { registrationIds: [b.registrationId] },
    });
  });

  test('a refresh of one leaves the other, its sessions and its CRLs alone', async () => {
    const a = await add({ roots: [root] });
    await add({ roots: [second], crls: [await second.crl({ revoked: ['1234'] })] });
    const sessionId = await sessionOf(room, otherClient);
    expect(await verdict(otherClient)).toBe('trusted');
    const before = room.trust.registrations.all()[1];
    await refresh(a, [await makeAuthority()]);
    expect(room.trust.registrations.all()[1]).toEqual(before);
    expect(await verdict(otherClient)).toBe('trusted');
    expect(await isAlive(sessionId, otherClient)).toBe(true);
    expect(await verdict(client)).toBe('removedIssuer');
  });

  test('a root that both hold stays trusted until the last one lets it go', async () => {
    const a = await add({ roots: [root, second] });
    const b = await add({ roots: [root] });
    expect(a.registrationId).not.toBe(b.registrationId);
    await refresh(a, [second]);
    expect(await verdict(client)).toBe('trusted');
    await room.trust.registrations.remove(b.registrationId, ACTOR);
    expect(await verdict(client)).toBe('removedIssuer');
    expect(await verdict(otherClient)).toBe('trusted');
  });

  test('a client of a shared root refreshes the registration of its own vCenter alone', async () => {
    const a = await add({ roots: [root, second] });
    const b = await add({ roots: [root] });
    const { registrations } = room.trust;
    await registrations.learnVcenter([a.registrationId], 'VC-A');
    await registrations.learnVcenter([b.registrationId], 'vc-b');
    const ids = [a.registrationId, b.registrationId];
    const third = await makeAuthority();
    await registrations.refresh(
      { registrationIds: ids, vcenterId: 'vc-a' },
      { roots: [third.certificatePem], crls: [] },
      ACTOR,
    );
    const held = registrations
      .all()
      .map(({ certificates }) => certificates.map((c) => c.fingerprint));
    expect(held).toEqual([[third.fingerprint], [root.fingerprint]]);
    await expect(
      registrations.refresh(
        { registrationIds: ids, vcenterId: 'vc-c' },
        { roots: [second.certificatePem], crls: [] },
        ACTOR,
      ),
    ).rejects.toMatchObject({ fault: 'PermissionDenied' });
  });
});

describe('a registered certificate of its own', () => {
  test('is trusted, may push roots, and takes them along when it goes', async () => {
    const own = await makeSelfSignedClient();
    const registration = await room.trust.registrations.addCertificate(
      readCertificate(own.der),
      ACTOR,
    );
    if (registration === undefined) throw new Error('nothing was registered');
    expect(await verdict(own)).toBe('trusted');
    await refresh(registration, [root]);
    expect([await verdict(own), await verdict(client)]).toEqual(['trusted', 'trusted']);
    await room.restart();
    expect([await verdict(own), await verdict(client)]).toEqual(['trusted', 'trusted']);
    await room.trust.registrations.remove(registration.registrationId, ACTOR);
    expect([await verdict(own), await verdict(client)]).toEqual(['unknownIssuer', 'removedIssuer']);
  });
});
