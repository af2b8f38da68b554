/**
 * One worker of the soak: it makes, binds, copies, changes and ends volumes of its own, one step at a time, and
 * knows of each what was acknowledged. What a broken connection or a fault rule leaves open is settled later
 * (settle.ts). What nobody brought about is a finding.
 */
import type { Random } from '../../test/crash/load.ts';
import type { Xml } from '../../test/matrix/xml.ts';
import type { SoapClient } from '../../test/support/soap-client.ts';
import * as calls from './calls.ts';

/** A volume that was acknowledged. `open`: a call about it was not answered, or with a fault. */
export interface Known {
  readonly vvolId: string;
  readonly kind: 'volume' | 'snapshot';
  /** Of a snapshot: what it was taken of. */
  readonly of: string | undefined;
  exists: boolean | 'open';
  /** The last mark that was acknowledged; undefined: another was asked for. */
  mark: string | undefined;
  /** Undefined: not bound. */
  binding: Xml | 'open' | undefined;
}

export interface Worker {
  client: SoapClient;
  readonly own: Known[];
  /** Calls that may have made a volume that nobody knows. */
  unanswered: number;
  lastEventId: string;
  steps: number;
}

/** What all workers share. */
export interface Work {
  readonly random: Random;
  containers: readonly string[];
  /** Ids that were ended and acknowledged: never to be seen again. */
  readonly ended: Set<string>;
  /** True while calls may fail: a fault rule is in force, or the process is being ended. */
  readonly isDisturbed: () => boolean;
  readonly finding: (text: string) => void;
}

const MOST_VOLUMES = 12;
const LEAST_VOLUMES = 4;

/** Does one thing. Never rejects. */
export async function step(work: Work, worker: Worker): Promise<void> {
  const before = new Set(worker.own.map((each) => JSON.stringify(each)));
  try {
    worker.steps += 1;
    await act(work, worker);
  } catch (error) {
    // What was acknowledged before it failed stands; the thing that it was about has been left open.
    const words = error instanceof Error ? error.message : String(error);
    if (!work.isDisturbed()) work.finding(`${words.slice(0, 1_000)} (of ${before.size} volumes)`);
  }
}

async function act(work: Work, worker: Worker): Promise<void> {
  const { random } = work;
  const usable = worker.own.filter(isSettled);
  const volumes = usable.filter(({ kind }) => kind === 'volume');
  const chosen = volumes[random(Math.max(volumes.length, 1))];
  if (chosen === undefined || volumes.length < LEAST_VOLUMES) return make(work, worker);
  const dice = random(100);
  if (dice < 20) return toggled(worker, chosen);
  if (dice < 30) return marked(worker, chosen, `m-${worker.steps}`);
  if (dice < 38 && worker.own.length < MOST_VOLUMES) return make(work, worker);
  if (dice < 44 && worker.own.length < MOST_VOLUMES) return copied(work, worker, chosen);
  if (dice < 50 && worker.own.length < MOST_VOLUMES) return snapped(worker, chosen);
  if (dice < 53) return reverted(worker, chosen);
  if (dice < 65 || worker.own.length >= MOST_VOLUMES) return ended(work, worker);
  if (dice < 80) {
    worker.lastEventId = await calls.poll(worker.client, worker.lastEventId);
    return;
  }
  return calls.question(worker.client, random(calls.QUESTIONS.length), chosen.vvolId);
}

/** Whether nothing about it is open. */
function isSettled({ exists, mark, binding }: Known): boolean {
  return exists === true && mark !== undefined && binding !== 'open';
}

/** Makes something; should no answer come, there may be one more than is known. */
async function known(
  worker: Worker,
  kind: Known['kind'],
  of: string | undefined,
  made: () => Promise<string>,
): Promise<void> {
  worker.unanswered += 1;
  const vvolId = await made();
  worker.unanswered -= 1;
  worker.own.push({ vvolId, kind, of, exists: true, mark: 'new', binding: undefined });
}

function make({ random, containers }: Work, worker: Worker): Promise<void> {
  const container = containers[random(containers.length)] ?? '';
  return known(worker, 'volume', undefined, () => calls.create(worker.client, container));
}

function copied({ random }: Work, worker: Worker, { vvolId }: Known): Promise<void> {
  const operation = random(2) === 0 ? 'cloneVirtualVolume' : 'fastCloneVirtualVolume';
  return known(worker, 'volume', undefined, () => calls.clone(worker.client, vvolId, operation));
}

function snapped(worker: Worker, { vvolId }: Known): Promise<void> {
  return known(worker, 'snapshot', vvolId, () => calls.snapshot(worker.client, vvolId));
}

async function toggled({ client }: Worker, volume: Known): Promise<void> {
  const before = volume.binding;
  volume.binding = 'open';
  if (before === undefined) {
    volume.binding = await calls.bind(client, volume.vvolId);
  } else if (before !== 'open') {
    await calls.unbind(client, before);
    volume.binding = undefined;
  }
}

async function marked({ client }: Worker, volume: Known, value: string): Promise<void> {
  volume.mark = undefined;
  await calls.mark(client, volume.vvolId, value);
  volume.mark = value;
}

/** A volume that is not bound goes back to a snapshot of it, which may bring back its older mark. */
async function reverted({ client, own }: Worker, volume: Known): Promise<void> {
  const taken = own.find((each) => each.of === volume.vvolId && isSettled(each));
  if (taken === undefined || volume.binding !== undefined) return;
  await calls.revert(client, volume.vvolId, taken.vvolId);
}

/** Ends the oldest thing that is not bound and has no snapshots here. */
async function ended(work: Work, worker: Worker): Promise<void> {
  const { client, own } = worker;
  const isFree = (each: Known) =>
    isSettled(each) && each.binding === undefined && !own.some(({ of }) => of === each.vvolId);
  const volume = own.find(isFree);
  if (volume === undefined) {
    const bound = own.find((each) => isSettled(each) && each.binding !== undefined);
    if (bound !== undefined) await toggled(worker, bound);
    return;
  }
  volume.exists = 'open';
  await calls.remove(client, volume.vvolId);
  work.ended.add(volume.vvolId);
  own.splice(own.indexOf(volume), 1);
}
