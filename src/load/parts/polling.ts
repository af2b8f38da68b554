/** What hosts cost that do nothing but poll: the share of a processor that a quiet provider takes. */
import { setTimeout as pause } from 'node:timers/promises';
import { Work } from '../client/work.ts';
import { Meter } from '../meter.ts';
import { percent, watched } from '../watch.ts';
import { type Fact, type Part, resultOf } from './part.ts';
import { openPollers, type Poller, poll } from './pollers.ts';

const GOAL = '< 5 %';
/** How often hosts poll, for which the goal is meant. */
const USUAL_SECONDS = 10;

export const polling: Part = async ({ stage, extent, processes, signal }) => {
  const { pollingHosts, pollSeconds, seconds } = extent;
  const meter = new Meter();
  const work = new Work(stage.messages, stage.containerId);
  let facts: readonly Fact[] = [];
  let pollers: readonly Poller[] = [];
  try {
    pollers = await openPollers(stage, work, { count: pollingHosts, connections: 1 });
    const stop = new AbortController();
    const asked = { work, periodMs: pollSeconds * 1000, signal: stop.signal };
    const ended = poll(stage, pollers, meter, asked);
    // The first period is that of memory and code being made warm; only what comes after it is watched.
    await pause(pollSeconds * 1000, undefined, { signal }).catch(() => undefined);
    const watch = watched(processes);
    await pause(seconds * 1000, undefined, { signal }).catch(() => undefined);
    const { providerShare, facts: more } = watch();
    stop.abort();
    await ended;
    facts = [costFact(providerShare, pollSeconds), ...more];
  } catch (error) {
    meter.failed(error);
  } finally {
    for (const { host } of pollers) host.close();
  }
  const what = `${pollingHosts} hosts ask for events and alarms every ${pollSeconds} s`;
  return [resultOf('polling', what, meter, facts)];
};

/** As it would be at the usual period. */
function costFact(share: number | undefined, pollSeconds: number): Fact {
  const name = `provider, of one processor, at a poll every ${USUAL_SECONDS} s`;
  const value = share === undefined ? undefined : percent((share * pollSeconds) / USUAL_SECONDS);
  return { name, value, unit: '', goal: GOAL };
}
