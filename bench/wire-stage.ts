/**
 * A provider in this process for the bench of one call's parts: the real one, registered over TLS by a
 * vCenter, durable in a folder of its own. Its dispatcher is then asked without a socket, as a host that
 * presents a certificate, so that what is timed is the call and not the transport.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema } from '../src/config/schema.ts';
import { openLog } from '../src/log/log.ts';
import { wireLog } from '../src/log/wire-log.ts';
import { systemClock } from '../src/model/clock.ts';
import type { OpenContext } from '../src/operations/context.ts';
import { createGuard } from '../src/operations/guard.ts';
import { operationTable } from '../src/operations/table.ts';
import { toFault } from '../src/operations/to-fault.ts';
import { startProvider } from '../src/run/provider.ts';
import type { Call, SessionGuard } from '../src/wire/call.ts';
import { type Caller, createDispatcher, type Dispatcher } from '../src/wire/dispatch.ts';
import type { Operations } from '../src/wire/generated/vasa-2.0/operations.ts';
import { service } from '../src/wire/generated/vasa-2.0/service.ts';
import type { Tokenize } from '../src/wire/tokenizer.ts';
import { openSession, register } from '../test/support/registered.ts';
import { USER } from '../test/support/server-process.ts';
import { textOf } from '../test/support/soap-client.ts';
import * as messages from './messages.ts';

export interface WireStage {
  readonly dispatcher: Dispatcher<Operations>;
  readonly guard: SessionGuard<OpenContext>;
  /** A host with a live session that sees all endpoints. */
  readonly caller: Caller;
  readonly containerId: string;
  /** Volumes of the container, with three pairs of metadata each. */
  readonly vvolIds: readonly string[];
  /** Id of the latest event, as a host that polls has it. */
  readonly lastEventId: bigint;
  /** A call as the dispatcher would make it. */
  callOf(operation: string): Call;
  close(): Promise<void>;
}

/** Opens the provider with `volumes` volumes; its dispatcher reads by `tokenize`. */
export async function openWireStage(volumes: number, tokenize: Tokenize): Promise<WireStage> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-bench-wire-'));
  const config = configSchema.parse({
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
  });
  const log = openLog({
    release: 'bench',
    level: 'error',
    stream: undefined,
    files: undefined,
    clock: systemClock,
  });
  const provider = await startProvider({ config, clock: systemClock, log });
  const vcenter = await register(provider);
  const identity = await vcenter.authority.issueClient();
  const hostId = 'bench-host';
  const client = vcenter.client(identity, { connections: 8 });
  await openSession(client, hostId);
  const containers = await client.ask('queryStorageContainer', '');
  const containerId = textOf(containers, 'uniqueIdentifier');
  const pairs = { VMW_VVolName: 'bench', VMW_VVolType: 'Data', VMW_VmID: hostId };
  const { operation, children } = messages.createVirtualVolume(containerId, pairs);
  const vvolIds = await Promise.all(
    Array.from({ length: volumes }, async () =>
      textOf(await client.ask(operation, children), 'result'),
    ),
  );
  client.close();

  const guard = createGuard(provider.parts);
  const dispatcher = createDispatcher<OpenContext, Operations>({
    service,
    operations: operationTable,
    guard,
    toFault,
    signature: 'bench',
    log: wireLog(log),
    tokenize,
  });
  const der = new X509Certificate(identity.chainPem).raw;
  const fingerprint = createHash('sha256').update(der).digest('hex');
  const peer = {
    connectionId: '1',
    remoteAddress: '192.0.2.1',
    certificate: { fingerprint, der, issuers: [] },
    resumed: false,
  };
  const caller = { peer, sessionId: client.session };
  let lastEventId = -1n;
  for (let page = 1; page > 0; ) {
    const { return: events } = await dispatcher.call('getEvents', { lastEventId }, caller);
    page = events.length;
    lastEventId = events.at(-1)?.eventId ?? lastEventId;
  }
  return {
    dispatcher,
    guard,
    caller,
    containerId,
    vvolIds,
    lastEventId,
    callOf: (name) => ({
      ...caller,
      requestId: 'bench',
      apiVersion: service.version,
      operation: name,
      note: () => undefined,
      setSession: () => undefined,
    }),
    close: async () => {
      await provider.close(1_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
