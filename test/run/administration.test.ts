/** Goal: the operator's removal of a registration ends the trust and the sessions that hung on it, and no others. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeAuthority } from '../../certs/make.ts';
import { administration } from '../../src/run/administration.ts';
import { ACTOR, openTestTrust, presented, sessionOf, type TestTrust } from '../trust/support.ts';

let room: TestTrust;
beforeEach(async () => {
  room = await openTestTrust();
});
afterEach(() => room.close());

test('a removed registration takes its sessions along and leaves those of others', async () => {
  const [gone, kept] = [await makeAuthority(), await makeAuthority()];
  const add = (root: typeof gone) =>
    room.trust.registrations.addAuthorities({ roots: [root.certificatePem], crls: [] }, ACTOR);
  const { registrationId } = await add(gone);
  await add(kept);
  const [client, other] = [await gone.issueClient(), await kept.issueClient()];
  for (const each of [client, other]) {
    expect((await room.trust.judge(presented(each))).trusted).toBe(true);
    await sessionOf(room, each);
  }
  const admin = administration(room.store, room.trust, () => {
    throw new Error('nobody asks for a backup');
  });
  expect(await admin.removeRegistration(registrationId)).toBe(true);
  expect((await room.sessions.list()).map(({ certificate }) => certificate)).toEqual([
    other.fingerprint,
  ]);
  expect((await room.trust.judge(presented(client))).trusted).toBe(false);
  expect(room.events).toContainEqual({ kind: 'unregistered', registrationId, by: undefined });
  expect(await admin.removeRegistration(registrationId)).toBe(false);
  expect(await admin.registrations()).toHaveLength(1);
});
