import { describe, expect, it } from 'vitest';
import { movableClock } from '../../../src/model/clock.ts';
import type { Provider } from '../../../src/operations/context.ts';
import { createGuard } from '../../../src/operations/guard.ts';
import { operationTable } from '../../../src/operations/table.ts';
import { toFault } from '../../../src/operations/to-fault.ts';
import { createSessions } from '../../../src/trust/sessions.ts';
import type { WireLog } from '../../../src/wire/call.ts';
import { createDispatcher } from '../../../src/wire/dispatch.ts';
import { service as service10 } from '../../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../../src/wire/generated/vasa-2.0/service.ts';

const log: WireLog = {
  finished: () => undefined,
  flush: () => undefined,
  wantsBodies: () => false,
  bodies: () => undefined,
  connectionFailed: () => undefined,
  shedding: () => undefined,
};
const peer = {
  connectionId: 'connection-1',
  remoteAddress: '192.0.2.1',
  certificate: { fingerprint: 'ab'.repeat(32), der: new Uint8Array(), issuers: [] },
  resumed: false,
};

/** A provider that trusts everybody; setContext asks for nothing else of it. */
function opening() {
  const clock = movableClock();
  const sessions = createSessions(clock);
  const { fingerprint } = peer.certificate;
  const provider = {
    clock,
    sessions,
    identity: { uid: 'uid', name: 'Keelson', supportedVendorModels: [] },
    group: { needsExplicitActivation: false },
    trust: {
      judge: async () => ({ trusted: true, client: { fingerprint, registrationIds: ['r'] } }),
      registrations: { learnVcenter: async () => undefined },
      certificate: { isRetainedFor: () => false },
    },
  } as unknown as Provider;
  return { provider, sessions };
}

/** setContext as bytes through the SOAP door. */
async function setContext(service: typeof service20, children: string) {
  const { provider, sessions } = opening();
  const dispatcher = createDispatcher({
    service,
    operations: operationTable,
    guard: createGuard(provider),
    toFault,
    signature: 'test',
    log,
  });
  const message = `http://com.vmware.vim.vasa/${service.version}/xsd`;
  const text = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="${message}"
    xmlns:d="http://data.vasa.vim.vmware.com/xsd"><s:Body><m:setContext><m:usageContext>${children}
    </m:usageContext></m:setContext></s:Body></s:Envelope>`;
  const answer = await dispatcher.answer({
    soap: '1.1',
    action: 'urn:setContext',
    body: Buffer.from(text),
    receivedAt: 0,
    peer,
    sessionId: undefined,
  });
  return { ...answer, opened: await sessions.list() };
}

describe.each([service10, service20])('setContext of VASA $version', (service) => {
  it('opens a session for a client that says nothing of itself', async () => {
    const { status, session, opened } = await setContext(service, '');
    expect(status).toBe(200);
    expect(session).toMatch(/^[0-9a-f]{32}$/);
    expect(opened[0]?.usageContext).toEqual({
      hostId: undefined,
      vcenterId: undefined,
      initiators: [],
      mountPoints: [],
      hostIoIpAddresses: [],
      iscsiInitiatorIpAddresses: [],
      subscribedEvents: [],
    });
  });

  it('keeps what both versions have', async () => {
    const { opened } = await setContext(
      service,
      `<d:hostInitiator><d:iscsiIdentifier>iqn.x</d:iscsiIdentifier></d:hostInitiator>
       <d:iscsiInitiatorIpAddress>192.0.2.7</d:iscsiInitiatorIpAddress>
       <d:mountPoint><d:filePath>/a</d:filePath><d:serverName>nas</d:serverName></d:mountPoint>
       <d:vcGuid>vcenter-1</d:vcGuid>`,
    );
    expect(opened[0]?.usageContext).toMatchObject({
      vcenterId: 'vcenter-1',
      initiators: [{ iscsiIdentifier: 'iqn.x' }],
      iscsiInitiatorIpAddresses: ['192.0.2.7'],
      mountPoints: [{ serverName: 'nas', filePath: '/a' }],
    });
  });

  it('answers InvalidArgument for an initiator without a name and a mount without a server', async () => {
    for (const children of [
      '<d:hostInitiator/>',
      '<d:mountPoint><d:filePath>/a</d:filePath></d:mountPoint>',
    ]) {
      const { facts, opened } = await setContext(service, children);
      expect(facts.outcome).toBe('InvalidArgument');
      expect(opened).toEqual([]);
    }
  });
});
