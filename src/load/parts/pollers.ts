/**
 * Hosts that do nothing but what every host does all the time: ask for events and alarms, each at its own moment
 * of the period, over a connection that is kept.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Host } from '../client/host.ts';
import { type Message, NUMBER_HOLE } from '../client/messages.ts';
import { textsIn } from '../client/reading.ts';
import type { Work } from '../client/work.ts';
import { Meter } from '../meter.ts';
import type { Stage } from '../stage.ts';
import { forEach } from '../together.ts';

/** Sessions that are opened side by side. */
const AT_ONCE = 16;

/** A host and how far it has read. */
export interface Poller {
  readonly host: Host;
  lastEvent: bigint;
  lastAlarm: bigint;
}

interface Manned {
  readonly count: number;
  /** Calls of one host in flight. */
  readonly connections: number;
}

/** Hosts with sessions that have read all there was. Rejects with the first failure. */
export async function openPollers(
  stage: Stage,
  work: Work,
  { count, connections }: Manned,
): Promise<readonly Poller[]> {
  const meter = new Meter();
  const actors = await stage.actors(count);
  const pollers: Poller[] = [];
  let known = -1n;
  await forEach(actors, AT_ONCE, async (actor) => {
    const host = stage.host(actor, { connections });
    await host.open(meter, stage.setContext(actor));
    await host.call(meter, stage.setPEContext);
    // Numbers are the same for all: those after the first need not read everything.
    known = await work.allEvents(host, meter, known);
    pollers.push({ host, lastEvent: known, lastAlarm: -1n });
  });
  return pollers;
}

/** Polls until told to stop; the promise resolves when the last answer is there. */
export async function poll(
  { messages }: Stage,
  pollers: readonly Poller[],
  meter: Meter,
  { work, periodMs, signal }: { work: Work; periodMs: number; signal: AbortSignal },
): Promise<void> {
  // Every host waits by the same signal; that is no leak.
  setMaxListeners(0, signal);
  const start = performance.now();
  const alarms = messages.template('getAlarms', { lastAlarmId: NUMBER_HOLE });
  const pollOnce = async (poller: Poller): Promise<void> => {
    const { host } = poller;
    poller.lastEvent = await work.events(host, meter, poller.lastEvent);
    const asked: Message = alarms.fill(String(poller.lastAlarm));
    for (const id of textsIn(await host.call(meter, asked), 'alarmId').map(BigInt))
      if (id > poller.lastAlarm) poller.lastAlarm = id;
  };
  await Promise.all(
    pollers.map(async (poller, index) => {
      for (let turn = index / pollers.length; ; turn += 1) {
        const wait = start + turn * periodMs - performance.now();
        await pause(Math.max(0, wait), undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        await pollOnce(poller).catch((error: unknown) => meter.failed(error));
      }
    }),
  );
}
