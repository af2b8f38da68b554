/**
 * The three servers that the bench measures, each in its own process, and what a load generator must send
 * to each for the same three questions. Only Keelson is durable, asks who calls, and checks what it reads.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Authority, type Issued, makeAuthority } from '../certs/make.ts';
import { openSession, register, type VCenter } from '../test/support/registered.ts';
import { startServer } from '../test/support/server-process.ts';
import { type SoapClient, textOf, textsOf } from '../test/support/soap-client.ts';
import * as messages from './messages.ts';
import type { Plan, PlannedConnection } from './plan.ts';

export const SCENARIOS = ['setContext', 'bind of 2', 'query of 1,000'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface Subject {
  readonly name: string;
  readonly pid: number;
  plan(scenario: Scenario): Omit<Plan, 'milliseconds'>;
  end(): Promise<void>;
}

/** Connections, each with one request in flight: a small cluster of hosts. */
const CONNECTIONS = 16;
const FOUND_VOLUMES = 1000;
const MARK = ['bench', 'found'] as const;

/** Every connection's requests: a bind is followed by an unbind that is not counted. */
function connections(
  callers: readonly Caller[],
  scenario: Scenario,
  expected: Readonly<Record<Scenario, string>>,
): PlannedConnection[] {
  const expect = expected[scenario];
  return callers.map(({ identity, addressee, hostId, vvolIds }) => {
    const asked = {
      setContext: [messages.planned(addressee, messages.setContext(hostId), { expect })],
      'bind of 2': [
        messages.planned(addressee, messages.bindVirtualVolume(vvolIds), { expect }),
        messages.planned(addressee, messages.UNBIND_ALL, { expect: '', measured: false }),
      ],
      'query of 1,000': [
        messages.planned(addressee, messages.queryVirtualVolume(...MARK), { expect }),
      ],
    };
    return {
      ...(identity && { identity: { certificate: identity.chainPem, key: identity.keyPem } }),
      requests: asked[scenario],
    };
  });
}

interface Caller {
  readonly identity?: Issued;
  readonly addressee: messages.Addressee;
  readonly hostId: string;
  readonly vvolIds: readonly string[];
}

export interface KeelsonSubject extends Subject {
  /** So many of its hosts, each asking for the ids of all volumes that have this pair. */
  asking(
    hosts: number,
    pair: readonly [key: string, value: string],
    expect: string,
  ): Omit<Plan, 'milliseconds'>;
}

/**
 * The provider as it is delivered: mutual TLS, durable, with its log. `nodeArguments`: e.g. `--cpu-prof`;
 * `prepare`: is given its folder before it starts.
 */
