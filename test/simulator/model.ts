/**
 * What an array is, said as plainly as can be: maps in memory. The random test runs the simulator and
 * this side by side. Answers the kind of error that a call must end with, undefined when it succeeds.
 */
import type { EndpointId, HostId, VvolId } from '../../src/model/ids.ts';
import { MB } from './world.ts';

/** One writing of one chunk: shared by whoever holds this very object. */
interface Chunk {
  readonly value: number;
}

interface ModelVolume {
  readonly vvolId: VvolId;
  sizeMB: bigint;
  readonly thin: boolean;
  readonly readOnly: boolean;
  readonly kind: 'created' | 'snapshot' | 'fastClone' | 'clone';
  /** What it was made of, gone or not. */
  readonly parent: ModelVolume | undefined;
  /** Those that share by descent have the same one. */
  readonly family: object;
  chunks: Map<number, Chunk>;
  /** By key in lower case. */
  readonly metadata: Map<string, readonly [key: string, value: string]>;
}

interface ModelBinding {
  readonly vvolId: VvolId;
  readonly hostId: HostId;
  readonly endpointId: EndpointId;
  readonly secondaryId: string;
  state: 'bound' | 'moving';
}

const CAPACITY_MB = 100n;
const PROMISE_MB = 300n;
export const BINDINGS_PER_HOST = 4;
export const SNAPSHOTS_PER_VOLUME = 2;
export const CHUNK = 64n * 1024n;

export class Model {
  readonly volumes = new Map<VvolId, ModelVolume>();
  bindings: ModelBinding[] = [];
  /** Kind and volume of every change there ever was. */
  readonly feed: string[] = [];

  create(vvolId: VvolId, sizeMB: bigint, thin: boolean): string | undefined {
    const volume = { ...made(vvolId, sizeMB, thin), metadata: tagged() };
    return this.#add(volume, thin ? 0n : sizeMB * MB);
  }

