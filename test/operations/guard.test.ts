/** Who is let in: each rule against each kind of caller, and what client and log are told. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Authority, type Issued, makeAuthority } from '../../certs/make.ts';
import type { HostId } from '../../src/model/ids.ts';
import { createGuard } from '../../src/operations/guard.ts';
import type { SessionRule } from '../../src/wire/call.ts';
import { type CallerOptions, callOf, providerOf } from '../trust/callers.ts';
import {
  ACTOR,
  DAY_MS,
  faultOf,
  openTestTrust,
  sessionOf,
  type TestTrust,
} from '../trust/support.ts';

let room: TestTrust;
let root: Authority;
let client: Issued;
let sessionId: string;
beforeEach(async () => {
  room = await openTestTrust();
  root = await makeAuthority();
  client = await root.issueClient();
  await room.trust.registrations.addAuthorities({ roots: [root.certificatePem], crls: [] }, ACTOR);
  // Ids of hosts are free text; nothing but the brand is missing.
  sessionId = await sessionOf(room, client, { hostId: 'host-1' as HostId, vcenterId: 'vc-1' });
});
afterEach(() => room.close());

async function knock(rule: SessionRule, options: CallerOptions) {
  const { call, seen } = callOf(options);
  return { context: await createGuard(providerOf(room))(rule, call), notes: seen.notes };
}

async function refusal(rule: SessionRule, options: CallerOptions) {
  const { call, seen } = callOf(options);
  const fault = await faultOf(createGuard(providerOf(room))(rule, call));
  expect(fault.fault).toBe('InvalidSession');
  return { text: fault.message, note: seen.notes.refusal ?? '' };
}

describe('let in is', () => {
  test('anybody by the rule open, known as far as the certificate and the session prove', async () => {
    expect((await knock('open', {})).context).toMatchObject({
      client: undefined,
      session: undefined,
    });
    const stranger = await (await makeAuthority()).issueClient();
    expect((await knock('open', { certificate: stranger })).context.client).toBeUndefined();
    const known = await knock('open', { certificate: client, sessionId });
    expect(known.context.client?.fingerprint).toBe(client.fingerprint);
    expect(known.context.session?.usageContext.hostId).toBe('host-1');
  });

  test('a trusted certificate by the rule certificate, with any cookie', async () => {
    const { context } = await knock('certificate', { certificate: client, sessionId: 'unknown' });
    expect(context.client?.fingerprint).toBe(client.fingerprint);
    expect(context.session).toBeUndefined();
  });

  test('a trusted certificate with its own session by the rule session, and the log learns who', async () => {
    const { context, notes } = await knock('session', { certificate: client, sessionId });
    expect(context.session?.certificate).toBe(client.fingerprint);
    expect(notes).toEqual({
      session: context.session?.shortHash,
      host_id: 'host-1',
      vcenter_id: 'vc-1',
    });
    expect(JSON.stringify(notes)).not.toContain(sessionId);
  });
});

describe('refused is', () => {
  test.each(['certificate', 'session'] as const)(
    'by the rule %s: no certificate, an untrusted one',
    async (rule) => {
      expect(await refusal(rule, { sessionId })).toEqual({
        text: 'The client presented no certificate.',
        note: 'missing: the client presented no certificate',
      });
      const stranger = await (await makeAuthority({ name: 'Stranger CA' })).issueClient();
      const told = await refusal(rule, { certificate: stranger, sessionId });
      expect(told.text).toBe('The client certificate is not trusted by this provider.');
      expect(told.note).toContain('unknownIssuer');
      expect(told.note).toContain('Stranger CA');
    },
  );

  test('by the rule session: no cookie, an unknown id, an expired one, another certificate’s', async () => {
    const other = await root.issueClient();
    const reasons = [
      await refusal('session', { certificate: client }),
      await refusal('session', { certificate: client, sessionId: 'f'.repeat(32) }),
      await refusal('session', { certificate: other, sessionId }),
    ];
    room.clock.moveBy(1_800_000);
    reasons.push(await refusal('session', { certificate: client, sessionId }));
    expect(reasons.map(({ note }) => note)).toEqual([
      'no session: no cookie',
      'no session: unknown',
      'no session: other certificate',
      'no session: expired',
    ]);
    expect(new Set(reasons.map(({ text }) => text)).size).toBe(1);
  });

  test('on the next call: a client that was revoked, whose session is gone for good', async () => {
    await knock('session', { certificate: client, sessionId });
    const [registration] = room.trust.registrations.all();
    const caller = { registrationIds: [registration?.registrationId ?? ''], vcenterId: undefined };
    const revoking = {
      roots: [root.certificatePem],
      crls: [await root.crl({ revoked: [client] })],
    };
    await room.trust.registrations.refresh(caller, revoking, ACTOR);
    expect((await refusal('session', { certificate: client, sessionId })).note).toContain(
      'revoked',
    );
    expect(await room.sessions.list()).toEqual([]);
  });

  test('on the next call: a client that has expired; the clock alone ends its sessions', async () => {
    const short = await root.issueClient({ notAfter: Date.now() + 60_000 });
    const id = await sessionOf(room, short);
    await knock('session', { certificate: short, sessionId: id });
    room.clock.moveBy(61_000);
    expect((await refusal('session', { certificate: short, sessionId: id })).note).toContain(
      'expired',
    );
    room.clock.moveBy(-DAY_MS / 2);
    expect((await refusal('session', { certificate: short, sessionId: id })).note).toBe(
      'no session: unknown',
    );
  });
});
