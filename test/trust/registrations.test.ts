/** What registering and refreshing accept, refuse and keep. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Authority,
  type Issued,
  makeAuthority,
  unknownCriticalExtension,
} from '../../certs/make.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { ACTOR, DAY_MS, faultOf, kinds, openTestTrust, type TestTrust } from './support.ts';

let room: TestTrust;
let root: Authority;
beforeEach(async () => {
  room = await openTestTrust();
  root = await makeAuthority();
});
afterEach(() => room.close());

const add = (roots: readonly string[], crls: readonly string[] = []) =>
  room.trust.registrations.addAuthorities({ roots, crls }, ACTOR);
const refresh = (registrationId: string, roots: readonly string[], crls: readonly string[] = []) =>
  room.trust.registrations.refresh(
    { registrationIds: [registrationId], vcenterId: undefined },
    { roots, crls },
    ACTOR,
  );

test('the same set of roots is the same registration, in any order and form', async () => {
  const other = await makeAuthority();
  const first = await add([root.certificatePem, other.certificatePem]);
  const again = await add([other.certificatePem.replaceAll('\n', '\r\n') + root.certificatePem]);
  expect(again.registrationId).toBe(first.registrationId);
  expect(room.trust.registrations.all()).toHaveLength(1);
  const more = await add([root.certificatePem]);
  expect(more.registrationId).not.toBe(first.registrationId);
  const changes = room.events.flatMap((each) => (each.kind === 'registered' ? [each.change] : []));
  expect(changes).toEqual(['added', 'renewed', 'added']);
});

test('who registered what, and from where, is told', async () => {
  await add([root.certificatePem]);
  expect(room.events.find(({ kind }) => kind === 'registered')).toMatchObject({
    by: ACTOR,
    certificates: [expect.stringContaining(root.fingerprint.slice(0, 16))],
  });
});

describe('a CA certificate is refused, and carried back, when it', () => {
  const bad: Record<string, () => Promise<Issued>> = {
    'has expired': () => makeAuthority({ notAfter: Date.now() - 1000 }),
    'is not yet valid': () => makeAuthority({ notBefore: Date.now() + DAY_MS }),
    'is no CA’s': () => root.issueClient(),
    'may not sign certificates': () => makeAuthority({ keyUsage: 1 }),
    'has a weak key': () => makeAuthority({ key: 'rsa-1024' }),
    'has a critical extension nobody knows': () =>
      makeAuthority({ extensions: [unknownCriticalExtension()] }),
  };
  test.each(Object.entries(bad))('%s', async (_, make) => {
    const authority = await make();
    const fault = await faultOf(add([root.certificatePem, authority.certificatePem]));
    expect(fault.fault).toBe('InvalidCertificate');
    expect(fault.data).toEqual({ certificate: [authority.certificatePem], crl: [] });
    expect(room.trust.registrations.all()).toEqual([]);
  });

  test('is missing', async () => {
    expect((await faultOf(add([]))).fault).toBe('InvalidCertificate');
    expect((await faultOf(add(['', ' ']))).fault).toBe('InvalidCertificate');
  });
});

describe('a CRL', () => {
  test('that names a known CA and is not signed by it is refused', async () => {
    const namesake = await makeAuthority({ name: 'One name' });
    const victim = await makeAuthority({ name: 'One name' });
    // Without the key's identifier the forged list looks as if it were the victim's.
    const forged = await namesake.crl({ revoked: ['1234'] });
    expect(
      (await faultOf(add([victim.certificatePem], [tampered(await victim.crl())]))).fault,
    ).toBe('InvalidCertificate');
    await add([victim.certificatePem], [forged]);
    expect(kinds(room.events)).toContain('crlUnused');
  });

  test('of a CA that is not known is kept without effect', async () => {
    const stranger = await makeAuthority();
    const registration = await add([root.certificatePem], [await stranger.crl()]);
    expect(registration.crls).toHaveLength(1);
    expect(kinds(room.events)).toContain('crlUnused');
  });

  test('is not replaced by an older one, nor dropped because it is not sent again', async () => {
    const newer = await root.crl({ number: 5, revoked: ['1234'] });
    const older = await root.crl({ number: 4 });
    const { registrationId } = await add([root.certificatePem], [newer]);
    await refresh(registrationId, [root.certificatePem], [older]);
    await refresh(registrationId, [root.certificatePem], []);
    await add([root.certificatePem], [older]);
    const held = room.trust.registrations.all()[0]?.crls ?? [];
    expect(held).toHaveLength(1);
    expect(newer.replaceAll('\n', '')).toContain(held[0]);
  });

  test('goes with its CA', async () => {
    const { registrationId } = await add([root.certificatePem], [await root.crl()]);
    await refresh(registrationId, [(await makeAuthority()).certificatePem]);
    expect(room.trust.registrations.all()[0]?.crls).toEqual([]);
  });
});

test('registrations are bounded, and the same one again still goes through', async () => {
  const { registrations } = LIMITS;
  for (let n = 0; n < registrations; n += 1) await add([(await makeAuthority()).certificatePem]);
  expect((await faultOf(add([root.certificatePem]))).fault).toBe('StorageFault');
  expect(room.trust.registrations.all()).toHaveLength(registrations);
});

test('changes that come at once are all in force in the end', async () => {
  const roots = await Promise.all(Array.from({ length: 6 }, () => makeAuthority()));
  await Promise.all(roots.map((each) => add([each.certificatePem])));
  await room.restart();
  expect(room.trust.registrations.all()).toHaveLength(6);
});

test('a change that the store refuses is not in force', async () => {
  await room.store.close();
  await expect(add([root.certificatePem])).rejects.toMatchObject({ kind: 'closed' });
  expect(room.trust.registrations.all()).toEqual([]);
  expect(room.trust.registrations.anchors().all()).toEqual([]);
});

test('each vCenter’s id is learned once, and no more than the limit', async () => {
  const { registrationId } = await add([root.certificatePem]);
  await room.trust.registrations.learnVcenter([registrationId], 'vc-1');
  await room.trust.registrations.learnVcenter([registrationId], 'VC-1');
  await room.trust.registrations.learnVcenter([registrationId], 'vc-2');
  await room.restart();
  expect(room.trust.registrations.all()[0]?.vcenterIds).toEqual(['vc-1', 'vc-2']);
  for (let n = 3; n < LIMITS.vcentersPerRegistration + 3; n += 1) {
    await room.trust.registrations.learnVcenter([registrationId], `vc-${n}`);
  }
  expect(room.trust.registrations.all()[0]?.vcenterIds).toHaveLength(
    LIMITS.vcentersPerRegistration,
  );
});

test('vCenters that share a registration cannot make it grow without end', async () => {
  const { registrationId } = await add([root.certificatePem]);
  const { registrations } = room.trust;
  await registrations.learnVcenter([registrationId], 'vc-1');
  await registrations.learnVcenter([registrationId], 'vc-2');
  const more = await Promise.all(Array.from({ length: 60 }, () => makeAuthority()));
  const caller = { registrationIds: [registrationId], vcenterId: 'vc-1' };
  const push = (roots: readonly Authority[]) =>
    registrations.refresh(
      caller,
      { roots: roots.map((each) => each.certificatePem), crls: [] },
      ACTOR,
    );
  for (let round = 0; round < 4; round += 1) {
    await push(await Promise.all(more.map(() => makeAuthority())));
  }
  expect((await faultOf(push(more))).fault).toBe('StorageFault');
  expect(registrations.all()[0]?.certificates).toHaveLength(241);
});

/** The same CRL with one byte of its signature changed. */
function tampered(pem: string): string {
  const lines = pem.trim().split('\n');
  const body = Buffer.from(lines.slice(1, -1).join(''), 'base64');
  const last = body.length - 1;
  body[last] = (body[last] ?? 0) ^ 1;
  return [lines[0], body.toString('base64'), lines.at(-1)].join('\n');
}
