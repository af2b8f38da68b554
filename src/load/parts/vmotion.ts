/**
 * A host is emptied for maintenance: every machine that runs on it moves to another, a few at once, while all
 * hosts poll. The slow step in the field is the swap volume, which is made anew at the destination.
 */
import { clear } from '../clear.ts';
import type { Host } from '../client/host.ts';
import { Work } from '../client/work.ts';
import { percentile } from '../figures.ts';
import { Meter } from '../meter.ts';
import { forEach } from '../together.ts';
import { watched } from '../watch.ts';
import { type Fact, type Part, resultOf } from './part.ts';
import { openPollers, type Poller, poll } from './pollers.ts';

/** Other hosts of the cluster; vSphere has at most 64 in one. */
const DESTINATIONS = 63;
const CONFIG = { vvolType: 'Config', sizeInMB: 4_096n } as const;
const DISK = { vvolType: 'Data', sizeInMB: 32n } as const;
const SWAP = { vvolType: 'Swap', sizeInMB: 64n } as const;
/** Machines that are made side by side, before anything is measured. */
const MADE_AT_ONCE = 16;

/** A machine that runs: its volumes, and what their binds were answered where it runs. */
interface Machine {
  readonly config: string;
  readonly disk: string;
  readonly swap: string;
  readonly bound: readonly string[];
}

export const vmotion: Part = async ({ stage, extent, processes, signal, say }) => {
  const { machines: count, migrations, perHost, pollingHosts, pollSeconds } = extent;
  const meter = new Meter();
  const work = new Work(stage.messages, stage.containerId);
  const times: number[] = [];
  let facts: readonly Fact[] = [];
  let pollers: readonly Poller[] = [];
  const stop = new AbortController();
  try {
    pollers = await openPollers(stage, work, { count: pollingHosts + 1, connections: perHost });
    const [from, ...others] = pollers.map(({ host }) => host);
    if (from === undefined) throw new Error('there is no host');
    say(`vmotion: ${count} machines are made`);
    const machines = await madeOn(from, work, count);
    const asked = { work, periodMs: pollSeconds * 1000, signal: stop.signal };
    const polled = poll(stage, pollers, meter, asked);
    const watch = watched(processes);
    await forEach(machines, migrations, async (machine, index) => {
      const to = others[index % Math.min(DESTINATIONS, others.length)];
      if (to === undefined || signal.aborted) return;
      const start = performance.now();
      try {
        await move({ work, meter, from, to }, machine);
        times.push(performance.now() - start);
      } catch (error) {
        meter.failed(error);
      }
    });
    const { facts: more } = watch();
    stop.abort();
    await polled;
    facts = [...migrationFacts(times, count), ...more];
  } catch (error) {
    meter.failed(error);
  } finally {
    stop.abort();
    await clear(stage, work, meter);
    for (const { host } of pollers) host.close();
  }
  const what = `${count} machines leave one host, ${migrations} at once, with at most ${perHost} calls of one host in flight, while ${pollingHosts} hosts poll every ${pollSeconds} s`;
  return [resultOf('vmotion', what, meter, facts)];
};

async function madeOn(host: Host, work: Work, count: number): Promise<readonly Machine[]> {
  const meter = new Meter();
  const made: Machine[] = [];
  await forEach(Array.from({ length: count }), MADE_AT_ONCE, async () => {
    const config = await work.make(host, meter, CONFIG);
    const disk = await work.make(host, meter, DISK);
    const swap = await work.make(host, meter, SWAP);
    const bound: string[] = [];
    for (const vvolId of [config, disk, swap]) bound.push(await work.bind(host, meter, vvolId));
    made.push({ config, disk, swap, bound });
  });
  return made;
}

interface Migration {
  readonly work: Work;
  readonly meter: Meter;
  readonly from: Host;
  readonly to: Host;
}

/** Bound at the destination first, with a swap volume of its own; then let go. */
async function move(
  { work, meter, from, to }: Migration,
  { config, disk, swap, bound }: Machine,
): Promise<void> {
  for (const vvolId of [config, disk]) await work.bind(to, meter, vvolId);
  await work.bind(to, meter, await work.make(to, meter, SWAP));
  for (const each of bound) await work.unbind(from, meter, each);
  await work.remove(from, meter, swap);
}

function migrationFacts(times: readonly number[], count: number): readonly Fact[] {
  const sorted = Float64Array.from(times).sort();
  return [
    { name: 'machines moved', value: `${times.length} of ${count}`, unit: '' },
    { name: 'one migration, p50', value: percentile(sorted, 0.5), unit: 'ms' },
    { name: 'one migration, p99', value: percentile(sorted, 0.99), unit: 'ms' },
  ];
}
