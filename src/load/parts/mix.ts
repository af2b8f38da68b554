/**
 * The steady mix: a fixed number of calls in flight, each on a connection of its own, all in the same
 * proportions all the time. Also drives other servers, that this one is compared with (bench/).
 */
import { clear } from '../clear.ts';
import type { Host } from '../client/host.ts';
import { Work } from '../client/work.ts';
import { Meter } from '../meter.ts';
import type { Stage } from '../stage.ts';
import { forEach } from '../together.ts';
import { watched } from '../watch.ts';
import { TURNS, type Turn } from './mix-turns.ts';
import { type Fact, type Part, resultOf } from './part.ts';

/** Calls of one host in flight; ESXi has been seen to keep five. */
const CALLS_OF_ONE_HOST = 4;
const VOLUME = { vvolType: 'Data', sizeInMB: 16n } as const;
/** Share of the time that comes before it uncounted: connections are opened, code is compiled on both sides. */
const WARM_UP = 0.1;
/** So many failures in a row end a connection's work: nothing is learned from more. */
const FAILURES_IN_A_ROW = 20;

/** What one connection works with; the cursor of events is its host's. */
export interface Slot {
  readonly host: Host;
  readonly vvolId: string;
  readonly cursor: { last: bigint };
}

/** Until when. */
export interface Until {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** Goes through the mix on all slots side by side. Failures are in the meter. */
export async function goThroughMix(
  work: Work,
  slots: readonly Slot[],
  meter: Meter,
  { milliseconds, signal }: Until,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  // Each call is made at least once, however short the time is.
  const isOver = (turn: number) =>
    signal.aborted || (turn >= TURNS.length && performance.now() >= deadline);
  await Promise.all(slots.map((slot) => goOn(work, slot, meter, isOver)));
}

/** What is under way on one slot. */
interface Pending {
  bound?: string | undefined;
  taskId?: string | undefined;
  made?: string | undefined;
}

async function goOn(
  work: Work,
  slot: Slot,
  meter: Meter,
  isOver: (turn: number) => boolean,
): Promise<void> {
  const pending: Pending = {};
  let failed = 0;
  for (let turn = 0; !isOver(turn) && failed < FAILURES_IN_A_ROW; turn += 1) {
    try {
      await take(TURNS[turn % TURNS.length] ?? 'info', { work, slot, meter, pending, turn });
      failed = 0;
    } catch (error) {
      failed += 1;
      meter.failed(error);
    }
  }
  const unseen = { work, slot, meter: new Meter(), pending, turn: 0 };
  for (const turn of ['unbind', 'task', 'delete'] as const)
    await take(turn, unseen).catch((error: unknown) => meter.failed(error));
}

interface Taken {
  readonly work: Work;
  readonly slot: Slot;
  readonly meter: Meter;
  readonly pending: Pending;
  readonly turn: number;
}

/** One call. What cannot be done because the call before it failed is left out. */
async function take(
  turn: Turn,
  { work, slot, meter, pending, turn: number }: Taken,
): Promise<void> {
  const { host, vvolId, cursor } = slot;
  const { bound, taskId, made } = pending;
  if (turn === 'bind') pending.bound = await work.bind(host, meter, vvolId);
  if (turn === 'unbind' && bound !== undefined) {
    pending.bound = undefined;
    await work.unbind(host, meter, bound);
  }
  if (turn === 'create') pending.taskId = await work.create(host, meter, VOLUME);
  if (turn === 'task' && taskId !== undefined) {
    pending.taskId = undefined;
    pending.made = await work.made(host, meter, taskId);
  }
  if (turn === 'delete' && made !== undefined) {
    pending.made = undefined;
    await work.remove(host, meter, made);
  }
  if (turn === 'info') await work.info(host, meter, vvolId);
  if (turn === 'metadata') await work.metadata(host, meter, vvolId, number);
  if (turn === 'events') {
    const last = await work.events(host, meter, cursor.last);
    if (last > cursor.last) cursor.last = last;
  }
}

/** Hosts with sessions, and a volume for each of so many connections. */
export async function mixSlots(
  stage: Stage,
  work: Work,
  inFlight: number,
): Promise<readonly Slot[]> {
  const meter = new Meter();
  const actors = await stage.actors(Math.ceil(inFlight / CALLS_OF_ONE_HOST));
  const slots: Slot[] = [];
  await forEach(actors, 4, async (actor, index) => {
    const own = Math.min(CALLS_OF_ONE_HOST, inFlight - index * CALLS_OF_ONE_HOST);
    const host = stage.host(actor, { connections: own });
    await host.open(meter, stage.setContext(actor));
    await host.call(meter, stage.setPEContext);
    const cursor = { last: await work.allEvents(host, meter) };
    for (let slot = 0; slot < own; slot += 1)
      slots.push({ host, vvolId: await work.make(host, meter, VOLUME), cursor });
  });
  return slots;
}

export const mix: Part = async ({ stage, extent, signal, processes }) => {
  const work = new Work(stage.messages, stage.containerId);
  const meter = new Meter();
  let facts: readonly Fact[] = [];
  let slots: readonly Slot[] = [];
  try {
    slots = await mixSlots(stage, work, extent.inFlight);
    const milliseconds = extent.seconds * 1000;
    const warmUp = { milliseconds: milliseconds * WARM_UP, signal };
    await goThroughMix(work, slots, new Meter(), warmUp);
    const watch = watched(processes);
    await goThroughMix(work, slots, meter, { milliseconds, signal });
    const { seconds, facts: more } = watch();
    facts = [{ name: 'requests', value: meter.calls / seconds, unit: '/s' }, ...more];
  } catch (error) {
    meter.failed(error);
  } finally {
    for (const { host } of slots) host.close();
    await clear(stage, work, meter);
  }
  const what = `${extent.inFlight} calls in flight for ${extent.seconds} s`;
  return [resultOf('mix', what, meter, facts)];
};
