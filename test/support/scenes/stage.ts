/**
 * Where a scene is played: a provider in this process over real, verified TLS, the simulated array, a
 * registered vCenter with hosts, a clock that the scene moves, and log files as `keelson serve` writes
 * them. The folder of those files is what a scene is for. Keys are cheap ones.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contract, FaultError, type VasaClient } from '../../../src/accept/client/client.ts';
import type { ApiVersion, Recorder } from '../../../src/accept/client/exchange.ts';
import { makePlayer, type Player } from '../../../src/accept/world/identities.ts';
import { openRun } from '../../../src/accept/world/opening.ts';
import { meetTarget, type Target } from '../../../src/accept/world/target.ts';
import { Undo } from '../../../src/accept/world/undo.ts';
import { usageContextOf } from '../../../src/accept/world/usage-context.ts';
import type { World } from '../../../src/accept/world/world.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { type Log, openLog } from '../../../src/log/log.ts';
import { type MovableClock, movableClock } from '../../../src/model/clock.ts';
import { epochMs } from '../../../src/model/units.ts';
import { RELEASE } from '../../../src/release/release.ts';
import { type RunningProvider, startProvider } from '../../../src/run/provider.ts';
import { compileCodec } from '../../../src/wire/codec.ts';
import { service as service10 } from '../../../src/wire/generated/vasa-1.0/service.ts';
import { service as service20 } from '../../../src/wire/generated/vasa-2.0/service.ts';
import { USER } from '../server-process.ts';

/** What a scene may ask of its provider. */
export interface SceneSettings {
  /** Settings as in the configuration file. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** `array.options` of the simulated array. */
  readonly array?: Readonly<Record<string, unknown>>;
  /** Hosts of the vCenter; two unless said. */
  readonly hosts?: number;
}

export interface Stage {
  /** vCenter and hosts with sessions, as the acceptance runner's scenarios find them. */
  readonly world: World;
  /** That of the provider: time of day in the log. */
  readonly clock: MovableClock;
  /** The provider that serves at the moment. */
  provider(): RunningProvider;
  /** Another client certificate of this vCenter's CA, and a client of it without a session. */
  player(name: string, certificate?: Parameters<typeof makePlayer>[3]): Promise<Player>;
  client(player: Player | undefined): VasaClient;
  /** Hosts and vCenter ask for events every ten seconds, as they do, for so many minutes. */
  poll(minutes: number): Promise<void>;
  /** Ends the provider, in order or as a power failure would, and starts it anew on the same port. */
  restart(how: 'in order' | 'killed'): Promise<void>;
}

/** Answers are not checked against the schemas here: the acceptance runner does that. */
const UNCHECKED: Contract['schemas'] = { complaints: () => [], dispose: () => undefined };
const RECORDER: Recorder = { take: () => undefined };
const POLL_MS = 10_000;

/** Closes connections and undoes nothing else: what a scene has made is what its log is about. */
class Connections extends Undo {
  override add(what: string, undo: () => Promise<unknown>): () => void {
    return what.startsWith('connections of ') ? super.add(what, undo) : () => undefined;
  }
}

function contracts(): ReadonlyMap<ApiVersion, Contract> {
  return new Map<ApiVersion, Contract>([
    ['1.0', { api: '1.0', codec: compileCodec(service10), schemas: UNCHECKED }],
    ['2.0', { api: '2.0', codec: compileCodec(service20), schemas: UNCHECKED }],
  ]);
}

export interface Staging {
  /** Where the log files go; must exist. */
  readonly directory: string;
  /** Whether all SOAP is logged. */
  readonly verbose: boolean;
  /** Time passes only when the scene moves the clock, so that a machine under load plays the same. */
  readonly standing?: boolean;
}

