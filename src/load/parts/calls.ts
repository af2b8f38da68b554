/** What a single call costs when nothing else is asked: one host, one call after the other. */
import { clear } from '../clear.ts';
import type { Host } from '../client/host.ts';
import { HOLE } from '../client/messages.ts';
import { Work } from '../client/work.ts';
import { Meter } from '../meter.ts';
import type { Stage } from '../stage.ts';
import { watched } from '../watch.ts';
import { type Fact, type Part, resultOf } from './part.ts';

const VOLUME = { vvolType: 'Data', sizeInMB: 16n } as const;
/** Volumes that are asked about, where the caller names none. */
const VOLUMES = 64;

/** Who asks what of which volumes. */
export interface Asking {
  readonly stage: Stage;
  readonly work: Work;
  readonly host: Host;
  /** Asked about in turn; they are there, and not bound by this host. */
  readonly vvolIds: readonly string[];
}

/** One round of each call, about the volume whose turn it is. Failures are in the meter. */
export async function askOnce(
  { stage, work, host, vvolIds }: Asking,
  meter: Meter,
  turn: number,
): Promise<void> {
  const vvolId = vvolIds[turn % vvolIds.length] ?? '';
  const searchConstraint = [{ key: 'VMW_VVolName', value: HOLE }];
  const search = stage.messages.template('queryVirtualVolume', { searchConstraint });
  try {
    await work.unbind(host, meter, await work.bind(host, meter, vvolId));
    await work.info(host, meter, vvolId);
    await work.metadata(host, meter, vvolId, turn);
    await host.call(meter, search.fill(`disk-${turn}`));
    await work.remove(host, meter, await work.make(host, meter, VOLUME));
  } catch (error) {
    meter.failed(error);
  }
}

/** A host with a session for one call at a time. */
export async function openCaller(stage: Stage): Promise<Host> {
  const [actor] = await stage.actors(1);
  if (actor === undefined) throw new Error('there is no host');
  const host = stage.host(actor);
  const meter = new Meter();
  await host.open(meter, stage.setContext(actor));
  await host.call(meter, stage.setPEContext);
  return host;
}

export const calls: Part = async ({ stage, extent, processes, signal }) => {
  const meter = new Meter();
  const work = new Work(stage.messages, stage.containerId);
  let facts: readonly Fact[] = [];
  let host: Host | undefined;
  try {
    host = await openCaller(stage);
    const vvolIds: string[] = [];
    for (let made = 0; made < VOLUMES; made += 1)
      vvolIds.push(await work.make(host, new Meter(), VOLUME));
    const watch = watched(processes);
    const deadline = performance.now() + extent.seconds * 1000;
    for (let turn = 0; performance.now() < deadline && !signal.aborted; turn += 1)
      await askOnce({ stage, work, host, vvolIds }, meter, turn);
    facts = watch().facts;
  } catch (error) {
    meter.failed(error);
  } finally {
    host?.close();
    await clear(stage, work, meter);
  }
  return [resultOf('calls', 'one host asks, one call after the other', meter, facts)];
};
