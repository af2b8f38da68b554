/**
 * The load of the crash test: workers that create, bind, unbind and delete until the provider dies, and
 * write down what it acknowledged. Each volume and each binding has one worker, so that the ledger is exact.
 */
import type { SoapClient } from '../support/soap-client.ts';
import * as calls from './calls.ts';
import { bindingOf, type Handle, type Ledger, type VolumeRecord } from './ledger.ts';

export interface Host {
  readonly id: string;
  readonly client: SoapClient;
}

/** A number from 0 up to, but not including, `below`. */
export type Random = (below: number) => number;

/** The same numbers for the same seed (xorshift). */
export function seeded(seed: number): Random {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export interface Load {
  readonly ledger: Ledger;
  /** Container ids, with what may be bound to the same volume by everybody. */
  readonly containers: readonly string[];
  readonly random: Random;
  /** True from the moment the provider is killed: from then on a broken connection is no error. */
  readonly killed: () => boolean;
}

/** Works until the provider is gone. Rejects when it says or does what it must not. */
export async function work(load: Load, host: Host, shared: readonly VolumeRecord[]): Promise<void> {
  const own: VolumeRecord[] = [];
  try {
    while (!load.killed()) await step(load, host, own, shared);
  } catch (error) {
    if (!load.killed() || !isBroken(error)) throw error;
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

async function step(load: Load, host: Host, own: VolumeRecord[], shared: readonly VolumeRecord[]) {
  const { random, ledger } = load;
  const dice = random(10);
  if (own.length < 3 || (dice < 3 && own.length < 12)) {
    const container = load.containers[random(load.containers.length)] ?? '';
    own.push(await create(ledger, host, container));
    return;
  }
  const mine = dice < 8;
  const volume = mine ? own[random(own.length)] : shared[random(shared.length)];
  if (volume === undefined) return;
  if (bindingOf(volume, host.id).state === 'yes') {
    if (mine && random(5) === 0) await deleteBound(host, volume);
    await unbind(ledger, host, volume);
  } else if (mine && random(3) === 0) {
    await remove(ledger, host, volume);
    own.splice(own.indexOf(volume), 1);
  } else {
    await bind(ledger, host, volume);
  }
}

/** A value, or an error that names the fault: for calls that cannot rightly fail. */
export function must<Value>(answer: calls.Answer<Value>, operation: string): Value {
  if ('fault' in answer) throw new Error(`${operation} answered ${answer.fault}`);
  return answer.value;
}

/** `type` Config: one that stays for good. */
export async function create(
  ledger: Ledger,
  host: Host,
  container: string,
  type: 'Config' | 'Data' = 'Data',
) {
  const volume = ledger.open(type, container);
  let task = must(await calls.createVirtualVolume(host.client, volume), 'createVirtualVolume');
  while (task.state !== 'Success') {
    if (task.state === 'Error') throw new Error(`${task.taskId} ended in an error`);
    task = must(await calls.getTaskUpdate(host.client, task.taskId), 'getTaskUpdate');
  }
  volume.id = task.result;
  volume.exists = 'yes';
  ledger.acknowledged += 1;
  return volume;
}

export async function remove(ledger: Ledger, host: Host, volume: VolumeRecord) {
  volume.exists = 'open';
  must(await calls.deleteVirtualVolume(host.client, idOf(volume)), 'deleteVirtualVolume');
  volume.exists = 'no';
  ledger.acknowledged += 1;
}

export async function deleteBound(host: Host, volume: VolumeRecord) {
  const answer = await calls.deleteVirtualVolume(host.client, idOf(volume));
  if ('fault' in answer && answer.fault === 'ResourceInUse') return;
  throw new Error(`a bound volume was deleted, or: ${JSON.stringify(answer)}`);
}

/** The handle, which must be the one that was acknowledged before, if one was. */
export async function bind(ledger: Ledger, host: Host, volume: VolumeRecord): Promise<Handle> {
  const binding = bindingOf(volume, host.id);
  const before = binding.state === 'yes' ? binding.handle : undefined;
  if (before === undefined) binding.state = 'open';
  const items = must(
    await calls.bindVirtualVolume(host.client, [idOf(volume)]),
    'bindVirtualVolume',
  );
  const [handle] = items;
  if (typeof handle !== 'object') throw new Error(`${volume.name}: bind answered ${handle}`);
  if (
    before !== undefined &&
    (before.secondaryId !== handle.secondaryId || before.endpoint !== handle.endpoint)
  ) {
    throw new Error(`${volume.name} has moved from ${before.xml} to ${handle.xml}`);
  }
  binding.state = 'yes';
  binding.handle = handle;
  ledger.acknowledged += 1;
  return handle;
}

async function unbind(ledger: Ledger, host: Host, volume: VolumeRecord) {
  const binding = bindingOf(volume, host.id);
  if (binding.handle === undefined) throw new Error(`${volume.name} has no handle`);
  binding.state = 'open';
  const ended = must(
    await calls.unbindVirtualVolume(host.client, binding.handle),
    'unbindVirtualVolume',
  );
  if (!ended) throw new Error(`${volume.name} was not unbound`);
  binding.state = 'no';
  ledger.acknowledged += 1;
}

function idOf(volume: VolumeRecord): string {
  if (volume.id === undefined) throw new Error(`${volume.name} has no id`);
  return volume.id;
}