export async function keelson(
  nodeArguments: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  prepare: (folder: string) => void = () => undefined,
): Promise<KeelsonSubject> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-bench-'));
  prepare(folder);
  const server = await startServer(folder, { nodeArguments, environment });
  const vcenter = await register(server.ready);
  const connectionsAtOnce = { connections: CONNECTIONS };
  const setUp = vcenter.client(await vcenter.authority.issueClient(), connectionsAtOnce);
  await openSession(setUp, randomUUID());
  const container = await scsiContainer(setUp);
  const found = await create(setUp, container, FOUND_VOLUMES, { [MARK[0]]: MARK[1] });
  const path = new URL(vcenter.url).pathname;
  const all = () =>
    Promise.all(Array.from({ length: CONNECTIONS }, () => caller(vcenter, setUp, container, path)));
  // setContext ends the session that its host had: what needs one has hosts of its own.
  const callers = { setContext: await all(), others: await all() };
  setUp.close();
  const expected = {
    setContext: vcenter.uid,
    'bind of 2': 'vvolSecondaryId',
    'query of 1,000': found.at(-1) ?? '',
  };
  const place = {
    host: 'localhost',
    port: server.ready.port,
    trust: vcenter.authority.certificatePem,
  };
  return {
    name: 'Keelson (mutual TLS, durable)',
    pid: server.ready.pid,
    plan: (scenario) => ({
      ...place,
      connections: connections(
        scenario === 'setContext' ? callers.setContext : callers.others,
        scenario,
        expected,
      ),
    }),
    asking: (hosts, pair, expect) => ({
      ...place,
      connections: callers.others.slice(0, hosts).map(({ identity, addressee }) => ({
        ...(identity && { identity: { certificate: identity.chainPem, key: identity.keyPem } }),
        requests: [messages.planned(addressee, messages.queryVirtualVolume(...pair), { expect })],
      })),
    }),
    async end() {
      await server.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function scsiContainer(client: SoapClient): Promise<string> {
  const answer = await client.ask('queryStorageContainer', '');
  const ids = textsOf(answer, 'uniqueIdentifier');
  const id = ids[textsOf(answer, 'protocolEndPointType').indexOf('SCSI')];
  if (id === undefined) throw new Error('no container for SCSI');
  return id;
}

async function create(
  client: SoapClient,
  container: string,
  count: number,
  pairs: Readonly<Record<string, string>>,
): Promise<string[]> {
  // The client keeps to its number of connections; the provider commits together what comes together.
  const asked = Array.from({ length: count }, async (_, index) => {
    const named = { VMW_VVolName: `bench-${index}`, ...pairs };
    const { operation, children } = messages.createVirtualVolume(container, named);
    return textOf(await client.ask(operation, children), 'result');
  });
  return Promise.all(asked);
}

/** A host of its own with its own certificate, session and two volumes. */
async function caller(
  vcenter: VCenter,
  setUp: SoapClient,
  container: string,
  path: string,
): Promise<Caller> {
  const hostId = randomUUID();
  const identity = await vcenter.authority.issueClient();
  const host = vcenter.client(identity);
  await openSession(host, hostId);
  const vvolIds = await create(setUp, container, 2, { bench: 'bound' });
  host.close();
  return { identity, addressee: { path, session: host.session }, hostId, vvolIds };
}

const OTHER_PATH = '/service';
const OTHER_CALLERS: readonly Caller[] = Array.from({ length: CONNECTIONS }, () => ({
  addressee: { path: OTHER_PATH },
  hostId: randomUUID(),
  vvolIds: [`rfc4122.${randomUUID()}`, `rfc4122.${randomUUID()}`],
}));

/** The soap package's server: plain HTTP, from memory, answers of the same size. */
export async function soapPackage(): Promise<Subject> {
  const { end, pid, port } = await started('soap-package.ts', '');
  const expected = {
    setContext: 'vasaApiVersion',
    'bind of 2': 'vvolSecondaryId',
    'query of 1,000': '000000000999',
  };
  return {
    name: 'soap package (plain HTTP, in memory)',
    pid,
    plan: (scenario) => ({
      host: 'localhost',
      port,
      connections: connections(OTHER_CALLERS, scenario, expected),
    }),
    end,
  };
}

/** Fastify that answers nothing, over mutual TLS. */
export function emptyFastify(): Promise<Subject> {
  return emptyServer('empty Fastify handler (mutual TLS)', 'empty-fastify.ts');
}

/** Keelson's door before a dispatcher that answers nothing: no reading, no work, but TLS, HTTP and log. */
export function bareWire(nodeArguments: readonly string[] = []): Promise<Subject> {
  return emptyServer('Keelson’s door alone (mutual TLS)', 'wire.ts', nodeArguments);
}

async function emptyServer(
  name: string,
  program: string,
  nodeArguments: readonly string[] = [],
): Promise<Subject> {
  const authority: Authority = await makeAuthority();
  const { chainPem, keyPem } = await authority.issueServer({ hosts: ['localhost'] });
  const identity = await authority.issueClient();
  const secrets = { cert: chainPem, key: keyPem, ca: authority.certificatePem };
  const { end, pid, port } = await started(program, JSON.stringify(secrets), nodeArguments);
  const callers = OTHER_CALLERS.map((each) => ({ ...each, identity }));
  const expected = { setContext: 'empty', 'bind of 2': 'empty', 'query of 1,000': 'empty' };
  return {
    name,
    pid,
    plan: (scenario) => ({
      host: 'localhost',
      port,
      trust: authority.certificatePem,
      connections: connections(callers, scenario, expected),
    }),
    end,
  };
}

/** Starts a program of `servers/`, which tells its port on standard output. */
export async function started(
  program: string,
  input: string,
  nodeArguments: readonly string[] = [],
) {
  const file = resolve(import.meta.dirname, 'servers', program);
  const child: ChildProcess & { stdin: NodeJS.WritableStream; stdout: NodeJS.ReadableStream } =
    spawn(process.execPath, [...nodeArguments, '--import', 'tsx', file], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  child.stdin.end(input);
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  for await (const line of createInterface({ input: child.stdout })) {
    const end = async () => {
      child.kill('SIGTERM');
      await gone;
    };
    return { end, pid: child.pid ?? 0, port: Number(line) };
  }
  throw new Error(`${program} ended before it listened`);
}
