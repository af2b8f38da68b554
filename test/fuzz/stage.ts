/**
 * What the inputs are played on: one provider in process with the simulated array and some storage in it, its
 * two services by their in-process door (all of the way but the socket), and its port for those that need one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from '../../certs/make.ts';
import { configSchema } from '../../src/config/schema.ts';
import { openLog } from '../../src/log/log.ts';
import { movableClock } from '../../src/model/clock.ts';
import { createGuard } from '../../src/operations/guard.ts';
import { operationTable } from '../../src/operations/table.ts';
import { toFault } from '../../src/operations/to-fault.ts';
import { startProvider } from '../../src/run/provider.ts';
import type { CallRecord, Peer } from '../../src/wire/call.ts';
import { createDispatcher, type Dispatcher } from '../../src/wire/dispatch.ts';
import { service as service10 } from '../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../src/wire/generated/vasa-2.0/service.ts';
import { INVENTORY } from '../matrix/inventory.ts';
import { register, type VCenter } from '../support/registered.ts';
import { USER } from '../support/server-process.ts';
import type { ApiVersion } from '../support/soap-client.ts';
import { recordingLog } from '../support/wire/log.ts';

export const SERVICES = { '1.0': service10, '2.0': service20 } as const;

/** One request as it reaches a service. */
export interface Input {
  readonly version: ApiVersion;
  readonly soap: '1.1' | '1.2';
  readonly action: string | undefined;
  readonly body: Buffer;
}

/** What came of it. */
export interface Outcome {
  readonly status: number;
  readonly answer: string;
  readonly facts: Partial<CallRecord>;
  /** Of processor time, which does not depend on what else the machine has to do. */
  readonly milliseconds: number;
}

export interface FuzzStage {
  /** Plays one input as a host, or as a vCenter. Never rejects unless the dispatcher does. */
  play(input: Input, by: 'host' | 'vcenter'): Promise<Outcome>;
  readonly vcenter: VCenter;
  readonly port: number;
  readonly identity: Issued;
  close(): Promise<void>;
}

const CONTEXTS = {
  host: '<d:hostGuid>fuzz-host</d:hostGuid><d:hostInitiator><d:iscsiIdentifier>iqn.1998-01.com.example:fuzz</d:iscsiIdentifier></d:hostInitiator><d:mountPoint><d:filePath>/fuzz</d:filePath><d:serverName>192.0.2.1</d:serverName></d:mountPoint>',
  vcenter:
    '<d:hostInitiator><d:iscsiIdentifier>iqn.1998-01.com.example:fuzz</d:iscsiIdentifier></d:hostInitiator><d:vcGuid>fuzz-vcenter</d:vcGuid>',
} as const;

/** The request that opens a session of that kind. */
function opening(by: 'host' | 'vcenter', version: ApiVersion): Input {
  const context =
    version === '1.0' ? CONTEXTS[by].replace(/<d:hostGuid>.*<\/d:hostGuid>/, '') : CONTEXTS[by];
  const body = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><m:setContext xmlns:m="http://com.vmware.vim.vasa/${version}/xsd" xmlns:d="http://data.vasa.vim.vmware.com/xsd"><m:usageContext>${context}</m:usageContext></m:setContext></S:Body></S:Envelope>`;
  return { version, soap: '1.1', action: undefined, body: Buffer.from(body) };
}

/** Opens the stage in a folder of its own; `close` removes it. */
export async function openFuzzStage(): Promise<FuzzStage> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-fuzz-'));
  const clock = movableClock();
  const log = openLog({
    release: 'test',
    level: 'error',
    stream: undefined,
    files: undefined,
    clock,
  });
  const config = configSchema.parse({
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
    array: { options: { inventory: INVENTORY, seed: 'fuzz' } },
  });
  const provider = await startProvider({ config, clock, log });
  const vcenter = await register(provider);
  const identity = await vcenter.authority.issueClient();
  const dispatchers: Readonly<Record<ApiVersion, Dispatcher>> = {
    '1.0': dispatcherOf('1.0'),
    '2.0': dispatcherOf('2.0'),
  };
  function dispatcherOf(version: ApiVersion): Dispatcher {
    return createDispatcher({
      service: SERVICES[version],
      operations: operationTable,
      guard: createGuard(provider.parts),
      toFault,
      signature: 'Keelson test',
      log: recordingLog(),
      clock,
    });
  }
  const { fingerprint, der } = identity;
  const peer: Peer = {
    connectionId: 'fuzz',
    remoteAddress: '192.0.2.1',
    certificate: { fingerprint, der, issuers: [] },
    resumed: false,
  };
  const sessions = new Map<string, string>();
  const send = async (input: Input, sessionId: string | undefined) => {
    const began = process.cpuUsage();
    const { version, ...request } = input;
    const sent = { ...request, peer, sessionId, receivedAt: clock.now() };
    const { status, body, session, facts } = await dispatchers[version].answer(sent);
    // A large answer comes in pieces.
    const answer = typeof body === 'string' ? body : Buffer.concat(body).toString('utf8');
    const { user, system } = process.cpuUsage(began);
    return { status, answer, session, facts, milliseconds: (user + system) / 1_000 };
  };
  let played = 0;
  return {
    vcenter,
    identity,
    port: provider.port,
    play: async (input, by) => {
      const key = `${by} ${input.version}`;
      played += 1;
      // Lock-outs of wrong passwords end, and sessions that an input has ended come back.
      if (played % 500 === 0) clock.moveBy(301_000);
      if (!sessions.has(key)) {
        const { session } = await send(opening(by, input.version), undefined);
        if (session !== undefined) sessions.set(key, session);
      }
      const { session, ...outcome } = await send(input, sessions.get(key));
      if (session !== undefined || outcome.facts.outcome === 'InvalidSession') sessions.delete(key);
      return outcome;
    },
    close: async () => {
      await provider.close(1_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
