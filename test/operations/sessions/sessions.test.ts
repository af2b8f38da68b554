/** setContext: what it takes, what it answers, and whose session it opens. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Authority, type Issued, makeAuthority } from '../../../certs/make.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { setContext } from '../../../src/operations/sessions/sessions.ts';
import type { UsageContext } from '../../../src/wire/generated/vasa-2.0/types.ts';
import { type CallerOptions, send } from '../../trust/callers.ts';
import { ACTOR, faultOf, openTestTrust, type TestTrust } from '../../trust/support.ts';

let room: TestTrust;
let root: Authority;
let client: Issued;
beforeEach(async () => {
  room = await openTestTrust();
  root = await makeAuthority();
  client = await root.issueClient();
  await room.trust.registrations.addAuthorities({ roots: [root.certificatePem], crls: [] }, ACTOR);
});
afterEach(() => room.close());

const sent = (given: Partial<UsageContext> = {}): UsageContext => ({
  chapUsername: [],
  hostInitiator: [],
  hostIoIpAddress: [],
  iscsiInitiatorIpAddress: [],
  mountPoint: [],
  subscribeEvent: [],
  ...given,
});
const open = (usageContext: UsageContext | undefined, options: CallerOptions = {}) =>
  send(room, { certificate: client, ...options }, 'certificate', setContext, { usageContext });

describe('the answer', () => {
  test('says what the provider is, and carries the id in body and cookie', async () => {
    const { response, cookie } = await open(sent());
    expect(cookie).toMatch(/^[0-9a-f]{32}$/);
    expect(response.return).toEqual({
      uid: '00000000-0000-4000-8000-000000000000',
      name: 'Keelson',
      defaultNamespace: 'org.keelson',
      vasaApiVersion: '2.0',
      vasaProviderVersion: 'Keelson test',
      sessionId: cookie,
      defaultSessionTimeoutInSeconds: BigInt(LIMITS.sessionTimeoutSeconds),
      maxBatchSize: BigInt(LIMITS.batchItems),
      maxConcurrentRequestsPerSession: BigInt(LIMITS.concurrentRequestsPerSession),
      needsExplicitActivation: false,
      retainVasaProviderCertificate: false,
      supportedProfile: ['ProfileBasedManagementProfile'],
      supportedVendorModel: [{ vendorId: 'Keelson', modelId: 'Simulated' }],
    });
  });

  test('names the API version of the call', async () => {
    const { response } = await open(sent(), { apiVersion: '1.0' });
    expect(response.return?.vasaApiVersion).toBe('1.0');
  });

  test('is each caller’s own when many open sessions at once', async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => root.issueClient()));
    const answers = await Promise.all(
      clients.map((certificate) => open(sent({ hostGuid: certificate.serial }), { certificate })),
    );
    for (const [index, { response, cookie }] of answers.entries()) {
      const fingerprint = clients[index]?.fingerprint ?? '';
      expect(response.return?.sessionId).toBe(cookie);
      expect(
        (await room.sessions.find(cookie ?? '', fingerprint)).session?.usageContext.hostId,
      ).toBe(clients[index]?.serial);
    }
  });
});

describe('the session', () => {
  test('knows what the client said of itself; a host id is compared in lower case', async () => {
    const hostGuid = '564DE1A4-9A99-4A5C-8F00-AABBCCDDEEFF';
    const { cookie, notes } = await open(
      sent({
        hostGuid,
        vcGuid: ' vc-1 ',
        hostInitiator: [{ iscsiIdentifier: 'iqn.x' }],
        mountPoint: [{ serverName: 'nas', filePath: '/v' }],
        subscribeEvent: ['Config', 'OfALaterVersion'],
        sessionTimeoutInSeconds: 90n,
      }),
    );
    const { session } = await room.sessions.find(cookie ?? '', client.fingerprint);
    expect(session).toMatchObject({
      certificate: client.fingerprint,
      timeoutMs: 90_000,
      clientKey: hostGuid.toLowerCase(),
      usageContext: {
        hostId: hostGuid.toLowerCase(),
        vcenterId: 'vc-1',
        initiators: [{ iscsiIdentifier: 'iqn.x' }],
        mountPoints: [{ serverName: 'nas', filePath: '/v' }],
        subscribedEvents: ['Config', 'OfALaterVersion'],
      },
    });
    expect(notes).toEqual({
      session: session?.shortHash,
      host_id: hostGuid.toLowerCase(),
      vcenter_id: 'vc-1',
    });
  });

  test('replaces the one that the call carried', async () => {
    const first = await open(sent({ hostGuid: 'a' }));
    const second = await open(sent({ hostGuid: 'b' }), { sessionId: first.cookie ?? '' });
    expect((await room.sessions.list()).map(({ usageContext }) => usageContext.hostId)).toEqual([
      'b',
    ]);
    expect(second.cookie).not.toBe(first.cookie);
  });

  test('tells which vCenter a registration belongs to', async () => {
    await open(sent({ hostGuid: 'a' }));
    await open(sent({ hostGuid: 'a', vcGuid: 'vc-0' }));
    expect(room.trust.registrations.all()[0]?.vcenterIds).toEqual([]);
    await open(sent({ vcGuid: 'vc-1' }));
    expect(room.trust.registrations.all()[0]?.vcenterIds).toEqual(['vc-1']);
  });
});

describe('InvalidArgument answers', () => {
  const long = 'x'.repeat(LIMITS.usageContextCharacters + 1);
  const wrong: Record<string, UsageContext | undefined> = {
    'no usage context': undefined,
    'a mount without server': sent({ mountPoint: [{ filePath: '/v' }] }),
    'a mount without path': sent({ mountPoint: [{ serverName: 'nas', filePath: '' }] }),
    'an initiator without any identifier': sent({ hostInitiator: [{}] }),
    'a text that is too long': sent({ hostGuid: long }),
    'too many entries': sent({
      hostIoIpAddress: Array.from({ length: LIMITS.usageContextEntries + 1 }, () => '::1'),
    }),
  };
  test.each(Object.entries(wrong))('%s', async (_, usageContext) => {
    expect((await faultOf(open(usageContext))).fault).toBe('InvalidArgument');
    expect(await room.sessions.list()).toEqual([]);
  });
});

test('an empty usage context is enough', async () => {
  const { cookie } = await open(sent());
  const { session } = await room.sessions.find(cookie ?? '', client.fingerprint);
  expect(session?.clientKey).toBe(client.fingerprint);
});
