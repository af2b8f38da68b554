/**
 * The storm after a provider's restart: every host connects within one second, with a full handshake, and does
 * what a host does to be healthy again. Nobody tries twice. Then again with slow hosts, and with garbage.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Manner, PROMPT } from '../client/connection.ts';
import { CallFailure } from '../client/failure.ts';
import type { Host } from '../client/host.ts';
import { Work } from '../client/work.ts';
import { Meter } from '../meter.ts';
import { plainRate } from '../plain/rate.ts';
import type { Actor, Stage } from '../stage.ts';
import { watched } from '../watch.ts';
import { type Thrown, throwGarbage } from './garbage.ts';
import { type Fact, type Part, type PartContext, type PartResult, resultOf } from './part.ts';

/** All begin within this time. */
const WITHIN_MS = 1_000;
const STEP_MS = 5;
/** Handshakes of the comparison. */
const COMPARED = 1_000;
const GOAL = 1.5;

type Role = 'prompt' | 'slow' | 'garbage';

interface Form {
  readonly name: string;
  readonly what: string;
  /** Of the host of this number. */
  role(index: number): Role;
}

/** All hosts do as they should. */
export const storm: Part = stormOf({
  name: 'storm',
  what: 'all of them prompt',
  role: () => 'prompt',
});

export const slowStorm: Part = stormOf({
  name: 'slow-storm',
  what: 'every second one sends in pieces and reads late',
  role: (index) => (index % 2 === 1 ? 'slow' : 'prompt'),
});

export const garbageStorm: Part = stormOf({
  name: 'garbage-storm',
  what: 'every tenth sends garbage instead',
  role: (index) => (index % 10 === 9 ? 'garbage' : 'prompt'),
});

function stormOf(form: Form): Part {
  return async (context) => {
    const { stage, extent, say } = context;
    say(`${form.name}: certificates for ${extent.stormHosts} hosts, and plain handshakes`);
    const actors = await stage.actors(extent.stormHosts);
    const cursor = await lastEvent(stage, actors);
    // Measured each time, so that a machine that became slower meanwhile is not the provider's fault.
    const rate = await plainRate(await stage.plainPort(), actors.slice(0, COMPARED));
    say(`${form.name}: ${form.what}`);
    return [await oneStorm(context, { form, actors, rate, cursor })];
  };
}

interface Storm {
  readonly form: Form;
  readonly actors: readonly Actor[];
  /** Plain handshakes per second. */
  readonly rate: number;
  /** Last event that hosts have. */
  readonly cursor: bigint;
}

async function oneStorm(
  { stage, extent, processes, signal }: PartContext,
  { form, actors, rate, cursor }: Storm,
): Promise<PartResult> {
  const meter = new Meter();
  const garbage = new AbortController();
  const comeBack = returning(stage, meter, cursor);
  const slow = { pauseMs: extent.slowPauseMs };
  const noise: Promise<Thrown>[] = [];
  const coming: Promise<Back | undefined>[] = [];
  const watch = watched(processes);
  const start = performance.now();
  for (const [index, actor] of actors.entries()) {
    while (performance.now() - start < (index / actors.length) * WITHIN_MS) await pause(STEP_MS);
    if (signal.aborted) break;
    const role = form.role(index);
    if (role === 'garbage') noise.push(throwGarbage(stage, actor, index, garbage.signal));
    else coming.push(comeBack(actor, role === 'slow' ? slow : PROMPT, start));
  }
  const begunMs = performance.now() - start;
  const back = (await Promise.all(coming)).flatMap((each) => each ?? []);
  const { facts } = watch();
  garbage.abort();
  const thrown = await Promise.all(noise);
  for (const { host } of back) host.close();
  const sessions = new Set(back.map(({ host }) => host.session)).size;
  for (let twice = sessions; twice < back.length; twice += 1)
    meter.failed(new CallFailure('setContext', 'a session that another host has too'));
  for (const { accepted } of thrown)
    if (accepted > 0)
      meter.failed(new CallFailure('garbage', 'garbage that was answered with 200'));
  const found = { hosts: coming.length, back, begunMs, rate };
  const what = `${actors.length} hosts connect within one second, ${form.what}`;
  return resultOf(form.name, what, meter, [...factsOf(found), ...garbageFacts(thrown), ...facts]);
}

/** A host that is healthy again. */
interface Back {
  readonly host: Host;
  readonly manner: Manner;
  /** From the beginning of the storm. */
  readonly healthyMs: number;
}

/** What one host does, once; undefined: it failed, which `meter` has. */
function returning(stage: Stage, meter: Meter, cursor: bigint) {
  const work = new Work(stage.messages, stage.containerId);
  const containers = stage.messages.message('queryStorageContainer', { containerId: [] });
  return async (actor: Actor, manner: Manner, start: number): Promise<Back | undefined> => {
    const host = stage.host(actor, { manner });
    try {
      await host.open(meter, stage.setContext(actor));
      await host.call(meter, containers);
      await host.call(meter, stage.setPEContext);
      await work.events(host, meter, cursor);
      return { host, manner, healthyMs: performance.now() - start };
    } catch (error) {
      meter.failed(error);
      host.close();
      return undefined;
    }
  };
}

function factsOf(found: {
  readonly hosts: number;
  readonly back: readonly Back[];
  readonly begunMs: number;
  readonly rate: number;
}): readonly Fact[] {
  const { hosts, back, begunMs, rate } = found;
  const lastOf = (some: readonly Back[]) => Math.max(...some.map((each) => each.healthyMs)) / 1000;
  const slow = back.filter(({ manner }) => manner !== PROMPT);
  // Where some never came back there is no time after which all had.
  const last =
    back.length < hosts ? undefined : lastOf(back.filter(({ manner }) => manner === PROMPT));
  const ratio = last === undefined ? undefined : last / (hosts / rate);
  return [
    { name: 'hosts healthy', value: `${back.length} of ${hosts}`, unit: '' },
    { name: 'all had begun after', value: begunMs / 1000, unit: 's' },
    { name: 'all prompt hosts healthy after', value: last, unit: 's' },
    ...(slow.length === 0
      ? []
      : [{ name: 'the last slow host after', value: lastOf(slow), unit: 's' }]),
    { name: 'plain handshakes', value: rate, unit: '/s' },
    { name: 'time ÷ plain handshakes', value: ratio, unit: '', goal: `≤ ${GOAL}` },
  ];
}

function garbageFacts(thrown: readonly Thrown[]): readonly Fact[] {
  if (thrown.length === 0) return [];
  const pieces = thrown.reduce((sum, each) => sum + each.thrown, 0);
  return [{ name: 'pieces of garbage', value: pieces, unit: '' }];
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
