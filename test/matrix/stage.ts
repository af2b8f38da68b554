/**
 * The one provider that all rows of the matrix are played on: in process, over real TLS sockets, with the
 * simulated array, a vCenter that has registered, and one client of each kind for each version of the API.
 * Rows make volumes of their own, so that none sees what another left behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issued } from '../../certs/make.ts';
import { configSchema } from '../../src/config/schema.ts';
import { openLog } from '../../src/log/log.ts';
import { type MovableClock, movableClock } from '../../src/model/clock.ts';
import { type RunningProvider, startProvider } from '../../src/run/provider.ts';
import { register, type VCenter } from '../support/registered.ts';
import { USER } from '../support/server-process.ts';
import { type ApiVersion, type SoapClient, textsOf } from '../support/soap-client.ts';
import { INVENTORY, PACING } from './inventory.ts';
import type { Caller } from './row.ts';
import { hostEndpoint, usageContext } from './who.ts';
import { d, m, type Xml } from './xml.ts';

/** What a row finds. */
export interface Stage {
  /** The API that the row is played on. */
  readonly version: ApiVersion;
  readonly provider: RunningProvider;
  readonly clock: MovableClock;
  readonly vcenter: VCenter;
  readonly clients: Readonly<Record<Caller, SoapClient>>;
  readonly hostId: string;
  /** A new client of this vCenter, with a certificate unless none is given. */
  client(identity?: Issued): SoapClient;
  /** A new host with a session, which sees all endpoints where the API has them. */
  host(hostId: string): Promise<SoapClient>;
  /** Calls as the stage's host and gives the answer. Rejects on a fault. */
  ask(operation: string, message: Xml | null): Promise<string>;
}

/** Opens a stage; `on` gives it for a version. */
export async function openStage(): Promise<{
  on(version: ApiVersion): Stage;
  close(): Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-matrix-'));
  const clock = movableClock();
  const config = configSchema.parse({
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
    // Else every caller of this machine could go on with the registration that was made here.
    trust: { grantByAddress: false },
    group: { needsExplicitActivation: true },
    array: { options: { inventory: INVENTORY, pacing: PACING, seed: 'matrix' } },
  });
  const log = openLog({
    release: 'test',
    level: 'error',
    stream: undefined,
    files: undefined,
    clock,
  });
  const provider = await startProvider({ config, clock, log });
  await activate(provider);
  const vcenter = await register(provider);
  const made: SoapClient[] = [];
  const stages = {
    '1.0': await stageOf({ version: '1.0', provider, clock, vcenter, made }),
    '2.0': await stageOf({ version: '2.0', provider, clock, vcenter, made }),
  };
  return {
    on: (version) => stages[version],
    close: async () => {
      for (const each of made) each.close();
      await provider.close(1_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the provider the one that serves its arrays, as vCenter does by activateProvider. */
async function activate({ parts: { array }, uid, versionXml }: RunningProvider): Promise<void> {
  for (const { arrayId } of await array.arrays())
    await array.activate(arrayId, { providerId: uid, url: versionXml });
}

interface Parts extends Pick<Stage, 'version' | 'provider' | 'clock' | 'vcenter'> {
  readonly made: SoapClient[];
}

async function stageOf({ made, ...parts }: Parts): Promise<Stage> {
  const { version, vcenter } = parts;
  const url = vcenter.url.replace('/2.0/', `/${version}/`);
  const client = (identity?: Issued): SoapClient => {
    const one = vcenter.client(identity, { url, version, connections: 16 });
    made.push(one);
    return one;
  };
  const host = async (hostId: string): Promise<SoapClient> => {
    const one = client(await vcenter.authority.issueClient());
    await one.ask('setContext', m({ usageContext: usageContext(version, hostId) }).text);
    if (version === '2.0') await seeEndpoints(one);
    return one;
  };
  const hostId = `matrix-host-${version}`;
  const clients = {
    host: await host(hostId),
    vcenter: client(await vcenter.authority.issueClient()),
    stranger: client(await vcenter.authority.issueClient()),
    anonymous: client(),
  };
  const said = m({ usageContext: d({ vcGuid: 'matrix-vcenter' }) });
  await clients.vcenter.ask('setContext', said.text);
  const ask: Stage['ask'] = (operation, message) =>
    clients.host.ask(operation, message === null ? null : message.text);
  return { ...parts, clients, hostId, client, host, ask };
}

async function seeEndpoints(host: SoapClient): Promise<void> {
  const endpoints = await host.ask('queryProtocolEndpoint', '');
  const listOfHostPE = textsOf(endpoints, 'uniqueIdentifier').map(hostEndpoint);
  await host.ask('setPEContext', m({ listOfHostPE }).text);
}