  delete(vvolId: VvolId): string | undefined {
    if (!this.volumes.has(vvolId)) return 'notFound';
    if (this.#isBound(vvolId)) return 'inUse';
    this.volumes.delete(vvolId);
    this.feed.push(`delete ${vvolId}`);
    return undefined;
  }

  resize(vvolId: VvolId, sizeMB: bigint): string | undefined {
    const volume = this.volumes.get(vvolId);
    if (volume === undefined) return 'notFound';
    if (volume.kind === 'snapshot' || sizeMB < volume.sizeMB) return 'unsupported';
    const growth = sizeMB - volume.sizeMB;
    if (growth === 0n) return undefined;
    if (this.promisedMB() + growth > PROMISE_MB) return 'noSpace';
    if (!volume.thin && this.heldBytes() + growth * MB > CAPACITY_MB * MB) return 'noSpace';
    volume.sizeMB = sizeMB;
    this.feed.push(`update ${vvolId}`);
    return undefined;
  }

  snapshot(of: VvolId, vvolId: VvolId, readOnly: boolean): string | undefined {
    const parent = this.volumes.get(of);
    if (parent === undefined) return 'notFound';
    if (this.#copiesOf(parent) >= SNAPSHOTS_PER_VOLUME) return 'tooManySnapshots';
    const { family, chunks } = parent;
    const volume = made(vvolId, parent.sizeMB, true);
    return this.#add({ ...volume, kind: 'snapshot', parent, family, chunks, readOnly }, 0n);
  }

  fastClone(of: VvolId, vvolId: VvolId): string | undefined {
    const parent = this.volumes.get(of);
    if (parent === undefined) return 'notFound';
    if (this.#copiesOf(parent) >= SNAPSHOTS_PER_VOLUME) return 'tooManySnapshots';
    const { family, chunks } = parent;
    const volume = made(vvolId, parent.sizeMB, true);
    return this.#add({ ...volume, kind: 'fastClone', parent, family, chunks }, 0n);
  }

  clone(of: VvolId, vvolId: VvolId): string | undefined {
    const parent = this.volumes.get(of);
    if (parent === undefined) return 'notFound';
    const { sizeMB, thin } = parent;
    const chunks = new Map([...parent.chunks].map(([at, { value }]) => [at, { value }]));
    const held = thin ? BigInt(chunks.size) * CHUNK : sizeMB * MB;
    return this.#add({ ...made(vvolId, sizeMB, thin), kind: 'clone', parent, chunks }, held);
  }

  revert(vvolId: VvolId, to: VvolId): string | undefined {
    const volume = this.volumes.get(vvolId);
    const snapshot = this.volumes.get(to);
    if (volume === undefined || snapshot === undefined) return 'notFound';
    if (snapshot.kind !== 'snapshot' || snapshot.parent !== volume) return 'incompatible';
    if (this.#isBound(vvolId)) return 'inUse';
    const before = { ...volume };
    volume.chunks = snapshot.chunks;
    volume.sizeMB = snapshot.sizeMB;
    if (this.heldBytes() > CAPACITY_MB * MB) return this.#undo(volume, before);
    this.feed.push(`update ${vvolId}`);
    return undefined;
  }

  copyDiffs(sourceId: VvolId, baseId: VvolId, targetId: VvolId): string | undefined {
    const [source, base, target] = [sourceId, baseId, targetId].map((id) => this.volumes.get(id));
    if (source === undefined || base === undefined || target === undefined) return 'notFound';
    if (source.family !== base.family) return 'incompatible';
    if (target.readOnly) return 'unsupported';
    if (target.sizeMB < source.sizeMB) return 'invalid';
    if (this.#isBound(targetId)) return 'inUse';
    const before = { ...target };
    target.chunks = new Map(target.chunks);
    for (const at of new Set([...source.chunks.keys(), ...base.chunks.keys()])) {
      const chunk = source.chunks.get(at);
      if (chunk?.value === base.chunks.get(at)?.value) continue;
      if (chunk === undefined) target.chunks.delete(at);
      else target.chunks.set(at, { value: chunk.value });
    }
    if (this.heldBytes() > CAPACITY_MB * MB) return this.#undo(target, before);
    return undefined;
  }

  /** Fills a chunk with a byte; a value of undefined trims it. */
  write(vvolId: VvolId, hostId: HostId, at: number, value: number | undefined): string | undefined {
    const volume = this.volumes.get(vvolId);
    if (volume === undefined || this.bindingsOf(vvolId, hostId).length === 0) return 'notFound';
    if (BigInt(at + 1) * CHUNK > volume.sizeMB * MB) return 'invalid';
    if (volume.readOnly) return 'unsupported';
    const before = { ...volume };
    const held = this.heldBytes();
    volume.chunks = new Map(volume.chunks);
    if (value === undefined) volume.chunks.delete(at);
    else volume.chunks.set(at, { value });
    const now = this.heldBytes();
    if (now > CAPACITY_MB * MB && now > held) return this.#undo(volume, before);
    return undefined;
  }

  /** Chunks whose bytes differ; undefined when the volumes are not related. */
  differing(one: ModelVolume, other: ModelVolume): readonly number[] | undefined {
    if (one.family !== other.family) return undefined;
    const places = [...new Set([...one.chunks.keys(), ...other.chunks.keys()])];
    const valueIn = (volume: ModelVolume, at: number) => volume.chunks.get(at)?.value ?? 0;
    return places
      .filter(
        (at) => valueIn(one, at) !== valueIn(other, at) && BigInt(at) * CHUNK < one.sizeMB * MB,
      )
      .sort((a, b) => a - b);
  }

  /** Bytes that would be free without this volume. */
  unsharedBytes(volume: ModelVolume): bigint {
    return this.heldBytes() - this.heldBytes(volume);
  }

  committedBytes(volume: ModelVolume): bigint {
    return BigInt(volume.chunks.size) * CHUNK + reserved(volume);
  }

  set(vvolId: VvolId, key: string, value: string): string | undefined {
    const volume = this.volumes.get(vvolId);
    if (volume === undefined) return 'notFound';
    const before = volume.metadata.get(key.toLowerCase());
    volume.metadata.set(key.toLowerCase(), [key, value]);
    if (before?.[0] !== key || before[1] !== value) this.feed.push(`update ${vvolId}`);
    return undefined;
  }

  remove(vvolId: VvolId, key: string): string | undefined {
    const volume = this.volumes.get(vvolId);
    if (volume === undefined) return 'notFound';
    if (volume.metadata.delete(key.toLowerCase())) this.feed.push(`update ${vvolId}`);
    return undefined;
  }

  /** The binding that bind must answer; 'new' when it must be one on an endpoint that is not yet held. */
  bind(
    vvolId: VvolId,
    hostId: HostId,
    rebind: boolean,
  ): ModelBinding | 'new' | 'notFound' | 'noSpace' {
    if (!this.volumes.has(vvolId)) return 'notFound';
    const held = this.bindingsOf(vvolId, hostId);
    const present = held.find(({ state }) => state === 'bound');
    if (present !== undefined && (!rebind || held.length > 1)) return present;
    if (this.bindings.filter((one) => one.hostId === hostId).length >= BINDINGS_PER_HOST) {
      return 'noSpace';
    }
    if (present !== undefined) present.state = 'moving';
    return 'new';
  }

  /** Ends the host's bindings of the volume in this state, or all of them. */
  unbind(
    vvolId: VvolId,
    hostId: HostId,
    state: ModelBinding['state'] | undefined,
  ): string | undefined {
    if (!this.volumes.has(vvolId)) return 'notFound';
    const held = this.bindingsOf(vvolId, hostId);
    const ended = held.filter((one) => state === undefined || one.state === state);
    this.bindings = this.bindings.filter((one) => !ended.includes(one));
    const left = this.bindingsOf(vvolId, hostId).at(-1);
    if (left !== undefined) left.state = 'bound';
    return undefined;
  }

  unbindFromAllHosts(vvolId: VvolId): string | undefined {
    if (!this.volumes.has(vvolId)) return 'notFound';
    this.bindings = this.bindings.filter((one) => one.vvolId !== vvolId);
    return undefined;
  }

  unbindAllFromHost(hostId: HostId): void {
    this.bindings = this.bindings.filter((one) => one.hostId !== hostId);
  }

  promisedMB(): bigint {
    return [...this.volumes.values()].reduce((sum, { sizeMB }) => sum + sizeMB, 0n);
  }

  /** Every chunk once, and what thick volumes have not written yet; of all volumes but one. */
  heldBytes(without?: ModelVolume): bigint {
    const volumes = [...this.volumes.values()].filter((volume) => volume !== without);
    const chunks = new Set(volumes.flatMap((volume) => [...volume.chunks.values()]));
    const kept = volumes.reduce((sum, volume) => sum + reserved(volume), 0n);
    return BigInt(chunks.size) * CHUNK + kept;
  }

  bindingsOf(vvolId: VvolId, hostId: HostId): ModelBinding[] {
    return this.bindings.filter((one) => one.vvolId === vvolId && one.hostId === hostId);
  }

  #add(volume: ModelVolume, held: bigint): string | undefined {
    if (this.volumes.has(volume.vvolId)) return 'alreadyExists';
    const isFull = this.heldBytes() + held > CAPACITY_MB * MB;
    if (isFull || this.promisedMB() + volume.sizeMB > PROMISE_MB) return 'noSpace';
    this.volumes.set(volume.vvolId, volume);
    this.feed.push(`new ${volume.vvolId}`);
    return undefined;
  }

  #undo(volume: ModelVolume, { chunks, sizeMB }: ModelVolume): 'noSpace' {
    volume.chunks = chunks;
    volume.sizeMB = sizeMB;
    return 'noSpace';
  }

  #copiesOf(parent: ModelVolume): number {
    const isCopy = (one: ModelVolume) => one.parent === parent && one.kind !== 'clone';
    return [...this.volumes.values()].filter(isCopy).length;
  }

  #isBound(vvolId: VvolId): boolean {
    return this.bindings.some((one) => one.vvolId === vvolId);
  }
}

function made(vvolId: VvolId, sizeMB: bigint, thin: boolean): ModelVolume {
  return {
    vvolId,
    sizeMB,
    thin,
    readOnly: false,
    kind: 'created',
    parent: undefined,
    family: {},
    chunks: new Map(),
    metadata: new Map(),
  };
}

function tagged(): ModelVolume['metadata'] {
  return new Map([['tag', ['Tag', 'new']]]);
}

function reserved({ thin, sizeMB, chunks }: ModelVolume): bigint {
  const rest = sizeMB * MB - BigInt(chunks.size) * CHUNK;
  return thin || rest < 0n ? 0n : rest;
}
