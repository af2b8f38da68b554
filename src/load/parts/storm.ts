/**
 * The storm after a provider's restart: every host connects within one second, with a full handshake, and does
 * what a host does to be healthy again. Nobody tries twice. Then again with slow hosts, and with garbage.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Manner } from '../client/connection.ts';
import type { Host } from '../client/host.ts';
import { Work } from '../client/work.ts';
import { Meter } from '../meter.ts';
import type { Actor, Stage } from '../stage.ts';
import { watched } from '../watch.ts';
import { throwGarbage } from './garbage.ts';
import { type Fact, type Part, type PartContext, type PartResult, resultOf } from './part.ts';
import { plainRate } from './plain-rate.ts';

/** All begin within this time. */
const WITHIN_MS = 1_000;
const STEP_MS = 5;
/** Handshakes of the comparison. */
const COMPARED = 1_000;
const GOAL = 1.5;

type Role = Manner | 'garbage';

interface Form {
  readonly name: string;
  readonly what: string;
  /** Of the host of this number. */
  role(index: number): Role;
}

const FORMS: readonly Form[] = [
  { name: 'storm', what: 'all of them prompt', role: () => 'prompt' },
  {
    name: 'storm, half slow',
    what: 'every second one sends in pieces and reads late',
    role: (index) => (index % 2 === 1 ? 'slow' : 'prompt'),
  },
  {
    name: 'storm, 10 % garbage',
    what: 'every tenth sends garbage instead',
    role: (index) => (index % 10 === 9 ? 'garbage' : 'prompt'),
  },
];

export const storm: Part = async (context) => {
  const { stage, extent, say, signal } = context;
  say(`certificates for ${extent.stormHosts} hosts`);
  const actors = await stage.actors(extent.stormHosts);
  const results: PartResult[] = [];
  const cursor = await lastEvent(stage, actors);
  for (const form of FORMS) {
    if (signal.aborted) break;
    // Measured each time, so that a machine that became slower meanwhile is not the provider's fault.
    const rate = await plainRate(stage, actors.slice(0, COMPARED));
    say(`${form.name}: ${form.what}`);
    results.push(await oneStorm(context, { form, actors, rate, cursor }));
  }
  return results;
};

interface Storm {
  readonly form: Form;
  readonly actors: readonly Actor[];
  /** Plain handshakes per second. */
  readonly rate: number;
  /** Last event that hosts have. */
  readonly cursor: bigint;
}

async function oneStorm(
  { stage, processes, signal }: PartContext,
  { form, actors, rate, cursor }: Storm,
): Promise<PartResult> {
  const meter = new Meter();
  const work = new Work(stage.messages, stage.containerId);
  const containers = stage.messages.message('queryStorageContainer', { containerId: [] });
  const hosts: Host[] = [];
  const sessions = new Set<string>();
  const healthy: Record<Manner, number[]> = { prompt: [], slow: [] };
  const garbage = new AbortController();
  const watch = watched(processes);
  const start = performance.now();
  const comeBack = async (actor: Actor, manner: Manner): Promise<void> => {
    const host = stage.host(actor, { manner });
    hosts.push(host);
    await host.open(meter, stage.setContext(actor));
    await host.call(meter, containers);
    await host.call(meter, stage.setPEContext);
    await work.events(host, meter, cursor);
    healthy[manner].push(performance.now() - start);
    if (host.session !== undefined) sessions.add(host.session);
  };
  const noise: Promise<number>[] = [];
  const coming: Promise<void>[] = [];
  for (const [index, actor] of actors.entries()) {
    while (performance.now() - start < (index / actors.length) * WITHIN_MS) await pause(STEP_MS);
    if (signal.aborted) break;
    const role = form.role(index);
    if (role === 'garbage') noise.push(throwGarbage(stage.endpoint, actor, index, garbage.signal));
    else coming.push(comeBack(actor, role).catch((error: unknown) => meter.failed(error)));
  }
  await Promise.all(coming);
  const { facts } = watch();
  garbage.abort();
  const thrown = (await Promise.all(noise)).reduce((sum, each) => sum + each, 0);
  for (const host of hosts) host.close();
  const found = { hosts: coming.length, sessions: sessions.size, healthy, rate };
  const garbageFact =
    noise.length === 0 ? [] : [{ name: 'pieces of garbage', value: thrown, unit: '' }];
  const what = `${actors.length} hosts connect within one second, ${form.what}`;
  return resultOf(form.name, what, meter, [...factsOf(found), ...garbageFact, ...facts]);
}

function factsOf(found: {
  readonly hosts: number;
  readonly sessions: number;
  readonly healthy: Readonly<Record<Manner, readonly number[]>>;
  readonly rate: number;
}): readonly Fact[] {
  const { hosts, sessions, healthy, rate } = found;
  const { prompt, slow } = healthy;
  const last = Math.max(...prompt) / 1000;
  const plain = hosts / rate;
  const ratio = last / plain;
  return [
    { name: 'hosts healthy', value: `${prompt.length + slow.length} of ${hosts}`, unit: '' },
    { name: 'different sessions', value: sessions, unit: '', goal: `${hosts}` },
    { name: 'all prompt hosts healthy', value: last, unit: 's' },
    ...(slow.length === 0
      ? []
      : [{ name: 'all slow hosts healthy', value: Math.max(...slow) / 1000, unit: 's' }]),
    { name: 'plain handshakes', value: rate, unit: '/s' },
    { name: 'time ÷ plain handshakes', value: ratio, unit: '', goal: `≤ ${GOAL}` },
  ];
}

/** What has happened so far, as the hosts know it from before. */
async function lastEvent(stage: Stage, [actor]: readonly Actor[]): Promise<bigint> {
  if (actor === undefined) return -1n;
  const meter = new Meter();
  const host = stage.host(actor);
  await host.open(meter, stage.setContext(actor));
  const last = await new Work(stage.messages, stage.containerId).allEvents(host, meter);
  host.close();
  return last;
}