/** Opens a stage, plays, and takes it down; the log ends with a stop in order. Gives what `play` gives. */
export async function onStage<Facts>(
  { config = {}, array = {}, hosts = 2 }: SceneSettings,
  { directory, verbose, standing = false }: Staging,
  play: (stage: Stage) => Promise<Facts>,
): Promise<Facts> {
  const folder = await mkdtemp(join(tmpdir(), 'keelson-scene-'));
  const begin = epochMs(Date.now());
  const clock = standing ? movableClock({ now: () => begin }) : movableClock();
  const undo = new Connections();
  const parsed = configSchema.parse({
    ...config,
    dataDir: join(folder, 'data'),
    port: 0,
    host: '127.0.0.1',
    publicNames: ['localhost'],
    admin: { user: USER.name, password: USER.password },
    array: { options: { seed: 'scene', ...array } },
  });
  const logged = () => {
    const files = { directory, maxBytes: 2 ** 26, maxAgeMs: 2 ** 40, maxFiles: 14 };
    const { signature: release } = RELEASE;
    const log = openLog({ release, level: 'info', stream: undefined, files, clock });
    if (verbose) log.verbose.on({ kind: 'everything' }, 86_400);
    return log;
  };
  let log = logged();
  const start = async (port: number) => {
    const started = await startProvider({ config: { ...parsed, port }, clock, log });
    const { versionXml, uid, dataDirectory } = started;
    const places = { version_xml: versionXml, data_directory: dataDirectory };
    const facts = { port: started.port, pid: process.pid, uid, array_module: 'simulator' };
    log.line('info', 'started', { ...places, ...facts }, 'listening');
    return started;
  };
  let provider = await start(0);
  try {
    const target = await targetOf(provider);
    const wish = { hosts, soap: '1.1', api: '2.0', keys: 'ecdsa' } as const;
    const now = () => clock.now();
    const parts = { target, contracts: contracts(), recorder: RECORDER, now };
    const opened = await openRun({ ...wish, ...parts }, undo);
    const world: World = { ...opened, target, undo, restart: undefined, now };
    return await play({
      ...handsOf(world, clock),
      world,
      clock,
      provider: () => provider,
      restart: async (how) => {
        const { port } = provider;
        await (how === 'killed' ? provider.close(0) : stopInOrder(provider, log));
        log.close();
        log = logged();
        provider = await start(port);
      },
    });
  } finally {
    await undo.all();
    await stopInOrder(provider, log);
    log.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function stopInOrder(provider: RunningProvider, log: Log): Promise<void> {
  log.line('info', 'stopping', { signal: 'SIGTERM' }, 'finishing the calls in flight');
  await provider.close(1_000);
  log.line('info', 'stopped', { exit_code: 0 }, 'stopped in order');
}

function targetOf(provider: RunningProvider): Promise<Target> {
  return meetTarget({
    url: provider.versionXml,
    trust: readFileSync(provider.certificateFile, 'utf8'),
    user: USER.name,
    password: USER.password,
    timeoutMs: 60_000,
  });
}

/** How a call ended: `ok`, or the fault's name. */
async function outcomeOf(call: Promise<unknown>): Promise<{ outcome: string | undefined }> {
  try {
    await call;
    return { outcome: 'ok' };
  } catch (error) {
    return { outcome: error instanceof FaultError ? error.fault.name : undefined };
  }
}

function handsOf(world: World, clock: MovableClock): Pick<Stage, 'player' | 'client' | 'poll'> {
  const { casting, site, hosts, vcenter } = world;
  const callers = [
    [vcenter, site.vcenter],
    ...hosts.flatMap((host, index) => {
      const player = site.hosts[index];
      return player === undefined ? [] : [[host, player] as const];
    }),
  ] as const;
  const askForEvents = async (client: VasaClient, player: Player) => {
    const { outcome } = await outcomeOf(client.call('getEvents', {}));
    if (outcome !== 'InvalidSession') return;
    // As a host does that has lost its session.
    await outcomeOf(
      client.call('setContext', { usageContext: usageContextOf(player, site.hosts) }),
    );
  };
  return {
    player: (name, certificate = {}) =>
      makePlayer(site.authority, 'host', name, { key: 'ecdsa', ...certificate }),
    client: (player) => casting.client(player),
    poll: async (minutes) => {
      for (let past = 0; past < minutes * 60_000; past += POLL_MS) {
        clock.moveBy(POLL_MS);
        for (const [client, player] of callers) await askForEvents(client, player);
      }
    },
  };
}
